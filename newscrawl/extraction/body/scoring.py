"""The probability of each text block to be of the body, by two learned forests.

The first, a small one, scores each block of the page by its own measures. The second scores those
that are not sure to be something else, and knows besides what the first made of the blocks around.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.block_features import Matrix, page_hints
from newscrawl.extraction.body.context import Layout, context_features
from newscrawl.extraction.body.features import block_features, candidate_blocks
from newscrawl.extraction.forest import Forest
from newscrawl.page.page import Page

WEIGHTS = "body.npz"
_SURE = 1e-3
_LONG = 60  # characters
_BEST = 3
_USUAL, _MOST_RAISED = 2.5, 1.5
"""Log odds that the best blocks of a page have at least, and by how much they may be raised."""
_UNLIKELY = 0.02
"""A block of a lower first score is not scored again."""


class Scorer(Protocol):
    """Whatever scores the candidate blocks of a page."""

    def probabilities(self, features: Matrix, layout: Layout) -> Matrix:
        """Return the probability of each row of the features of a page's candidate blocks."""


@dataclass(frozen=True, slots=True)
class BodyForests:
    """The first forest and the second."""

    first: Forest
    second: Forest

    @classmethod
    def load(cls, path: Path) -> BodyForests:
        """Read the forests that `newscrawl train` wrote. Raises OSError or ValueError."""
        return cls(Forest.load(path, "first_"), Forest.load(path, "second_"))

    def probabilities(self, features: Matrix, layout: Layout) -> Matrix:
        """Return the probability of each row of the features of a page's candidate blocks."""
        scores = _raised(self.first.probabilities(features), layout.sizes)
        doubted = np.flatnonzero(scores >= _UNLIKELY)
        if len(doubted):
            # A row for each feature, as the forest asks for them.
            columns = np.concatenate([features.T, context_features(layout, scores).T])
            scores[doubted] = self.second.probabilities(columns.take(doubted, axis=1).T)
        return scores


def _raised(scores: Matrix, sizes: npt.NDArray[np.float64]) -> Matrix:
    """Return first scores with their odds raised where even the best of a page are low.

    A page of a kind that was never learned from has low scores throughout; what counts is how they
    compare with each other, and most pages hold an article.
    """
    sure = np.clip(scores, _SURE, 1 - _SURE)
    odds = np.log(sure / (1 - sure))
    best = np.sort(odds[sizes >= _LONG])[-_BEST:]
    if not len(best):
        return scores
    odds += min(max(_USUAL - float(best.mean()), 0.0), _MOST_RAISED)
    raised: Matrix = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return raised


@cache
def own_forests() -> BodyForests:
    """Return the forests that newscrawl comes with."""
    # A resource, not a path: in a deployed egg the package is a zip archive.
    with as_file(files(__package__) / WEIGHTS) as path:
        return BodyForests.load(path)


def score_blocks(
    page: Page, blocks: Blocks, scorer: Scorer | None = None
) -> tuple[list[Block], Matrix]:
    """Return the candidate blocks and the probability of each to be of the body."""
    listed = candidate_blocks(blocks)
    if not listed:
        return [], np.zeros(0, dtype=np.float32)
    features, layout = block_features(blocks, listed, page_hints(page))
    return listed, (scorer or own_forests()).probabilities(features, layout)
