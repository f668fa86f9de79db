"""A forest of oblivious decision trees, scored with numpy alone.

In an oblivious tree every level asks one question of all its nodes, so a tree of depth d is d
questions and 2**d leaves, and a whole forest is three array operations over all rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_ROWS = 256
"""So many rows are scored at a time: their answers to all questions take a few megabytes."""


class Forest:
    """Trees as arrays: the feature and border of each question, and the leaves' values.

    ``features`` and ``borders`` have the shape (trees, depth), ``leaves`` (trees, 2**depth). The
    answer to question i of a tree is bit i of its leaf's number.
    """

    def __init__(
        self, features: npt.NDArray[np.int16], borders: Floats, leaves: Floats, bias: float
    ) -> None:
        self._trees, self._depth = features.shape
        # The last level first: its answers are the highest bits of the leaves' numbers.
        self._features = features.T[::-1].astype(np.intp).ravel()
        self._borders = np.ascontiguousarray(borders.T[::-1]).ravel()[:, None]
        self._first_leaf = (np.arange(self._trees, dtype=np.intp) << self._depth)[:, None]
        self._leaves = leaves.ravel()
        self._bias = bias

    @classmethod
    def load(cls, path: Path) -> Forest:
        """Read a forest that `newscrawl train` wrote. Raises OSError or ValueError."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                arrays["features"], arrays["borders"], arrays["leaves"], float(arrays["bias"])
            )

    def probabilities(self, rows: Floats) -> Floats:
        """Return the probability of each row of an array of shape (rows, features)."""
        scores = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _ROWS):
            self._score(rows[start : start + _ROWS], scores[start : start + _ROWS])
        probabilities: Floats = (1 / (1 + np.exp(-(scores + self._bias)))).astype(np.float32)
        return probabilities

    def _score(self, rows: Floats, scores: Floats) -> None:
        """Fill in the sum of the leaves that each row falls into."""
        columns = np.ascontiguousarray(rows.T)
        # All questions of all trees at once. The features exist, so that nothing is ever clipped:
        # it spares the check.
        values = np.take(columns, self._features, axis=0, mode="clip")
        answers = (values > self._borders).view(np.uint8)
        levels = answers.reshape(self._depth, self._trees, len(rows))
        leaf = levels[0]  # of eight bits: no forest of ours is deeper than six
        for bits in levels[1:]:
            leaf = leaf + leaf | bits
        np.take(self._leaves, leaf + self._first_leaf, mode="clip").sum(axis=0, out=scores)


@dataclass(frozen=True, slots=True)
class Forests:
    """Other forests than those that newscrawl comes with, to measure them; None for its own."""

    body: Forest | None = None
    kind: Forest | None = None
