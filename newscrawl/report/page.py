"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from newscrawl.report import assets
from newscrawl.report.articles import FIELDS
from newscrawl.report.contents import Contents
from newscrawl.report.overview import Drawings
from newscrawl.report.runs import alarms_of
from newscrawl.report.timeline import day_in_words

_MOST_ALARMS = 20
"""Runs whose alarms are shown."""


def page(contents: Contents, drawings: Drawings) -> Iterator[str]:
    """Yield the pieces of the HTML document. Every string of the contents is escaped."""
    runs = contents.runs or ()
    return (
        _environment()
        .get_template("report.html")
        .generate(
            contents=contents,
            figures=contents.figures,
            packed=contents.packed,
            drawings=drawings,
            fields=FIELDS,
            alarms=alarms_of(runs)[:_MOST_ALARMS],
            last_run=runs[-1].started if runs else None,
            policy=assets.content_security_policy(),
            style=assets.style(),
            script=assets.script(),
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("newscrawl.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["day"] = day_in_words
    environment.filters["short_day"] = lambda day: f"{day.day} {day:%b} {day.year}"
    environment.filters["percent"] = _percent
    environment.filters["level"] = lambda rate: f"fill-{int(rate * 10)}"
    return environment


def _percent(rate: float) -> str:
    """Return whole percents; only what is whole is 100 or 0."""
    percents = round(rate * 100)
    if percents == 100 and rate < 1:
        return "99"
    return "1" if percents == 0 and rate > 0 else str(percents)
