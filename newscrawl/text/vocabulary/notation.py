"""The notation of the vocabulary."""

from __future__ import annotations

import re


def phrases(text: str) -> frozenset[str]:
    """Return the phrases, case folded, of a text that has them between bars and line ends.

    >>> sorted(phrases("By | Written by"))
    ['by', 'written by']
    """
    return frozenset(filter(None, (part.strip().casefold() for part in re.split(r"[|\n]", text))))
