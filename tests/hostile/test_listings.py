"""What feeds and sitemaps may hold, by the numbers of the hostile cases: 2, 3, 4, 5, 31 and 36."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.hostile.crawl import Crawl, crawl
from tests.hostile.server import Exchange, HostileServer, feed, reply, sitemap

GOOD = "The one good story of the day"
SECRET = "what only a file or an inner host holds"
FEED, SITEMAP = "application/rss+xml", "application/xml"
URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
MEGABYTE = 1 << 20


@dataclass
class Run:
    crawl: Crawl
    server: HostileServer
    inner: HostileServer
    """Would be asked if an entity were fetched."""

    @property
    def stories(self) -> set[str]:
        """The paths of the records, those of the good site left out."""
        return {url.removeprefix(self.server.origin) for url in self.crawl.urls} - {"/good"}


def _laughs(document: str) -> str:
    entities = "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10)
    )
    return f"<!DOCTYPE rss [{entities}]>" + document.replace("</title>", "&lol9;</title>")


def _titled(link: str, title: str = "A title") -> str:
    return f"<rss><channel><item><title>{title}</title><link>{link}</link></item></channel></rss>"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("listings")
    secret = folder / "secret.txt"
    secret.write_text(SECRET)
    with HostileServer() as good, HostileServer("127.0.0.2") as inner, HostileServer() as server:
        inner.add("/entity", reply(SECRET, "text/plain"))
        inner.add("/dtd", reply("<!ENTITY a 'b'>", "application/xml-dtd"))
        targets = [good.add_article("/good", GOOD)]
        targets += _laughing(server)
        targets += _external(server, secret.as_uri(), inner)
        targets += _harmless(server)
        targets += _endless(server)
        links = (
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,a",
            "ftp://127.0.0.1/",
        )
        server.add_article("/beside", "A story beside links that are not of the web")
        mixed = feed(*links, server.url("/beside"))
        targets.append(server.add("/not-of-the-web.xml", reply(mixed, FEED)))
        yield Run(crawl(folder, targets), server, inner)


def _laughing(server: HostileServer) -> Iterator[str]:
    story = server.add_article("/laughed-at", "A story that a feed of laughs lists")
    yield server.add("/laughs.xml", reply(_laughs(_titled(story)), FEED))
    laughs = _laughs(sitemap(story).replace("</loc>", "</loc><title>a</title>"))
    yield server.add("/laughs-sitemap.xml", reply(laughs, SITEMAP))


def _external(server: HostileServer, file: str, inner: HostileServer) -> Iterator[str]:
    for name, address in {"file": file, "network": inner.url("/entity")}.items():
        story = server.add(f"/external-{name}", reply(_without_headline(name)))
        document = (
            f'<!DOCTYPE rss SYSTEM "{inner.url("/dtd")}" [<!ENTITY x SYSTEM "{address}">'
            f'<!ENTITY % y SYSTEM "{address}"> %y;]>'
            + _titled(story, "A story with something in its title: &x;")
        )
        yield server.add(f"/external-{name}.xml", reply(document, FEED))
        server.add_article(f"/external-{name}-loc", f"A story of a sitemap with a {name} entity")
        document = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{address}">]>' + sitemap(
            server.url(f"/external-{name}-loc")
        ).replace("</urlset>", f"<url><loc>{server.url('/')}&x;</loc></url></urlset>")
        yield server.add(f"/external-{name}-sitemap.xml", reply(document, SITEMAP))


def _without_headline(about: str = "things") -> str:
    """Return an article whose headline only its feed knows."""
    lines = (f"Line {n} of a story that tells its readers a lot about {about}." for n in range(9))
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body><article>{text}</article></body></html>"


def _harmless(server: HostileServer) -> Iterator[str]:
    entities = server.add("/harmless", reply(_without_headline()))
    titled = _titled(entities, "Mills &amp; Sons &mdash; &town; win")
    document = f'<!DOCTYPE rss [<!ENTITY town "Port Lorne">]>{titled}'
    yield server.add("/harmless.xml", reply(document, FEED))
    bare = server.add("/bare?a=1&b=2", reply(_without_headline()))
    server.add("/bare", reply(_without_headline()))
    yield server.add("/bare.xml", reply(_titled(bare, "Q&A: B&B owners & others"), FEED))
    server.add("/bare-loc", reply(_without_headline()))
    server.add_article("/bare-loc", "A story of a sitemap with a bare &")
    document = sitemap(server.url("/bare-loc?a=1&b=2"))
    yield server.add("/bare-sitemap.xml", reply(document, SITEMAP))


def _endless(server: HostileServer) -> Iterator[str]:
    def index(*paths: str) -> str:
        entries = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in paths)
        return f"<sitemapindex>{entries}</sitemapindex>"

    server.add_article("/of-itself", "A story of a sitemap index that names itself")
    server.add("/of-itself.xml", reply(sitemap(server.url("/of-itself")), SITEMAP))
    itself = index("/itself.xml", "/itself.xml#again", "/of-itself.xml")
    yield server.add("/itself.xml", reply(itself, SITEMAP))

    async def deeper(exchange: Exchange) -> None:
        depth = int(exchange.target.partition("=")[2] or 0)
        exchange.reply(index(f"/deeper.xml?depth={depth + 1}"), SITEMAP)

    yield server.add("/deeper.xml", deeper)


@pytest.mark.parametrize("path", ["/laughs.xml", "/laughs-sitemap.xml"])
def test_2_nested_entities_are_refused(run: Run, path: str) -> None:
    assert run.crawl.reasons[path] == "unsafe_xml"
    assert "/laughed-at" not in run.stories


def test_3_no_entity_is_opened_on_disk_or_on_the_network(run: Run) -> None:
    assert run.inner.connections == 0
    assert SECRET not in str(run.crawl.records) + str(run.crawl.rejects)
    assert not [target for target in run.server.asked if "only" in target]


def test_3_the_rest_of_such_a_document_is_read(run: Run) -> None:
    assert {"/external-file-loc", "/external-network-loc"} <= run.stories
    headlines = [r["headline"] for r in run.crawl.records if r["url"].endswith(("file", "network"))]
    assert len(headlines) == 2
    assert all(headline.startswith("A story with something in its") for headline in headlines)


def test_4_harmless_entities_and_a_bare_ampersand_are_read(run: Run) -> None:
    assert {"/harmless", "/bare?a=1&b=2", "/bare-loc?a=1&b=2"} <= run.stories
    assert "Mills & Sons — Port Lorne win" in run.crawl.headlines
    assert "Q&A: B&B owners & others" in run.crawl.headlines


def test_5_links_that_are_not_of_the_web_are_left_out(run: Run) -> None:
    assert "/beside" in run.stories
    assert not [url for url in run.crawl.urls if not url.startswith("http://127.0.0.1:")]


def test_31_an_index_that_names_itself_is_read_once(run: Run) -> None:
    assert run.server.asked.count("/itself.xml") == 1
    assert "/of-itself" in run.stories


def test_31_indexes_of_indexes_end_at_the_limit(run: Run) -> None:
    asked = [target for target in run.server.asked if target.startswith("/deeper.xml")]
    # The target itself, and NEWSCRAWL_SITEMAP_DEPTH indexes below it.
    assert asked == ["/deeper.xml"] + [f"/deeper.xml?depth={n}" for n in (1, 2, 3)]
    assert run.crawl.summary["skipped"]["depth"] == 1


def test_the_rest_of_the_run_goes_on(run: Run) -> None:
    assert GOOD in run.crawl.headlines


# --- 31 and 36, by size: runs of their own, for their memory ---


def _generated(start: str, entry: Callable[[int], str], count: int, end: str) -> bytes:
    return (start + "".join(map(entry, range(count))) + end).encode()


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_36_fifty_megabytes_are_read_in_bounded_memory(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    filling = "Words that nobody needs, in a feed that is far too long. " * 40
    with HostileServer() as server:
        story = server.add_article("/good", GOOD)
        if kind == "feed":
            item = f"<item><link>{story}</link><description>{filling}</description></item>"
            body = _generated("<rss><channel>", lambda n: item, 24_000, "</channel></rss>")
        else:
            item = f"<url><loc>{story}</loc><note>{filling}</note></url>"
            body = _generated(URLSET, lambda n: item, 24_000, "</urlset>")
        assert 50 * MEGABYTE < len(body) < 60 * MEGABYTE
        found = crawl(
            tmp_path_factory.mktemp(kind),
            [server.add("/large.xml", reply(body, FEED if kind == "feed" else SITEMAP))],
        )
    assert found.headlines == {GOOD}
    print(f"peak: {found.peak_bytes / MEGABYTE:.0f} MB")
    assert found.peak_bytes < 700 * MEGABYTE


def test_31_50001_addresses_and_10000_sitemaps_are_cut_at_the_limits(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with HostileServer() as server:
        server.add("/robots.txt", reply(_robots(server), "text/plain"))
        server.add(
            "/", reply("<html><body><h1>The Herald</h1><p>News of the town.</p></body></html>")
        )
        urls = _generated(
            URLSET,
            lambda n: f"<url><loc>{server.url(f'/story-{n}')}</loc></url>",
            50_001,
            "</urlset>",
        )
        server.add("/news.xml", reply(urls, SITEMAP))
        found = crawl(
            tmp_path_factory.mktemp("many"),
            [server.url("/")],
            NEWSCRAWL_ANNOUNCED_LINKS=20,
            NEWSCRAWL_ANNOUNCED_SITEMAPS=3,
        )
    stories = [target for target in server.asked if target.startswith("/story-")]
    assert len(stories) == 20
    assert len([target for target in server.asked if target.startswith("/sitemap-")]) == 2
    assert found.summary["skipped"]["older"] == 50_001 - 20
    print(f"peak: {found.peak_bytes / MEGABYTE:.0f} MB")
    assert found.peak_bytes < 400 * MEGABYTE


def _robots(server: HostileServer) -> str:
    names = [f"/sitemap-{n}.xml" for n in range(9_999)] + ["/news.xml"]
    return "User-agent: *\nAllow: /\n" + "".join(f"Sitemap: {server.url(name)}\n" for name in names)
