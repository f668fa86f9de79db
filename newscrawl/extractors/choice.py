"""From the score of each block to a choice: blocks in one box, or set alike, are of one kind."""

from __future__ import annotations

from collections import Counter

import numpy as np

from newscrawl.extractors.blocks import Block, Container
from newscrawl.extractors.measures import Matrix

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
    """Say of each candidate block whether it is of the body, given its probability to be."""
    scores = _drawn_together(listed, scores)
    return _by_style(listed, scores, _best(listed, scores))


def _drawn_together(listed: list[Block], scores: Matrix) -> Matrix:
    """Return the scores, each drawn somewhat towards those of the blocks beside it in its box."""
    doubtless = np.clip(scores, _SURE, 1 - _SURE)
    odds = np.log(doubtless / (1 - doubtless))
    sizes = np.minimum([len(block.text) for block in listed], _WEIGHTY)
    numbers: dict[Container | None, int] = {}
    box = np.array([numbers.setdefault(b.container.parent, len(numbers)) for b in listed])
    around = np.bincount(box, odds * sizes) / np.bincount(box, sizes)
    apart = np.array([block.tag == "h1" for block in listed])
    drawn = odds + _DRAW * np.where(apart, 0, around[box] - odds)
    together: Matrix = (1 / (1 + np.exp(-drawn))).astype(np.float32)
    return together


def _best(listed: list[Block], scores: Matrix) -> list[bool]:
    """Choose the blocks whose expected F1, by size, is best; none under a least probability.

    What stands above the first ``<h1>`` has to be likelier.
    """
    sizes = np.array([len(block.text) for block in listed], dtype=np.float64)
    order = np.argsort(-scores, kind="stable")
    gained = np.cumsum((scores * sizes)[order])
    expected = 2 * gained / (np.cumsum(sizes[order]) + (scores * sizes).sum())
    border = max(float(scores[order][int(expected.argmax())]), _LEAST)
    likely: list[bool] = (scores >= border).tolist()
    heading = next((place for place, block in enumerate(listed) if block.tag == "h1"), 0)
    for place in range(heading):
        likely[place] = bool(scores[place] >= _CLEAR)
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
    end = _next_heading(listed, last)
    doubted = [
        position
        for position, score in enumerate(scores.tolist()[:end])
        if (
            score < _CLEAR
            if likely[position]
            else score >= (_DOUBTFUL if first < position < last else _DOUBTFUL_OUTSIDE)
        )
    ]
    if not doubted:
        return likely
    styles = [style_of(block) for block in listed]
    total: Counter[Style] = Counter()
    taken: Counter[Style] = Counter()
    for block, style, is_body in zip(listed, styles, likely, strict=True):
        total[style] += len(block.text)
        taken[style] += len(block.text) * is_body
    chosen = list(likely)
    for position in doubted:
        style, block = styles[position], listed[position]
        if likely[position]:
            chosen[position] = taken[style] >= _FEW * total[style]
        elif first < position < last or style[1] or style[2]:
            chosen[position] = taken[style] > _MOST * total[
                style
            ] and block.link_chars < _LINKED * len(block.text)
    return chosen


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
