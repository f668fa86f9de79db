"""From the score of each block to a choice: blocks in one box, or set alike, are of one kind."""

from __future__ import annotations

import numpy as np

from newscrawl.extraction.blocks import Block, Container
from newscrawl.extraction.body.block_features import Matrix

_SURE = 1e-3
_WEIGHTY = 400  # characters; a longer block says no more about its neighbours
_DRAW = 0.2
_LEAST = 0.4
_DOUBTFUL = 0.15
_DOUBTFUL_OUTSIDE = 0.2
_MOST, _FEW = 0.6, 0.25
_CLEAR = 0.6
_LINKED = 0.4

Style = tuple[str, str, str]


def likely_blocks(listed: list[Block], scores: Matrix) -> list[bool]:
    """Return for each candidate block whether it is of the body, given its probability to be."""
    sizes = [len(block.text) for block in listed]
    tags = [block.tag for block in listed]
    scores = _drawn_together(listed, scores, sizes, tags)
    likely = _best(scores, sizes, tags.index("h1") if "h1" in tags else 0)
    return _by_style(listed, scores, likely)


def _drawn_together(
    listed: list[Block], scores: Matrix, sizes: list[int], tags: list[str]
) -> Matrix:
    """Return the scores, each drawn somewhat towards those of the blocks beside it in its box."""
    doubtless = np.minimum(np.maximum(scores, _SURE), 1 - _SURE)
    odds = np.log(doubtless / (1 - doubtless))
    weights = np.minimum(sizes, _WEIGHTY)
    numbers: dict[Container | None, int] = {}
    box = np.array([numbers.setdefault(b.container.parent, len(numbers)) for b in listed])
    around = np.bincount(box, odds * weights) / np.bincount(box, weights)
    drawn = odds + _DRAW * (around[box] - odds)
    if "h1" in tags:
        apart = [position for position, tag in enumerate(tags) if tag == "h1"]
        drawn[apart] = odds[apart]
    together: Matrix = (1 / (1 + np.exp(-drawn))).astype(np.float32)
    return together


def _best(scores: Matrix, sizes: list[int], heading: int) -> list[bool]:
    """Choose the blocks whose expected F1, by size, is best; none under a least probability.

    What stands above the first ``<h1>`` has to be likelier.
    """
    order = np.argsort(-scores, kind="stable")
    sizes_in_order = np.array(sizes, dtype=np.float64)[order]
    in_order = scores[order]
    gained = np.add.accumulate(in_order * sizes_in_order)
    expected = gained / (np.add.accumulate(sizes_in_order) + gained[-1])
    border = max(float(in_order[expected.argmax()]), _LEAST)
    likely: list[bool] = (scores >= border).tolist()
    if heading:
        likely[:heading] = (scores[:heading] >= max(border, _CLEAR)).tolist()
    return likely


def _by_style(listed: list[Block], scores: Matrix, likely: list[bool]) -> list[bool]:
    """Choose as most blocks of a style are chosen, where a block's own score is in doubt.

    Amid the chosen blocks any style counts; around them only one that has a name, and below them
    only up to the next first-level heading: what begins there is another article.
    """
    if True not in likely:
        return likely
    first = likely.index(True)
    last = len(likely) - 1 - likely[::-1].index(True)
    doubted = _doubted(scores, likely, first, last, _next_heading(listed, last))
    if not doubted:
        return likely
    styles = [style_of(block) for block in listed]
    held = {styles[position]: [0, 0] for position in doubted}
    for block, style, is_body in zip(listed, styles, likely, strict=True):
        if style in held:
            held[style][is_body] += len(block.text)
    chosen = list(likely)
    for position in doubted:
        style, block = styles[position], listed[position]
        left, taken = held[style]
        if likely[position]:
            chosen[position] = taken >= _FEW * (left + taken)
        elif first < position < last or style[1] or style[2]:
            most = taken > _MOST * (left + taken)
            chosen[position] = most and block.link_chars < _LINKED * len(block.text)
    return chosen


def _doubted(scores: Matrix, likely: list[bool], first: int, last: int, end: int) -> list[int]:
    """Return the positions of the blocks whose own score is in doubt, up to an end."""
    border = np.full(end, _DOUBTFUL_OUTSIDE, dtype=np.float64)
    border[first + 1 : last] = _DOUBTFUL
    scores = scores[:end]
    doubted: list[int] = np.flatnonzero(
        np.where(likely[:end], scores < _CLEAR, scores >= border)
    ).tolist()
    return doubted


def _next_heading(listed: list[Block], last: int) -> int:
    """Return the position of the first ``<h1>`` after the last chosen block, or the end."""
    return next(
        (place for place in range(last + 1, len(listed)) if listed[place].tag == "h1"),
        len(listed),
    )


def style_of(block: Block) -> Style:
    """Return what blocks have in common that are set in the same way, wherever they are."""
    parent = block.container.parent
    return block.tag, block.container.names, parent.names if parent is not None else ""
