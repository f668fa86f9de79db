"""The place of a record, and problems found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A line of a file; written as ``news.jsonl:12``."""

    path: str
    """As it was given, or as it was found in a folder; ``-`` for standard input."""

    line: int = 0
    """From 1 on; 0 for the file as a whole."""

    def __str__(self) -> str:
        name = "standard input" if self.path == "-" else self.path
        return f"{name}:{self.line}" if self.line else name


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a reader should be told; written as ``news.jsonl:12: torn: the last …``."""

    place: Place

    reason: str
    """One word, for counting.

    Lost: ``unreadable`` (a file), ``torn``, ``damaged`` (compressed bytes), ``not_json``,
    ``not_utf8``, ``nul_bytes``, ``too_long``, ``reject`` and ``summary`` (lines of newscrawl's
    other files), ``foreign`` (JSON, but no record), ``invalid`` (a record that breaks its schema),
    ``future_schema``. Only remarked: ``empty``, ``other_schema``,
    ``passed_over`` (a file of a folder that holds rejects or summaries).
    """

    detail: str
    """What exactly is wrong, for a person."""

    is_loss: bool = True
    """Whether something could not be read; else it is a remark."""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}: {self.detail}"
