"""Summarise a run as one table: counts, and the share of records that have each field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

_SHOWN_FIELDS = (
    "headline", "date", "caption", "body", "description", "authors", "credit", "images",
    "section", "tags", "language", "publisher",
)  # fmt: skip


@dataclass(slots=True)
class Summary:
    """Counts of a run over saved pages."""

    articles: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    """Rejects by reason."""
    filled: Counter[str] = field(default_factory=Counter)
    """Records by field that is filled in them."""

    @property
    def pages(self) -> int:
        """The number of pages that were read."""
        return self.articles + self.rejects.total()


def print_summary(summary: Summary, seconds: float, console: Console) -> None:
    """Print the table of a run over saved pages that took so many seconds."""
    rows = [
        ("pages", summary.pages, pace(summary.pages, seconds)),
        ("articles", summary.articles, ""),
        ("rejects", summary.rejects.total(), by_name(dict(summary.rejects.most_common()))),
    ]
    print_counts(rows, summary.filled, summary.articles, console)


def print_counts(
    rows: Iterable[tuple[str, int, str]],
    filled: Mapping[str, int],
    articles: int,
    console: Console,
) -> None:
    """Print rows of (name, count, remark), then how many of the articles have each field."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for name, count, remark in rows:
        table.add_row(name, str(count), remark)
    for name in _SHOWN_FIELDS if articles else ():
        table.add_row(f"with {name}", f"{filled.get(name, 0) / articles:.0%}")
    console.print(table)


def pace(pages: int, seconds: float) -> str:
    """Return "17.0 a second, 3.2 s"."""
    return f"{pages / seconds if seconds else 0.0:.1f} a second, {seconds:.1f} s"


def by_name(counts: Mapping[str, int]) -> str:
    """Return "empty 2, binary 1" in the order of the counts."""
    return ", ".join(f"{name} {count}" for name, count in counts.items())
