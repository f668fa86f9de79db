"""Feeds and sitemaps in a crawl: damaged, served as another type, longer than a budget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.crawl import crawl
from tests.hostile.server import Exchange, HostileServer, article, reply

PATHS = [f"/2025/11/story-of-the-harbour-{number}" for number in range(8)]
FEED = "application/rss+xml"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as server:
        for number, path in enumerate(PATHS):
            server.add_article(path, f"Story number {number} of the harbour")
        yield server


def feed(server: HostileServer, dates: list[str] | None = None) -> bytes:
    items = "".join(
        f"<item><title>t</title><link>{server.url(path)}</link>"
        + (f"<pubDate>{dates[number]}</pubDate>" if dates else "")
        + "</item>"
        for number, path in enumerate(PATHS)
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


def stories(server: HostileServer) -> list[str]:
    return [path for path in server.asked if path in PATHS]


def test_a_feed_that_broke_off_is_named_and_read_again(
    server: HostileServer, tmp_path: Path
) -> None:
    body = feed(server)
    half = body[: body.index(PATHS[4].encode()) + len(PATHS[4])]

    async def torn_once(exchange: Exchange) -> None:
        if exchange.nth == 1:  # no Content-Length: only the closed connection ends it
            exchange.send(b'HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\nETag: "a"\r\n\r\n' + half)
        elif exchange.headers.get("if-none-match") == '"a"':
            exchange.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            exchange.reply(body, FEED, headers={"ETag": '"a"'})

    target = server.add("/feed", torn_once)
    state = {"NEWSCRAWL_STATE": tmp_path / "news.state"}
    first = crawl(tmp_path, [target], **state)
    assert first.code == 3
    assert first.summary["damaged_listings"] == [
        {"url": target, "damage": "it breaks off after 4 whole entries"}
    ]
    assert f"{target} is damaged" in first.said
    second = crawl(tmp_path, [target], **state)
    assert second.code == 0
    assert second.summary["damaged_listings"] == []
    third = crawl(tmp_path, [target], **state)
    assert third.summary["skipped"]["not_modified"] == 1
    # Each once, and never the half address at the end of the torn feed.
    assert sorted(stories(server)) == PATHS
    assert first.urls | second.urls == {server.url(path) for path in PATHS}


def test_the_newest_are_fetched_first_under_a_budget(server: HostileServer, tmp_path: Path) -> None:
    days = ["Fri, 07", "Sat, 08", "Sun, 09", "Mon, 10", "Tue, 11", "Wed, 12", "Thu, 13", "Fri, 14"]
    dates = [f"{day} Nov 2025 08:00:00 +0000" for day in days]
    target = server.add("/feed", reply(feed(server, dates), FEED))
    crawl(tmp_path, [target], NEWSCRAWL_MAX_PAGES=4, CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert stories(server) == PATHS[:-4:-1]


def test_of_pages_without_dates_the_first_named_are_fetched_first(
    server: HostileServer, tmp_path: Path
) -> None:
    target = server.add("/feed", reply(feed(server), FEED))
    crawl(tmp_path, [target], NEWSCRAWL_MAX_PAGES=5, CONCURRENT_REQUESTS_PER_DOMAIN=1)
    assert stories(server) == PATHS[:4]


@pytest.mark.parametrize(
    "content_type",
    ["binary/octet-stream", "application/force-download", "text/javascript", "image/png", "*/*"],
)
def test_a_feed_is_told_by_its_bytes(
    server: HostileServer, tmp_path: Path, content_type: str
) -> None:
    target = server.add("/feed", reply(feed(server), content_type))
    assert len(crawl(tmp_path, [target]).records) == len(PATHS)


def test_a_page_is_told_by_its_bytes_and_a_recording_is_not_read_to_its_end(
    server: HostileServer, tmp_path: Path
) -> None:
    page = reply(article("A story of the other quay"), "text/html:charset=utf-8")
    sent = 0

    async def recording(exchange: Exchange) -> None:
        nonlocal sent
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\x00\x00\x00\x20ftypisom")
        for _ in range(1_000):
            exchange.send(b"\x00" * 65_536)
            await exchange.drain()
            sent += 65_536

    targets = [server.add("/2025/11/a-story", page), server.add("/2025/11/a-film", recording)]
    found = crawl(tmp_path, targets)
    assert len(found.records) == 1
    assert found.reasons == {"/2025/11/a-film": "not_html"}
    assert sent < 32_000_000
