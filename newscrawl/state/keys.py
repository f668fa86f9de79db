"""Keys as the database looks them up: integers of 64 bits, many at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b

BATCH = 1_000
"""Number of keys that one statement looks up."""


def hashed(key: str) -> int:
    """Return the 64 bits that stand for a key, as SQLite's signed integer.

    Among a million keys, two share theirs once in 37 million states.
    """
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def signed(number: int) -> int:
    """Return the signed integer of the same 64 bits.

    >>> signed(2**64 - 1)
    -1
    """
    return (number + 2**63) % 2**64 - 2**63


def batches(numbers: Iterable[int]) -> Iterator[str]:
    """Yield JSON arrays of at most `BATCH` numbers, in order: neighbours are read together."""
    ordered = sorted(set(numbers))
    for start in range(0, len(ordered), BATCH):
        yield json.dumps(ordered[start : start + BATCH])
