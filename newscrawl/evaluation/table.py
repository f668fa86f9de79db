"""A report as a table for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.evaluation.ablation import RULE_NAMES, Ablation
from newscrawl.evaluation.disturbances import NAMED
from newscrawl.evaluation.metrics import METRICS
from newscrawl.evaluation.report import ALL, Report, Row
from newscrawl.evaluation.robustness import Robustness
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


def print_ablation(found: dict[str, Ablation], console: Console) -> None:
    """Print what each rule gains in each folder, and on how many pages it helps and harms."""
    table = _plain_table("rule", found)
    for rule in RULE_NAMES:
        cells = []
        for ablation in found.values():
            helped, harmed = ablation.changed(rule)
            cells.append(f"{ablation.gain(rule):+.4f} (+{helped} −{harmed})")
        table.add_row(rule, *cells)
    console.print("F1 with the rule, less F1 without it (pages that gain, pages that lose)")
    console.print(table)


def print_robustness(found: dict[str, Robustness], console: Console) -> None:
    """Print what each change costs in each folder, and which costs most."""
    table = _plain_table("change", found)
    table.add_row("F1 unchanged", *(f"{sum(r.plain) / len(r.plain):.4f}" for r in found.values()))
    for change in NAMED:
        table.add_row(change, *(f"{r.cost(change):+.4f}" for r in found.values()))
    console.print("change of the body's F1")
    console.print(table)
    for name, robustness in found.items():
        change, cost = robustness.worst
        console.print(f"{name}: worst {change}, {cost:+.4f}", markup=False, soft_wrap=True)


def _plain_table(head: str, folders: Iterable[str]) -> Table:
    table = Table(box=None)
    table.add_column(head, no_wrap=True)
    for name in folders:
        table.add_column(name, justify="right", no_wrap=True)
    return table


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
