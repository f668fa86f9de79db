"""From the score of each block to a choice of the whole: a text has few beginnings and ends.

The choice is that of the highest total odds, less a cost for each change between blocks of the text
and others, found by dynamic programming (Viterbi). A change costs more between blocks of one box
than between boxes: a doubtful last paragraph goes with its fellows, a box amid the text by itself.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from newscrawl.extraction.blocks import Block
from newscrawl.extraction.body.block_features import Matrix

_SURE = 1e-3
_BETWEEN, _BESIDE, _ALIKE = 0.3, 0.8, 1.2
"""What a change costs, in log odds: between boxes, in one box, in one box between like tags."""


_ABOVE = 0.8
"""By so much the odds of what stands above the headline are lowered."""
_LEAST = 0.25
"""Where nothing is likelier than not, blocks of this probability may be the text."""


def likely_blocks(listed: list[Block], scores: Matrix, heading: int | None = None) -> list[Block]:
    """Return the blocks of the likeliest text, given the probability of each to be of it.

    ``heading`` is the index of the block that shows the headline.
    """
    sure = np.clip(scores.astype(np.float64), _SURE, 1 - _SURE)
    odds = np.log(sure / (1 - sure))
    if heading is not None:
        odds[[block.index < heading for block in listed]] -= _ABOVE
    changes = [0.0, *(_cost(*pair) for pair in pairwise(listed))]
    chosen = _best_path(odds.tolist(), changes)
    if True not in chosen:
        chosen = _best_path((odds - np.log(_LEAST / (1 - _LEAST))).tolist(), changes)
    return [block for block, is_text in zip(listed, chosen, strict=True) if is_text]


def _cost(above: Block, below: Block) -> float:
    """Return what a change between two blocks costs."""
    if above.container.parent is not below.container.parent:
        return _BETWEEN
    return _ALIKE if above.tag == below.tag else _BESIDE


def _best_path(odds: list[float], changes: list[float]) -> list[bool]:
    """Return whether each block is of the text, for the highest total of odds less changes."""
    out, inside = 0.0, float("-inf")
    came: list[tuple[bool, bool]] = []
    for gain, cost in zip(odds, changes, strict=True):
        # Whether the best way to a block outside, and to one inside, comes from inside.
        came.append((inside - cost > out, inside >= out - cost))
        out, inside = max(out, inside - cost), max(inside, out - cost) + gain
    is_text = inside > out
    path = []
    for to_out, to_text in reversed(came):
        path.append(is_text)
        is_text = to_text if is_text else to_out
    return path[::-1]
