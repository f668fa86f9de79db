"""Days put into bars of a chart: which days are drawn, how wide a bar is, and what is in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_BARS = 60
"""More are too narrow on a telephone."""

_STRAY = 0.005
"""Share of the articles at either end that may be left out where they would squeeze the rest."""

_SQUEEZED = 4
"""So many times as long would the axis be with them."""

OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of some days."""

    first: date
    days: str
    """For people: "12 April 2022", "April 2022", "week of 11 April 2022"."""
    counts: dict[str, int]
    """By series; a series that has none here is absent."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Articles over time."""

    unit: str
    """``day``, ``week``, ``month`` or ``year``."""
    series: list[str]
    """The largest first; those beyond the colours are `OTHERS` together."""
    bars: list[Bar]
    """One after another, without gaps."""
    earlier: int = 0
    """Articles before the first bar: so few, and so far away, that they are only counted."""
    later: int = 0
    undated: int = 0


def timeline(days: Iterable[tuple[str, str]], *, most_series: int = 6) -> Timeline:
    """Return the timeline of (day in ISO 8601 or "", series) pairs."""
    dated: Counter[tuple[date, str]] = Counter()
    totals: Counter[str] = Counter()
    undated = 0
    for day, name in days:
        parsed = parsed_day(day)
        if parsed is None:
            undated += 1
        else:
            dated[parsed, name] += 1
            totals[name] += 1
    if not dated:
        return Timeline("day", [], [], undated=undated)
    largest = [name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))]
    # One more needs no "others" that is a single series.
    shown = largest if len(largest) <= most_series + 1 else largest[:most_series]
    first, last = _drawn(dated)
    unit = _unit(first, last)
    counts: dict[date, Counter[str]] = {}
    for (day_, name), number in dated.items():
        if first <= day_ <= last:
            begin = _begin(day_, unit)
            counts.setdefault(begin, Counter())[name if name in shown else OTHERS] += number
    return Timeline(
        unit,
        [*shown, *([OTHERS] if len(shown) < len(largest) else [])],
        [
            Bar(day, _in_words(day, unit), dict(counts.get(day, {})))
            for day in _every(first, last, unit)
        ],
        earlier=sum(number for (day, _), number in dated.items() if day < first),
        later=sum(number for (day, _), number in dated.items() if day > last),
        undated=undated,
    )


def parsed_day(day: str) -> date | None:
    """Return a day of the calendar, None for what is none."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _drawn(dated: Counter[tuple[date, str]]) -> tuple[date, date]:
    """Return the first and the last day to draw: all, or all but a few that are far away."""
    by_day: Counter[date] = Counter()
    for (day, _), number in dated.items():
        by_day[day] += number
    ordered = sorted(by_day)
    few = int(sum(by_day.values()) * _STRAY)
    first, last = _after(ordered, by_day, few), _after(ordered[::-1], by_day, few)
    whole, inner = (ordered[-1] - ordered[0]).days + 1, (last - first).days + 1
    return (first, last) if whole > inner * _SQUEEZED else (ordered[0], ordered[-1])


def _after(ordered: Sequence[date], by_day: Counter[date], few: int) -> date:
    passed = 0
    for day in ordered:
        passed += by_day[day]
        if passed > few:
            return day
    return ordered[-1]


def _unit(first: date, last: date) -> str:
    days = (last - first).days + 1
    if days <= MOST_BARS:
        return "day"
    if days <= MOST_BARS * 7:
        return "week"
    return "month" if days <= MOST_BARS * 30 else "year"


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _every(first: date, last: date, unit: str) -> list[date]:
    begins = [_begin(first, unit)]
    while begins[-1] < _begin(last, unit):
        day = begins[-1]
        if unit in ("day", "week"):
            begins.append(day + timedelta(days=1 if unit == "day" else 7))
        elif unit == "month":
            begins.append((day + timedelta(days=31)).replace(day=1))
        else:
            begins.append(day.replace(year=day.year + 1))
    return begins


def _in_words(day: date, unit: str) -> str:
    if unit == "month":
        return f"{day:%B} {day.year}"
    if unit == "year":
        return str(day.year)
    return f"week of {day_in_words(day)}" if unit == "week" else day_in_words(day)


def day_in_words(day: date) -> str:
    """Return "12 April 2022"."""
    return f"{day.day} {day:%B} {day.year}"


def counted(number: int, noun: str) -> str:
    """Return "1 article", "20,000 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
