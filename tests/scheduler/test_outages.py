"""A server that goes away or fills up in the middle: the worker ends, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from redis import Redis as Client

from tests.scheduler.crowd import Crowd, account, hosts
from tests.servers import PostgreSQL, Redis, missing
from tests.servers import postgresql as a_postgresql

pytestmark = pytest.mark.slow

Outage = Callable[[Redis, PostgreSQL], AbstractContextManager[None]]


@contextmanager
def no_redis(frontier: Redis, state: PostgreSQL) -> Iterator[None]:
    frontier.stop()
    yield
    frontier.start()


@contextmanager
def full_redis(frontier: Redis, state: PostgreSQL) -> Iterator[None]:
    with Client.from_url(frontier.url) as client:
        client.config_set("maxmemory", 1)
        yield
        client.config_set("maxmemory", 0)


@contextmanager
def no_postgresql(frontier: Redis, state: PostgreSQL) -> Iterator[None]:
    state.stop(signal.SIGQUIT)
    yield
    state.start()


@contextmanager
def full_postgresql(frontier: Redis, state: PostgreSQL) -> Iterator[None]:
    filler = state.folder / "disk" / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:  # until there is no more room
        while True:
            file.write(bytes(4096))
    yield
    filler.unlink()


@pytest.mark.parametrize(
    ("outage", "said"),
    [
        pytest.param(no_redis, "cannot be reached", id="redis away"),
        pytest.param(full_redis, "Redis is full", id="redis full"),
        pytest.param(no_postgresql, "connection to PostgreSQL was lost", id="postgresql away"),
    ],
)
def test_the_worker_ends_with_code_5_and_the_next_one_finishes(
    outage: Outage, said: str, tmp_path: Path, redis_server: Redis
) -> None:
    if absent := missing("initdb", "postgres"):
        pytest.skip(f"{', '.join(absent)} of PostgreSQL not installed: apt install postgresql")
    with a_postgresql() as state:
        ends_and_goes_on(tmp_path, redis_server, state, state.database(), outage, said)


def test_a_full_disk_of_postgresql_ends_the_worker_and_loses_nothing(
    tmp_path: Path, redis_server: Redis
) -> None:
    if absent := missing("initdb", "postgres"):
        pytest.skip(f"{', '.join(absent)} of PostgreSQL not installed: apt install postgresql")
    with a_postgresql() as state, small_disk(state) as disk:
        state.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        database = state.database("TABLESPACE small")
        said = "the disk of PostgreSQL is full: make room"
        ends_and_goes_on(tmp_path, redis_server, state, database, full_postgresql, said, pages=60)


@contextmanager
def small_disk(state: PostgreSQL) -> Iterator[Path]:
    """A file system of 24 MB in the server's folder; an empty database takes 8."""
    disk = state.folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    try:
        shutil.chown(disk, state.user, state.user)
        yield disk
    finally:
        state.stop()
        subprocess.run(["umount", str(disk)], check=True)


def ends_and_goes_on(
    tmp_path: Path, frontier: Redis, state: PostgreSQL, database: str, outage: Outage, said: str,
    pages: int = 20,
) -> None:  # fmt: skip
    with hosts(2, pages, tmp_path / "log", pauses=False) as feeds:
        crowd = Crowd(
            tmp_path, feeds, frontier.url, database, delay=0.3,
            settings={"NEWSCRAWL_FRONTIER_PATIENCE": 2},
        )  # fmt: skip
        try:
            name = crowd.start()
            process = crowd.running[name]
            wait_for_requests(crowd, 14)
            with outage(frontier, state):
                crowd.finish()
            assert crowd.codes == {5: 1}, crowd.said(name)
            assert said in " ".join(crowd.said(name).split())
            assert process.returncode == 5
            before = crowd.served()
            crowd.start()
            crowd.finish()
            assert crowd.served() > before
        finally:
            crowd.stop()
    found = account(crowd, pages)
    assert crowd.codes == {5: 1, 0: 1}
    assert (found.lost, found.doubled, found.torn, found.left) == ([], [], [], [])
    rejects = tmp_path / "out" / "rejects.jsonl"
    assert not rejects.exists() or rejects.read_text() == ""


def wait_for_requests(crowd: Crowd, number: int) -> None:
    end = time.monotonic() + 120
    while crowd.served() < number and time.monotonic() < end:
        time.sleep(0.05)
    assert crowd.served() >= number
