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
from newscrawl.evaluation.training.forest import FIRST, KIND, SECOND, Size, grow_body, grow_kind
from newscrawl.evaluation.training.rows import Rows
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.body.scoring import BodyForests
from newscrawl.extraction.forest import Forest
from newscrawl.extraction.overrides import Overrides
from newscrawl.page.page import Page
from newscrawl.text.urls import site_of

Field = Literal["body", "kind"]

METRICS: dict[Field, str] = {"body": "f1", "kind": "kind"}
"""The metric that each field is measured by."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A page to learn from and to measure on: its folder, its rows, and those of its copies."""

    folder: str
    sample: Sample
    rows: list[Rows]


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
    pages: list[Learned],
    field: Field,
    *,
    count: int,
    sizes: tuple[Size, Size] = (FIRST, SECOND),
) -> Iterator[tuple[Fold, list[tuple[str, Sample, dict[str, float]]]]]:
    """Yield each fold with the scores of its pages.

    Raises ValueError for a fold that no page is left to learn from.
    """
    for number, (grown_from, overrides, left) in enumerate(
        grow_folds(pages, field, count=count, sizes=sizes), start=1
    ):
        judged = [
            (page.folder, page.sample, _judge(page.sample, field, overrides)) for page in left
        ]
        yield Fold(number, grown_from, by_folder(judged)), judged


def grow_folds(
    pages: list[Learned], field: Field, *, count: int, sizes: tuple[Size, Size] = (FIRST, SECOND)
) -> Iterator[tuple[int, Overrides, list[Learned]]]:
    """Yield for each fold how many pages its forests learned from, these, and the pages left out.

    Raises ValueError for a fold that no page is left to learn from.
    """
    folds = [fold_of(site_of(page.sample.truth.url), count) for page in pages]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            others = [
                page
                for page, fold in zip(pages, folds, strict=True)
                if fold != number and page.rows
            ]
            if not others:
                raise ValueError(f"fold {number + 1}: no pages of other publishers to learn from")
            target = Path(folder) / f"{number}.npz"
            grow(others, field, target, sizes)
            overrides = (
                Overrides(body=BodyForests.load(target))
                if field == "body"
                else Overrides(kind=Forest.load(target))
            )
            left = [page for page, fold in zip(pages, folds, strict=True) if fold == number]
            yield len(others), overrides, left


def grow(
    pages: list[Learned], field: Field, target: Path, sizes: tuple[Size, Size] = (FIRST, SECOND)
) -> None:
    """Learn a field's weights from pages and write them. Raises OSError."""
    if field == "kind":
        grow_kind([rows for page in pages for rows in page.rows], target, KIND)
        return
    numbered = [
        (publisher_number(site_of(page.sample.truth.url)), rows)
        for page in pages
        for rows in page.rows
    ]
    grow_body(numbered, target, sizes)


def publisher_number(site: str) -> int:
    """Return a number for a publisher, the same one ever again."""
    return blake2b(b"inner " + site.encode()).digest()[0]


def by_folder(judged: list[tuple[str, Sample, dict[str, float]]]) -> dict[str, Figures]:
    """Return the figures of judged pages for each folder that has any."""
    folders = dict.fromkeys(folder for folder, _, _ in judged)
    return {
        name: figures((s.truth, scores) for folder, s, scores in judged if folder == name)
        for name in folders
    }


def _judge(sample: Sample, field: Field, overrides: Overrides) -> dict[str, float]:
    """Return the scores of one page for the field that is learned."""
    try:
        page = Page(sample.read(), url=sample.truth.url)
    except NotAPageError:
        return score(sample.truth, Answer(), frozenset({field}))
    extraction = Extraction(page, {}, overrides)
    article = extraction.record() if field == "kind" else extraction.article
    answer = Answer(body=article.body, kind=article.kind)
    return score(sample.truth, answer, frozenset({field}))
