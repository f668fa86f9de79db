"""Growing a forest with CatBoost, and writing it as one data file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from catboost import CatBoostClassifier, Pool

from newscrawl.evaluation.training.rows import Rows

SEED = 1
SIZES = {"body": (400, 6), "kind": (400, 4)}
"""How many trees each forest has, and how deep they are."""


def grow(rows: Iterable[Rows], target: Path, *, trees: int, depth: int) -> None:
    """Learn a forest from rows and write it; the same rows give the same bytes.

    Raises OSError when the target cannot be written.
    """
    listed = list(rows)
    model = CatBoostClassifier(
        iterations=trees, depth=depth, learning_rate=0.07, l2_leaf_reg=30, border_count=48,
        bootstrap_type="Bernoulli", subsample=0.7, rsm=0.3, boosting_type="Plain",
        random_seed=SEED, thread_count=1, verbose=False, allow_writing_files=False,
    )  # fmt: skip
    model.fit(
        Pool(
            np.concatenate([r.features for r in listed]),
            np.concatenate([r.labels for r in listed]),
            weight=np.concatenate([r.weights for r in listed]),
        )
    )
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder) / "model.json"
        model.save_model(str(exported), format="json")
        write_forest(json.loads(exported.read_text(encoding="utf-8")), target)


def write_forest(exported: dict[str, Any], target: Path) -> None:
    """Write CatBoost's JSON export as the arrays that `newscrawl.extraction.forest` reads."""
    trees = exported["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in trees)
    features = np.zeros((len(trees), depth), dtype=np.int16)
    borders = np.full((len(trees), depth), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << depth), dtype=np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            features[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        values = tree["leaf_values"]
        leaves[number, : len(values)] = values
    scale, biases = exported["scale_and_bias"]
    with target.open("wb") as file:
        np.savez_compressed(
            file,
            features=features,
            borders=borders,
            leaves=leaves * scale,
            bias=np.float32(biases[0]),
        )
