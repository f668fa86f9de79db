"""Case 18: 429 and 503 with every kind of Retry-After; and the pace that a host asks for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.crawl import crawl
from tests.hostile.server import Exchange, HostileServer, in_turn, reply

pytestmark = pytest.mark.slow

QUICK = {"RETRY_TIMES": 2, "NEWSCRAWL_PAUSE": 0.2, "NEWSCRAWL_MAX_PAUSE": 3}


class TimedServer(HostileServer):
    """Remembers when each page was asked for, robots.txt aside."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.times: list[float] = []

    def gaps(self) -> list[float]:
        return [after - before for before, after in zip(self.times, self.times[1:], strict=False)]

    def add_stories(self, count: int, *, refusals: int = 0, **headers: str) -> list[str]:
        """Add articles; the first so many requests, whatever they are for, get a 429."""

        async def handler(exchange: Exchange) -> None:
            self.times.append(time.monotonic())
            if len(self.times) <= refusals:
                fields = {name.replace("_", "-"): value for name, value in headers.items()}
                exchange.reply("later", status=429, headers=fields)
            else:
                await stories[exchange.path](exchange)

        stories = {}
        for number in range(count):
            path = f"/{self.host}/{number}"
            self.add_article(path, f"Story {number} of {self.host}")
            stories[path] = self._handlers[path]
            self.add(path, handler)
        return [self.url(path) for path in stories]


@pytest.fixture
def server() -> Iterator[TimedServer]:
    with TimedServer("127.0.0.2") as running:
        yield running


@pytest.fixture
def other() -> Iterator[TimedServer]:
    with TimedServer("127.0.0.3") as running:
        yield running


def test_a_host_pauses_as_long_as_it_asks_and_others_go_on(
    tmp_path: Path, server: TimedServer, other: TimedServer
) -> None:
    pausing = server.add_stories(40, refusals=1, Retry_After="2")
    going_on = other.add_stories(40)
    found = crawl(
        tmp_path,
        [*pausing, *going_on],
        CONCURRENT_REQUESTS=4,
        CONCURRENT_REQUESTS_PER_DOMAIN=2,
        **QUICK,
    )
    assert len(found.records) == 80
    resumed = [at for at in server.times if at >= server.times[0] + 2]
    assert len(server.times) - len(resumed) <= 2  # those under way at once
    assert other.times[-1] < resumed[0]


def test_without_a_usable_wish_the_pauses_double(tmp_path: Path) -> None:
    wishes = ("", "-5", "0", "tomorrow", "Mon, 06 May 1974 12:00:00 GMT")
    with ExitStack() as stack:
        hosts = (f"127.0.2.{number}" for number, _ in enumerate(wishes, 1))
        servers = [stack.enter_context(TimedServer(host)) for host in hosts]
        urls = [
            server.add_stories(1, refusals=2, Retry_After=wish)[0]
            for server, wish in zip(servers, wishes, strict=True)
        ]
        assert len(crawl(tmp_path, urls, **QUICK).records) == len(wishes)
        for server in servers:
            first, second = server.gaps()
            assert first >= 0.18
            assert second >= 0.38


def test_a_date_is_waited_for(tmp_path: Path, server: TimedServer) -> None:
    async def until_a_date(exchange: Exchange) -> None:
        server.times.append(time.monotonic())
        when = formatdate(time.time() + 2, usegmt=True)
        exchange.reply("busy", status=503, headers={"Retry-After": when})

    story = server.add_article("/a", "A story that is late")
    server.add("/a", in_turn(until_a_date, server._handlers["/a"]))
    started = time.monotonic()
    assert len(crawl(tmp_path, [story], **QUICK).records) == 1
    assert server.asked.count("/a") == 2
    assert time.monotonic() - started >= 1


def test_a_host_that_asks_for_a_year_is_given_up_and_others_are_not(
    tmp_path: Path, server: TimedServer, other: TimedServer
) -> None:
    refused = server.add_stories(30, refusals=99, Retry_After="31536000")
    found = crawl(tmp_path, [*refused, *other.add_stories(2)], **QUICK)
    assert len(found.records) == 2
    assert found.summary["rejects"] == {"paused": 30}
    assert len(server.times) <= 4  # those under way at once
    assert "more than 3 seconds" in found.detail("/127.0.0.2/7")


def test_many_requests_that_are_refused_at_once_are_one_pause(
    tmp_path: Path, server: TimedServer
) -> None:
    urls = server.add_stories(8, refusals=4, Retry_After="1")
    found = crawl(tmp_path, urls, **QUICK | {"LOG_LEVEL": "INFO"})
    assert len(found.records) == 8
    assert "'newscrawl/pauses': 1," in found.said
    assert len(server.times) == 12
    assert server.times[4] - server.times[3] >= 0.9


def test_a_host_that_never_answers_otherwise_is_given_up(
    tmp_path: Path, server: TimedServer
) -> None:
    urls = server.add_stories(200, refusals=999)
    found = crawl(tmp_path, urls, **QUICK | {"NEWSCRAWL_MAX_PAUSE": 1})
    assert found.records == []
    assert set(found.summary["rejects"]) <= {"paused", "http_429"}
    assert found.summary["rejects"]["paused"] > 190
    # Pauses of .2, .4 and .8 seconds, with four requests at once before and after each.
    assert len(server.times) <= 16


@pytest.mark.parametrize("autothrottle", [0, 1])
def test_crawl_delay_is_kept_and_never_undercut(
    tmp_path: Path, server: TimedServer, other: TimedServer, autothrottle: int
) -> None:
    rules = "User-agent: *\nAllow: /\nCrawl-delay: {}\n"
    server.add("/robots.txt", reply(rules.format("0.5"), "text/plain"))
    other.add("/robots.txt", reply(rules.format("86400"), "text/plain"))
    with TimedServer("127.0.0.4") as third:
        found = crawl(
            tmp_path,
            [*server.add_stories(5), *other.add_stories(3), *third.add_stories(4)],
            NEWSCRAWL_MAX_CRAWL_DELAY=0.7,
            AUTOTHROTTLE_ENABLED=autothrottle,
            AUTOTHROTTLE_START_DELAY=0,
            DOWNLOAD_SLOTS='{"127.0.0.4": {"delay": 0.6, "jitter": 0}}',
        )
        assert len(found.records) == 12
        assert min(server.gaps()) >= 0.4
        assert min(other.gaps()) >= 0.6
        assert min(third.gaps()) >= 0.5
    assert max(other.gaps()) < 5


def test_hosts_that_wait_do_not_fill_the_downloader(
    tmp_path: Path, server: TimedServer, other: TimedServer
) -> None:
    rules: dict[str, Any] = {
        "body": "User-agent: *\nCrawl-delay: 1\n",
        "content_type": "text/plain",
    }
    server.add("/robots.txt", reply(**rules))
    slow = server.add_stories(4)
    quick = other.add_stories(40)
    found = crawl(tmp_path, [*slow, *quick], CONCURRENT_REQUESTS=4)
    assert len(found.records) == 44
    assert other.times[-1] < server.times[2]
