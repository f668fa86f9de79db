"""A crawl's summary on the screen, and the exit code that it means."""

from __future__ import annotations

from statistics import median

from rich.console import Console
from rich.table import Table

from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.summary import by_name, pace, print_counts
from newscrawl.stats.drift import SiteFigures
from newscrawl.stats.run_summary import RunSummary

_MOST_ROWS = 40
_WIDE = 100
"""Columns from which on there is room for size, time and reasons."""
_FIELDS = ("date", "caption", "authors")


def exit_code_of(summary: RunSummary, *, fail_on_drift: bool = False) -> ExitCode:
    """Return the code that the command ends with."""
    if summary.output_error or summary.state_error or summary.frontier_error:
        return ExitCode.OUTPUT
    if summary.internal_errors:
        return ExitCode.INTERNAL
    if summary.finish_reason == "shutdown":
        return ExitCode.INTERRUPTED
    if fail_on_drift and summary.alarms:
        return ExitCode.DRIFT
    if not summary.articles and not summary.known:
        return ExitCode.NOTHING
    is_partial = summary.failed_targets or summary.damaged_listings
    return ExitCode.PARTIAL if is_partial else ExitCode.OK


def show_summary(summary: RunSummary, console: Console) -> None:
    """Print a table of the whole run and, if there were several, one of its sites."""
    revised = f"{summary.revised} of them revised" if summary.revised else ""
    rows = [
        ("pages fetched", summary.pages, pace(summary.pages, summary.seconds)),
        ("articles", summary.articles, revised),
        ("rejects", sum(summary.rejects.values()), by_name(summary.rejects)),
        ("skipped", sum(summary.skipped.values()), by_name(summary.skipped)),
        ("listings followed", sum(summary.listings.values()), by_name(summary.listings)),
    ]
    print_counts(rows, summary.filled, summary.articles, console)
    if len(summary.sites) > 1:
        console.print()
        console.print(_site_table(summary.sites, wide=console.width >= _WIDE))


def _site_table(sites: dict[str, SiteFigures], *, wide: bool) -> Table:
    """Return a table of the busiest sites; those with rejects come first."""
    table = Table(box=None, pad_edge=False)
    table.add_column("site", style="bold", overflow="fold")
    for name in ("pages", "new", "revised", "unchanged", "rejects", *_FIELDS, "body"):
        table.add_column(name, justify="right", no_wrap=True)
    if wide:
        table.add_column("kB", justify="right", no_wrap=True)
        table.add_column("seconds", justify="right", no_wrap=True)
        table.add_column("rejects, why", overflow="ellipsis", no_wrap=True)
    ordered = sorted(
        sites.items(), key=lambda item: (-sum(item[1].rejects.values()), -item[1].pages, item[0])
    )
    for name, figures in ordered[:_MOST_ROWS]:
        shares = [_share(figures.filled.get(field, 0), figures.written) for field in _FIELDS]
        length = f"{median(figures.body_lengths):.0f}" if figures.body_lengths else ""
        more = (f"{figures.bytes / 1000:.0f}", f"{figures.seconds:.1f}", by_name(figures.rejects))
        table.add_row(
            name, str(figures.pages), str(figures.new), str(figures.revised),
            str(figures.unchanged), str(sum(figures.rejects.values())), *shares, length,
            *(more if wide else ()),
        )  # fmt: skip
    if len(ordered) > _MOST_ROWS:
        table.add_row(f"and {len(ordered) - _MOST_ROWS} more")
    return table


def _share(filled: int, records: int) -> str:
    return f"{filled / records:.0%}" if records else ""
