"""What a run came to, counted while it runs and shown as a table at its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

SHOWN_FIELDS = (
    "headline", "date", "caption", "body", "description", "authors", "credit", "images",
    "date_modified", "section", "tags", "language", "publisher",
)  # fmt: skip
"""The fields of the record that a reader of the table asks about."""


@dataclass(slots=True)
class Summary:
    """Counts of a run."""

    articles: int = 0
    rejects: Counter[str] = field(default_factory=Counter)
    """Rejects by reason."""
    filled: Counter[str] = field(default_factory=Counter)
    """Records by field that is filled in them."""

    @property
    def pages(self) -> int:
        """How many pages were looked at."""
        return self.articles + self.rejects.total()


def print_summary(summary: Summary, seconds: float, console: Console) -> None:
    """Print the counts, the rejects by reason, and the share of records that have each field."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_row("pages", f"{summary.pages:,}")
    table.add_row("articles", f"{summary.articles:,}")
    table.add_row("rejects", f"{summary.rejects.total():,}")
    for reason, count in summary.rejects.most_common():
        table.add_row(f"  {reason}", f"{count:,}")
    if summary.articles:
        table.add_row("fields filled", "")
        for name in SHOWN_FIELDS:
            table.add_row(f"  {name}", f"{summary.filled[name] / summary.articles:.0%}")
    table.add_row("pages/s", f"{summary.pages / seconds:.1f}" if seconds else "-")
    console.print(table)
