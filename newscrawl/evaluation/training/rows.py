"""The candidate blocks of a page with known truth, as rows to learn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.disturbances import Stock
from newscrawl.evaluation.training.augmentation import changed_copy
from newscrawl.evaluation.training.labels import Labels, label_blocks, label_words
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.block_features import page_hints
from newscrawl.extraction.body.context import Layout
from newscrawl.extraction.body.features import block_features, candidate_blocks
from newscrawl.page.page import Page

# A page that the truth calls no kind is from a set of news alone; news weighs more.
_NEWS_WEIGHT = 3.0
# The measure counts words, so a long block weighs more than a short one, up to this many.
_MAX_WORDS = 80
# The true body was cut short, or is not that of the whole page, where so much more text goes on
# behind its end, set as it is; it would teach that articles end early.
_GOES_ON = 0.6
_STYLE = 0.2  # a style of the body holds so much of it at least


@dataclass(frozen=True, slots=True)
class Rows:
    """The candidate blocks of one page as rows to learn from; a whole page has no layout."""

    features: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]
    layout: Layout | None = None


def rows_of(sample: Sample, stock: Stock, copies: int) -> Iterator[Rows]:
    """Yield a page's rows, and those of so many changed copies of it.

    There are none for a page without a true body, or with only the beginning of it.
    """
    truth = sample.truth
    if not truth.body or truth.kind not in (None, "article"):
        return
    try:
        html = sample.read()
        page = Page(html, url=truth.url)
    except NotAPageError:
        return
    rows = _rows(sample, page)
    if rows is None:
        return
    yield rows
    for number in range(1, copies + 1):
        changed = changed_copy(sample, Page(html, url=truth.url), stock, number)
        copy = _rows(sample, Page(changed, url=truth.url))
        if copy is not None:
            yield copy


def _rows(sample: Sample, page: Page) -> Rows | None:
    truth = sample.truth
    blocks = Blocks(page.root)
    listed = candidate_blocks(blocks)
    if not listed or truth.body is None:
        return None
    labels = label_blocks(listed, truth.body)
    if _goes_on(listed, labels):
        return None
    sizes = np.array([len(label_words(block.text)) for block in listed])
    weight = _NEWS_WEIGHT if truth.kind is None else 1.0
    features, layout = block_features(blocks, listed, page_hints(page))
    weights = weight * (1 + np.minimum(sizes, _MAX_WORDS) / 10)
    return Rows(np.ascontiguousarray(features), labels, weights, layout)


def _goes_on(listed: list[Block], labels: Labels) -> bool:
    """Return whether text set as the body is goes on behind the end of the true body."""
    positions = np.flatnonzero(labels).tolist()
    held: Counter[tuple[str, str, str]] = Counter()
    for position in positions:
        held[_style(listed[position])] += len(listed[position].text)
    size = held.total()
    behind = [
        len(block.text)
        for block in listed[positions[-1] + 1 if positions else 0 :]
        if held[_style(block)] > _STYLE * size and block.link_chars * 2 < len(block.text)
    ]
    return sum(behind) > _GOES_ON * size


def _style(block: Block) -> tuple[str, str, str]:
    parent = block.container.parent
    return block.tag, block.container.names, parent.names if parent is not None else ""
