"""Case 30: robots.txt that is missing, broken, endless, or somewhere else."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.hostile.crawl import crawl
from tests.hostile.server import (
    ROBOTS,
    Exchange,
    Handler,
    HostileServer,
    in_turn,
    redirect,
    reply,
    reset,
    silence,
)

FORBIDS = b"User-agent: newscrawl\nDisallow: /private\n"


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer("127.0.0.2") as running:
        yield running


@pytest.fixture
def other() -> Iterator[HostileServer]:
    with HostileServer("127.0.0.3") as running:
        running.add_article("/elsewhere", "A story of another site")
        yield running


def reasons(tmp_path: Path, server: HostileServer, robots: Handler, **settings: object) -> object:
    """Crawl one page that no rule is about, and one that FORBIDS is about."""
    server.add("/robots.txt", robots)
    urls = [
        server.add_article("/open", "A story that anybody may read"),
        server.add_article("/private/draft", "A story that nobody may read"),
    ]
    return crawl(tmp_path, urls, **settings).reasons


def by_status(tmp_path: Path, statuses: Sequence[int]) -> dict[str, str]:
    """Crawl a page of one site for each status of its robots.txt; return reasons by path."""
    with ExitStack() as stack:
        urls = []
        for number, status in enumerate(statuses):
            server = stack.enter_context(HostileServer(f"127.0.1.{number}"))
            wait = {"Retry-After": "1"} if status in (429, 503) else {}
            robots = reply(FORBIDS, "text/plain", status=status, headers=wait)
            server.add("/robots.txt", robots)
            urls.append(server.add_article(f"/private/{status}", f"The story behind {status}"))
        return crawl(tmp_path, urls).reasons


def test_a_client_error_means_that_everything_may_be_crawled(tmp_path: Path) -> None:
    assert by_status(tmp_path, (304, 400, 401, 403, 404, 410)) == {}


def test_a_server_error_and_too_many_requests_mean_that_nothing_may(tmp_path: Path) -> None:
    statuses = (429, 500, 502, 503)
    found = by_status(tmp_path, statuses)
    assert found == {f"/private/{status}": "robots_unreachable" for status in statuses}


def test_no_answer_means_that_nothing_may_be_crawled_and_other_sites_go_on(
    tmp_path: Path, server: HostileServer, other: HostileServer
) -> None:
    with HostileServer("127.0.0.4") as third:
        for each, handler in ((server, silence), (third, reset)):
            each.add("/robots.txt", handler)
            each.add_article("/a", "A story behind a silent robots.txt")
        found = crawl(
            tmp_path,
            [server.url("/a"), third.url("/a"), other.url("/elsewhere")],
            DOWNLOAD_TIMEOUT=2,
        )
        assert third.asked == ["/robots.txt"]
    assert found.headlines == {"A story of another site"}
    assert found.summary["rejects"] == {"robots_unreachable": 2}
    assert server.asked == ["/robots.txt"]


def test_where_the_host_itself_cannot_be_reached_the_reason_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.5", 0)) as unused:
        refusing = f"http://127.0.0.5:{unused.getsockname()[1]}/refused"
    found = crawl(tmp_path, [refusing, "http://no.invalid/dns"])
    assert found.reasons == {"/refused": "connection", "/dns": "dns"}


def test_a_page_in_its_place_has_no_rules(tmp_path: Path, server: HostileServer) -> None:
    page = f"<html><body><pre>\n{FORBIDS.decode()}</pre></body></html>"
    assert reasons(tmp_path, server, reply(page)) == {}


def test_of_five_megabytes_the_first_500_kib_are_read(
    tmp_path: Path, server: HostileServer
) -> None:
    async def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n")
        exchange.send(b"Content-Length: 5000000\r\n\r\n")
        exchange.send(FORBIDS + b"#" * (400 * 1024) + b"\nDisallow: /late\n")
        for _ in range(135):
            exchange.send(b"# and so on, and so on, and so on\n" * 1_000)
            await exchange.drain()

    server.add("/robots.txt", endless)
    server.add_article("/late/a", "A story that a late rule forbids")
    server.add_article("/a", "A story that no rule forbids")
    found = crawl(tmp_path, [server.url("/late/a"), server.url("/a")])
    assert found.reasons == {"/late/a": "robots"}
    assert found.headlines == {"A story that no rule forbids"}


def test_five_redirects_are_followed_to_another_host_too(
    tmp_path: Path, server: HostileServer, other: HostileServer
) -> None:
    for hop in range(1, 5):
        server.add(f"/hop{hop}", redirect(f"/hop{hop + 1}"))
    server.add("/hop5", redirect(other.url("/rules")))
    other.add("/rules", reply(FORBIDS, "text/plain"))
    other.add("/robots.txt", reply("User-agent: *\nDisallow: /\n", "text/plain"))
    assert reasons(tmp_path, server, redirect("/hop1")) == {"/private/draft": "robots"}


def test_a_loop_of_redirects_ends_as_unavailable(tmp_path: Path, server: HostileServer) -> None:
    server.add("/back", redirect("/robots.txt"))
    assert reasons(tmp_path, server, redirect("/back")) == {}
    assert server.asked.count("/robots.txt") <= 6


def test_a_redirect_to_a_host_that_is_not_there_is_unreachable(
    tmp_path: Path, server: HostileServer
) -> None:
    found = reasons(tmp_path, server, redirect("http://no.invalid/robots.txt"))
    assert found == {"/open": "robots_unreachable", "/private/draft": "robots_unreachable"}


def test_a_file_that_fails_once_is_asked_for_again(tmp_path: Path, server: HostileServer) -> None:
    robots = in_turn(reply("", status=500), reply(FORBIDS, "text/plain"))
    assert reasons(tmp_path, server, robots, RETRY_TIMES=1) == {"/private/draft": "robots"}


def test_after_its_age_it_is_fetched_anew_and_kept_while_it_is_unreachable(
    tmp_path: Path, server: HostileServer
) -> None:
    forbids_b = reply(b"User-agent: *\nDisallow: /b\n", "text/plain")
    server.add("/robots.txt", in_turn(reply(ROBOTS, "text/plain"), forbids_b, silence))
    urls = [server.add_article(f"/{n}", f"The story that has the name {n}") for n in "acbd"]
    found = crawl(
        tmp_path,
        urls,
        NEWSCRAWL_ROBOTS_MAX_AGE=0.4,
        DOWNLOAD_DELAY=0.6,
        DOWNLOAD_DELAY_JITTER=0,
        DOWNLOAD_TIMEOUT=1,
        CONCURRENT_REQUESTS=1,
    )
    assert found.reasons == {"/b": "robots"}
    assert len(found.records) == 3
    assert server.asked.count("/robots.txt") >= 3
