"""What one run remembers for the next: real Scrapy processes, a real state, a real site."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.state import State
from tests.conftest import LocalSite

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "RETRY_TIMES": "0",
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.0/8",
    "NEWSCRAWL_OUTPUT": "out.jsonl",
    "NEWSCRAWL_STATE": "news.state",
}


@dataclass
class Run:
    records: list[dict[str, Any]]
    """Those that this run wrote."""
    log: str

    @property
    def versions(self) -> list[tuple[str, int]]:
        return sorted((urlsplit(r["url"]).path, r["revision"]) for r in self.records)

    def stat(self, name: str) -> int:
        found = re.search(rf"'newscrawl/{name}': (\d+)", self.log)
        return int(found[1]) if found else 0


class Crawler:
    """Runs the spider again and again in one folder; ``later`` moves the clock of what follows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ahead = timedelta()

    def later(self, **amount: float) -> None:
        self.ahead += timedelta(**amount)

    def run(self, *urls: str, **settings: str) -> Run:
        return self._run("urls=" + ",".join(urls), settings)

    def run_sites(self, site_list: Path, **settings: str) -> Run:
        return self._run(f"sites={site_list}", settings)

    def _run(self, argument: str, settings: dict[str, str]) -> Run:
        output = self.folder / "out.jsonl"
        before = output.read_bytes() if output.exists() else b""
        command = [sys.executable, "-c", _SHIFTED.format(seconds=self.ahead.total_seconds())]
        command += ["crawl", "news", "-a", argument]
        for name, value in (SETTINGS | settings).items():
            command += ["-s", f"{name}={value}"]
        environment = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True,
            timeout=90, check=True,
        )  # fmt: skip
        after = output.read_bytes()
        assert after.startswith(before)
        return Run([json.loads(line) for line in after[len(before) :].splitlines()], done.stderr)


_SHIFTED = """
import time
now = time.time
time.time = lambda: now() + {seconds}
from scrapy.cmdline import execute
execute()
"""


@pytest.fixture
def crawler(tmp_path: Path) -> Crawler:
    return Crawler(tmp_path)


def tagged(site: LocalSite, path: str) -> None:
    """Give a page an ETag that follows its content."""
    body = site.body_of(path)
    site.add(path, body, headers={"ETag": f'"{hashlib.md5(body).hexdigest()}"'})


def feed(site: LocalSite, paths: dict[str, str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{site.url(path)}</link></item>"
        for path, title in paths.items()
    )
    body = f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'
    tag = hashlib.md5(body.encode()).hexdigest()
    return site.add("/feed", body, "application/rss+xml", headers={"ETag": f'"{tag}"'})


HOST_FILES = ("/robots.txt", "/.well-known/tdmrep.json")
IN_SECTION = {f"/world/story-{n}-from-abroad": f"What became of story {n}" for n in range(8)}
STORIES = {f"/news/story-{n}-of-the-day": f"What became of story {n}" for n in range(4)}


def fetched(site: LocalSite) -> list[str]:
    """Return what was asked for but what a crawler asks of every host."""
    return [path for path, _ in site.answered if path not in HOST_FILES]


def published(age: timedelta) -> str:
    return (datetime.now(UTC) - age).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def test_a_second_run_asks_for_the_feed_alone_and_writes_nothing(site, crawler):
    for path, title in STORIES.items():
        site.article(path, title)
    start = feed(site, STORIES)
    assert crawler.run(start).versions == [(path, 1) for path in sorted(STORIES)]
    site.answered.clear()
    again = crawler.run(start)
    assert again.records == []
    assert site.answered == [("/feed", 304)]  # robots.txt is known for a day


def test_what_a_changed_feed_adds_is_all_that_is_fetched(site, crawler):
    site.article("/news/the-old-story", "The old story")
    crawler.run(feed(site, {"/news/the-old-story": "The old story"}))
    site.article("/news/a-fresh-story", "A fresh story")
    site.answered.clear()
    fresh = {"/news/a-fresh-story": "A fresh story", "/news/the-old-story": "The old story"}
    run = crawler.run(feed(site, fresh))
    assert run.versions == [("/news/a-fresh-story", 1)]
    assert fetched(site) == ["/feed", "/news/a-fresh-story"]
    assert run.stat("skipped/known") == 1


def test_a_front_page_that_has_not_changed_still_has_its_feed_looked_at(site, crawler):
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.listing("/", {}, head=head)
    tagged(site, "/")
    site.article("/news/the-old-story", "The old story")
    feed(site, {"/news/the-old-story": "The old story"})
    crawler.run(site.url("/"))
    site.article("/news/a-fresh-story", "A fresh story")
    feed(site, {"/news/a-fresh-story": "A fresh story"})
    site.answered.clear()
    assert crawler.run(site.url("/")).versions == [("/news/a-fresh-story", 1)]
    assert ("/", 304) in site.answered


def test_a_corrected_article_is_a_revision(site, crawler):
    path = "/news/the-story"
    site.article(path, "The story", date=published(timedelta(minutes=1)))
    start = feed(site, {path: "The story"})
    first = crawler.run(start)
    body = site.body_of(path).replace(b"four million", b"five million")
    site.add(path, body)
    assert crawler.run(start).records == []  # not looked at again so soon
    crawler.later(minutes=20)
    second = crawler.run(start)
    assert (first.versions, second.versions) == ([(path, 1)], [(path, 2)])
    assert "five million" in second.records[0]["body"]
    crawler.later(hours=2)
    assert crawler.run(start).records == []


def test_an_article_is_looked_at_ever_more_rarely_and_then_never(site, crawler):
    path = "/news/the-story"
    site.article(path, "The story", date=published(timedelta(minutes=1)))
    tagged(site, path)
    start = feed(site, {path: "The story"})
    looks = []
    # At the ages of 0, 1, 2, 8, 14, 26, 74, 122, 194 and 674 hours.
    for hours in (0, 1, 1, 6, 6, 12, 48, 48, 72, 24 * 20):
        crawler.later(hours=hours)
        site.answered.clear()
        assert len(crawler.run(start).records) == (not looks)
        looks.append(site.answered.count((path, 304)) + site.answered.count((path, 200)))
    assert looks == [1, 1, 0, 1, 1, 1, 1, 0, 1, 0]


def test_another_address_of_a_known_article_is_no_second_record(site, crawler):
    canonical = f'<link rel="canonical" href="{site.url("/news/the-story")}">'
    site.article("/news/the-story", "The story", head=canonical)
    crawler.run(feed(site, {"/news/the-story": "The story"}))
    site.article("/sport/the-story-elsewhere", "The story", head=canonical)
    start = feed(site, {"/sport/the-story-elsewhere": "The story"})
    assert crawler.run(start).records == []
    site.answered.clear()
    crawler.run(start)
    assert fetched(site) == ["/feed"]


def test_a_link_that_redirects_to_a_known_article_is_followed_once(site, crawler):
    site.article("/news/the-story", "The story")
    crawler.run(feed(site, {"/news/the-story": "The story"}))
    site.add("/go/17-the-story", "", status=302, headers={"Location": "/news/the-story"})
    start = feed(site, {"/go/17-the-story": "The story"})
    assert crawler.run(start).records == []
    site.answered.clear()
    crawler.run(start)
    assert ("/go/17-the-story", 302) not in site.answered


def test_an_article_behind_a_redirect_is_looked_at_again_like_any_other(site, crawler):
    path = "/news/the-story"
    site.article(path, "The story", date=published(timedelta(minutes=1)))
    site.add("/go/17-the-story", "", status=302, headers={"Location": path})
    start = feed(site, {"/go/17-the-story": "The story"})
    assert crawler.run(start).versions == [(path, 1)]
    crawler.later(minutes=20)
    assert crawler.run(start).stat("skipped/unchanged") == 1
    site.add(path, site.body_of(path).replace(b"four million", b"five million"))
    crawler.later(hours=1)
    assert crawler.run(start).versions == [(path, 2)]
    assert site.asked.count("/go/17-the-story") == 1


def test_a_second_way_to_an_article_does_not_end_the_looks_at_it(site, crawler):
    path = "/news/the-story"
    site.article(path, "The story", date=published(timedelta(minutes=1)))
    crawler.run(feed(site, {path: "The story"}))
    site.add("/go/17-the-story", "", status=302, headers={"Location": path})
    start = feed(site, {"/go/17-the-story": "The story"})
    assert crawler.run(start).records == []
    site.add(path, site.body_of(path).replace(b"four million", b"five million"))
    crawler.later(minutes=20)
    assert crawler.run(start).versions == [(path, 2)]


def front_with_a_section(site: LocalSite) -> str:
    """Put a front page online that leads to IN_SECTION by way of its section."""
    start = site.listing("/", {}, menu='<a href="/world/">World</a>')
    tagged(site, "/")
    site.listing("/world/", IN_SECTION)
    for path, title in IN_SECTION.items():
        site.article(path, title)
    return start


def test_what_a_front_page_leads_to_is_read_though_a_limit_came_first(site, crawler):
    start = front_with_a_section(site)
    assert crawler.run(start, NEWSCRAWL_MAX_PAGES="1").records == []
    assert len(crawler.run(start).records) == len(IN_SECTION)
    site.answered.clear()
    crawler.run(start)
    assert ("/", 304) in site.answered


def test_a_section_that_failed_once_is_read_as_a_section_the_next_time(site, crawler):
    start = front_with_a_section(site)
    section = site.body_of("/world/")
    site.add("/world/", "", status=500)
    site.add_next("/world/", section)
    assert crawler.run(start).records == []
    crawler.later(minutes=20)
    assert len(crawler.run(start).records) == len(IN_SECTION)


def test_a_page_that_was_no_article_is_tried_again_later(site, crawler):
    path = "/news/behind-a-wall-today"
    site.add(path, "<title>Subscribe</title><p>Subscribe to continue reading this article.</p>")
    start = feed(site, {path: "A story"})
    assert crawler.run(start).records == []
    site.article(path, "A story after all")
    assert crawler.run(start).records == []
    crawler.later(minutes=20)
    assert crawler.run(start).versions == [(path, 1)]


def test_what_a_limit_left_out_comes_in_the_next_run(site, crawler):
    for path, title in STORIES.items():
        site.article(path, title)
    start = feed(site, STORIES)
    first = crawler.run(start, NEWSCRAWL_MAX_PAGES="3")
    second = crawler.run(start)
    assert len(first.records) == 2
    assert sorted(first.versions + second.versions) == [(path, 1) for path in sorted(STORIES)]


def test_not_modified_for_a_page_that_nobody_has_is_asked_again_plainly(site, crawler):
    path = "/news/the-story"
    site.article(path, "The story")
    body = site.body_of(path)
    site.add(path, b"", status=304)
    site.add_next(path, body)
    assert crawler.run(feed(site, {path: "The story"})).versions == [(path, 1)]


def test_not_modified_for_ever_is_a_reject(site, crawler):
    site.add("/news/the-story-of-nothing", b"", status=304)
    run = crawler.run(feed(site, {"/news/the-story-of-nothing": "Nothing"}))
    assert run.records == []
    assert run.stat("rejects/http_304") == 1
    assert site.answered.count(("/news/the-story-of-nothing", 304)) == 2


def test_agency_copy_is_marked_with_the_first_record_s_hash(site, crawler):
    other = LocalSite("127.0.0.2")
    try:
        site.article("/news/the-first-to-have-it", "Council rebuilds its market")
        first = crawler.run(feed(site, {"/news/the-first-to-have-it": "Council"})).records[0]
        copy = other.article("/world/and-here-it-is-again", "Old market to be rebuilt at last")
        second = crawler.run(copy).records[0]
    finally:
        other.close()
    assert first["cluster"] is None
    assert second["cluster"] == first["content_hash"]


def test_a_second_process_on_the_same_state_is_refused(site, crawler):
    site.article("/news/the-story", "The story")
    start = site.url("/news/the-story")
    with (
        State(crawler.folder / "news.state"),
        pytest.raises(subprocess.CalledProcessError) as failed,
    ):
        crawler.run(start)
    assert "in use" in failed.value.stderr or "another" in failed.value.stderr
    assert "/news/the-story" not in site.asked


def test_robots_txt_is_asked_for_again_after_a_day(site, crawler):
    site.article("/news/the-story", "The story")
    start = feed(site, {"/news/the-story": "The story"})
    crawler.run(start)
    site.add("/robots.txt", "User-agent: *\nDisallow: /feed\n", "text/plain")
    crawler.later(hours=23)
    site.answered.clear()
    crawler.run(start)
    assert ("/robots.txt", 200) not in site.answered
    assert ("/feed", 304) in site.answered
    crawler.later(hours=2)
    site.answered.clear()
    crawler.run(start)
    assert site.answered == [("/robots.txt", 200)]


@pytest.mark.parametrize(
    "address",
    [
        "/news/the-story?sessionid=8f3a", "/s/8f3a/news/the-story", "//news/the-story",
        "/news/the-story/print", "/news/the-story?source=rss", "/news/the-story/index.html",
        "/news/the-story-with-another-slug",
    ],
)  # fmt: skip
def test_the_same_text_under_another_address_is_no_second_record(site, crawler, address):
    site.article("/news/the-story", "The story")
    assert len(crawler.run(feed(site, {"/news/the-story": "The story"})).records) == 1
    site.article(address, "The story")
    start = feed(site, {address: "The story"})
    again = crawler.run(start)
    assert again.records == []
    assert again.stat("skipped/duplicate") == 1
    site.answered.clear()
    crawler.run(start)
    assert fetched(site) == ["/feed"]


def test_the_same_text_twice_in_a_run_is_one_record(site, crawler):
    paths = {f"/news/the-story?sid={number}": "The story" for number in range(5)}
    for path in paths:
        site.article(path, "The story")
    run = crawler.run(feed(site, paths))
    assert len(run.records) == 1
    assert run.stat("skipped/duplicate") == 4


def test_a_page_with_the_text_that_another_had_before_its_update_is_none_of_its_own(site, crawler):
    site.article("/news/the-story", "The story")
    crawler.run(feed(site, {"/news/the-story": "The story"}))
    body = site.body_of("/news/the-story").replace(b"four million", b"five million")
    site.add("/news/the-story", body)
    crawler.later(minutes=20)
    start = feed(site, {"/news/the-story": "The story", "/news/the-story/print": "The story"})
    site.article("/news/the-story/print", "The story")
    assert len(crawler.run(start).records) <= 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"error": "try again"}', "application/json"),
        ("temporarily unavailable", "text/plain"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "image/png"),
    ],
)
def test_an_answer_that_was_no_page_for_once_is_asked_for_again(site, crawler, body, content_type):
    path = "/news/the-story"
    site.add(path, body, content_type)
    start = feed(site, {path: "The story"})
    assert crawler.run(start).records == []
    site.article(path, "The story")
    crawler.later(minutes=30)
    assert crawler.run(start).records == []
    crawler.later(minutes=45)
    assert crawler.run(start).versions == [(path, 1)]


@pytest.mark.parametrize("status", [400, 403, 412])
def test_a_feed_that_refuses_conditional_requests_is_asked_plainly(site, crawler, status):
    site.article("/news/the-story", "The story")
    start = feed(site, {"/news/the-story": "The story"})
    crawler.run(start)
    site.article("/news/a-second-story", "A second story")
    body = site.body_of("/feed").replace(b"the-story", b"a-second-story")
    site.add("/feed", b"no", status=status)
    site.add_next("/feed", body)
    assert crawler.run(start).versions == [("/news/a-second-story", 1)]


def test_a_page_that_refuses_plain_requests_too_is_asked_twice(site, crawler):
    site.article("/news/the-story", "The story")
    start = feed(site, {"/news/the-story": "The story"})
    crawler.run(start)
    site.add("/feed", b"no", status=403)
    site.answered.clear()
    crawler.run(start)
    assert site.answered == [("/feed", 403), ("/feed", 403)]


def test_every_has_a_tenth_of_grace(site, crawler):
    site.article("/news/the-story", "The story")
    start = feed(site, {"/news/the-story": "The story"})
    sites = crawler.folder / "sites.toml"
    sites.write_text(f'[[site]]\nname = "A"\nstart = ["{start}"]\nevery = "30m"\n', "utf-8")
    crawler.run_sites(sites)
    looks = []
    for minutes in (26, 2, 28):
        crawler.later(minutes=minutes)
        site.answered.clear()
        crawler.run_sites(sites)
        looks.append(len(site.answered))
    # 26 minutes after the last look; then 28; then 28 again.
    assert looks == [0, 1, 1]
