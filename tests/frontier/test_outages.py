"""A server that goes away or fills up in the middle: the worker ends, and nothing is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis as Client

from tests.frontier.crowd import Crowd, account, hosts
from tests.servers import PostgreSQL, Redis, missing
from tests.servers import postgresql as a_postgresql


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


@pytest.mark.parametrize(
    ("outage", "said"),
    [
        pytest.param(no_redis, "cannot be reached", id="redis away"),
        pytest.param(full_redis, "Redis is full", id="redis full"),
        pytest.param(no_postgresql, "connection to PostgreSQL was lost", id="postgresql away"),
    ],
)
def test_the_worker_ends_with_code_5_and_the_next_one_finishes(
    outage: object, said: str, tmp_path: Path, redis_server: Redis
) -> None:
    if absent := missing("initdb", "postgres"):
        pytest.skip(f"{', '.join(absent)} of PostgreSQL not installed: apt install postgresql")
    pages = 20
    with a_postgresql() as state, hosts(2, pages, tmp_path / "log", pauses=False) as feeds:
        crowd = Crowd(
            tmp_path, feeds, redis_server.url, state.database(), delay=0.3,
            settings={"NEWSCRAWL_FRONTIER_PATIENCE": 2},
        )  # fmt: skip
        try:
            name = crowd.start()
            process = crowd.running[name]
            wait_for_requests(crowd, 14)
            with outage(redis_server, state):  # type: ignore[operator]
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
