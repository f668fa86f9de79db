"""The forest scored against the same trees walked by hand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from newscrawl.extraction.forest import Forest


@pytest.fixture
def arrays():
    return {
        "features": np.array([[0, 1], [1, 0]], dtype=np.int16),
        "borders": np.array([[0.5, 10.0], [3.0, -1.0]], dtype=np.float32),
        "leaves": np.array([[0.0, 1.0, 2.0, 3.0], [0.0, -10.0, 0.5, 20.0]], dtype=np.float32),
        "bias": -1.0,
    }


def sigmoid(score):
    return 1 / (1 + np.exp(-score))


def test_answers_are_the_bits_of_the_leafs_number(arrays):
    # Row 0: tree 0 asks 1 > 0.5 yes, 0 > 10 no: leaf 1. Tree 1 asks 0 > 3 no, 1 > -1 yes: leaf 2.
    rows = np.array([[1.0, 0.0], [0.0, 20.0], [-5.0, 2.0]], dtype=np.float32)
    expected = [sigmoid(1.0 + 0.5 - 1), sigmoid(2.0 + 20.0 - 1), sigmoid(0.0 + 0.0 - 1)]
    np.testing.assert_allclose(Forest(**arrays).probabilities(rows), expected, rtol=1e-6)


def test_a_border_itself_is_not_above_the_border(arrays):
    row = np.array([[0.5, 0.0]], dtype=np.float32)
    np.testing.assert_allclose(Forest(**arrays).probabilities(row), [sigmoid(0.0 + 0.5 - 1)])


def test_rows_are_scored_alone(arrays):
    forest = Forest(**arrays)
    rows = np.random.default_rng(7).normal(size=(300, 2)).astype(np.float32) * 10
    one_by_one = np.concatenate([forest.probabilities(rows[i : i + 1]) for i in range(300)])
    np.testing.assert_array_equal(forest.probabilities(rows), one_by_one)


def test_threads_share_a_forest(arrays):
    forest = Forest(**arrays)
    rows = np.random.default_rng(7).normal(size=(40, 200, 2)).astype(np.float32) * 10
    alone = [Forest(**arrays).probabilities(page) for page in rows]
    with ThreadPoolExecutor(4) as pool:
        np.testing.assert_array_equal(list(pool.map(forest.probabilities, rows)), alone)


def test_a_forest_is_read_as_it_was_written(arrays, tmp_path):
    np.savez(tmp_path / "weights.npz", **arrays)
    rows = np.array([[1.0, 0.0]], dtype=np.float32)
    read = Forest.load(tmp_path / "weights.npz").probabilities(rows)
    np.testing.assert_array_equal(read, Forest(**arrays).probabilities(rows))


def test_a_file_that_is_no_forest_is_refused(tmp_path):
    (tmp_path / "weights.npz").write_bytes(b"not an archive")
    with pytest.raises((OSError, ValueError)):
        Forest.load(tmp_path / "weights.npz")
