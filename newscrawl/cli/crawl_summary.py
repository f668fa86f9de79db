"""What a crawl came to: the figures of Scrapy's stats, as a table for people or as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console

from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.summary import by_name, pace, print_counts


@dataclass(slots=True)
class FailedTarget:
    """A start address that could not be fetched."""

    url: str
    reason: str
    """One word, as in ``rejects.jsonl``."""
    detail: str
    """A sentence for people."""


@dataclass(slots=True)
class CrawlSummary:
    """The figures of one crawl."""

    pages: int = 0
    """Answers, robots.txt not counted."""
    articles: int = 0
    """Records written."""
    rejects: dict[str, int] = field(default_factory=dict)
    """Pages that became no record, by reason."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Pages that were not looked at, by reason."""
    listings: dict[str, int] = field(default_factory=dict)
    """Feeds, sitemaps and section pages that were followed."""
    filled: dict[str, int] = field(default_factory=dict)
    """Records in which each field is set."""
    seconds: float = 0.0
    finish_reason: str = ""
    """``finished``, ``shutdown`` (interrupted), ``output_error`` or what ended the crawl."""
    failed_targets: list[FailedTarget] = field(default_factory=list)
    output_error: str | None = None
    internal_errors: int = 0

    @classmethod
    def from_stats(
        cls, stats: dict[str, Any], failed_targets: dict[str, tuple[str, str]]
    ) -> CrawlSummary:
        """Return the summary of Scrapy's stats at the end of a crawl."""

        def group(name: str) -> dict[str, int]:
            prefix = f"newscrawl/{name}/"
            counts = {
                key.removeprefix(prefix): n for key, n in stats.items() if key.startswith(prefix)
            }
            return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

        return cls(
            pages=stats.get("newscrawl/pages", 0),
            articles=stats.get("newscrawl/articles", 0),
            rejects=group("rejects"),
            skipped=group("skipped"),
            listings=group("listings"),
            filled=group("filled"),
            seconds=round(stats.get("elapsed_time_seconds", 0.0), 3),
            finish_reason=stats.get("finish_reason", ""),
            failed_targets=[FailedTarget(url, *why) for url, why in failed_targets.items()],
            output_error=stats.get("newscrawl/output_error"),
            internal_errors=stats.get("newscrawl/internal_errors", 0),
        )

    @property
    def pages_per_second(self) -> float:
        """Pages a second over the whole run."""
        return self.pages / self.seconds if self.seconds else 0.0

    @property
    def exit_code(self) -> ExitCode:
        """The code that the command ends with."""
        if self.output_error:
            return ExitCode.OUTPUT
        if self.internal_errors:
            return ExitCode.INTERNAL
        if self.finish_reason == "shutdown":
            return ExitCode.INTERRUPTED
        if not self.articles:
            return ExitCode.NOTHING
        return ExitCode.PARTIAL if self.failed_targets else ExitCode.OK

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as a JSON-serialisable dict."""
        return {**asdict(self), "pages_per_second": round(self.pages_per_second, 2)}


def show_summary(summary: CrawlSummary, console: Console) -> None:
    """Print the summary's table."""
    rows = [
        ("pages fetched", summary.pages, pace(summary.pages, summary.seconds)),
        ("articles", summary.articles, ""),
        ("rejects", sum(summary.rejects.values()), by_name(summary.rejects)),
        ("skipped", sum(summary.skipped.values()), by_name(summary.skipped)),
        ("listings followed", sum(summary.listings.values()), by_name(summary.listings)),
    ]
    print_counts(rows, summary.filled, summary.articles, console)
