"""Label the blocks of a page that are in its true body."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from newscrawl.extraction.blocks import Block

_WORD = re.compile(r"\w+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_GRAM = 4
_LONG = 6
_SHARE = 0.6
_NEAR = 4
_REACH = 60
"""So many words may lie between two texts of the body that follow each other on the page."""

Labels = npt.NDArray[np.int8]


def label_words(text: str) -> list[str]:
    """Return lower-cased words; a Chinese or Japanese character counts as one."""
    return _WORD.findall(_IDEOGRAPH.sub(lambda match: f" {match[0]} ", text.lower()))


def label_blocks(blocks: list[Block], body: str) -> Labels:
    """Return 1 for each block that is in the true body, else 0.

    A block of six words or more is in it when most of its word sequences of four are. A shorter
    one, when it stands in the body where its place among the longer ones says, soon after what
    stands before it: headings, cells of tables, items of lists; or when it is a whole line of the
    body and longer blocks of it are near on both sides. A first-level heading never is.
    """
    true_words = label_words(body)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position in range(len(true_words) - _GRAM + 1):
        places[tuple(true_words[position : position + _GRAM])].append(position)
    texts = [[] if block.tag == "h1" else label_words(block.text) for block in blocks]
    labels = np.zeros(len(blocks), dtype=np.int8)
    spans: dict[int, tuple[int, int]] = {}
    reached = 0
    for number, own in enumerate(texts):
        if len(own) < _LONG:
            continue
        grams = [tuple(own[i : i + _GRAM]) for i in range(len(own) - _GRAM + 1)]
        found = [gram for gram in grams if gram in places]
        if len(set(found)) < _SHARE * len(set(grams)):
            continue
        labels[number] = 1
        start = _next_place(places[found[0]], reached)
        spans[number] = start, start + len(own)
        reached = start
    long_labels = labels.copy()
    _label_short(texts, true_words, spans, labels)
    lines = {" ".join(label_words(line)) for line in body.split("\n")}
    for number, own in enumerate(texts):
        if not labels[number] and 0 < len(own) < _LONG and " ".join(own) in lines:
            labels[number] = (
                long_labels[max(0, number - _NEAR) : number].any()
                and long_labels[number + 1 : number + 1 + _NEAR].any()
            )
    return labels


def _next_place(places: list[int], reached: int) -> int:
    """Return the first place from ``reached`` on; where there is none, the last."""
    return next((place for place in places if place >= reached), places[-1])


def _label_short(
    texts: list[list[str]],
    true_words: list[str],
    spans: dict[int, tuple[int, int]],
    labels: Labels,
) -> None:
    """Label the short texts between the longer ones, in the order of both page and body."""
    anchors = sorted(spans)
    edges = [-1, *anchors, len(texts)]
    for before, after in pairwise(edges):
        start = spans[before][1] if before >= 0 else None
        end = spans[after][0] if after < len(texts) else None
        if start is None and end is None:
            return
        if end is None or (start is not None and end < start):
            end = len(true_words)
        if start is None:
            start = max(0, end - _REACH)
        cursor = start
        for number in range(before + 1, after):
            own = texts[number]
            if not own or len(own) >= _LONG:
                continue
            place = _find(own, true_words, cursor, min(end, cursor + _REACH + len(own)))
            if place >= 0:
                labels[number] = 1
                cursor = place + len(own)


def _find(own: list[str], true_words: list[str], start: int, end: int) -> int:
    """Return where a run of words begins between two places of the body; -1 for nowhere."""
    size = len(own)
    for place in range(start, end - size + 1):
        if true_words[place : place + size] == own:
            return place
    return -1
