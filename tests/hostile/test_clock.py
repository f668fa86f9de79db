"""Case 28: the clock goes back, or forward, or is set for winter: nothing twice, nothing missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.hostile.kills import Crawls
from tests.hostile.outlets import Outlets

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
WINTER = datetime(2026, 10, 25, 1, tzinfo=UTC)
"""In Berlin the clock goes from three back to two."""


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    with Outlets(datetime.now(UTC)) as running:
        yield running


@pytest.mark.parametrize(
    "shifts",
    [
        pytest.param((0, -1, 0, 1), id="a day back for a run, a day ahead for another"),
        pytest.param((400,), id="a year ahead at first"),
    ],
)
def test_a_clock_that_jumps(tmp_path: Path, outlets: Outlets, shifts: tuple[int, ...]) -> None:
    crawls = Crawls(tmp_path, outlets)
    for days in shifts:
        assert crawls.run(later=days * DAY) == 0
        written = len(list(crawls.lines()))
        assert written >= len(outlets.articles)
        outlets.publish(5)
        outlets.version += 1
    assert crawls.run() == 0
    assert crawls.run(later=2 * DAY) == 0
    account = crawls.account()
    assert (account.lost, account.doubled, account.torn, account.wrong) == ([], [], [], [])


def test_the_night_in_which_an_hour_comes_twice(tmp_path: Path) -> None:
    with Outlets(WINTER - timedelta(minutes=30)) as outlets:
        crawls = Crawls(tmp_path, outlets, options=("--per-run",))
        for minutes, zone in ((-20, "Europe/Berlin"), (15, "Europe/Berlin"), (90, "Asia/Tokyo")):
            outlets.publish(5)
            outlets.version += 1
            crawls.environment["TZ"] = zone
            crawls.runs = 0  # its hours do not count here
            now = WINTER + timedelta(minutes=minutes)
            assert crawls.run(later=now - datetime.now(UTC) - timedelta(hours=1)) == 0
        names = sorted(path.name[:18] for path in tmp_path.glob("news-*.jsonl"))
        account = crawls.account()
    assert names == ["news-20261025T0040", "news-20261025T0115", "news-20261025T0230"]
    assert (account.lost, account.doubled, account.torn, account.wrong) == ([], [], [], [])
