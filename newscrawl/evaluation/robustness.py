"""What changes that no reader sees cost: the body's F1 on changed pages, less that on the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.disturbances import NAMED, Change, Stock, disturb
from newscrawl.evaluation.metrics import Answer, score
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.overrides import Overrides
from newscrawl.page.page import Page

_SEED = 0


@dataclass(slots=True)
class Robustness:
    """The F1 of each page as it is, and with each change."""

    plain: list[float] = field(default_factory=list)
    changed: dict[str, list[float]] = field(default_factory=dict)

    def cost(self, change: str) -> float:
        """Return by how much a change alters the mean F1; below 0 it lowers it."""
        pairs = zip(self.plain, self.changed[change], strict=True)
        return sum(changed - plain for plain, changed in pairs) / max(len(self.plain), 1)

    @property
    def worst(self) -> tuple[str, float]:
        """The change that costs most, and what it costs."""
        costs = {name: self.cost(name) for name in self.changed}
        name = min(costs, key=costs.__getitem__)
        return name, costs[name]


def measure_robustness(
    samples: Iterable[Sample],
    stock: Stock,
    overrides_of: Callable[[Sample], Overrides] = lambda _: Overrides(),
    names: Sequence[str] = tuple(NAMED),
) -> Robustness:
    """Return what each change costs on pages with a true body."""
    result = Robustness(changed={name: [] for name in names})
    for sample in samples:
        if not sample.truth.body or sample.truth.kind not in (None, "article"):
            continue
        try:
            html = sample.read()
            plain = _f1(sample, html, [], stock, overrides_of(sample))
        except NotAPageError:
            continue
        result.plain.append(plain)
        for name in names:
            f1 = _f1(sample, html, [NAMED[name]], stock, overrides_of(sample))
            result.changed[name].append(f1)
    return result


def _f1(
    sample: Sample, html: bytes, changes: list[Change], stock: Stock, overrides: Overrides
) -> float:
    url = sample.truth.url
    changed = disturb(sample, Page(html, url=url), changes, stock, _SEED)
    article = Extraction(Page(changed, url=url), {}, overrides).article
    return score(sample.truth, Answer(body=article.body), frozenset({"body"}))["f1"]
