"""Count the outcomes of an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from newscrawl.archive.judging import Outcome

BROKEN = frozenset({"broken_record", "unreadable"})
"""Rejects that are not about a page but about the archive."""


@dataclass(slots=True)
class Tally:
    """Counts of one WARC file, or of many."""

    articles: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    """Records by field that is filled in them."""
    rejects: Counter[str] = field(default_factory=Counter)
    """By reason."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Responses that were left out, by reason."""
    incomplete: int = 0
    """Articles of several pages of which the archive does not have all."""

    @property
    def pages(self) -> int:
        """The number of responses that were read as pages."""
        return self.articles + self.rejects.total()

    @property
    def broken(self) -> int:
        """The number of rejects that are about the archive itself."""
        return sum(self.rejects[reason] for reason in BROKEN)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome that is final."""
        if outcome.line is not None:
            self.articles += 1
            self.filled.update(outcome.filled)
        elif outcome.reject is not None:
            self.rejects[outcome.reject.reason] += 1
        elif outcome.skipped is not None:
            self.skipped[outcome.skipped] += 1

    def update(self, other: Tally) -> None:
        """Add the counts of another."""
        self.articles += other.articles
        self.filled.update(other.filled)
        self.rejects.update(other.rejects)
        self.skipped.update(other.skipped)
        self.incomplete += other.incomplete

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return {
            "pages": self.pages,
            "articles": self.articles,
            "rejects": _sorted(self.rejects),
            "skipped": _sorted(self.skipped),
            "incomplete": self.incomplete,
            "filled": _sorted(self.filled),
        }

    @classmethod
    def from_dict(cls, counts: Mapping[str, Any]) -> Self:
        """Return the tally that `to_dict` made this of."""
        return cls(
            counts["articles"],
            Counter(counts["filled"]),
            Counter(counts["rejects"]),
            Counter(counts["skipped"]),
            counts["incomplete"],
        )


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
