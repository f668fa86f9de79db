"""A report as a table for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.evaluation.metrics import METRICS
from newscrawl.evaluation.report import ALL, Report, Row
from newscrawl.evaluation.runner import OWN

# A table is never cut to the terminal: figures that are not there cannot be scrolled to.
_WIDEST = 1000

_HEADS = {"precision": "P", "recall": "R", "f1": "F1"}


def print_report(report: Report, console: Console) -> None:
    """Print the report's table, as wide as it needs to be, and a line for each kind of error."""
    compared = any(row.extractor != OWN for row in report.rows)
    metrics = [
        metric for metric in METRICS if any(metric in row.figures.values for row in report.rows)
    ]
    for line in _title(report, metrics, compared=compared):
        console.print(line, markup=False, soft_wrap=True)
    table = _table(report, metrics)
    wide = Console(file=console.file, width=_WIDEST, highlight=False)
    Console(
        file=console.file, width=wide.measure(table).maximum, color_system=None, highlight=False
    ).print(table)
    for row in report.rows:
        if row.group == ALL and row.errors:
            listed = ", ".join(f"{count} {name}" for name, count in sorted(row.errors.items()))
            console.print(
                f"  {row.extractor}: {listed}; each counted as an empty answer", markup=False
            )


def _table(report: Report, metrics: list[str]) -> Table:
    own = {row.group: row for row in report.rows if row.extractor == OWN}
    grouped = any(row.group != ALL for row in report.rows)
    table = Table(box=None)
    for head in (["group"] if grouped else []) + ["extractor"]:
        table.add_column(head, no_wrap=True)
    for metric in [*metrics, "pages", "pages/s", "× lxml"]:
        table.add_column(_HEADS.get(metric, metric), justify="right", no_wrap=True)
    for row in report.rows:
        cells = [row.group] if grouped else []
        cells += [row.extractor, *(_cell(row, own[row.group], metric) for metric in metrics)]
        table.add_row(*(Text(cell) for cell in cells + _speed_cells(row, own[row.group])))
    return table


def _title(report: Report, metrics: list[str], *, compared: bool) -> list[str]:
    counts = report.row().figures.counts
    known = ", ".join(f"{_HEADS.get(metric, metric)} {counts.get(metric, 0)}" for metric in metrics)
    lines = [report.name, f"pages that count: {known}"]
    if compared:
        lines.append("in brackets: newscrawl's figure divided by the peer's")
    return lines


def _cell(row: Row, own: Row, metric: str) -> str:
    value = row.figures.values.get(metric)
    if value is None:
        return "-"
    return f"{value:.3f}{_ratio(row, own.figures.values.get(metric), value)}"


def _speed_cells(row: Row, own: Row) -> list[str]:
    if row.pages_per_second is None or row.parse_ratio is None:
        return [str(row.pages), "-", "-"]
    ratio = _ratio(row, own.pages_per_second, row.pages_per_second)
    return [str(row.pages), f"{row.pages_per_second:.1f}{ratio}", f"{row.parse_ratio:.1f}"]


def _ratio(row: Row, own: float | None, value: float) -> str:
    if row.extractor == OWN or own is None:
        return ""
    return f" ({own / value:.2f})" if value else " (-)"
