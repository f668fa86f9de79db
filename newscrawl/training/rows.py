"""The candidate blocks of a page with known truth, as rows to learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.errors import NotAPageError
from newscrawl.evaluation.dataset import Sample
from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.features import block_features, candidate_blocks
from newscrawl.extractors.measures import page_hints
from newscrawl.page import Page
from newscrawl.training.labels import label_blocks, label_words

# A page that the truth calls no kind is from a set of news alone; news weighs more.
_NEWS_WEIGHT = 3.0
# The measure counts words, so a long block weighs more than a short one, up to this many.
_MAX_WORDS = 80


@dataclass(frozen=True, slots=True)
class Rows:
    """The candidate blocks of one page as rows to learn from."""

    features: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]


def rows_of(sample: Sample) -> Rows | None:
    """Return a page's rows; None for one without a true body, or without text."""
    truth = sample.truth
    if not truth.body or truth.kind not in (None, "article"):
        return None
    try:
        page = Page(sample.read(), url=truth.url)
    except NotAPageError:
        return None
    blocks = Blocks(page.root)
    listed = candidate_blocks(blocks)
    if not listed:
        return None
    sizes = np.array([len(label_words(block.text)) for block in listed])
    weight = _NEWS_WEIGHT if truth.kind is None else 1.0
    return Rows(
        block_features(blocks, listed, page_hints(page)),
        label_blocks(listed, truth.body),
        weight * (1 + np.minimum(sizes, _MAX_WORDS) / 10),
    )
