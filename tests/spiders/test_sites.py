"""The spider with a site list: what each entry asks for, in real Scrapy processes."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import LocalSite

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FAST = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.0/8",
    "NEWSCRAWL_TDMREP": "0",
}


@dataclass
class Crawl:
    records: list[dict[str, Any]]
    stats: dict[str, Any]
    log: str
    code: int

    @property
    def addresses(self) -> list[str]:
        return sorted(record["url"] for record in self.records)

    def of_site(self, name: str) -> dict[str, Any]:
        prefix = f"newscrawl/site/{name}/"
        found = {k.removeprefix(prefix): n for k, n in self.stats.items() if k.startswith(prefix)}
        return {k: n for k, n in found.items() if not k.startswith(("filled/", "download"))}


@pytest.fixture
def crawl(tmp_path: Path) -> Any:
    """Crawl a site list, given as text, with ``scrapy crawl news -a sites=…``."""

    def run(text: str, *arguments: str, **settings: Any) -> Crawl:
        sites, output = tmp_path / "sites.toml", tmp_path / "out.jsonl"
        sites.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-O", str(output)]
        command += ["-a", f"sites={sites}", *arguments]
        rejects = {"NEWSCRAWL_REJECTS": str(tmp_path / "rejects.jsonl")}
        for name, value in (FAST | rejects | settings).items():
            command += ["-s", f"{name}={value}"]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
        )
        found = re.search(r"Dumping Scrapy stats:\n(\{.*?\})\n\d{4}-", done.stderr, re.DOTALL)
        stats = re.sub(r"datetime\.datetime\([^)]*\)+", "None", found[1]) if found else "{}"
        lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
        return Crawl(
            [json.loads(line) for line in lines],
            ast.literal_eval(stats),
            done.stderr,
            done.returncode,
        )

    return run


@pytest.fixture
def other() -> Iterator[LocalSite]:
    """A second site, on a host of its own."""
    site = LocalSite("127.0.0.2")
    yield site
    site.close()


def entry(name: str, *start: str, **options: Any) -> str:
    """Return a table of a site list."""
    lines = [f"name = {json.dumps(name)}", f"start = {json.dumps(start)}"]
    lines += [f"{key} = {value}" for key, value in options.items()]
    return "[[site]]\n" + "\n".join(lines) + "\n"


def bare_page(site: LocalSite, path: str) -> str:
    """Add an article that says nothing of its language, section or outlet; its words are none."""
    text = "".join(f"<p>{'Zyx wvut srqp onm lkji hgfe dcba. ' * 6}</p>" for _ in range(4))
    return site.add(path, f"<html><body><article><h1>Zyx wvut</h1>{text}</article></body></html>")


def test_each_site_keeps_to_its_own_hosts_and_is_counted_apart(
    site: LocalSite, other: LocalSite, crawl: Any
) -> None:
    ours = {f"/world/story-number-{n}-of-today": f"What happened in story {n}" for n in range(5)}
    for path, headline in ours.items():
        site.article(path, headline)
    away = other.article("/world/a-story-of-the-others", "A story of the others")
    site.add("/gone-with-the-wind-today", "", status=404)
    site.listing(
        "/world/",
        ours | {"/gone-with-the-wind-today": "Gone with the wind", away: "A story of the others"},
    )
    only = other.article("/one", "The only story here")
    result = crawl(entry("Post", site.url("/world/")) + entry("Echo News", only))
    assert result.addresses == sorted([*map(site.url, ours), only])
    assert "/one" in other.asked
    assert "/world/a-story-of-the-others" not in other.asked
    post, echo = result.of_site("Post"), result.of_site("Echo News")
    served = sum(
        len(site.body_of(path)) for path in [*ours, "/world/", "/gone-with-the-wind-today"]
    )
    assert post == {
        "pages": 7, "articles": 5, "links": 6, "listings/page": 1, "rejects/http_404": 1,
        "bytes": served,
    }  # fmt: skip
    assert echo == {"pages": 1, "articles": 1, "bytes": len(other.body_of("/one"))}
    assert result.stats["newscrawl/site/Post/filled/headline"] == 5
    assert result.stats["newscrawl/pages"] == 8
    assert result.stats["newscrawl/bytes"] == served + echo["bytes"]


def test_other_hosts_of_a_site_count_as_its_own(
    site: LocalSite, other: LocalSite, crawl: Any
) -> None:
    links = {
        other.article(
            f"/blog/the-story-number-{n}", f"The story of number {n}"
        ): f"Blog post {n} of us"
        for n in range(6)
    }
    site.listing("/", links)
    allowed = entry("Post", site.url("/"), allowed_hosts='["127.0.0.2"]')
    assert crawl(allowed).addresses == sorted(links)
    assert crawl(entry("Post", site.url("/"))).records == []


def test_what_an_entry_says_serves_where_the_page_says_nothing(site: LocalSite, crawl: Any) -> None:
    said = {"language": '"cy"', "section": '"Newyddion"', "publisher": '"Y Post"'}
    bare = bare_page(site, "/bare")
    full = site.add(
        "/full",
        site.body_of(urlsplit(site.article("/a", "The page knows better")).path)
        .decode()
        .replace(
            "<head>",
            '<head><meta property="og:site_name" content="The Echo">'
            '<meta property="article:section" content="Harbour">',
        ),
    )
    result = crawl(entry("Post", bare, full, **said))
    by_path = {urlsplit(record["url"]).path: record for record in result.records}
    fields = ("language", "section", "publisher")
    assert [by_path["/bare"][name] for name in fields] == ["cy", "Newyddion", "Y Post"]
    assert [by_path["/bare"]["sources"][name] for name in fields] == ["site"] * 3
    assert [by_path["/full"][name] for name in fields] == ["en", "Harbour", "The Echo"]


def test_headers_go_to_the_sites_own_hosts_alone(
    site: LocalSite, other: LocalSite, crawl: Any
) -> None:
    away = other.article("/away", "A story on another host")
    site.add("/moved", "", status=302, headers={"Location": other.url("/moved-here")})
    other.article("/moved-here", "A story that moved away")
    own = site.article("/own", "A story of our own")
    items = "".join(f"<item><link>{u}</link></item>" for u in (away, own, site.url("/moved")))
    site.add("/feed", f"<rss><channel>{items}</channel></rss>", "text/xml")
    result = crawl(
        entry("Post", site.url("/feed"), headers='{ Authorization = "Basic eHl6", X-Key = "k" }')
    )
    assert len(result.records) == 3
    for path in ("/feed", "/own", "/moved"):
        assert (site.headers[path]["Authorization"], site.headers[path]["X-Key"]) == (
            "Basic eHl6", "k"
        )  # fmt: skip
    for path in ("/away", "/moved-here"):
        assert other.headers[path]["Authorization"] is None
        assert other.headers[path]["X-Key"] is None
    assert site.headers["/robots.txt"]["X-Key"] is None


def test_a_site_has_its_own_section_depth_and_the_contact_is_the_lists(
    site: LocalSite, crawl: Any
) -> None:
    for depth in range(2):
        links = {f"/d{depth}/story-{n}-of-this": f"Story {n} at depth {depth}" for n in range(5)}
        for path, headline in links.items():
            site.article(path, headline)
        menu = f'<a href="/section/d{depth + 1}">Deeper</a>'
        site.listing(f"/section/d{depth}", links, menu=menu)
    start = site.url("/section/d0")
    contact = 'contact = "desk@example.org"\n'
    assert len(crawl(contact + entry("Post", start, section_depth=0)).records) == 5
    assert {agent.partition(" ")[2] for agent in site.agents} == {"(+desk@example.org)"}
    site.agents.clear()
    result = crawl(contact + entry("Post", start), NEWSCRAWL_CONTACT="me@example.org")
    assert len(result.records) == 10
    assert {agent.partition(" ")[2] for agent in site.agents} == {"(+me@example.org)"}


def test_only_the_sites_that_are_named_and_plain_targets_beside_them(
    site: LocalSite, other: LocalSite, crawl: Any
) -> None:
    text = (
        entry("One", site.article("/1", "The story number one"))
        + entry("Two", site.article("/2", "The story number two"), enabled="false")
        + entry("Three", site.article("/3", "The story number three"))
    )
    assert crawl(text).addresses == [site.url("/1"), site.url("/3")]
    target = other.article("/t", "The story of a target")
    result = crawl(text, "-a", "only=two,Three", "-a", f"urls={target}")
    assert result.addresses == [site.url("/2"), site.url("/3"), target]
    assert result.of_site("127.0.0.2")["articles"] == 1


def test_a_site_list_with_mistakes_crawls_nothing(site: LocalSite, crawl: Any) -> None:
    result = crawl(entry("One", site.url("/"), colour=1) + entry("One", site.url("/b")))
    assert "sites.toml:4: unknown key 'colour'" in result.log
    assert "sites.toml:6: name: 'One' is there already, in line 2" in result.log
    assert site.asked == []
    assert "no site is called 'Too'; did you mean 'Two'?" in (
        crawl(entry("Two", site.url("/")), "-a", "only=Too").log
    )


def test_a_host_that_does_not_answer_holds_no_other_up(crawl: Any) -> None:
    """Ten hosts wait with their first answer until all others have given all of theirs."""
    served, everything = [], threading.Event()

    class Good(LocalSite):
        def _answer(self, path: str) -> Any:
            if path != "/robots.txt":
                served.append(path)
                if len(served) == 60:
                    everything.set()
            return super()._answer(path)

    class Slow(LocalSite):
        def _answer(self, path: str) -> Any:
            assert everything.wait(60)
            return super()._answer(path)

    good = [Good(f"127.0.1.{n}") for n in range(1, 4)]
    slow = [Slow(f"127.0.2.{n}") for n in range(1, 11)]
    try:
        text = "".join(
            entry(
                site.origin.partition("//")[2],
                *(site.article(f"/{n}", f"The story of number {n}") for n in range(20)),
            )
            for site in slow + good
        )
        result = crawl(text, DOWNLOAD_TIMEOUT=80)
    finally:
        everything.set()
        for site in good + slow:
            site.close()
    assert len(result.records) == 13 * 20
