"""Case 21: calendars without end, paths that repeat themselves, links that grow; and budgets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.crawl import crawl
from tests.hostile.server import Exchange, HostileServer, article, feed, reply

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer("127.0.0.2") as running:
        yield running


@pytest.fixture
def other() -> Iterator[HostileServer]:
    with HostileServer("127.0.0.3") as running:
        for number in range(5):
            running.add_article(f"/{number}", f"Story {number} of another site")
        yield running


def test_a_calendar_without_end_ends(tmp_path: Path, server: HostileServer) -> None:
    def month(number: int) -> str:
        return f"/calendar/{number // 12}/{number % 12 + 1}/"

    async def calendar(exchange: Exchange) -> None:
        number = exchange.nth + len(server.asked)
        days = "".join(
            f'<h2><a href="{month(number + ahead)}">What is on in the month {ahead}</a></h2>'
            for ahead in range(300)
        )
        exchange.reply(f"<html><title>What is on</title><main>{days}</main></html>")

    for number in range(5_000):
        server.add(month(number), calendar)
    server.add("/on/", calendar)
    story = server.add_article("/story", "A story beside the calendar")
    found = crawl(
        tmp_path,
        [server.url("/on/"), story],
        NEWSCRAWL_PATTERN_LIMIT=20,
        NEWSCRAWL_SECTION_DEPTH=99,
    )
    assert found.headlines == {"A story beside the calendar"}
    days = [path for path in server.asked if path.startswith("/calendar/")]
    assert 20 <= len(days) <= 24  # four may be under way when the limit is reached
    assert found.summary["skipped"]["pattern_limit"] >= 270


def test_a_pattern_that_leads_to_articles_is_followed(
    tmp_path: Path, server: HostileServer
) -> None:
    for number in range(30):
        server.add_article(f"/story/{number}", f"The story that has number {number}")
    server.add("/rss", reply(feed(*(server.url(f"/story/{n}") for n in range(30))), "text/xml"))
    found = crawl(
        tmp_path, [server.url("/rss")], NEWSCRAWL_PATTERN_LIMIT=5, CONCURRENT_REQUESTS_PER_DOMAIN=1
    )
    assert len(found.records) == 30
    assert found.summary["skipped"] == {}


def test_articles_that_come_faster_than_they_are_read_are_no_trap(
    tmp_path: Path, server: HostileServer
) -> None:
    links = [server.add_article(f"/story/{n}", f"The story that has number {n}") for n in range(60)]
    server.add("/rss", reply(feed(*links), "text/xml"))
    found = crawl(
        tmp_path,
        [server.url("/rss")],
        NEWSCRAWL_PATTERN_LIMIT=5,
        CONCURRENT_REQUESTS_PER_DOMAIN=30,
        # The first that is read waits for its process to start, and all others with it.
        NEWSCRAWL_READERS=1,
        NEWSCRAWL_READ_ALONE=0,
    )
    assert len(found.records) == 60
    assert found.summary["skipped"] == {}


def test_a_path_that_repeats_itself_is_not_asked_for(tmp_path: Path, server: HostileServer) -> None:
    paths = ["/world/" * number + "a-story-of-the-day" for number in range(1, 6)]
    links = [
        server.add_article(path.replace("//", "/"), f"A story {len(path)} of the day")
        for path in paths
    ]
    server.add("/rss", reply(feed(*links), "text/xml"))
    found = crawl(tmp_path, [server.url("/rss")])
    assert sorted(server.asked) == [
        "/robots.txt",
        "/rss",
        "/world/a-story-of-the-day",
        "/world/world/a-story-of-the-day",
    ]
    assert found.summary["skipped"] == {"pattern_limit": 3}


def test_links_that_grow_end_at_the_depth(tmp_path: Path, server: HostileServer) -> None:
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    for place, name in enumerate(names):
        path = "/amp/" + "-".join(names[: place + 1])
        link = server.url("/amp/" + "-".join(names[: place + 2]))
        head = f'<link rel="canonical" href="{link}">'
        server.add(path, reply(article(f"The story of {name}", head=head)))
    found = crawl(tmp_path, [server.url("/amp/one")], DEPTH_LIMIT=4)
    assert len(server.asked) == 6  # robots.txt, the start and four more
    assert found.summary["skipped"]["depth"] == 1


def test_a_host_has_a_limit_of_pages_and_others_go_on(
    tmp_path: Path, server: HostileServer, other: HostileServer
) -> None:
    links = [server.add_article(f"/{n}", f"The story that has number {n}") for n in range(20)]
    server.add("/rss", reply(feed(*links), "text/xml"))
    targets = [server.url("/rss"), *(other.url(f"/{n}") for n in range(5))]
    found = crawl(tmp_path, targets, NEWSCRAWL_MAX_PAGES_PER_HOST=6)
    assert len(server.asked) == 7  # robots.txt, the feed and five articles
    assert len(found.records) == 10
    assert found.rejects == []
    assert found.summary["skipped"] == {"host_limit": 15}


def test_limits_of_single_hosts_win_and_forbidden_pages_cost_nothing(
    tmp_path: Path, server: HostileServer, other: HostileServer
) -> None:
    server.add("/robots.txt", reply("User-agent: *\nDisallow: /no\n", "text/plain"))
    forbidden = [server.url(f"/no/{n}") for n in range(4)]
    links = [server.add_article(f"/{n}", f"The story that has number {n}") for n in range(4)]
    limits = {"127.0.0.2": {"pages": 3}, "127.0.0.3": {"pages": 0}}
    found = crawl(
        tmp_path,
        [*forbidden, *links, *(other.url(f"/{n}") for n in range(5))],
        NEWSCRAWL_MAX_PAGES_PER_HOST=1,
        NEWSCRAWL_HOST_LIMITS=json.dumps(limits),
        CONCURRENT_REQUESTS_PER_DOMAIN=1,
    )
    assert len(found.records) == 3 + 5
    assert found.summary["rejects"] == {"robots": 4}
    assert found.summary["skipped"] == {"host_limit": 1}


def test_bytes_of_a_host_and_of_the_run(
    tmp_path: Path, server: HostileServer, other: HostileServer
) -> None:
    tail = "<!--" + "x" * 40_000
    links = [
        server.add(f"/{n}", reply(article(f"A story {n} with a tail").replace("</body>", tail)))
        for n in range(6)
    ]
    targets = [*links, *(other.url(f"/{n}") for n in range(5))]
    one = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1}
    of_a_host = crawl(tmp_path, targets, NEWSCRAWL_MAX_BYTES_PER_HOST=100_000, **one)
    assert server.asked.count("/0") == 1
    assert len(server.asked) == 1 + 3
    assert of_a_host.summary["skipped"] == {"host_limit": 3}
    of_the_run = crawl(tmp_path, targets, NEWSCRAWL_MAX_BYTES=60_000, **one)
    assert of_the_run.summary["skipped"]["byte_limit"] >= 3
    assert of_the_run.rejects == []
