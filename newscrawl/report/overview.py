"""The overview's charts, each with what it says in words and as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from newscrawl.report import charts
from newscrawl.report.contents import Contents
from newscrawl.report.figures import Bin, Lengths
from newscrawl.report.rejects import Reason
from newscrawl.report.runs import RunFigures
from newscrawl.report.svg import Spec, draw
from newscrawl.report.timeline import OTHERS, Timeline, counted, day_in_words

_MOST_ROWS = 100


Row = Sequence[str | int | float]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and the same as text."""

    name: str
    """Of its element."""
    title: str
    note: str
    wide: Markup
    narrow: Markup
    columns: Sequence[str]
    rows: Sequence[Row]
    """The first column names the row."""
    legend: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """(class of the colour, name)."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """All charts of a report."""

    times: Sequence[Chart]
    lengths: Sequence[Chart]
    reasons: Chart | None
    runs: Chart | None


def drawings_of(contents: Contents) -> Drawings:
    """Draw the charts."""
    return Drawings(
        _time_charts(contents),
        _length_charts(contents),
        _reasons_chart(contents.reasons, contents.reasons_from) if contents.reasons else None,
        _runs_chart(contents.runs) if contents.runs else None,
    )


def _time_charts(contents: Contents) -> list[Chart]:
    """Return the articles over time, by site and by language."""
    figures = contents.figures
    found = [
        ("by-site", "Articles by site", figures.by_site),
        ("by-language", "Articles by language", figures.by_language),
    ]
    return [_time_chart(*each) for each in found if each[2].bars]


def _time_chart(name: str, title: str, line: Timeline) -> Chart:
    rows: list[Row] = [
        [bar.days, *(bar.counts.get(series, 0) for series in line.series), sum(bar.counts.values())]
        for bar in line.bars
        if bar.counts
    ]
    most = max(line.bars, key=lambda bar: sum(bar.counts.values()))
    note = f"By {line.unit}; the most, {sum(most.counts.values()):,}, in {most.days}."
    note += _not_drawn(line)
    return Chart(
        name,
        title,
        note,
        *_both(lambda width: charts.time_chart(line, width), f"{title}: stacked bars. {note}"),
        [line.unit.capitalize(), *line.series, "All"],
        rows[-_MOST_ROWS:],
        [_entry(number, series) for number, series in enumerate(line.series)],
    )


def _not_drawn(line: Timeline) -> str:
    parts = [
        f"{count:,} {words}"
        for count, words in (
            (line.earlier, "earlier"),
            (line.later, "later"),
            (line.undated, "without a date"),
        )
        if count
    ]
    return f" Not drawn: {', '.join(parts)}." if parts else ""


def _entry(number: int, series: str) -> tuple[str, str]:
    return (f"series-{'others' if series == OTHERS else number + 1}", series)


def _length_charts(contents: Contents) -> list[Chart]:
    """Return how long the bodies are, of all articles and by site."""
    figures = contents.figures
    if not figures.bins:
        return []
    drawn = [_bins_chart(figures.bins, figures.without_body)]
    if len(figures.lengths) > 1:
        drawn.append(_lengths_chart(figures.lengths, len(figures.sites)))
    return drawn


def _bins_chart(bins: Sequence[Bin], without: int) -> Chart:
    title = "Body lengths"
    articles = sum(each.articles for each in bins)
    note = f"Characters in the bodies of {counted(articles, 'article')}."
    if bins[-1].most is None:
        note += f" The last bar has all from {bins[-1].least:,} characters."
    if without:
        note += f" Without a body: {without:,}."
    return Chart(
        "lengths",
        title,
        note,
        *_both(lambda width: charts.bins_chart(bins, width), f"{title}: a histogram. {note}"),
        ["Length", "Articles"],
        [[charts.in_words(each), each.articles] for each in bins],
    )


def _lengths_chart(lengths: Sequence[Lengths], sites: int) -> Chart:
    title = "Body lengths by site"
    note = "The line is the median; the dark bar has half of the bodies, the light one 80 of 100."
    if len(lengths) < sites:
        note += f" The {len(lengths)} largest of {sites:,} sites."
    return Chart(
        "lengths-by-site",
        title,
        note,
        *_both(lambda width: charts.lengths_chart(lengths, width), f"{title}. {note}"),
        ["Site", "Articles", "10 of 100", "25 of 100", "Median", "75 of 100", "90 of 100"],
        [[each.site, each.articles, *each.marks] for each in lengths],
    )


def _reasons_chart(reasons: Sequence[Reason], source: str) -> Chart:
    """Return the rejects by reason."""
    title = "Rejects by reason"
    note = f"{counted(sum(each.pages for each in reasons), 'page')} became no record ({source})."
    if len(reasons) > charts.MOST_REASONS:
        note += f" The {charts.MOST_REASONS} commonest of {len(reasons)} reasons."
    return Chart(
        "reasons",
        title,
        note,
        *_both(lambda width: charts.reasons_chart(reasons, width), f"{title}: bars. {note}"),
        ["Reason", "Pages", "Most of them at"],
        [[each.name, each.pages, _mostly_at(each)] for each in reasons],
    )


def _mostly_at(reason: Reason) -> str:
    return ", ".join(f"{site} ({pages:,})" for site, pages in reason.sites.most_common(3))


def _runs_chart(runs: Sequence[RunFigures]) -> Chart:
    """Return what the last runs brought."""
    title = "What each run brought"
    shown = runs[-charts.MOST_RUNS :]
    first, last = day_in_words(runs[0].started), day_in_words(runs[-1].started)
    note = f"{counted(len(runs), 'run')}, {first} to {last}."
    if len(shown) < len(runs):
        note += f" The last {len(shown)} are drawn."
    return Chart(
        "runs",
        title,
        note,
        *_both(lambda width: charts.runs_chart(runs, width), f"{title}: stacked bars. {note}"),
        ["Started (UTC)", "New", "Revised", "Rejects", "Pages", "Seconds", "Ended", "Alarms"],
        [
            [
                f"{run.started:%Y-%m-%d %H:%M}", run.new, run.revised, run.rejects, run.pages,
                round(run.seconds, 1), run.finish_reason, len(run.alarms),
            ]
            for run in reversed(runs[-_MOST_ROWS:])
        ],
        [_entry(number, name) for number, name, _ in charts.parts_of(runs[-1])],
    )  # fmt: skip


def _both(spec: Callable[[int], Spec], label: str) -> tuple[Markup, Markup]:
    return draw(spec(charts.WIDE), label), draw(spec(charts.NARROW), label)
