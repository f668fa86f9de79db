"""The service and the timer of the examples: checked by systemd, and what they start run."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newscrawl import settings
from newscrawl.cli.exit_codes import ExitCode
from tests.conftest import LocalSite
from tests.hostile.server import Exchange, HostileServer, article, feed, reply
from tests.schedules.schedule import (
    EXAMPLES,
    Place,
    asked,
    may_have_namespaces,
    options,
    publish,
    settle,
)

pytestmark = pytest.mark.slow

SERVICE = (EXAMPLES / "newscrawl.service").read_text()
TIMER = (EXAMPLES / "newscrawl.timer").read_text()
BARE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8", "HOME": "/"}
"""What systemd gives a service of a user without a home."""

needs_analyze = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="needs the package systemd"
)


@pytest.fixture
def place(site: LocalSite, tmp_path: Path) -> Place:
    publish(site, 3)
    return settle(tmp_path).crawls(site.url("/feed"))


def command(place: Place) -> list[str]:
    return shlex.split(place.fit(options(SERVICE)["ExecStart"]))


def start(place: Place) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(place), cwd=place.folder, env=BARE, stderr=subprocess.PIPE, text=True
    )


def run(place: Place) -> int:
    with start(place) as process:
        said = process.communicate(timeout=120)[1]
    assert "Traceback" not in said
    return process.returncode


@needs_analyze
def test_systemd_understands_both(place: Place) -> None:
    units = []
    for name, text in (("newscrawl.service", SERVICE), ("newscrawl.timer", TIMER)):
        (place.folder / name).write_text(place.fit(text))
        units.append(place.folder / name)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@needs_analyze
def test_systemd_finds_it_well_guarded(place: Place) -> None:
    unit = place.folder / "newscrawl.service"
    unit.write_text(place.fit(SERVICE))
    # 0 is guarded against everything, 10 against nothing.
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@needs_analyze
def test_the_timer_comes_every_ten_minutes_and_makes_up_for_what_it_missed() -> None:
    timer = options(TIMER)
    shown = subprocess.run(
        ["systemd-analyze", "calendar", timer["OnCalendar"]],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Normalized form: *-*-* *:00/10:00" in shown
    assert timer["Persistent"] == "true"
    assert timer["RandomizedDelaySec"] == "2min"


def test_a_run_has_time_to_drain_and_its_codes_are_known() -> None:
    service = options(SERVICE)
    assert int(service["TimeoutStopSec"].removesuffix("s")) > settings.DOWNLOAD_TIMEOUT
    codes = {int(code) for code in service["SuccessExitStatus"].split()}
    assert codes == {ExitCode.PARTIAL, ExitCode.INTERRUPTED}


def test_the_first_run_writes_the_second_finds_nothing_new(site: LocalSite, place: Place) -> None:
    assert run(place) == 0
    written = (place.folder / "news.jsonl").read_bytes()
    assert written.count(b"\n") == 3
    site.asked.clear()
    assert run(place) == 0
    assert (place.folder / "news.jsonl").read_bytes() == written
    assert asked(site) == ["/feed"]


def test_asked_to_end_it_finishes_what_it_fetches_and_the_next_run_does_the_rest(
    tmp_path: Path,
) -> None:
    under_way, go_on = threading.Event(), threading.Event()

    async def slow(exchange: Exchange) -> None:
        under_way.set()
        await asyncio.to_thread(go_on.wait)
        exchange.reply(article(f"What became of {exchange.path[6:]}"))

    place = settle(tmp_path)
    with HostileServer() as server:
        links = [server.add(f"/news/story-{n}-of-the-day", slow) for n in range(10)]
        server.add("/feed", reply(feed(*links), "application/rss+xml"))
        place.crawls(server.url("/feed"), "concurrency = 1")
        with start(place) as process:
            try:
                assert under_way.wait(60)
                process.send_signal(signal.SIGTERM)
            finally:
                go_on.set()
            process.communicate(timeout=60)
        assert process.returncode == ExitCode.INTERRUPTED
        asked_first = [path for path in server.asked if path.startswith("/news/")]
        written_first = [urlsplit(record["url"]).path for record in place.records]
        assert 0 < len(asked_first) < 10
        assert written_first == asked_first
        assert run(place) == 0
    assert sorted(record["url"] for record in place.records) == sorted(links)


def test_told_twice_it_ends_at_once_and_the_next_run_does_the_rest(tmp_path: Path) -> None:
    under_way = threading.Event()

    async def never(exchange: Exchange) -> None:
        under_way.set()
        await exchange.gone()

    place = settle(tmp_path)
    with HostileServer() as server:
        links = [server.add_article(f"/news/story-{n}-of-the-day", f"Story {n}") for n in range(5)]
        links.append(server.add("/news/a-story-that-takes-its-time", never))
        server.add("/feed", reply(feed(*links), "application/rss+xml"))
        place.crawls(server.url("/feed"), "concurrency = 1")
        with start(place) as process:
            assert under_way.wait(60)
            # A signal that comes before the last one was seen is one with it.
            while process.poll() is None:
                process.send_signal(signal.SIGTERM)
                time.sleep(0.2)
        assert process.returncode == ExitCode.INTERRUPTED
        server.add_article("/news/a-story-that-takes-its-time", "A story that took its time")
        assert run(place) == 0
    assert sorted(record["url"] for record in place.records) == sorted(links)


# Everything is read-only but one folder, and root may do no more than others.
_GUARDED = """
set -e
mount --bind "$1" "$1"
findmnt -rno TARGET | grep -Ev '^/(dev|proc|sys)(/|$)' | while read -r at; do
    [ "$at" = "$1" ] || mount -o remount,bind,ro "$at"
done
cd "$1"
shift
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all \\
    sh -ec 'touch here; ! touch /tmp/newscrawl-was-here; exec "$@"' - "$@"
"""


@pytest.mark.skipif(not may_have_namespaces(), reason="needs root, to be less than that")
def test_it_writes_nowhere_but_in_its_folder(place: Place) -> None:
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", _GUARDED, "-", str(place.folder), *command(place)],
        env=BARE, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Read-only file system" in done.stderr
    assert len(place.records) == 3
