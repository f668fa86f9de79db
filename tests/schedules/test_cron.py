"""The crontab of the examples: its lines run as cron runs them, and by Debian's own cron."""

from __future__ import annotations

import asyncio
import fcntl
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.state import State
from tests.conftest import LocalSite
from tests.hostile.server import Exchange, HostileServer, article, feed, reply
from tests.schedules.schedule import (
    EXAMPLES,
    Place,
    asked,
    may_have_namespaces,
    publish,
    settle,
)

pytestmark = pytest.mark.slow

CRONTAB = (EXAMPLES / "crontab").read_text()
TIMES = 5
"""Fields of a line of a user's crontab before the command."""
CRAWL, ROTATE, BACKUP = (
    line for line in CRONTAB.splitlines() if line[:1].isdigit() or line[:1] == "*"
)
FEED = "application/rss+xml"
BARE = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/", "LOGNAME": "nobody"}

needs_sqlite3 = pytest.mark.skipif(not shutil.which("sqlite3"), reason="needs the package sqlite3")


@pytest.fixture
def place(site: LocalSite, tmp_path: Path) -> Place:
    publish(site, 3)
    return settle(tmp_path).crawls(site.url("/feed"))


def command(line: str, place: Place) -> str:
    r"""Return what cron hands to the shell: a ``%`` would be a new line, ``\%`` is one."""
    _, _, text = line.partition(" ".join(line.split()[:TIMES]) + " ")
    assert "%" not in text.replace(r"\%", "")
    return place.fit(text.replace(r"\%", "%"))


def run(line: str, place: Place, **changes: str) -> subprocess.CompletedProcess[str]:
    text = command(line, place)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return subprocess.run(
        ["/bin/sh", "-c", text],
        cwd="/", env=BARE, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def path_of(record: dict[str, Any]) -> str:
    return urlsplit(record["url"]).path


def test_the_first_run_writes_the_second_finds_nothing_new(site: LocalSite, place: Place) -> None:
    first = run(CRAWL, place)
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    assert len(place.records) == 3
    written = (place.folder / "news.jsonl").read_bytes()
    site.asked.clear()
    second = run(CRAWL, place)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (place.folder / "news.jsonl").read_bytes() == written
    assert asked(site) == ["/feed"]
    assert [summary["articles"] for summary in place.lines("runs.jsonl")] == [3, 0]


def test_while_a_run_goes_on_the_next_one_is_left_out_in_silence(
    site: LocalSite, place: Place
) -> None:
    with (place.folder / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run(CRAWL, place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert site.asked == []
    assert run(CRAWL, place).returncode == 0
    assert len(place.records) == 3


def test_without_that_lock_the_state_is_refused_and_cron_mails_it(
    site: LocalSite, place: Place
) -> None:
    with State(place.folder / "news.state"):
        done = run(CRAWL, place)
    assert done.stdout == "newscrawl ended with 5; see crawl.log\n"
    assert "news.state" in (place.folder / "crawl.log").read_text()
    assert site.asked == []
    assert not (place.folder / "news.jsonl").exists()


def test_an_outlet_that_is_away_is_no_mail_and_a_mistake_is_one(
    site: LocalSite, place: Place
) -> None:
    sites = place.folder / "sites.toml"
    with sites.open("a") as file:
        file.write(f'[[site]]\nname = "Gone"\nstart = "{site.add("/gone", "", status=500)}"\n')
    assert run(CRAWL, place).stdout == ""
    assert place.lines("runs.jsonl")[0]["sites"]["Gone"]["rejects"] == {"http_500": 1}
    with sites.open("a") as file:
        file.write("delai = 3\n")
    assert run(CRAWL, place).stdout == "newscrawl ended with 2; see crawl.log\n"


def test_a_run_that_hangs_is_ended_and_the_next_one_goes_on(site: LocalSite, place: Place) -> None:
    with (
        socket.create_server(("127.0.0.2", 0)) as silent,
        (place.folder / "sites.toml").open("a") as file,
    ):
        file.write(
            '[[site]]\nname = "Silent"\n'
            f'start = "http://127.0.0.2:{silent.getsockname()[1]}/news/a-story-that-never-comes"\n'
        )
        file.flush()
        done = run(CRAWL, place, **{"-k 2m 55m": "-k 1 8"})
    assert done.stdout == "newscrawl ended with 137; see crawl.log\n"
    assert run(CRAWL, place).returncode == 0
    assert len(place.records) == 3


def test_a_rotated_file_is_begun_anew_and_nothing_comes_twice(
    site: LocalSite, place: Place
) -> None:
    run(CRAWL, place)
    done = run(ROTATE, place)
    assert (done.returncode, done.stderr) == (0, "")
    rotated = f"news-{date.today():%F}.jsonl"
    assert not (place.folder / "news.jsonl").exists()
    publish(site, 5)
    run(CRAWL, place)
    assert len(place.lines(rotated)) == 3
    assert len(place.records) == 2
    addresses = {record["url"] for record in place.lines(rotated) + place.records}
    assert len(addresses) == 5


def test_renamed_during_a_run_the_file_is_written_to_its_end(place: Place) -> None:
    under_way, go_on = threading.Event(), threading.Event()

    async def slow(exchange: Exchange) -> None:
        under_way.set()
        await asyncio.to_thread(go_on.wait)
        exchange.reply(article("A story that takes its time"))

    with HostileServer() as server:
        links = [server.add("/news/a-story-that-takes-its-time", slow)]
        server.add("/feed", reply(feed(*links), FEED))
        place.crawls(server.url("/feed"))
        renamed = place.folder / "old.jsonl"
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(run, CRAWL, place)
            try:
                assert under_way.wait(60)
                (place.folder / "news.jsonl").rename(renamed)
            finally:
                go_on.set()
            assert running.result().stdout == ""
        assert len(place.lines("old.jsonl")) == 1
        assert not (place.folder / "news.jsonl").exists()
        links.append(server.add_article("/news/the-next-story-of-the-day", "The next story"))
        server.add("/feed", reply(feed(*links), FEED))
        assert run(CRAWL, place).stdout == ""
    assert [path_of(record) for record in place.records] == ["/news/the-next-story-of-the-day"]
    assert len(place.lines("old.jsonl")) == 1


@needs_sqlite3
def test_a_state_that_is_put_back_adopts_what_was_written_since(
    site: LocalSite, place: Place
) -> None:
    run(CRAWL, place)
    done = run(BACKUP, place)
    assert (done.returncode, done.stderr) == (0, "")
    copy = place.folder / "backup" / f"news-{date.today():%a}.state"
    publish(site, 5)
    run(CRAWL, place)
    assert len(place.records) == 5
    shutil.copy(copy, place.folder / "news.state")
    assert run(CRAWL, place).stdout == ""
    assert len(place.records) == 5
    # The copy of the next week takes the place of this one.
    assert run(BACKUP, place).returncode == 0
    with State(copy) as state:
        assert state.output_length(str(place.folder / "news.jsonl")) == (
            (place.folder / "news.jsonl").stat().st_size
        )


@needs_sqlite3
def test_what_was_rotated_since_the_copy_is_written_again(site: LocalSite, place: Place) -> None:
    run(CRAWL, place)
    run(BACKUP, place)
    publish(site, 5)
    run(CRAWL, place)
    run(ROTATE, place)
    shutil.copy(
        place.folder / "backup" / f"news-{date.today():%a}.state", place.folder / "news.state"
    )
    run(CRAWL, place)
    assert {path_of(record) for record in place.records} == {
        "/news/story-3-of-the-day",
        "/news/story-4-of-the-day",
    }


@needs_sqlite3
def test_a_copy_cannot_be_taken_of_a_state_in_use(place: Place) -> None:
    run(CRAWL, place)
    target = place.folder / "copy.state"
    with State(place.folder / "news.state"):
        done = subprocess.run(
            ["sqlite3", "news.state", f"VACUUM INTO '{target}'"],
            cwd=place.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode
    assert "locked" in done.stderr
    with pytest.raises(sqlite3.Error):
        sqlite3.connect(f"file:{target}?mode=ro", uri=True).execute("SELECT * FROM pages")


def test_moved_to_another_folder_all_is_remembered(
    site: LocalSite, place: Place, tmp_path: Path
) -> None:
    run(CRAWL, place)
    moved = Place(tmp_path / "moved")
    shutil.copytree(place.folder, moved.folder, ignore=shutil.ignore_patterns("moved"))
    publish(site, 4)
    site.asked.clear()
    assert run(CRAWL, moved).stdout == ""
    assert len(moved.records) == 4
    assert asked(site) == ["/feed", "/news/story-3-of-the-day"]
    assert len(place.records) == 3


# A machine of its own as far as cron can see: its crontabs, its locks, the group of crontab(1).
_CRON = """
set -e
mount -t tmpfs none /run
mount -t tmpfs none /var/spool
mount -t tmpfs none /etc/cron.d
mkdir -p /var/spool/cron/crontabs
{ cat /etc/group; echo crontab:x:64000:; } > /var/spool/group
mount --bind /var/spool/group /etc/group
crontab -n "$1/as-it-is"
install -m 600 "$1/at-once" /var/spool/cron/crontabs/root
exec cron -f
"""


@pytest.mark.skipif(
    not shutil.which("cron") or not may_have_namespaces(),
    reason="needs root and the package cron",
)
def test_debians_cron_runs_it(site: LocalSite, place: Place) -> None:
    crawl = place.fit(CRAWL)
    as_it_is = place.fit(CRONTAB)
    assert crawl in as_it_is
    # @reboot: when cron starts, whatever the time is.
    soon = f"@reboot {crawl.split(maxsplit=TIMES)[TIMES]}; touch {place.folder}/ended"
    (place.folder / "as-it-is").write_text(as_it_is)
    (place.folder / "at-once").write_text(as_it_is.replace(crawl, soon))
    for number in (3, 3, 4):
        publish(site, number)
        with subprocess.Popen(
            ["unshare", "-m", "sh", "-c", _CRON, "-", place.folder], stderr=subprocess.PIPE
        ) as cron:
            try:
                while not (place.folder / "ended").exists():
                    assert cron.poll() is None, cron.stderr.read()
                    time.sleep(0.1)
            finally:
                cron.terminate()
        (place.folder / "ended").unlink()
        assert len(place.records) == number
    assert [summary["articles"] for summary in place.lines("runs.jsonl")] == [3, 0, 1]
