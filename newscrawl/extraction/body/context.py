"""From a first score of each block to what the scores around it say: the second forest's measures.

A text has one beginning and one end, and lies in few boxes. What the first forest thinks of the
blocks before and after, of those in the same boxes, and of those set in the same way tells where.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.extraction.blocks import Block, Container
from newscrawl.extraction.body.block_features import Matrix
from newscrawl.extraction.body.layout_features import Integers, Places, Spans
from newscrawl.extraction.body.marks import Marks

CONTEXT = 36
"""So many measures are made of the scores."""

_SURE = 1e-3
_WEIGHTY = 400  # characters; a longer block says no more about its neighbours
_SHORT = 60
_FAR = 30
_LIKELY = 0.5

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the second forest's measures need to know of a page, but for the scores."""

    sizes: Floats
    home: Integers
    first: Integers
    """The first block of each of three containers around each home, shape (3, homes)."""
    after: Integers
    named: Integers
    """A number for each way of setting a block: tag, names, its parent's names."""
    kin: Integers
    """The same wherever it is: tag and names."""
    tagged: Integers
    """The same without names: tags and depth."""
    heads: Integers
    """How many heads of articles stand above each block, itself included."""

    @classmethod
    def of(cls, listed: list[Block], places: Places, marks: Marks) -> Layout:
        """Return the layout of candidate blocks, in order."""
        by_name: dict[tuple[str, str, str], int] = {}
        by_tag: dict[tuple[str, str, int], int] = {}
        by_kin: dict[tuple[str, str], int] = {}
        named, kin, tagged = [], [], []
        for block in listed:
            container = block.container
            parent = container.parent
            outer, names = (parent.tag, parent.names) if parent is not None else ("", "")
            named.append(by_name.setdefault((block.tag, container.names, names), len(by_name)))
            kin.append(by_kin.setdefault((block.tag, container.names), len(by_kin)))
            tagged.append(by_tag.setdefault((block.tag, outer, container.depth), len(by_tag)))
        first, after = places.spans(_spans)
        return cls(
            np.array([len(block.text) for block in listed], dtype=np.float64),
            places.home,
            first,
            after,
            np.array(named),
            np.array(kin),
            np.array(tagged),
            np.searchsorted(np.array(marks.heads), np.arange(len(listed)), side="right"),
        )


def context_features(layout: Layout, scores: Matrix) -> Matrix:
    """Return an array of shape (blocks, `CONTEXT`), given each block's first score."""
    p = scores.astype(np.float64)
    out = np.empty((CONTEXT, len(p)), dtype=np.float32)
    doubtless = np.clip(p, _SURE, 1 - _SURE)
    odds = np.log(doubtless / (1 - doubtless))
    weights = np.minimum(layout.sizes, _WEIGHTY)
    out[0] = odds
    _neighbours(odds, weights, out[1:9])
    _in_boxes(layout, p, weights, out[9:15])
    _alike(layout, p, weights, out[15:22])
    _sequence(p, layout.sizes, out[22:31])
    _by_head(layout.heads, p, layout.sizes, out[31:36])
    return out.T


def _neighbours(odds: Floats, weights: Floats, out: Matrix) -> None:
    """Copy the odds of three blocks to each side, and smooth those of more."""
    padded = np.concatenate([[-8.0] * 3, odds, [-8.0] * 3])
    count = len(odds)
    for row, shift in enumerate((-3, -2, -1, 1, 2, 3)):
        out[row] = padded[3 + shift : 3 + shift + count]
    sums = np.concatenate([[0.0], np.add.accumulate(odds * weights)])
    mass = np.concatenate([[0.0], np.add.accumulate(weights)])
    index = np.arange(count)
    before, after = np.maximum(index - 8, 0), np.minimum(index + 9, count)
    out[6] = (sums[index] - sums[before]) / np.maximum(mass[index] - mass[before], 1)
    out[7] = (sums[after] - sums[index + 1]) / np.maximum(mass[after] - mass[index + 1], 1)


def _in_boxes(layout: Layout, p: Floats, weights: Floats, out: Matrix) -> None:
    """Mean score in each of the three containers around a block, and their share of the text."""
    sums = np.zeros((2, len(p) + 1))
    np.add.accumulate(p * weights, out=sums[0, 1:])
    np.add.accumulate(weights, out=sums[1, 1:])
    liked, mass = sums[:, layout.after] - sums[:, layout.first]
    out[:3] = (liked / np.maximum(mass, 1))[:, layout.home]
    out[3:] = (liked / max(sums[0, -1], 1))[:, layout.home]


def _spans(home: Container) -> Spans:
    second = home.parent or home
    third = second.parent or second
    return (home.start, second.start, third.start), (home.end, second.end, third.end)


def _alike(layout: Layout, p: Floats, weights: Floats, out: Matrix) -> None:
    """Mean score of the blocks set in the same way, by names and by tags alone."""
    for row, numbers in ((0, layout.named), (2, layout.tagged)):
        mass = np.bincount(numbers, weights)
        liked = np.bincount(numbers, p * weights)
        out[row] = (liked / np.maximum(mass, 1))[numbers]
        out[row + 1] = (mass / max(weights.sum(), 1))[numbers]
    numbers = layout.named
    others = np.bincount(numbers, weights)[numbers] - weights
    likely = np.bincount(numbers, p * weights)[numbers] - p * weights
    out[4] = np.where(others > 0, likely / np.maximum(others, 1), -1)
    others = np.bincount(layout.kin, weights)[layout.kin] - weights
    likely = np.bincount(layout.kin, p * weights)[layout.kin] - p * weights
    out[5] = np.where(others > 0, likely / np.maximum(others, 1), -1)
    out[6] = others / max(weights.sum(), 1)


def _sequence(p: Floats, sizes: Floats, out: Matrix) -> None:
    """Where each block stands among those that are likely: before, within, behind, in a gap."""
    count = len(p)
    index = np.arange(count)
    mass = p * sizes
    total = max(mass.sum(), 1e-6)
    running = np.add.accumulate(mass)
    out[0] = (running - mass) / total
    out[1] = (total - running) / total
    out[2] = min(total, 30_000)
    likely = (p > _LIKELY) & (sizes > _SHORT)
    last = np.maximum.accumulate(np.where(likely, index, -1))
    before = np.concatenate([[-1], last[:-1]])
    out[3] = np.where(before >= 0, np.minimum(index - before, _FAR), -1)
    following = np.minimum.accumulate(np.where(likely, index, count)[::-1])[::-1]
    after = np.concatenate([following[1:], [count]])
    out[4] = np.where(after < count, np.minimum(after - index, _FAR), -1)
    unlikely = np.concatenate([[0.0], np.add.accumulate((1 - p) * sizes)])
    out[5] = np.where(before >= 0, unlikely[index] - unlikely[before + 1], -1)
    out[6] = np.where(after < count, unlikely[after] - unlikely[index + 1], -1)
    liked = np.add.accumulate(likely, dtype=np.int64)
    out[7] = np.minimum(liked, _FAR)
    out[8] = np.minimum(liked[-1] - liked, _FAR)


def _by_head(numbers: Integers, p: Floats, sizes: Floats, out: Matrix) -> None:
    """How the likely text is shared out among the articles of the page."""
    mass = np.bincount(numbers, p * sizes, minlength=1)
    total = max(mass.sum(), 1e-6)
    before = np.concatenate([[0.0], np.add.accumulate(mass)])
    out[0] = (mass / total)[numbers]
    out[1] = (before[numbers]) / total
    first = int(np.argmax(mass > 0.05 * total))
    out[2] = numbers - first
    out[3] = (mass / np.maximum(np.bincount(numbers, sizes, minlength=1), 1))[numbers]
    out[4] = mass.max() / total
