"""The tables that a crawl ends with, as they stand on a screen."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from newscrawl.cli.crawl_summary import show_summary
from newscrawl.stats.drift import SiteFigures
from newscrawl.stats.run_summary import RunSummary


@pytest.fixture
def summary() -> RunSummary:
    post = SiteFigures(
        pages=9, new=4, rejects={"http_404": 3, "empty": 1}, bytes=81_300, seconds=2.46
    )
    return RunSummary(pages=10, articles=5, sites={"The Post": post, "The Echo": SiteFigures()})


def shown(summary: RunSummary, width: int) -> list[str]:
    screen = StringIO()
    show_summary(summary, Console(file=screen, width=width))
    return screen.getvalue().splitlines()


def test_a_wide_screen_shows_size_time_and_reasons_of_each_site(summary: RunSummary) -> None:
    row = next(line for line in shown(summary, 120) if line.startswith("The Post"))
    assert row.split()[-6:] == ["81", "2.5", "http_404", "3,", "empty", "1"]


def test_a_narrow_one_has_no_room_for_them(summary: RunSummary) -> None:
    lines = shown(summary, 80)
    assert not any("http_404" in line for line in lines)
    assert max(map(len, lines)) <= 80
