"""Where a crawl may be led, by the numbers of the hostile cases: 5, 6 and 7."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.crawl import ROOT, Crawl, crawl
from tests.hostile.server import HostileServer, feed, in_turn, redirect, reply, sitemap

GOOD = "The one good story of the day"
MIXED = "A story at the second address of its host"
NAMED = "A story of a host that is allowed by name"

# %d is the port of a server that must never be connected to.
SPELLINGS = {
    "dotted": "http://127.0.0.2:%d/dotted",
    "number": "http://2130706434:%d/number",
    "hexadecimal": "http://0x7f000002:%d/hexadecimal",
    "octal": "http://0177.0.0.2:%d/octal",
    "short": "http://127.2:%d/short",
    "dot-at-the-end": "http://127.0.0.2.:%d/dot-at-the-end",
    "mapped": "http://[::ffff:127.0.0.2]:%d/mapped",
    "nat64": "http://[64:ff9b::7f00:2]:%d/nat64",
    "ipv6-loopback": "http://[::1]:%d/ipv6-loopback",
    "metadata-service": "http://169.254.169.254:%d/metadata-service",
    "private": "https://10.0.0.1:%d/private",
    "other-digits": "http://①②⑦.⓪.⓪.②:%d/other-digits",
    "other-dots": "http://127。0。0。2:%d/other-dots",
    "unspecified": "http://0:%d/unspecified",
    "name": "http://inner.test:%d/name",
    "name-of-this-network": "http://mapped.test:%d/name-of-this-network",
}
NOT_OF_THE_WEB = {
    "file": "file:///etc/passwd",
    "data": "data:text/html,<p>A page</p>",
    "ftp": "ftp://127.0.0.2/",
    "javascript": "javascript:alert(1)",
    "no-scheme-known": "gopher://127.0.0.2/",
}


@dataclass
class Run:
    crawl: Crawl
    good: HostileServer
    named: HostileServer
    """At 127.0.0.3, allowed by its name."""
    inner: HostileServer
    """At 127.0.0.2, allowed by nothing."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with (
        HostileServer() as good,
        HostileServer() as led_astray,
        HostileServer("127.0.0.2") as inner,
        HostileServer("127.0.0.3") as named,
    ):
        targets = [good.add_article("/good", GOOD)]
        targets += [spelling % inner.port for spelling in SPELLINGS.values()]
        targets += _redirects(good, inner)
        targets += _listings(good, inner)
        led_astray.add("/robots.txt", redirect(inner.url("/robots.txt")))
        targets.append(led_astray.add_article("/robots-led-astray", "A story nobody may fetch"))
        targets += [
            f"http://rebound.test:{good.port}/rebound",
            f"http://rebound-on-retry.test:{good.port}/rebound-on-retry",
            f"http://mixed.test:{good.port}/mixed",
            f"http://allowed.test:{named.port}/named",
        ]
        good.add("/rebound-on-retry", reply("busy", status=503))
        good.add_article("/mixed", MIXED)
        named.add_article("/named", NAMED)
        found = crawl(
            tmp_path_factory.mktemp("addresses"),
            targets,
            DNS_RESOLVER="tests.hostile.resolver.Resolver",
            NEWSCRAWL_ALLOWED_HOSTS=f"127.0.0.1,allowed.test:{named.port}",
            RETRY_TIMES=1,
        )
        yield Run(found, good, named, inner)


def _redirects(good: HostileServer, inner: HostileServer) -> Iterator[str]:
    yield good.add("/redirect", redirect(inner.url("/by-address")))
    yield good.add("/redirect-to-name", redirect(f"http://inner.test:{inner.port}/by-name"))
    yield good.add("/redirect-without-scheme", redirect(f"//{inner.netloc}/without-scheme"))
    for hop in range(3):
        good.add(f"/hop{hop}", redirect(f"/hop{hop + 1}", 301))
    good.add("/hop3", redirect(inner.url("/after-hops"), 308))
    yield good.url("/hop0")
    refresh = f'<meta http-equiv="refresh" content="0; url={inner.url("/by-refresh")}">'
    yield good.add("/refresh", reply(f"<html><head>{refresh}</head><body>On.</body></html>"))
    for name, location in NOT_OF_THE_WEB.items():
        yield good.add(f"/to-{name}", redirect(location))


def _listings(good: HostileServer, inner: HostileServer) -> Iterator[str]:
    links = (inner.url("/feed-link"), "file:///etc/passwd", good.url("/good"))
    yield good.add("/feed", reply(feed(*links), "application/rss+xml"))
    links = (inner.url("/loc"), f"http://0x7f.0.0.2:{inner.port}/other-loc")
    yield good.add("/sitemap.xml", reply(sitemap(*links), "application/xml"))
    entry = f"<sitemap><loc>{inner.url('/sitemap-of-index.xml')}</loc></sitemap>"
    index = f"<sitemapindex>{entry}</sitemapindex>"
    yield good.add("/index.xml", reply(index, "application/xml"))


def test_6_nothing_is_connected_to(run: Run) -> None:
    assert run.inner.connections == 0


@pytest.mark.parametrize("case", SPELLINGS)
def test_6_every_spelling_of_an_address_is_refused(run: Run, case: str) -> None:
    assert run.crawl.reasons[f"/{case}"] == "refused_address"


def test_6_the_reason_says_what_the_address_is_and_how_to_allow_it(run: Run) -> None:
    assert run.crawl.detail("/dotted") == (
        "refused: 127.0.0.2 is a loopback address; "
        "allow it with -s NEWSCRAWL_ALLOWED_HOSTS=127.0.0.2"
    )
    assert run.crawl.detail("/name") == (
        "refused: inner.test is at 127.0.0.2, a loopback address; "
        "allow it with -s NEWSCRAWL_ALLOWED_HOSTS=inner.test"
    )
    assert run.crawl.detail("/metadata-service").startswith(
        "refused: 169.254.169.254 is a link-local address; "
    )


def test_6_redirects_are_refused_at_any_hop(run: Run) -> None:
    for path in ("/by-address", "/by-name", "/without-scheme", "/after-hops", "/by-refresh"):
        assert run.crawl.reasons[path] == "refused_address"


def test_6_links_of_feeds_sitemaps_and_indexes_are_refused(run: Run) -> None:
    for path in ("/feed-link", "/loc", "/other-loc", "/sitemap-of-index.xml"):
        assert run.crawl.reasons[path] == "refused_address"


def test_6_a_robots_txt_that_redirects_to_an_inner_host_forbids(run: Run) -> None:
    assert run.crawl.reasons["/robots-led-astray"] in ("robots_unreachable", "refused_address")


def test_6_a_name_that_changes_between_two_look_ups_is_refused(run: Run) -> None:
    assert run.crawl.reasons["/rebound"] == "refused_address"
    assert run.crawl.reasons["/rebound-on-retry"] == "refused_address"
    assert "/rebound" not in run.good.asked
    assert run.good.asked.count("/rebound-on-retry") == 1


def test_6_of_several_addresses_only_the_allowed_are_tried(run: Run) -> None:
    assert MIXED in run.crawl.headlines


def test_6_a_host_that_is_allowed_by_name_is_fetched(run: Run) -> None:
    assert NAMED in run.crawl.headlines


def test_6_the_rest_of_the_run_goes_on(run: Run) -> None:
    assert run.crawl.headlines == {GOOD, MIXED, NAMED}
    assert run.crawl.code == 3


@pytest.mark.parametrize("case", NOT_OF_THE_WEB)
def test_5_a_redirect_to_what_is_not_of_the_web_is_refused(run: Run, case: str) -> None:
    assert run.crawl.reasons[f"/to-{case}"] == "refused_scheme"


def test_6_through_a_proxy_addresses_are_refused_and_names_are_the_proxys(tmp_path: Path) -> None:
    with HostileServer("127.0.0.2") as proxy:
        # What a proxy is asked for is the whole address.
        proxy.add_article("http://news.test/story", GOOD)
        proxy.add("http://news.test/astray", redirect("http://10.0.0.1/secret"))
        found = crawl(
            tmp_path,
            ["http://news.test/story", "http://news.test/astray", "http://localhost/inner"],
            environment={"http_proxy": proxy.origin, "no_proxy": ""},
            HTTPPROXY_ENABLED=1,
            NEWSCRAWL_ALLOWED_HOSTS="",
        )
        assert found.headlines == {GOOD}
        assert found.reasons == {"/secret": "refused_address", "/inner": "refused_address"}
        assert set(proxy.asked) == {
            "http://news.test/robots.txt",
            "http://news.test/story",
            "http://news.test/astray",
        }


def test_6_an_entry_that_is_no_host_is_said_in_words(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newscrawl", "crawl", "http://127.0.0.1:9/"]
    done = subprocess.run(
        [*command, "-s", "NEWSCRAWL_ALLOWED_HOSTS=127.0.0.1,10.0.0.0/99"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "'10.0.0.0/99' is no host name, address or network (10.0.0.0/8)" in done.stderr
    assert "Traceback" not in done.stderr


SECRETS = {"authorization": "Basic bWU6c2VjcmV0", "cookie": "session=secret", "x-key": "secret"}


def test_7_what_is_set_for_a_site_is_not_sent_on_to_another(tmp_path: Path) -> None:
    with HostileServer() as site, HostileServer("127.0.0.2") as other:
        other.add_article("/there", GOOD)
        site.add("/away", redirect(other.url("/there")))
        site.add("/within", redirect("/here"))
        site.add_article("/here", "A story of the same site")
        site.add("/changed", in_turn(reply("busy", status=503), redirect(other.url("/there?2"))))
        targets = [site.url(path) for path in ("/away", "/within", "/changed")]
        subprocess.run(
            [sys.executable, "-m", "tests.hostile.with_secrets", *targets],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT)},
            timeout=60,
            check=True,
        )
        asked = {exchange.target: exchange.headers for exchange in site.exchanges}
        for path in ("/away", "/within", "/here", "/changed"):
            assert SECRETS.items() <= asked[path].items(), path
        assert {"/there", "/there?2"} <= set(other.asked)
        for exchange in other.exchanges:
            assert not SECRETS.keys() & exchange.headers.keys(), exchange.target
            assert "secret" not in str(exchange.headers)
