"""A forest of oblivious decision trees, scored with numpy alone.

In an oblivious tree every level asks one question of all its nodes, so a tree of depth d is d
questions and 2**d leaves, and a whole forest is three array operations over all rows.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_ROWS = 128
"""So many rows are scored at a time: their answers to all questions take a megabyte or so."""


class Forest:
    """Trees as arrays: the feature and border of each question, and the leaves' values.

    ``features`` and ``borders`` have the shape (trees, depth), ``leaves`` (trees, 2**depth). The
    answer to question i of a tree is bit i of its leaf's number.
    """

    def __init__(
        self, features: npt.NDArray[np.int16], borders: Floats, leaves: Floats, bias: float
    ) -> None:
        self._trees, self._depth = features.shape
        # The last level first: its answers are the highest bits of the leaves' numbers. Trees ask
        # the same questions; each is answered once.
        asked = np.stack([features.T[::-1].ravel(), borders.T[::-1].ravel()])
        questions, self._question = np.unique(asked, axis=1, return_inverse=True)
        self._question = self._question.ravel()
        self._features = questions[0].astype(np.intp)
        self._borders = questions[1].astype(np.float32)[:, None]
        self._first_leaf = (np.arange(self._trees, dtype=np.intp) << self._depth)[:, None]
        self._leaves = leaves.ravel()
        self._bias = bias
        self._kept = threading.local()
        self._needs = (
            (len(self._features), np.float32),
            (len(self._features), np.bool_),
            (len(self._question), np.uint8),
            (self._trees, np.intp),
            (self._trees, np.float32),
        )

    @classmethod
    def load(cls, path: Path, prefix: str = "") -> Forest:
        """Read a forest that `newscrawl train` wrote. Raises OSError or ValueError.

        A file may hold several, told apart by the prefix of their arrays' names.
        """
        with np.load(path, allow_pickle=False) as arrays:
            features, borders, leaves, bias = (
                arrays[prefix + name] for name in ("features", "borders", "leaves", "bias")
            )
            return cls(features, borders, leaves.astype(np.float32), float(bias))

    def probabilities(self, rows: Floats) -> Floats:
        """Return the probability of each row of an array of shape (rows, features)."""
        odds = self.sums(rows)
        np.exp(-odds, out=odds)
        odds += 1
        return np.reciprocal(odds, out=odds)

    def sums(self, rows: Floats) -> Floats:
        """Return the sum of the leaves of each row: log odds, or what a regression expects."""
        scores = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), _ROWS):
            self._score(rows[start : start + _ROWS], scores[start : start + _ROWS])
        scores += self._bias
        return scores

    def _score(self, rows: Floats, scores: Floats) -> None:
        """Fill in the sum of the leaves that each row falls into."""
        values, answers, asked, numbers, leaves = self._arrays(len(rows))
        # What is asked for exists, so that nothing is ever clipped: it spares the check.
        rows.T.take(self._features, axis=0, out=values, mode="clip")
        np.greater(values, self._borders, out=answers)
        answers.view(np.uint8).take(self._question, axis=0, out=asked, mode="clip")
        levels = asked.reshape(self._depth, self._trees, len(rows))
        leaf = levels[0]  # of eight bits: no forest of ours is deeper than eight
        for bits in levels[1:]:
            leaf += leaf
            leaf |= bits
        np.add(leaf, self._first_leaf, out=numbers)
        self._leaves.take(numbers, out=leaves, mode="clip")
        leaves.sum(axis=0, out=scores)

    def _arrays(self, count: int) -> list[npt.NDArray[Any]]:
        """Return the arrays to work in, of so many columns.

        A thread keeps their memory: to be given it anew costs more than all the arithmetic.
        """
        memory = getattr(self._kept, "memory", None)
        if memory is None:
            memory = self._kept.memory = [
                np.empty(length * _ROWS, dtype=kind) for length, kind in self._needs
            ]
        return [
            array[: length * count].reshape(length, count)
            for array, (length, _) in zip(memory, self._needs, strict=True)
        ]
