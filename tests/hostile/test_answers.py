"""What a server may answer, by the numbers of the hostile cases: 1, 8, 14, 19, 20, 22 and 32."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.hostile.bodies import (
    MEGABYTE,
    Flood,
    bomb,
    cut_coding,
    cut_short,
    length_too_small,
    packed,
    sitemap_bomb,
    trickle,
)
from tests.hostile.certificates import self_signed
from tests.hostile.crawl import Crawl, crawl
from tests.hostile.server import (
    HostileServer,
    article,
    feed,
    in_turn,
    redirect,
    reply,
    reset,
    silence,
)

GOOD = "The one good story of the day"
CUT_ONCE = "A story that came whole at the second time"
CODINGS = ("gzip", "deflate", "br", "zstd")
CUT = ("length", "chunked", "gzip", "br", "zstd", "length-too-small")
RETRIES = 1


@dataclass
class Run:
    crawl: Crawl
    good: HostileServer
    bad: HostileServer


# --- 1, too much: a run of its own, for its memory ---


@dataclass
class LargeRun(Run):
    flood: Flood


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LargeRun]:
    flood = Flood()
    with HostileServer() as good, HostileServer("127.0.0.2") as bad:
        targets = [good.add_article("/good", GOOD)]
        targets += [bad.add(f"/bomb/{name}", packed(bomb(name), name)) for name in CODINGS]
        twice = packed(bomb_in_bomb(), "gzip, gzip")
        targets.append(bad.add("/bomb/twice", twice))
        sitemap = reply(sitemap_bomb(), "application/gzip")
        targets.append(bad.add("/sitemap.xml.gz", sitemap))
        page = b"<!doctype html><title>A page</title>"
        targets.append(bad.add("/large", flood.of("text/html", begin=page)))
        targets.append(bad.add("/endless", flood.of("text/html", begin=page, length=False)))
        links = [bad.add(f"/no-page/{name}", flood.of(kind)) for name, kind in NO_PAGES.items()]
        targets.append(bad.add("/feed", reply(feed(*links), "application/rss+xml")))
        found = crawl(tmp_path_factory.mktemp("large"), targets)
        yield LargeRun(found, good, bad, flood)


def bomb_in_bomb() -> bytes:
    import gzip

    return gzip.compress(bomb("gzip"))


NO_PAGES = {
    "pdf": "application/pdf",
    "video": "video/mp4",
    "picture": "image/jpeg",
    "sound": "audio/mpeg",
    "archive": "application/zip",
    "json": "application/json",
    "bytes": "application/octet-stream",
}


@pytest.mark.parametrize("coding", [*CODINGS, "twice"])
def test_1_a_body_that_unpacks_to_gigabytes(large: LargeRun, coding: str) -> None:
    assert large.crawl.reasons[f"/bomb/{coding}"] == "too_large"


def test_1_a_sitemap_that_unpacks_to_gigabytes(large: LargeRun) -> None:
    assert large.crawl.reasons["/sitemap.xml.gz"] == "too_large"


def test_1_a_body_that_is_too_large_is_not_read_to_its_end(large: LargeRun) -> None:
    assert large.crawl.reasons["/large"] == large.crawl.reasons["/endless"] == "too_large"
    assert large.flood.taken["/large"] < 16 * MEGABYTE
    assert large.flood.taken["/endless"] < 96 * MEGABYTE


def test_1_memory_is_bounded(large: LargeRun) -> None:
    print(f"peak: {large.crawl.peak_bytes / MEGABYTE:.0f} MB")
    assert large.crawl.peak_bytes < 800 * MEGABYTE


def test_1_the_rest_of_the_run_goes_on(large: LargeRun) -> None:
    assert large.crawl.headlines == {GOOD}


@pytest.mark.parametrize("name", NO_PAGES)
def test_32_what_is_no_page_is_not_read(large: LargeRun, name: str) -> None:
    # "Some bytes" says nothing of what they are: they are looked at, up to the limit.
    reason = "too_large" if name == "bytes" else "not_html"
    assert large.crawl.reasons[f"/no-page/{name}"] == reason
    assert large.flood.taken[f"/no-page/{name}"] < 16 * MEGABYTE


# --- 8, 14, 20, 22: broken answers, each tried again as often as the setting says ---


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("broken")
    with (
        HostileServer() as good,
        HostileServer("127.0.0.2") as bad,
        HostileServer("127.0.0.3", tls=self_signed(folder, "127.0.0.3")) as untrusted,
    ):
        targets = [good.add_article("/good", GOOD)]
        targets += _redirects(bad)
        targets += _cut(bad)
        targets += [
            bad.add("/reset", reset),
            f"http://nobody.invalid:{bad.port}/no-such-host",
            untrusted.add_article("/self-signed", "A story that cannot be trusted"),
            bad.url("/no-tls").replace("http:", "https:"),
            f"http://127.0.0.2:{_unused_port()}/refused",
        ]
        targets += _addresses(good)
        found = crawl(
            folder,
            targets,
            RETRY_TIMES=RETRIES,
            DNS_RESOLVER="tests.hostile.resolver.Resolver",
        )
        yield Run(found, good, bad)


def _redirects(bad: HostileServer) -> Iterator[str]:
    yield bad.add("/loop", redirect("/loop"))
    bad.add("/there", redirect("/back"))
    yield bad.add("/back", redirect("/there"))
    for hop in range(30):
        bad.add(f"/hop/{hop}", redirect(f"/hop/{hop + 1}"))
    bad.add_article("/hop/30", "A story that is too far away")
    yield bad.url("/hop/0")
    refresh = '<meta http-equiv="refresh" content="0; url=/refresh">'
    yield bad.add("/refresh", reply(f"<html><head>{refresh}</head><body>Again.</body></html>"))


def _cut(bad: HostileServer) -> Iterator[str]:
    headline = "A story that is not whole"
    handlers = {
        "length": cut_short(headline),
        "chunked": cut_short(headline, chunked=True),
        "length-too-small": length_too_small(headline),
    } | {coding: cut_coding(headline, coding) for coding in ("gzip", "br", "zstd")}
    for name in CUT:
        yield bad.add(f"/cut/{name}", handlers[name])
    yield bad.add("/cut-once", in_turn(cut_short(CUT_ONCE), reply(article(CUT_ONCE))))
    whole = reply(article(f"{CUT_ONCE}, packed"))
    yield bad.add("/cut-once-packed", in_turn(cut_coding(CUT_ONCE, "gzip"), whole))


def _addresses(good: HostileServer) -> Iterator[str]:
    """Yield a feed of strange addresses, and redirects to some."""
    for path in ("/100%25-sure", "/Mixed", "/idn"):
        good.add_article(path, f"A story at {path}")
    links = (
        good.url("/" + "long/" * 2_000),
        good.url("/100%-sure"),
        f"HTTP://127.0.0.1:{good.port}/Mixed",
        f"http://127.0.0.1:{good.port}/Mixed#again",
        f"http://B&#252;cher.TEST:{good.port}/idn",
        f"http://xn--bcher-kva.test:{good.port}/idn",
        "http://[::bad/",
        "http://",
    )
    yield good.add("/feed", reply(feed(*links), "application/rss+xml"))
    yield good.add("/to-long", redirect(good.url("/" + "x" * 10_000)))
    yield good.add("/to-broken", redirect("http://[::bad/"))


def _unused_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.2", 0))
        port: int = unused.getsockname()[1]
        return port


def test_8_loops_and_long_ways_end_at_the_limit(broken: Run) -> None:
    reasons = broken.crawl.reasons
    # Ten redirects are followed, the eleventh is not.
    assert reasons["/hop/10"] == reasons["/loop"] == reasons["/refresh"] == "redirects"
    assert "redirects" in (reasons.get("/there"), reasons.get("/back"))
    assert broken.bad.asked.count("/loop") == broken.bad.asked.count("/refresh") == 11
    assert "/hop/11" not in broken.bad.asked


@pytest.mark.parametrize("how", CUT)
def test_14_half_an_article_is_asked_for_again_and_then_refused(broken: Run, how: str) -> None:
    assert broken.crawl.reasons[f"/cut/{how}"] == "cut_short"
    assert broken.bad.asked.count(f"/cut/{how}") == 1 + RETRIES


def test_14_an_article_that_comes_whole_later_is_taken(broken: Run) -> None:
    assert {CUT_ONCE, f"{CUT_ONCE}, packed"} <= broken.crawl.headlines


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/reset", "connection"),
        ("/refused", "connection"),
        ("/no-such-host", "dns"),
        ("/self-signed", "tls"),
        ("/no-tls", "tls"),
    ],
)
def test_20_a_connection_that_fails_has_a_reason(broken: Run, path: str, reason: str) -> None:
    assert broken.crawl.reasons[path] == reason


def test_20_it_is_tried_again_as_often_as_the_setting_says(broken: Run) -> None:
    assert broken.bad.asked.count("/reset") == 1 + RETRIES


def test_22_strange_addresses_are_normalised_once_or_refused(broken: Run) -> None:
    asked = broken.good.asked
    assert asked.count("/100%25-sure") == asked.count("/Mixed") == asked.count("/idn") == 1
    assert not [target for target in asked if len(target) > 2_083]
    (idn,) = [exchange for exchange in broken.good.exchanges if exchange.target == "/idn"]
    assert idn.headers["host"] == f"xn--bcher-kva.test:{broken.good.port}"
    assert broken.crawl.reasons["/to-long"] == broken.crawl.reasons["/to-broken"] == "bad_redirect"


def test_the_rest_of_the_run_goes_on(broken: Run) -> None:
    assert broken.crawl.headlines == {
        GOOD,
        CUT_ONCE,
        f"{CUT_ONCE}, packed",
        "A story at /100%25-sure",
        "A story at /Mixed",
        "A story at /idn",
    }


# --- 19, too slow ---


def test_19_a_page_has_a_deadline_whatever_it_is_waited_for(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with HostileServer() as good, HostileServer("127.0.0.2") as slow:
        targets = [
            slow.add("/trickle", trickle),
            slow.add("/silence", silence),
            slow.add("/sends-on", redirect("/trickle-after-redirect")),
            good.add_article("/good", GOOD),
        ]
        slow.add("/trickle-after-redirect", trickle)
        found = crawl(
            tmp_path_factory.mktemp("slow"),
            targets,
            DOWNLOAD_TIMEOUT=4,
            NEWSCRAWL_DEADLINE=6,
            RETRY_TIMES=5,
        )
    assert found.reasons == {
        "/trickle": "deadline",
        "/silence": "deadline",
        "/trickle-after-redirect": "deadline",
    }
    assert found.headlines == {GOOD}
    # Four seconds, then the two that are left.
    assert slow.asked.count("/trickle") == slow.asked.count("/silence") == 2
