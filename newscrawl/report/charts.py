"""The charts of the report as Vega-Lite specifications: what is drawn, not how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from newscrawl.report.figures import Bin, Lengths
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.report.svg import Spec
from newscrawl.report.timeline import OTHERS, Timeline, day_in_words

WIDE, NARROW = 500, 290
"""Pixels of the drawing area, for a screen and for a telephone."""

MOST_RUNS = 60
MOST_REASONS = 15

_HEIGHT = 220
_ROW = 24
_LEAST_BARS = 8
_REJECTS = 1  # number of their colour
_GAP = {"stroke": "var(--surface)", "strokeWidth": 1}


def colour(number: int, name: str = "") -> str:
    """Return the colour of a series: a variable of the style sheet."""
    return "var(--series-others)" if name == OTHERS else f"var(--series-{number + 1})"


def time_chart(line: Timeline, width: int) -> Spec:
    """Return stacked bars of articles over time."""
    bars: list[dict[str, Any]] = []
    for bar, following in zip(line.bars, _ends(line), strict=True):
        base = 0
        for number, name in enumerate(line.series):
            count = bar.counts.get(name, 0)
            if count:
                bars.append({
                    "from": bar.first.isoformat(), "to": following.isoformat(),
                    "low": base, "high": base + count, "colour": colour(number, name),
                    "label": f"{bar.days}, {name}: {count:,}",
                })  # fmt: skip
            base += count
    first = line.bars[0].first
    last = max(_ends(line)[-1], first + _step(line.unit) * _LEAST_BARS)
    return {
        "width": width,
        "height": _HEIGHT,
        "data": {"values": bars, "format": {"parse": {"from": _DAY, "to": _DAY}}},
        "mark": {"type": "rect", **_GAP},
        "encoding": {
            "x": {
                "field": "from", "type": "temporal", "title": None,
                "scale": {"type": "utc", "domain": [_utc(first), _utc(last)]},
                "axis": {
                    "grid": False, "tickCount": _ticks(width), "labelOverlap": "greedy",
                    "labelSeparation": 16,
                },
            },
            "x2": {"field": "to"},
            "y": _amount("high", "articles"),
            "y2": {"field": "low"},
            **_MARKS,
        },
    }  # fmt: skip


_DAY = "utc:'%Y-%m-%d'"


def _ticks(width: int) -> int:
    return 6 if width == WIDE else 3


def _step(unit: str) -> timedelta:
    return timedelta(days={"day": 1, "week": 7, "month": 30, "year": 365}[unit])


def _ends(line: Timeline) -> list[date]:
    """Return where each bar ends: where the next one begins."""
    begins = [bar.first for bar in line.bars]
    return [*begins[1:], begins[-1] + _step(line.unit)]


def _utc(day: date) -> dict[str, Any]:
    return {"year": day.year, "month": day.month, "date": day.day, "utc": True}


_MARKS: Spec = {
    "fill": {"field": "colour", "type": "nominal", "scale": None},
    "description": {"field": "label"},
}


def _amount(name: str, title: str | None, *, count: int = 5) -> Spec:
    return {
        "field": name, "type": "quantitative", "title": title, "stack": None,
        "axis": {
            "tickCount": count, "domain": False, "ticks": False,
            # Half an article is no number: between 0 and 2 there is only 1.
            "labelExpr": "datum.value % 1 ? '' : format(datum.value, ',d')",
        },
        "scale": {"nice": True, "zero": True},
    }  # fmt: skip


def bins_chart(bins: Sequence[Bin], width: int) -> Spec:
    """Return the histogram of body lengths."""
    size = bins[0].most or bins[0].least + 1
    values = [
        {
            "from": bin_.least, "to": bin_.least + size + 1, "high": bin_.articles,
            "colour": colour(0), "label": f"{in_words(bin_)}: {bin_.articles:,}",
        }
        for bin_ in bins
    ]  # fmt: skip
    return {
        "width": width,
        "height": _HEIGHT,
        "data": {"values": values},
        "mark": {"type": "rect", **_GAP},
        "encoding": {
            "x": {
                "field": "from", "type": "quantitative", "title": "characters",
                "scale": {"nice": False, "zero": True},
                "axis": {"grid": False, "format": ",d", "tickCount": _ticks(width)},
            },
            "x2": {"field": "to"},
            "y": _amount("high", "articles"),
            "y2": {"datum": 0},
            **_MARKS,
        },
    }  # fmt: skip


def in_words(bin_: Bin) -> str:
    """Return "500 to 999 characters"."""
    if bin_.most is None:
        return f"{bin_.least:,} characters and more"
    return f"{bin_.least:,} to {bin_.most:,} characters"


def lengths_chart(lengths: Sequence[Lengths], width: int) -> Spec:
    """Return for each site the range of its body lengths: 10 to 90, 25 to 75 of 100, the median."""
    values = [
        {
            "site": each.site, "p10": p10, "p25": p25, "p50": p50, "p75": p75, "p90": p90,
            "colour": colour(0),
            "label": f"{each.site}: median {p50:,} characters, half of them {p25:,} to {p75:,}",
        }
        for each in lengths
        for p10, p25, p50, p75, p90 in (each.marks,)
    ]  # fmt: skip
    site = {
        "field": "site", "type": "nominal", "title": None, "sort": None,
        "axis": _names_axis(width),
    }  # fmt: skip

    def layer(mark: Spec, low: str, high: str | None) -> Spec:
        x: Spec = {
            "field": low, "type": "quantitative", "title": "characters",
            "axis": {"format": ",d", "tickCount": _ticks(width), "domain": False, "ticks": False},
            "scale": {"zero": True},
        }  # fmt: skip
        ends = {"x2": {"field": high}} if high else {}
        return {"mark": mark, "encoding": {"y": site, "x": x, **ends, **_MARKS}}

    return {
        "width": width - _names_width(width),
        "height": {"step": _ROW},
        "data": {"values": values},
        "layer": [
            layer({"type": "bar", "height": 6, "opacity": 0.35}, "p10", "p90"),
            layer({"type": "bar", "height": 14, "opacity": 0.75}, "p25", "p75"),
            {
                "mark": {"type": "tick", "thickness": 3, "height": 18},
                "encoding": {
                    "y": site,
                    "x": {"field": "p50", "type": "quantitative"},
                    "fill": {"value": "var(--ink)"},
                    "description": {"field": "label"},
                },
            },
        ],
    }


def _names_width(width: int) -> int:
    return 130 if width == WIDE else 85


def _names_axis(width: int) -> Spec:
    limit = 150 if width == WIDE else 90
    # The page's font may be wider than the one that Vega measures with.
    return {
        "labelLimit": limit, "minExtent": limit * 1.2, "ticks": False, "domain": False,
        "labelColor": "var(--ink)",
    }  # fmt: skip


def reasons_chart(reasons: Sequence[Reason], width: int) -> Spec:
    """Return bars of the commonest reasons."""
    values = [
        {"reason": each.name, "pages": each.pages, "label": f"{each.name}: {each.pages:,}"}
        for each in reasons[:MOST_REASONS]
    ]
    return {
        "width": width - _names_width(width),
        "height": {"step": _ROW},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "reason", "type": "nominal", "title": None, "sort": None,
                "axis": _names_axis(width),
            },
            "x": _amount("pages", "pages", count=_ticks(width)),
            "description": {"field": "label"},
        },
        "mark": {"type": "bar", "height": 14, "fill": colour(_REJECTS)},
    }  # fmt: skip


def runs_chart(runs: Sequence[RunFigures], width: int) -> Spec:
    """Return stacked bars of what each of the last runs brought."""
    last = runs[-MOST_RUNS:]
    labels = [f"{number}|{run.started:%d %b %H:%M}" for number, run in enumerate(last)]
    values = []
    for name, run in zip(labels, last, strict=True):
        base = 0
        for number, what, count in parts_of(run):
            if count:
                values.append({
                    "run": name, "low": base, "high": base + count, "colour": colour(number),
                    "label": f"{day_in_words(run.started)}, {run.started:%H:%M}: {count:,} {what}",
                })  # fmt: skip
            base += count
    every = max(1, -(-len(last) // (5 if width == WIDE else 3)))
    return {
        "width": width,
        "height": _HEIGHT,
        "data": {"values": values},
        "mark": {"type": "bar", **_GAP},
        "encoding": {
            "x": {
                "field": "run", "type": "ordinal", "title": None,
                "scale": {
                    "domain": labels + [f"-{empty}" for empty in range(_LEAST_BARS - len(last))],
                    "paddingInner": 0.15,
                },
                "axis": {
                    "values": labels[::every], "labelAngle": 0, "labelAlign": "left",
                    "labelExpr": "split(datum.label, '|')[1]", "ticks": False,
                },
            },
            "y": _amount("high", "pages"),
            "y2": {"field": "low"},
            **_MARKS,
        },
    }  # fmt: skip


def parts_of(run: RunFigures) -> list[tuple[int, str, int]]:
    """Return (number of its colour, words, count) for each kind of page that a run brought."""
    return [
        (0, "new articles", run.new),
        (2, "revised", run.revised),
        (_REJECTS, "rejects", run.rejects),
    ]
