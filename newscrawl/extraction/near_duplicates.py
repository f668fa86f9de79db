"""Near duplicates: one text at several outlets (agency copy) is known by what its words share.

A body is a set of shingles: every three words in a row, or every five characters of a script
without spaces. Of the set MinHash keeps `VALUES` numbers, from which the share of shingles that
two bodies have in common can be told without the bodies. `benchmarks/near_duplicates.py` measures
it on articles that were cut, extended and reworded, beside the libraries for it: MinHash finds the
same copies with each of them and is no quicker, simhash misses those that were cut or reworded.

To give copies one cluster id: look up the earlier articles that share one of the new one's
`bands`, keep those whose `similarity` is at least `SAME`, and take the cluster of the most similar.
"""

from __future__ import annotations

import re
from typing import NewType
from zlib import crc32

import numpy as np
import numpy.typing as npt

Signature = NewType("Signature", bytes)
"""What is kept of a body: 4 bytes for the number of its shingles, then `VALUES` times 4 bytes, all
little-endian. Empty for a body that is too short to be compared."""

SAME = 0.25
"""From this similarity on, two bodies are one text: articles on one topic stay under 0.24, copies
with a fifth of their words changed over 0.3; a shared note of 40 words is hardly ever enough."""

VALUES = 64
"""Numbers in a signature. The standard error of a share of a half is then 0.06."""

BAND = 2
"""Numbers in a band: two bodies that share a fraction J of their shingles share a band with J²."""

BANDS = 24
"""Bands of a signature, each a row of an index: copies that share 0.4 of their shingles meet in one
with probability 0.98, unrelated articles (0.001 on average) were measured to with 0.00002."""

LEAST_WORDS = 50
"""A shorter body belongs to no cluster: a notice of two lines resembles every other."""

MOST_WORDS = 1_200
"""So many words from the start are looked at; agency copy is cut at its end."""

_WORDS_IN_SHINGLE = 3
_CHARACTERS_IN_SHINGLE = 5
_CHARACTERS_IN_WORD = 2
_LONGEST = 12_000  # characters that are read; 1,200 words of German have 9,000
_SAMPLE = 1_000  # characters that tell whether a text has spaces
_SHORTEST_SHARE = 1 / 3

# Thai, Lao, Burmese, Khmer, kana and Han are written without spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_ANY_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD = re.compile(r"\w+")
_WORD_OR_CHARACTER = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

_Numbers = npt.NDArray[np.uint64]

# Any fixed odd numbers do; these are a Weyl sequence of the golden ratio, mixed. They must never
# change: signatures are kept for years.
_WEIGHTS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


def _mixed(numbers: _Numbers) -> _Numbers:
    """Return the numbers with every bit dependent on every other (SplitMix64's finaliser)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


_SEEDS = _mixed(np.arange(1, 2 * VALUES + 1, dtype=np.uint64) * _WEIGHTS[0])
_FACTORS = (_SEEDS[:VALUES] | np.uint64(1)).astype(np.uint32)[:, np.newaxis]
_TERMS = _SEEDS[VALUES:].astype(np.uint32)[:, np.newaxis]


def signature(body: str) -> Signature:
    """Return the signature of an article's body; empty under `LEAST_WORDS` words.

    Case, punctuation, typography and white space make no difference. Scripts without spaces count
    two characters as a word.
    """
    shingles = _shingles(body[:_LONGEST].casefold())
    if shingles is None:
        return Signature(b"")
    # An odd factor and a term permute the 32-bit numbers; the least is MinHash's pick. Measured on
    # sets of known overlap, this is as exact as chance allows.
    permuted = (shingles >> np.uint64(32)).astype(np.uint32) * _FACTORS
    permuted += _TERMS
    values = permuted.min(axis=1)
    return Signature(len(shingles).to_bytes(4, "little") + values.astype("<u4").tobytes())


def bands(signature: Signature) -> tuple[int, ...]:
    """Return `BANDS` numbers, signed and of 64 bits (SQLite's INTEGER), to look a signature up by.

    Each stands for its place, too: a band is only ever equal to the same band of another signature,
    so one indexed column holds them all. () for an empty signature.
    """
    if not signature:
        return ()
    values = _values(signature)[: BANDS * BAND].reshape(BANDS, BAND).astype(np.uint64)
    joined = (values[:, 0] << np.uint64(32)) | values[:, 1]
    placed = _mixed(joined + np.arange(1, BANDS + 1, dtype=np.uint64) * _WEIGHTS[0])
    return tuple(placed.view(np.int64).tolist())


def similarity(a: Signature, b: Signature) -> float:
    """Return how much of the shorter body stands in the longer, from 0 to 1, as an estimate.

    A copy that was cut to its half is as similar as a whole one. A body of less than a third of
    the other counts as a third of it, so that a brief that is a part of a long round-up is not the
    same text. 0 if one of them is empty.
    """
    if not a or not b:
        return 0.0
    shared = float(np.mean(_values(a) == _values(b)))  # of the union of both sets
    shorter, longer = sorted((_size(a), _size(b)))
    common = shared * (shorter + longer) / (1 + shared)
    return min(1.0, common / max(shorter, longer * _SHORTEST_SHARE))


def _size(signature: Signature) -> int:
    return int.from_bytes(signature[:4], "little")


def _values(signature: Signature) -> npt.NDArray[np.uint32]:
    return np.frombuffer(signature, "<u4", offset=4)


def _shingles(text: str) -> _Numbers | None:
    """Return a number for each distinct shingle of a case-folded text; None for too short a one."""
    width, least, most = _WORDS_IN_SHINGLE, LEAST_WORDS, MOST_WORDS
    word = _WORD
    sample = "" if text.isascii() else text[:_SAMPLE]
    if len(_ANY_UNSPACED.findall(sample)) > len(sample) // 3:
        word = _WORD_OR_CHARACTER
        width = _CHARACTERS_IN_SHINGLE
        least, most = least * _CHARACTERS_IN_WORD, most * _CHARACTERS_IN_WORD
    words: list[str] = word.findall(text)
    if len(words) < least:
        return None
    # CRC-32, since Python's own hash of a string is another in every process.
    encoded = " ".join(words[:most]).encode("utf-8", "replace").split(b" ")
    hashes = np.fromiter(map(crc32, encoded), np.uint64)
    count = len(hashes) - width + 1
    shingles = np.zeros(count, np.uint64)
    for place in range(width):
        shingles = shingles * _WEIGHTS[1] + hashes[place : place + count]
    numbers = np.sort(_mixed(shingles * _WEIGHTS[2]))  # NumPy's own unique takes ten times as long
    is_new = np.ones(count, bool)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers[is_new]
