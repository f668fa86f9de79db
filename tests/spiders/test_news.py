"""The spider ``news`` in real Scrapy processes, against a site on the loopback interface."""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.schema import schema_errors

ROOT = Path(__file__).parents[2]
FAST = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.1,localhost",
}


@dataclass
class Crawl:
    records: list[dict[str, Any]]
    rejects: dict[str, str]
    log: str
    code: int

    @property
    def paths(self) -> list[str]:
        return sorted(urlsplit(record["url"]).path for record in self.records)

    def stat(self, name: str) -> int:
        found = re.search(rf"'newscrawl/{name}': (\d+)", self.log)
        return int(found[1]) if found else 0


@pytest.fixture
def crawl(tmp_path: Path) -> Any:
    def run(*urls: str, arguments: tuple[str, ...] = (), **settings: Any) -> Crawl:
        output, rejects = tmp_path / "out.jsonl", tmp_path / "rejects.jsonl"
        rejects.unlink(missing_ok=True)
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-O", str(output), *arguments]
        if urls:
            command += ["-a", "urls=" + ",".join(urls)]
        for name, value in (FAST | {"NEWSCRAWL_REJECTS": str(rejects)} | settings).items():
            command += ["-s", f"{name}={value}"]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
        )
        written = rejects.read_text().splitlines() if rejects.exists() else []
        return Crawl(
            [json.loads(line) for line in output.read_text().splitlines()]
            if output.exists()
            else [],
            {urlsplit(r["url"]).path: r["reason"] for r in map(json.loads, written)},
            done.stderr,
            done.returncode,
        )

    return run


def test_one_article(site: Any, crawl: Any) -> None:
    url = site.article("/world/new-hall", "Parliament opens its new hall")
    result = crawl(url)
    (record,) = result.records
    assert record["url"] == url
    assert record["headline"] == "Parliament opens its new hall"
    assert record["date"] == "2024-05-06"
    assert record["body"].startswith("The council voted late on Monday")
    assert list(record)[:5] == ["url", "headline", "date", "caption", "body"]
    assert list(record)[-1] == "confidence"
    assert schema_errors(record) == []
    assert result.stat("pages") == result.stat("articles") == 1
    assert result.stat("filled/headline") == 1
    assert re.fullmatch(r"newscrawl/[\d.]+", site.agents.pop())
    assert result.code == 0


def test_the_contact_is_in_the_user_agent(site: Any, crawl: Any) -> None:
    site.article("/a", "A story about something")
    crawl(site.url("/a"), NEWSCRAWL_CONTACT="https://example.org/bot")
    assert all(agent.endswith(" (+https://example.org/bot)") for agent in site.agents)
    site.agents.clear()
    crawl(site.url("/a"), NEWSCRAWL_CONTACT="me@example.org", USER_AGENT="own/1")
    assert site.agents == {"own/1"}


def test_a_file_of_urls(site: Any, crawl: Any, tmp_path: Path) -> None:
    urls = [site.article(f"/story-{n}", f"The story that has number {n}") for n in range(2)]
    file = tmp_path / "urls.txt"
    file.write_text("# two stories\n\n" + "\n".join(urls) + "\n")
    assert crawl(arguments=("-a", f"urls_file={file}")).paths == ["/story-0", "/story-1"]


def test_no_url_at_all_is_refused(crawl: Any) -> None:
    result = crawl()
    assert result.records == []
    assert "nothing to crawl" in result.log


def test_a_section_page_leads_to_its_articles_and_not_elsewhere(site: Any, crawl: Any) -> None:
    links = {f"/world/story-number-{n}-of-today": f"What happened in story {n}" for n in range(6)}
    for path, headline in links.items():
        site.article(path, headline)
    site.article("/else/a-story-nobody-asked-for", "A story that nobody asked for")
    site.listing("/world/", links | {"https://other.invalid/a-story-of-them": "A story of theirs"})
    result = crawl(site.url("/world/"))
    assert result.paths == sorted(links)
    assert result.stat("listings/page") == 1
    assert result.rejects == {}


def test_sections_are_followed_as_deep_as_the_setting_says(site: Any, crawl: Any) -> None:
    for depth in range(3):
        links = {f"/d{depth}/story-{n}-of-this": f"Story {n} at depth {depth}" for n in range(5)}
        for path, headline in links.items():
            site.article(path, headline)
        menu = f'<a href="/section/d{depth + 1}">Deeper</a>'
        site.listing(f"/section/d{depth}", links, menu=menu)
    assert len(crawl(site.url("/section/d0")).records) == 10
    assert len(crawl(site.url("/section/d0"), NEWSCRAWL_SECTION_DEPTH=0).records) == 5


def test_feeds_give_hints_where_the_page_says_nothing(site: Any, crawl: Any) -> None:
    text = "".join(f"<p>Line {n} of a story that tells its readers a lot.</p>" for n in range(9))
    site.add("/bare", f"<html><body><article>{text}</article></body></html>")
    site.article("/full", "The page knows better", date="2024-05-06")
    site.add(
        "/feed",
        f"""<rss><channel><item><title>From the feed</title><link>{site.url("/bare")}</link>
        <pubDate>Tue, 12 Apr 2022 18:05:00 -0400</pubDate></item>
        <item><title>From the feed</title><link>{site.url("/full")}</link>
        <pubDate>Tue, 12 Apr 2022 18:05:00 -0400</pubDate></item></channel></rss>""",
        "application/rss+xml",
    )
    result = crawl(site.url("/feed"))
    by_path = {urlsplit(record["url"]).path: record for record in result.records}
    assert by_path["/bare"]["headline"] == "From the feed"
    assert by_path["/bare"]["date"].startswith("2022-04-12T18:05")
    assert by_path["/bare"]["sources"]["date"] == "feed"
    assert by_path["/full"]["headline"] == "The page knows better"
    assert by_path["/full"]["date"] == "2024-05-06"
    assert result.stat("listings/feed") == 1


def test_atom_json_feed_sitemap_index_and_text_in_one_run(site: Any, crawl: Any) -> None:
    urls = [site.article(f"/s/{n}", f"The story that has number {n}") for n in range(5)]
    site.add(
        "/atom",
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{urls[0]}"/></entry></feed>',
        "text/xml",
    )
    items = {"version": "https://jsonfeed.org/version/1", "items": [{"url": urls[1]}]}
    site.add("/feed.json", json.dumps(items), "application/json")
    site.add(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{site.url('/news.xml.gz')}</loc></sitemap>"
        f"<sitemap><loc>{site.url('/index.xml')}</loc></sitemap></sitemapindex>",
        "application/xml",
    )
    urlset = f"<urlset><url><loc>{urls[2]}</loc></url><url><loc>{urls[3]}</loc></url></urlset>"
    site.add("/news.xml.gz", gzip.compress(urlset.encode()), "application/gzip")
    site.add("/urls.txt", f"{urls[3]}\n{urls[4]}\n", "text/plain")
    starts = ("/atom", "/feed.json", "/index.xml", "/urls.txt")
    result = crawl(*(site.url(path) for path in starts))
    assert result.paths == ["/s/0", "/s/1", "/s/2", "/s/3", "/s/4"]
    assert (result.stat("listings/feed"), result.stat("listings/sitemap")) == (2, 3)


def test_a_front_page_announces_its_feed_and_robots_its_sitemap(site: Any, crawl: Any) -> None:
    for path in ("/linked-from-the-front-page", "/in-the-feed", "/in-the-sitemap", "/in-the-news"):
        site.article(path, f"A story that is {path[1:]}")
    feed = '<link rel="alternate" type="application/rss+xml" href="/all.rss">'
    site.listing("/", {"/linked-from-the-front-page": "Linked from the front page"}, head=feed)
    link = site.url("/in-the-feed")
    site.add("/all.rss", f"<rss><item><link>{link}</link></item></rss>", "text/xml")
    names = ("sitemap.xml", "sitemap-news.xml")
    site.add(
        "/robots.txt",
        "User-agent: *\nDisallow:\n" + "".join(f"Sitemap: {site.url('/' + n)}\n" for n in names),
        "text/plain",
    )
    for name, path in zip(names, ("/in-the-sitemap", "/in-the-news"), strict=True):
        site.add(f"/{name}", f"<urlset><url><loc>{site.url(path)}</loc></url></urlset>", "text/xml")
    result = crawl(site.url("/"))
    assert result.paths == [
        "/in-the-feed", "/in-the-news", "/in-the-sitemap", "/linked-from-the-front-page"
    ]  # fmt: skip
    assert site.asked.count("/robots.txt") == 1
    assert "/feed/" not in site.asked


def test_the_usual_places_are_tried_one_by_one_until_one_is_right(site: Any, crawl: Any) -> None:
    link = site.article("/found-in-the-feed", "A story found in the feed")
    site.listing("/", {})
    site.add("/feed/", "<html><p>No feed here, go home.</html>")
    site.add("/rss.xml", f"<rss><item><link>{link}</link></item></rss>", "text/xml")
    result = crawl(site.url("/"))
    assert result.paths == ["/found-in-the-feed"]
    assert result.rejects == {}
    assert "/feed.xml" not in site.asked
    assert result.stat("skipped/not_there") == 3
    assert result.stat("skipped/not_feed") == 1


def test_every_page_that_is_no_record_is_accounted_for(site: Any, crawl: Any) -> None:
    site.add("/robots.txt", "User-agent: newscrawl\nDisallow: /private/\n", "text/plain")
    site.add("/gone", "gone", status=410)
    site.add("/broken", "broken", status=500)
    site.add("/empty", "")
    site.add("/paper.pdf-like", b"%PDF-1.7 " + b"x" * 100_000, "application/pdf")
    site.add("/film", b"\x00" * 100, "video/mp4")
    site.add("/data", '{"a": 1}', "application/json")
    site.add("/binary", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    site.add("/loop", "", status=302, headers={"Location": "/loop?x"})
    site.add("/loop?x", "", status=302, headers={"Location": "/loop"})
    site.add("/large", b"x" * 200_000)
    site.add("/bomb", gzip.compress(b" " * 500_000), headers={"Content-Encoding": "gzip"})
    site.article("/private/draft", "A draft of a story")
    site.article("/good", "The good story of the day")
    starts = [
        "/gone", "/broken", "/missing", "/empty", "/paper.pdf-like", "/film", "/data", "/binary",
        "/loop", "/large", "/bomb", "/private/draft", "/good",
    ]  # fmt: skip
    result = crawl(*map(site.url, starts), DOWNLOAD_MAXSIZE=150_000)
    assert result.paths == ["/good"]
    assert result.rejects == {
        "/gone": "http_410",
        "/broken": "http_500",
        "/missing": "http_404",
        "/empty": "empty",
        "/paper.pdf-like": "not_html",
        "/film": "not_html",
        "/data": "not_html",
        "/binary": "not_html",
        "/loop": "redirects",
        "/large": "too_large",
        "/bomb": "too_large",
        "/private/draft": "robots",
    }
    assert "/private/draft" not in site.asked
    assert "Traceback" not in result.log


def test_requests_that_wait_for_one_robots_txt_all_obey_it(site: Any, crawl: Any) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    urls = [site.article(f"/private/{n}", f"The private story {n}") for n in range(12)]
    result = crawl(*urls)
    assert set(result.rejects.values()) == {"robots"}
    assert len(result.rejects) == 12
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize(("status", "records"), [(404, 1), (403, 1), (500, 0), (503, 0)])
def test_a_robots_txt_that_fails_forbids_and_one_that_is_missing_does_not(
    site: Any, crawl: Any, status: int, records: int
) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /a\n", "text/plain", status=status)
    result = crawl(site.article("/a", "A story about something"))
    assert len(result.records) == records
    assert set(result.rejects.values()) == ({"robots_unreachable"} if not records else set())


def test_a_feed_of_nested_entities_is_refused_and_the_rest_goes_on(site: Any, crawl: Any) -> None:
    good = site.article("/good", "The good story of the day")
    site.add(
        "/lol.xml",
        '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><rss><channel><item>'
        f"<link>{site.url('/x')}</link><title>&b;</title></item></channel></rss>",
        "text/xml",
    )
    result = crawl(site.url("/lol.xml"), good)
    assert result.paths == ["/good"]
    assert result.rejects == {"/lol.xml": "unsafe_xml"}


def test_unreachable_hosts_have_a_reason_each(site: Any, crawl: Any) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    tls_on_plain_port = site.url("/tls").replace("http://", "https://")
    result = crawl(f"http://127.0.0.1:{port}/refused", "http://no.invalid/dns", tls_on_plain_port)
    assert result.rejects == {"/refused": "connection", "/dns": "dns", "/tls": "tls"}


def test_a_silent_server_times_out(crawl: Any) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/slow"
        assert crawl(url, DOWNLOAD_TIMEOUT=1).rejects == {"/slow": "robots_unreachable"}


def test_one_article_under_many_addresses_is_one_record(site: Any, crawl: Any) -> None:
    canonical = site.url("/story")
    head = f'<link rel="canonical" href="{canonical}">'
    for path in ("/story", "/print/story", "/amp/story"):
        site.article(path, "One story under many addresses", head=head)
    site.add("/moved", "", status=301, headers={"Location": "/story?utm_source=moved"})
    paths = ["/print/story", "/amp/story", "/story?utm_source=a", "/story#b", "/story/", "/moved"]
    result = crawl(*map(site.url, paths))
    assert [record["url"] for record in result.records] == [canonical]
    assert result.stat("skipped/duplicate") == 3
    assert site.asked.count("/story") == 1


def test_a_page_may_redirect_to_its_own_address(site: Any, crawl: Any) -> None:
    site.add("/story", "", status=302, headers={"Location": "/story/"})
    site.article("/story/", "A story behind a slash")
    assert [r["url"] for r in crawl(site.url("/story")).records] == [site.url("/story/")]


def test_a_redirect_to_another_site_or_scheme_is_not_followed(site: Any, crawl: Any) -> None:
    site.add("/away", "", status=302, headers={"Location": "http://elsewhere.invalid/x"})
    site.add("/file", "", status=302, headers={"Location": "file:///etc/passwd"})
    links = "".join(f"<item><link>{site.url(path)}</link></item>" for path in ("/away", "/file"))
    menu = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    site.listing("/", {}, head=menu)
    site.add("/rss", f"<rss><channel>{links}</channel></rss>", "text/xml")
    result = crawl(site.url("/"))
    assert result.records == []
    assert result.rejects == {"/file": "refused_scheme"}
    assert result.stat("skipped/offsite") == 1


def test_a_section_of_two_articles_is_a_section_all_the_same(site: Any, crawl: Any) -> None:
    links = {f"/isles/story-{n}-of-the-week": f"What became of story {n}" for n in range(2)}
    for path, title in links.items():
        site.article(path, title)
    site.listing("/isles/", links)
    site.listing("/", {}, menu='<a href="/isles/">Isles</a>')
    result = crawl(site.url("/"))
    assert result.paths == sorted(links)
    assert result.rejects == {}


def test_a_feed_that_is_a_target_may_list_other_hosts(site: Any, crawl: Any) -> None:
    path = urlsplit(site.article("/elsewhere", "A story on another host")).path
    other = site.url(path).replace("127.0.0.1", "localhost")
    site.add("/rss", f"<rss><channel><item><link>{other}</link></item></channel></rss>", "text/xml")
    assert [r["url"] for r in crawl(site.url("/rss")).records] == [other]


def test_the_page_limit_holds_and_says_what_it_left(site: Any, crawl: Any) -> None:
    urls = [site.article(f"/s/{n}", f"The story that has number {n}") for n in range(6)]
    result = crawl(*urls, NEWSCRAWL_MAX_PAGES=4)
    assert len(result.records) == result.stat("pages") == 4
    assert result.stat("skipped/page_limit") == 2


def test_a_page_that_fails_once_is_asked_again(site: Any, crawl: Any) -> None:
    site.add("/story", "busy", status=503)
    site.article("/copy", "The story after a failure")
    site.add_next("/story", site.body_of("/copy"))
    result = crawl(site.url("/story"), RETRY_TIMES=1)
    assert result.paths == ["/story"]
    assert site.asked.count("/story") == 2


def pages_of_an_article(site: Any, number: int) -> str:
    """Put an article of several pages online, three paragraphs each; returns its address."""
    paths = ["/long-read", *(f"/long-read?page={n}" for n in range(2, number + 1))]
    for n, path in enumerate(paths, start=1):
        text = "".join(
            f"<p>Of page {n}, paragraph {p}. The council voted late on Monday to rebuild the old "
            "covered market by the river, and nobody on the benches spoke against the plan.</p>"
            for p in range(1, 4)
        )
        more = f'<a href="{paths[n]}" rel="next">Next page</a>' if n < number else ""
        site.add(
            path,
            f"<!doctype html><html lang=en><title>A long read</title><article><h1>A long read</h1>"
            f'<time datetime="2024-05-06">6 May 2024</time>{text}<div>{more}</div></article>',
        )
    return site.url("/long-read")


def test_an_article_of_several_pages_is_one_record(site: Any, crawl: Any) -> None:
    result = crawl(pages_of_an_article(site, 3))
    (record,) = result.records
    assert record["url"] == site.url("/long-read")
    starts = [paragraph.partition(".")[0] for paragraph in record["body"].split("\n\n")]
    assert starts == [f"Of page {n}, paragraph {p}" for n in range(1, 4) for p in range(1, 4)]
    assert result.stat("article_pages") == 2
    assert result.stat("incomplete_articles") == 0


def test_a_page_of_an_article_that_is_gone_costs_itself_only(site: Any, crawl: Any) -> None:
    start = pages_of_an_article(site, 3)
    site.add("/long-read?page=3", "", status=404)
    result = crawl(start)
    (record,) = result.records
    assert "Of page 2, paragraph 3" in record["body"]
    assert result.stat("incomplete_articles") == 1


def test_articles_are_followed_so_many_pages_and_no_more(site: Any, crawl: Any) -> None:
    start = pages_of_an_article(site, 4)
    result = crawl(start, NEWSCRAWL_MAX_ARTICLE_PAGES=2)
    (record,) = result.records
    assert record["body"].count("\n\n") == 5
    assert "/long-read?page=3" not in site.asked
    (record,) = crawl(start, NEWSCRAWL_MAX_ARTICLE_PAGES=1).records
    assert record["body"].count("\n\n") == 2


def test_pages_are_read_in_other_processes_with_the_same_result(site: Any, crawl: Any) -> None:
    paths = [f"/world/story-number-{n}-of-today" for n in range(8)]
    for n, path in enumerate(paths):
        site.article(path, f"What happened in story {n}")
    site.add("/world/an-empty-page-of-today", "")
    start = site.listing(
        "/world/", dict.fromkeys([*paths, "/world/an-empty-page-of-today"], "What happened")
    )
    here = crawl(start, NEWSCRAWL_READERS=0)
    there = crawl(start, NEWSCRAWL_READERS=2, NEWSCRAWL_READ_ALONE=3)
    assert there.paths == here.paths == paths
    assert there.rejects == here.rejects == {"/world/an-empty-page-of-today": "empty"}

    def without_times(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        ordered = sorted(records, key=lambda record: record["url"])
        return [{**record, "fetched_at": None} for record in ordered]

    assert without_times(there.records) == without_times(here.records)
