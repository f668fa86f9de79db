"""The figures of the articles: how many, when, how complete, how long."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import quantiles

from newscrawl.report.articles import FIELDS, Facts
from newscrawl.report.timeline import Timeline, parsed_day, timeline

MOST_SITES = 60
"""Rows of the heat map; smaller sites are one row together."""

MOST_LENGTHS = 20
"""Sites whose body lengths are drawn."""

_BINS = 24
_WIDTHS = (50, 100, 200, 250, 500, 1_000, 2_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class FillRates:
    """The rate at which each field is set, at one site."""

    site: str
    """A site, or words for several."""
    articles: int
    filled: tuple[int, ...]
    """Articles that have each of `FIELDS`."""
    is_site: bool = True

    @property
    def rates(self) -> list[float]:
        """The share of the articles that have each field, 0 to 1."""
        return [number / self.articles for number in self.filled]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths of the bodies of a site, in characters."""

    site: str
    articles: int
    """Those with a body."""
    marks: tuple[int, int, int, int, int]
    """The lengths that 10, 25, 50, 75 and 90 of 100 bodies do not exceed."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Bodies of about the same length."""

    least: int
    most: int | None
    """None for all that are longer."""
    articles: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of the articles for the overview."""

    articles: int = 0
    sites: list[tuple[str, int]] = field(default_factory=list)
    """With their articles, the largest first."""
    languages: list[tuple[str, int]] = field(default_factory=list)
    first_day: date | None = None
    """Of publication; None where no article has a date."""
    last_day: date | None = None
    by_site: Timeline = field(default_factory=lambda: timeline(()))
    by_language: Timeline = field(default_factory=lambda: timeline(()))
    overall: FillRates | None = None
    """None where there are no articles."""
    fill_rates: list[FillRates] = field(default_factory=list)
    lengths: list[Lengths] = field(default_factory=list)
    """Of the largest sites."""
    bins: list[Bin] = field(default_factory=list)
    without_body: int = 0


def figures_of(facts: Sequence[Facts]) -> Figures:
    """Return the figures of all articles."""
    if not facts:
        return Figures()
    sites = Counter(each.site for each in facts)
    days = sorted({day for each in facts if (day := parsed_day(each.day))})
    by_site: dict[str, list[Facts]] = defaultdict(list)
    for each in facts:
        by_site[each.site].append(each)
    largest = [name for name, _ in _ordered(sites)]
    shown, rest = largest[:MOST_SITES], largest[MOST_SITES:]
    rates = [_fill_rates(site, by_site[site]) for site in shown]
    if rest:
        others = [each for site in rest for each in by_site[site]]
        rates.append(_fill_rates(f"{len(rest)} more sites", others, is_site=False))
    lengths = [each.length for each in facts if each.length]
    return Figures(
        articles=len(facts),
        sites=_ordered(sites),
        languages=_ordered(Counter(each.language for each in facts)),
        first_day=days[0] if days else None,
        last_day=days[-1] if days else None,
        by_site=timeline((each.day, each.site) for each in facts),
        by_language=timeline((each.day, each.language or "none set") for each in facts),
        overall=_fill_rates("All sites", facts, is_site=False),
        fill_rates=rates,
        lengths=[
            found for site in largest[:MOST_LENGTHS] if (found := _lengths(site, by_site[site]))
        ],
        bins=bins_of(lengths),
        without_body=len(facts) - len(lengths),
    )


def _fill_rates(site: str, facts: Sequence[Facts], *, is_site: bool = True) -> FillRates:
    # Many articles have the same fields: their bits are looked at once.
    patterns = Counter(each.filled for each in facts)
    filled = tuple(
        sum(number for bits, number in patterns.items() if bits >> bit & 1)
        for bit in range(len(FIELDS))
    )
    return FillRates(site, len(facts), filled, is_site)


def _lengths(site: str, facts: Iterable[Facts]) -> Lengths | None:
    found = sorted(each.length for each in facts if each.length)
    if not found:
        return None
    cuts = quantiles(found, n=20, method="inclusive") if len(found) > 1 else found * 19
    marks = [round(cuts[twentieth - 1]) for twentieth in (2, 5, 10, 15, 18)]
    return Lengths(site, len(found), (marks[0], marks[1], marks[2], marks[3], marks[4]))


def bins_of(lengths: Sequence[int]) -> list[Bin]:
    """Return a histogram of some 24 bins; the last one takes what is far longer than the rest."""
    if not lengths:
        return []
    ordered = sorted(lengths)
    usual = ordered[min(len(ordered) - 1, int(len(ordered) * 0.98))]
    width = next((width for width in _WIDTHS if usual < width * _BINS), _WIDTHS[-1])
    counts = Counter(min(length // width, _BINS) for length in ordered)
    last = max(counts)
    return [
        Bin(number * width, (number + 1) * width - 1 if number < _BINS else None, counts[number])
        for number in range(last + 1)
    ]


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
