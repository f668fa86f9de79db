"""A forest of oblivious decision trees, scored with numpy alone.

In an oblivious tree every level asks one question of all its nodes, so a tree of depth d is d
questions and 2**d leaves, and a whole forest is three array operations over all rows.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Forest:
    """Trees as arrays: the feature and border of each question, and the leaves' values.

    ``features`` and ``borders`` have the shape (trees, depth), ``leaves`` (trees, 2**depth). The
    answer to question i of a tree is bit i of its leaf's number.
    """

    def __init__(
        self, features: npt.NDArray[np.int16], borders: Floats, leaves: Floats, bias: float
    ) -> None:
        trees, depth = features.shape
        self._columns = [features[:, level].astype(np.intp) for level in range(depth)]
        self._borders = [borders[:, level, None] for level in range(depth)]
        self._first_leaf = (np.arange(trees, dtype=np.int32) << depth)[:, None]
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
        columns = np.ascontiguousarray(rows.T)
        # Levels above the eighth would not fit; no forest of ours is deeper than six.
        leaf = np.zeros((len(self._first_leaf), len(rows)), dtype=np.uint8)
        for level, (chosen, borders) in enumerate(zip(self._columns, self._borders, strict=True)):
            leaf |= (columns[chosen] > borders).view(np.uint8) << level
        scores = np.take(self._leaves, leaf + self._first_leaf).sum(axis=0) + self._bias
        probabilities: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
        return probabilities
