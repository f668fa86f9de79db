"""Which blocks of a page are in its true body."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from newscrawl.extractors.blocks import Block

_WORD = re.compile(r"\w+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_GRAM = 4
_LONG = 6
_SHARE = 0.6
_NEAR = 4


def label_words(text: str) -> list[str]:
    """Return lower-cased words; a Chinese or Japanese character counts as one."""
    return _WORD.findall(_IDEOGRAPH.sub(lambda match: f" {match[0]} ", text.lower()))


def label_blocks(blocks: list[Block], body: str) -> npt.NDArray[np.int8]:
    """Return 1 for each block that is in the true body, else 0.

    A block of six words or more is in it when most of its word sequences of four are. A shorter
    one, when it is there and near a longer one that is. A first-level heading never is.
    """
    true_words = label_words(body)
    joined = f" {' '.join(true_words)} "
    grams = _grams(true_words)
    lines = {" ".join(label_words(line)) for line in body.split("\n")}
    labels = np.zeros(len(blocks), dtype=np.int8)
    short: list[tuple[int, bool]] = []
    for position, block in enumerate(blocks):
        own = label_words(block.text)
        if block.tag == "h1" or not own:
            continue
        if len(own) >= _LONG:
            mine = _grams(own)
            labels[position] = len(mine & grams) >= _SHARE * len(mine)
        elif (text := " ".join(own)) in lines:
            short.append((position, True))
        elif f" {text} " in joined:
            short.append((position, False))
    long_labels = labels.copy()
    for position, is_line in short:
        before = long_labels[max(0, position - _NEAR) : position].any()
        after = long_labels[position + 1 : position + 1 + _NEAR].any()
        labels[position] = (before and after) or (is_line and (before or after))
    return labels


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}
