from __future__ import annotations

from datetime import date, timedelta

import pytest

from newscrawl.report.articles import FIELDS, Facts
from newscrawl.report.figures import MOST_SITES, bins_of, figures_of
from newscrawl.report.timeline import MOST_BARS, timeline


def facts(site="a.example", day="2026-01-01", filled=0, length=100, language="en"):
    return Facts(site, language, day, filled, length)


def days(first: str, count: int, step: int = 1):
    begin = date.fromisoformat(first)
    return [(begin + timedelta(days=step * n)).isoformat() for n in range(count)]


@pytest.mark.parametrize(
    ("last", "unit"),
    [
        ("2026-02-01", "day"),
        ("2026-12-31", "week"),
        ("2029-12-31", "month"),
        ("2040-01-01", "year"),
    ],
)
def test_bars_are_as_wide_as_the_time_asks_for(last, unit):
    line = timeline([("2026-01-01", "a"), (last, "a"), (last, "b")])
    assert line.unit == unit
    assert len(line.bars) <= MOST_BARS + 1
    assert sum(sum(bar.counts.values()) for bar in line.bars) == 3
    assert line.bars[0].counts == {"a": 1}
    assert line.bars[-1].counts == {"a": 1, "b": 1}


def test_bars_have_no_gaps_and_words_of_their_own():
    line = timeline([("2025-12-31", "a"), ("2026-01-03", "a")])
    assert [bar.days for bar in line.bars] == [
        "31 December 2025", "1 January 2026", "2 January 2026", "3 January 2026",
    ]  # fmt: skip
    weeks = timeline([(day, "a") for day in days("2025-12-29", 30, 7)])
    assert weeks.bars[1].days == "week of 5 January 2026"
    assert {bar.counts["a"] for bar in weeks.bars} == {1}


def test_a_few_dates_far_away_are_counted_not_drawn():
    line = timeline(
        [
            *((day, "a") for day in days("2026-05-01", 20) * 100),
            ("1970-01-01", "a"),
            ("", "a"),
            ("2031-02-30", "a"),
        ]
    )
    assert (line.unit, len(line.bars)) == ("day", 20)
    assert (line.earlier, line.later, line.undated) == (1, 0, 2)


def test_the_first_and_the_last_years_of_the_calendar_are_drawn():
    line = timeline([("0001-01-01", "a"), ("9999-12-31", "a")])
    assert line.unit == "year"
    assert sum(sum(bar.counts.values()) for bar in line.bars) == 2
    assert timeline([("9999-12-31", "a")]).bars


def test_small_series_are_one_together():
    line = timeline([("2026-01-01", name) for name in "aaabbbccdefghij"], most_series=3)
    assert line.series == ["a", "b", "c", "others"]
    assert line.bars[0].counts == {"a": 3, "b": 3, "c": 2, "others": 7}
    assert timeline([("2026-01-01", name) for name in "abcd"], most_series=3).series == list("abcd")


def test_fill_rates_are_of_each_site():
    headline, body = 1 << FIELDS.index("headline"), 1 << FIELDS.index("body")
    figures = figures_of(
        [facts(filled=headline | body), facts(filled=headline), facts("b.example", filled=body)]
    )
    a, b = figures.fill_rates
    assert (a.site, a.articles, a.rates[FIELDS.index("headline")]) == ("a.example", 2, 1.0)
    assert a.rates[FIELDS.index("body")] == 0.5
    assert b.rates[FIELDS.index("headline")] == 0.0
    assert figures.overall.filled[FIELDS.index("body")] == 2


def test_the_smallest_sites_share_a_row():
    many = [facts(f"{n:03}.example") for n in range(MOST_SITES + 7)]
    rates = figures_of(many).fill_rates
    assert len(rates) == MOST_SITES + 1
    assert (rates[-1].site, rates[-1].articles, rates[-1].is_site) == ("7 more sites", 7, False)


def test_lengths_are_percentiles():
    figures = figures_of([facts(length=n) for n in range(0, 1001, 10)])
    assert figures.without_body == 1
    assert figures.lengths[0].marks == (109, 258, 505, 752, 901)
    assert figures_of([facts(length=70)]).lengths[0].marks == (70,) * 5


def test_a_histogram_ends_where_almost_all_have_ended():
    bins = bins_of([1_000] * 990 + [900_000] * 10)
    assert sum(each.articles for each in bins) == 1_000
    assert bins[-1].most is None
    assert bins[-1].articles == 10
    assert bins_of([]) == []
    assert [each.articles for each in bins_of([5])] == [1]


def test_nothing_makes_no_figures():
    assert figures_of([]).articles == 0
