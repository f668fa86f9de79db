"""Growing the body's forest with CatBoost, and writing it as one data file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from newscrawl.errors import NotAPageError
from newscrawl.evaluation.dataset import Sample
from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.features import block_features, candidate_blocks, page_hints
from newscrawl.page import Page
from newscrawl.training.labels import label_blocks, label_words

SEED = 1
_TREES = 300
_DEPTH = 6
# A page that the truth calls no kind is from a set of news alone; news weighs more.
_NEWS_WEIGHT = 3.0
_MAX_WORDS = 80


@dataclass(frozen=True, slots=True)
class Rows:
    """The candidate blocks of one page as rows to learn from."""

    features: npt.NDArray[np.float32]
    labels: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float64]


def rows_of(sample: Sample) -> Rows | None:
    """Return a page's rows; None for one without a true body, or without text."""
    truth = sample.truth
    if not truth.body or truth.kind not in (None, "article"):
        return None
    try:
        page = Page(sample.read(), url=truth.url)
    except NotAPageError:
        return None
    blocks = Blocks(page.root)
    listed = candidate_blocks(blocks)
    if not listed:
        return None
    sizes = np.array([len(label_words(block.text)) for block in listed])
    weight = _NEWS_WEIGHT if truth.kind is None else 1.0
    return Rows(
        block_features(blocks, listed, page_hints(page)),
        label_blocks(listed, truth.body),
        weight * (1 + np.minimum(sizes, _MAX_WORDS) / 10),
    )


def grow(rows: Iterable[Rows], target: Path) -> None:
    """Learn a forest from rows and write it; the same rows give the same bytes.

    Raises ImportError without the ``train`` extra.
    """
    from catboost import CatBoostClassifier, Pool

    listed = list(rows)
    model = CatBoostClassifier(
        iterations=_TREES, depth=_DEPTH, learning_rate=0.08, l2_leaf_reg=5, border_count=64,
        bootstrap_type="Bernoulli", subsample=0.7, boosting_type="Plain", random_seed=SEED,
        thread_count=1, verbose=False, allow_writing_files=False,
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


def write_forest(exported: dict[str, object], target: Path) -> None:
    """Write CatBoost's JSON export as the arrays that `newscrawl.extractors.forest` reads."""
    trees = exported["oblivious_trees"]
    assert isinstance(trees, list)
    features = np.zeros((len(trees), _DEPTH), dtype=np.int16)
    borders = np.full((len(trees), _DEPTH), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 1 << _DEPTH), dtype=np.float32)
    for number, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            features[number, level] = split["float_feature_index"]
            borders[number, level] = split["border"]
        values = tree["leaf_values"]
        leaves[number, : len(values)] = values
    scale, biases = exported["scale_and_bias"]  # type: ignore[misc]
    np.savez_compressed(
        target,
        features=features,
        borders=borders,
        leaves=leaves * scale,
        bias=np.float32(biases[0]),
    )
