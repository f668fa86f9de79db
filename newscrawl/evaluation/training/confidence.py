"""The F1 to be expected of a body, learned from bodies of publishers that were left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.evaluation.calibration import Calibration
from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.disturbances import Stock
from newscrawl.evaluation.metrics import Answer, score
from newscrawl.evaluation.training.augmentation import changed_copy
from newscrawl.evaluation.training.cross_validation import Learned, fold_of, grow_folds
from newscrawl.evaluation.training.forest import Floats, grow_confidence
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.body.confidence import body_confidence, body_measures
from newscrawl.extraction.overrides import Overrides
from newscrawl.page.page import Page
from newscrawl.text.urls import site_of

_FOLDS = 3
_COPIES = 2
"""So many folds the body's forests are grown for, and so many copies of each page are judged."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A body by forests that had not seen its publisher: its measures, and the F1 that it has."""

    site: str
    measures: npt.NDArray[np.float32]
    f1: float
    is_copy: bool


def judge_bodies(
    sample: Sample, site: str, overrides: Overrides, stock: Stock, copies: int
) -> Iterator[Judged]:
    """Yield the body of a page and those of so many changed copies, judged."""
    try:
        html: bytes | str = sample.read()
        Page(html, url=sample.truth.url)
    except NotAPageError:
        return
    for number in range(copies + 1):
        page = Page(html, url=sample.truth.url)
        if number:
            changed = changed_copy(sample, page, stock, number, whole=True)
            page = Page(changed, url=sample.truth.url)
        found = Extraction(page, {}, overrides)
        answer = Answer(body=found.article.body)
        f1 = score(sample.truth, answer, frozenset({"body"}))["f1"]
        measures = body_measures(
            page, found.listed, found.scores, found.body, found.article.headline
        )
        yield Judged(site, measures, f1, number > 0)


def judge_all(
    pages: list[Learned], stock: Stock, *, count: int = _FOLDS, copies: int = _COPIES
) -> Iterator[Judged]:
    """Yield the bodies of pages, each by forests grown from other publishers' pages.

    Raises ValueError for a fold that no page is left to learn from.
    """
    for _, overrides, left in grow_folds(pages, "body", count=count):
        for page in left:
            if page.sample.truth.body and page.sample.truth.kind in (None, "article"):
                site = site_of(page.sample.truth.url)
                yield from judge_bodies(page.sample, site, overrides, stock, copies)


def calibrate(judged: list[Judged], count: int) -> Calibration:
    """Return the confidence of each page by a forest learned from other publishers' pages."""
    folds = np.array([fold_of(page.site, count) for page in judged])
    originals = np.array([not page.is_copy for page in judged])
    measures, f1 = as_arrays(judged)
    confidences = np.zeros(len(judged))
    for number in range(count):
        others, left = folds != number, np.flatnonzero((folds == number) & originals)
        if len(left) and others.any():
            forest = grow_confidence(measures[others], f1[others])
            confidences[left] = [
                body_confidence(measures[place : place + 1], forest) for place in left.tolist()
            ]
    return Calibration(confidences[originals], f1[originals].astype(np.float64))


def as_arrays(judged: list[Judged]) -> tuple[Floats, Floats]:
    """Return the measures and the F1 of bodies."""
    measures = np.concatenate([page.measures for page in judged])
    return measures, np.array([page.f1 for page in judged], dtype=np.float32)
