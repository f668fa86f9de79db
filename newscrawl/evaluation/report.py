"""Page results to one report a folder: figures a group and extractor, speed, errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from newscrawl.evaluation.metrics import Figures, figures
from newscrawl.evaluation.runner import OWN, PageResult
from newscrawl.text.urls import site_of

Grouping = Literal["publisher", "language"]

ALL = "all"
"""The group that holds every page."""


@dataclass(slots=True)
class Row:
    """The figures of one extractor on one group of pages."""

    group: str
    extractor: str
    pages: int
    figures: Figures
    pages_per_second: float | None = None
    """None when the time was not taken."""
    parse_ratio: float | None = None
    """The time taken, divided by lxml's for merely parsing the same decoded pages."""
    errors: dict[str, int] = field(default_factory=dict)
    """Exceptions by name, each an empty answer."""


@dataclass(slots=True)
class Report:
    """All rows of one folder: first those of every page, then those of the groups."""

    name: str
    rows: list[Row]

    def row(self, extractor: str = OWN, group: str = ALL) -> Row:
        """Return one row. Raises KeyError."""
        for row in self.rows:
            if (row.extractor, row.group) == (extractor, group):
                return row
        raise KeyError((extractor, group))

    def to_dict(self) -> dict[str, Any]:
        """Return the report as a JSON-serialisable dict."""
        return {"name": self.name, "rows": [_row_dict(row) for row in self.rows]}


def report(
    name: str, results: list[PageResult], *, timed: bool, by: Grouping | None = None
) -> Report:
    """Return the report of a folder's results; ``timed`` says whether their times mean anything."""
    groups = {ALL: results}
    if by is not None:
        key = _KEYS[by]
        for label in sorted({key(result) for result in results}):
            groups[label] = [result for result in results if key(result) == label]
    return Report(
        name,
        [
            _row(label, members, position, timed=timed)
            for label, members in groups.items()
            for position in range(len(results[0].outcomes))
        ],
    )


def _language(result: PageResult) -> str:
    return result.truth.lang or result.outcomes[0].answer.language or "unknown"


_KEYS: dict[Grouping, Callable[[PageResult], str]] = {
    "publisher": lambda result: site_of(result.truth.url) or "unknown",
    "language": _language,
}


def _row(group: str, results: list[PageResult], position: int, *, timed: bool) -> Row:
    outcomes = [result.outcomes[position] for result in results]
    seconds = sum(outcome.seconds for outcome in outcomes)
    parse_seconds = sum(result.parse_seconds for result in results)
    errors = Counter(outcome.error.partition(":")[0] for outcome in outcomes if outcome.error)
    return Row(
        group=group,
        extractor=outcomes[0].extractor,
        pages=len(results),
        figures=figures((result.truth, result.outcomes[position].scores) for result in results),
        pages_per_second=len(results) / seconds if timed and seconds else None,
        parse_ratio=seconds / parse_seconds if timed and parse_seconds else None,
        errors=dict(errors),
    )


def _row_dict(row: Row) -> dict[str, Any]:
    return {
        "group": row.group,
        "extractor": row.extractor,
        "pages": row.pages,
        "figures": {metric: round(value, 5) for metric, value in row.figures.values.items()},
        "counts": row.figures.counts,
        "pages_per_second": row.pages_per_second and round(row.pages_per_second, 2),
        "parse_ratio": row.parse_ratio and round(row.parse_ratio, 3),
        "errors": row.errors,
    }
