"""What each rule of the body gains: the F1 with it, less the F1 with it switched off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.metrics import Answer, score
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.body.block_features import Matrix
from newscrawl.extraction.body.context import Layout
from newscrawl.extraction.body.leftovers import LEFTOVERS
from newscrawl.extraction.body.rules import QUOTATIONS, RULES
from newscrawl.extraction.body.scoring import Scorer, own_forests
from newscrawl.extraction.overrides import Overrides
from newscrawl.page.page import Page

RULE_NAMES = (QUOTATIONS, *(rule.name for rule in (*RULES, *LEFTOVERS)))
"""The names of all rules, in the order in which they are applied."""


@dataclass(slots=True)
class Ablation:
    """The scores of a folder's pages, with all rules and without each."""

    whole: list[float] = field(default_factory=list)
    without: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def gain(self, rule: str) -> float:
        """Return by how much a rule raises the mean F1."""
        pairs = zip(self.whole, self.without[rule], strict=True)
        return sum(whole - without for whole, without in pairs) / max(len(self.whole), 1)

    def changed(self, rule: str) -> tuple[int, int]:
        """Return on how many pages a rule raises the F1, and on how many it lowers it."""
        pairs = list(zip(self.whole, self.without[rule], strict=True))
        return (
            sum(whole > without for whole, without in pairs),
            sum(whole < without for whole, without in pairs),
        )


class _Remembering:
    """Scores a page once, however often it is asked to."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._scores: Matrix | None = None

    def probabilities(self, features: Matrix, layout: Layout) -> Matrix:
        if self._scores is None:
            self._scores = self._scorer.probabilities(features, layout)
        return self._scores.copy()


def ablate(samples: Iterable[tuple[Sample, Overrides]]) -> Ablation:
    """Return what rules are worth on pages, each given with the forests to score it by."""
    result = Ablation()
    for sample, overrides in samples:
        if not sample.truth.body or sample.truth.kind not in (None, "article"):
            continue
        try:
            page = Page(sample.read(), url=sample.truth.url)
        except NotAPageError:
            continue
        remembered = replace(overrides, body=_Remembering(overrides.body or own_forests()))
        result.whole.append(_f1(sample, page, remembered))
        for rule in RULE_NAMES:
            switched = replace(remembered, without=frozenset({rule}))
            result.without[rule].append(_f1(sample, page, switched))
    return result


def _f1(sample: Sample, page: Page, overrides: Overrides) -> float:
    answer = Answer(body=Extraction(page, {}, overrides).article.body)
    return score(sample.truth, answer, frozenset({"body"}))["f1"]
