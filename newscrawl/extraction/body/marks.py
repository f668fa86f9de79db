"""Marks between the blocks: the heads of articles, and where readers' comments begin.

An article's head is a heading with a day or a byline right below it, or a ``<h1>``. A page that
goes on with the next article has several; each block is measured against the first and against the
last one above.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block
from newscrawl.extraction.body.block_features import COMMENT_LABEL, SIZE, Matrix
from newscrawl.extraction.body.layout_features import Integers
from newscrawl.text.phrases import is_byline

_HEADINGS = frozenset({"h1", "h2", "h3"})
_CAPTIONS = frozenset({"figcaption", "figure", "caption"})
_BELOW_HEAD = 6
"""So many blocks below a heading may hold its date or byline."""
_LINE = 100  # characters; a longer block is no dateline
_PROSE = 200
# A day, in figures or with the name of a month; a year alone or a time of day is none: credits have
# the one, entries of live pages the other.
_DAY = re.compile(
    r"\d\d?\s*[./-]\s*\d\d?\s*[./-]\s*(?:\d\d)?\d\d|\d{4}\s*[./-]\s*\d\d?\s*[./-]\s*\d\d?"
    r"|\d\d?(?:st|nd|rd|th|er|º|\.)?\s+(?:de |of )?[^\W\d_]{3,}\.?,?\s+(?:de |of )?\d{4}"
    r"|[^\W\d_]{3,}\.?\s+\d\d?,?\s+\d{4}|\d\d?\s*[月월]\s*\d\d?\s*[日일]"
)
_MOST = 50  # marks of a kind; a page with more is no article
_FAR = 25

MARKS = 11
"""So many rows `measure_marks` fills."""


class Marks(NamedTuple):
    """Positions among the candidate blocks."""

    first: int
    """The first ``<h1>``; -1 for none."""
    heads: list[int]
    """Headings of articles: every ``<h1>``, and others with a date or byline right below."""
    comments: list[int]
    """Lines that head or count readers' comments."""


def find_marks(listed: list[Block], columns: Matrix) -> Marks:
    """Return the marks of a page, given the measures of its blocks."""
    first = first_heading(listed)
    heads = [
        position
        for position, block in enumerate(listed)
        if block.tag in _HEADINGS
        and (
            position == first
            or (block.tag == "h1" and position > first)
            or _is_head(listed, position)
        )
    ]
    comments: list[int] = np.flatnonzero(columns[COMMENT_LABEL])[:_MOST].tolist()
    return Marks(first, heads[:_MOST], comments)


def first_heading(listed: list[Block]) -> int:
    """Return the position of the first ``<h1>``, outside navigation if there is one; else -1."""
    headings = [position for position, block in enumerate(listed) if block.tag == "h1"]
    outside = [p for p in headings if not listed[p].flags & chrome.NAVIGATION]
    return next(iter(outside or headings), -1)


def _is_head(listed: list[Block], position: int) -> bool:
    """Whether a date or a byline follows a heading, and then text of its own."""
    dated = False
    for block in listed[position + 1 : position + 1 + _BELOW_HEAD]:
        text = block.text
        if block.tag in _HEADINGS:
            return False
        if len(text) >= _PROSE or (len(text) > _LINE and block.link_chars * 2 < len(text)):
            return dated
        if block.tag not in _CAPTIONS:
            dated = dated or is_byline(text) or _DAY.search(text) is not None
    return False


def measure_marks(listed: list[Block], marks: Marks, columns: Matrix, out: Matrix) -> None:
    """Fill in `MARKS` rows: how each block stands to the heads and the comments above it."""
    count = len(listed)
    index = np.arange(count)
    heads = np.array(marks.heads, dtype=np.int64)
    out[0] = np.minimum(np.searchsorted(heads, index, side="right"), 5)
    out[1] = len(heads)
    tags = np.array([block.tag == "h1" for block in listed])
    out[2] = np.minimum(np.add.accumulate(tags, dtype=np.int64), 5)
    places = np.array([block.index for block in listed])
    shared = _shared_depth(listed, marks.first, places, 0, count)
    near = shared.copy()
    edges = [*marks.heads, count]
    for start, end in zip(marks.heads, edges[1:], strict=True):
        near[start:end] = _shared_depth(listed, start, places, start, end)
    out[3] = shared
    out[4] = near - shared
    out[5] = index - _last_before(heads, index)
    comments = np.array(marks.comments, dtype=np.int64)
    seen = np.searchsorted(comments, index, side="right")
    out[6] = np.minimum(seen, 5)
    since = index - _last_before(comments, index)
    out[7] = np.where(seen > 0, np.minimum(since, _FAR), -1)
    within = np.full(count, -1, dtype=np.int64)
    edges = [*marks.comments, count]
    for start, end in zip(marks.comments, edges[1:], strict=True):
        within[start:end] = _shared_depth(listed, start, places, start, end)
    out[8] = np.where(seen > 0, within - shared, -99)
    size = columns[SIZE].astype(np.float64)
    running = np.add.accumulate(size)
    total = max(float(running[-1]), 1.0)
    before = np.concatenate([[0.0], running])
    out[9] = np.where(seen > 0, (running - before[_last_before(comments, index)]) / total, -1)
    out[10] = np.where(out[0] > 0, (running - before[_last_before(heads, index)]) / total, -1)


def _last_before(positions: Integers, index: Integers) -> Integers:
    """Return the last of the positions that is not behind each index; 0 for none."""
    if not len(positions):
        return np.zeros_like(index)
    found: Integers = positions[np.maximum(np.searchsorted(positions, index, side="right") - 1, 0)]
    return np.where(found <= index, found, 0)


def _shared_depth(
    listed: list[Block], position: int, places: npt.NDArray[np.int64], start: int, end: int
) -> Integers:
    """Return for a range of blocks how deep the container lies that each shares with another."""
    depths = np.zeros(end - start, dtype=np.int64)
    if position < 0 or start == end:
        return depths
    chain = list(listed[position].container.ancestors())
    within = places[start:end]
    for outer in reversed(chain):
        inside = (within >= outer.start) & (within < outer.end)
        depths[inside] = outer.depth
    return depths
