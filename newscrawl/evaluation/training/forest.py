"""Growing forests with CatBoost, and writing them as one data file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from catboost import CatBoost, Pool

from newscrawl.evaluation.training.rows import Rows
from newscrawl.extraction.body.context import context_features
from newscrawl.extraction.forest import Forest

SEED = 1
Arrays = dict[str, npt.NDArray[Any]]
Floats = npt.NDArray[np.float32]


class Size(NamedTuple):
    """How many trees a forest has, and how deep they are."""

    trees: int
    depth: int


FIRST, SECOND, KIND, CONFIDENCE = Size(300, 6), Size(1000, 7), Size(400, 4), Size(300, 4)
"""The sizes of the two forests of the body, of that of the kind, of that of the confidence."""

_INNER_FOLDS = 4


def grow_kind(rows: Sequence[Rows], target: Path, size: Size = KIND) -> None:
    """Learn which pages are articles, and write the forest; the same rows give the same bytes.

    Raises OSError when the target cannot be written.
    """
    _write(target, _fit([r.features for r in rows], rows, size))


def grow_body(
    rows: Sequence[tuple[int, Rows]],
    target: Path,
    sizes: tuple[Size, Size] = (FIRST, SECOND),
) -> None:
    """Learn which blocks are body, and write both forests; the same rows give the same bytes.

    Each page's rows come with the number of its publisher. The second forest learns from first
    scores as they are on publishers that the first has not seen: each page's are of a forest
    grown from the other publishers.
    """
    scores: dict[int, npt.NDArray[np.float32]] = {}
    for fold in range(_INNER_FOLDS):
        others = [r for publisher, r in rows if publisher % _INNER_FOLDS != fold]
        left = [n for n, (publisher, _) in enumerate(rows) if publisher % _INNER_FOLDS == fold]
        if not left:
            continue
        learned = others or [r for _, r in rows]
        forest = _forest(_fit([r.features for r in learned], learned, sizes[0]))
        scores |= {number: forest.probabilities(rows[number][1].features) for number in left}
    listed = [r for _, r in rows]
    first = _fit([r.features for r in listed], listed, sizes[0])
    seen = [
        np.hstack([r.features, context_features(r.layout, scores[number])])
        for number, r in enumerate(listed)
        if r.layout is not None
    ]
    second = _fit(seen, listed, sizes[1])
    _write(target, first, second)


def _forest(arrays: Arrays) -> Forest:
    bias = float(arrays["bias"])
    return Forest(arrays["features"], arrays["borders"], arrays["leaves"], bias)


def grow_confidence(measures: Floats, f1: Floats, target: Path | None = None) -> Forest:
    """Learn the F1 to be expected from measures of bodies, write the forest and return it.

    Raises OSError when the target cannot be written.
    """
    arrays = _export(
        CatBoost(
            {"iterations": CONFIDENCE.trees, "depth": CONFIDENCE.depth, **_COMMON}
            | {"loss_function": "RMSE", "learning_rate": 0.03}
        ).fit(Pool(measures, f1))
    )
    if target is not None:
        _write(target, arrays)
    return _forest(arrays)


_COMMON = {
    "learning_rate": 0.07, "l2_leaf_reg": 30, "border_count": 48, "bootstrap_type": "Bernoulli",
    "subsample": 0.7, "rsm": 0.3, "boosting_type": "Plain", "random_seed": SEED, "thread_count": 1,
    "verbose": False, "allow_writing_files": False, "loss_function": "Logloss",
}  # fmt: skip


def _fit(features: list[Floats], rows: Sequence[Rows], size: Size) -> Arrays:
    pool = Pool(
        np.concatenate(features),
        np.concatenate([r.labels for r in rows]),
        weight=np.concatenate([r.weights for r in rows]),
    )
    return _export(CatBoost({"iterations": size.trees, "depth": size.depth, **_COMMON}).fit(pool))


def _export(model: CatBoost) -> Arrays:
    with tempfile.TemporaryDirectory() as folder:
        exported = Path(folder) / "model.json"
        model.save_model(str(exported), format="json")
        return forest_arrays(json.loads(exported.read_text(encoding="utf-8")))


def forest_arrays(exported: dict[str, Any]) -> Arrays:
    """Return CatBoost's JSON export as the arrays that `newscrawl.extraction.forest` reads."""
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
    return {
        "features": features,
        "borders": borders,
        # Half the precision is far more than the trees' own; and half of the file.
        "leaves": (leaves * scale).astype(np.float16).astype(np.float32),
        "bias": np.array(biases[0], dtype=np.float32),
    }


def _write(target: Path, first: Arrays, second: Arrays | None = None) -> None:
    arrays = first
    if second is not None:
        arrays = {f"first_{name}": values for name, values in first.items()}
        arrays |= {f"second_{name}": values for name, values in second.items()}
    halved = {
        name: values.astype(np.float16) if name.endswith("leaves") else values
        for name, values in arrays.items()
    }
    with target.open("wb") as file:
        np.savez_compressed(file, **halved)  # type: ignore[arg-type]
