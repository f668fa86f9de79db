"""Figures of several workers as those of one run."""

from __future__ import annotations

from typing import Any

_MOST = 50
"""Entries of a list that are kept."""


def added(one: Any, other: Any) -> Any:
    """Return the sum of two values of JSON: numbers add up, lists go on, objects key by key.

    Of all else the latter counts, unless it is null or empty.

    >>> added({"pages": 2, "rejects": {"dns": 1}}, {"pages": 3, "rejects": {"tls": 1}})
    {'pages': 5, 'rejects': {'dns': 1, 'tls': 1}}
    """
    if isinstance(one, dict) and isinstance(other, dict):
        keys = dict.fromkeys((*one, *other))
        return {key: added(one.get(key), other.get(key)) for key in keys}
    if isinstance(one, list) and isinstance(other, list):
        return (one + other)[:_MOST]
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one + other
    return other or one
