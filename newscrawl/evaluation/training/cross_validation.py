"""Cross-validate a forest over publishers, without any held-out pages.

The publishers are dealt into so many folds; a forest grown from the pages of all folds but one is
measured on that one, with all the rules around it, and so on for every fold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.metrics import Answer, Figures, figures, score
from newscrawl.evaluation.training.forest import grow
from newscrawl.evaluation.training.rows import Rows
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.forest import Forest, Forests
from newscrawl.page.page import Page
from newscrawl.text.urls import site_of

Field = Literal["body", "kind"]

METRICS: dict[Field, str] = {"body": "f1", "kind": "kind"}
"""The metric that each field is measured by."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A page to learn from and to measure on: the folder it is of, and its rows, if it has any."""

    folder: str
    sample: Sample
    rows: Rows | None


@dataclass(frozen=True, slots=True)
class Fold:
    """One fold's figures, by folder."""

    number: int
    grown_from: int
    """How many pages its forest learned from."""
    figures: dict[str, Figures]


def fold_of(site: str, count: int) -> int:
    """Return the fold of a publisher, from 0; the same one ever again."""
    return blake2b(b"fold " + site.encode()).digest()[0] % count


def cross_validate(
    pages: list[Learned], field: Field, *, count: int, trees: int, depth: int
) -> Iterator[tuple[Fold, list[tuple[str, Sample, dict[str, float]]]]]:
    """Yield each fold with the scores of its pages.

    Raises ValueError for a fold that no page is left to learn from.
    """
    folds = [fold_of(site_of(page.sample.truth.url), count) for page in pages]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            others = [
                page.rows
                for page, fold in zip(pages, folds, strict=True)
                if fold != number and page.rows is not None
            ]
            if not others:
                raise ValueError(f"fold {number + 1}: no pages of other publishers to learn from")
            target = Path(folder) / f"{number}.npz"
            grow(others, target, trees=trees, depth=depth)
            forest = Forest.load(target)
            forests = Forests(body=forest) if field == "body" else Forests(kind=forest)
            judged = [
                (page.folder, page.sample, _judge(page.sample, field, forests))
                for page, fold in zip(pages, folds, strict=True)
                if fold == number
            ]
            yield Fold(number + 1, len(others), by_folder(judged)), judged


def by_folder(judged: list[tuple[str, Sample, dict[str, float]]]) -> dict[str, Figures]:
    """Return the figures of judged pages for each folder that has any."""
    folders = dict.fromkeys(folder for folder, _, _ in judged)
    return {
        name: figures((s.truth, scores) for folder, s, scores in judged if folder == name)
        for name in folders
    }


def _judge(sample: Sample, field: Field, forests: Forests) -> dict[str, float]:
    """Return the scores of one page for the field that is learned."""
    try:
        page = Page(sample.read(), url=sample.truth.url)
    except NotAPageError:
        return score(sample.truth, Answer(), frozenset({field}))
    extraction = Extraction(page, {}, forests)
    article = extraction.record() if field == "kind" else extraction.article
    answer = Answer(body=article.body, kind=article.kind)
    return score(sample.truth, answer, frozenset({field}))
