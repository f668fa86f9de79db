"""``newscrawl.crawl``, ``fetch`` and ``read``: real crawls on loopback, in other processes."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newscrawl
from tests.conftest import LocalSite

pytestmark = pytest.mark.slow

SETTINGS: dict[str, Any] = {
    "NEWSCRAWL_ALLOWED_HOSTS": ["127.0.0.0/8"],
    "NEWSCRAWL_TDMREP": False,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_TIMES": 0,
    "NEWSCRAWL_READERS": 0,
}
DAYS = [f"2024-05-0{day}" for day in range(1, 6)]


@pytest.fixture
def feed(site: LocalSite) -> str:
    items = ""
    for day in DAYS:
        url = site.article(f"/news/{day}/the-story-of-the-day", f"The story of {day}", date=day)
        site.add(
            f"/news/{day}/the-story-of-the-day",
            site.body_of(f"/news/{day}/the-story-of-the-day").replace(
                b"four million", day.encode()
            ),
        )
        items += f"<item><link>{url}</link><pubDate>{day}</pubDate></item>"
    return site.add("/feed", f"<rss><channel>{items}</channel></rss>", "application/rss+xml")


def dates(articles: Iterator[newscrawl.Article]) -> list[str]:
    return sorted(article.date or "" for article in articles)


def test_crawls_in_one_process_one_after_the_other(feed: str) -> None:
    assert dates(newscrawl.crawl(feed, settings=SETTINGS)) == DAYS
    assert dates(newscrawl.crawl([feed], settings=SETTINGS, since="2024-05-04")) == DAYS[3:]
    assert dates(newscrawl.crawl(feed, settings=SETTINGS, until="2024-05-02")) == DAYS[:2]
    assert dates(newscrawl.crawl(feed, settings=SETTINGS, exclude="05-0[345]")) == DAYS[:2]


def test_a_crawl_of_so_many_articles_takes_the_newest_and_goes_on_with_the_rest(
    feed: str, tmp_path: Path
) -> None:
    options = {"settings": {**SETTINGS, "CONCURRENT_REQUESTS": 1}, "state": tmp_path / "s.state"}
    assert dates(newscrawl.crawl(feed, max_articles=2, **options)) == DAYS[3:]
    assert dates(newscrawl.crawl(feed, **options)) == DAYS[:3]
    assert dates(newscrawl.crawl(feed, **options)) == []


def test_a_crawl_that_is_left_early_ends_and_loses_nothing(feed: str, tmp_path: Path) -> None:
    options = {"settings": SETTINGS, "state": tmp_path / "s.state"}
    others = _children()  # of earlier tests, as multiprocessing's resource tracker
    articles = newscrawl.crawl(feed, **options)
    first = next(articles)
    children = _children() - others
    assert children
    articles.close()
    assert not children & _children()
    rest = dates(newscrawl.crawl(feed, **options))
    assert set(rest) | {first.date} == set(DAYS)


def _children() -> set[int]:
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(stat[1]) == os.getpid():
                found.add(int(entry.name))
    return found


def test_in_a_thread_and_with_an_event_loop(feed: str) -> None:
    found: list[list[str]] = []
    thread = threading.Thread(
        target=lambda: found.append(dates(newscrawl.crawl(feed, settings=SETTINGS)))
    )
    thread.start()

    async def gathered() -> list[str]:
        articles = newscrawl.acrawl(feed, settings=SETTINGS)
        return sorted([article.date or "" async for article in articles])

    assert asyncio.run(gathered()) == DAYS
    thread.join()
    assert found == [DAYS]


def test_a_script_without_a_guard(feed: str, tmp_path: Path) -> None:
    script = tmp_path / "job.py"
    settings = {**SETTINGS, "NEWSCRAWL_READERS": 1, "NEWSCRAWL_READ_ALONE": 1}
    script.write_text(
        f"import newscrawl\nfor a in newscrawl.crawl({feed!r}, settings={settings!r}):\n"
        "    print(a.date)\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, timeout=120
    )
    assert sorted(done.stdout.split()) == DAYS


def test_rejects_are_told(site: LocalSite, feed: str) -> None:
    site.add("/news/gone", "gone", status=404)
    rejects: list[newscrawl.Reject] = []
    targets = [feed, site.url("/news/gone")]
    articles = newscrawl.crawl(targets, settings=SETTINGS, on_reject=rejects.append)
    assert dates(articles) == DAYS
    assert [(reject.url, reject.reason) for reject in rejects] == [
        (site.url("/news/gone"), "http_404")
    ]


def test_fetch(site: LocalSite, feed: str) -> None:
    url = site.url(f"/news/{DAYS[0]}/the-story-of-the-day")
    assert newscrawl.fetch(url, settings=SETTINGS).date == DAYS[0]
    with pytest.raises(newscrawl.FetchError) as error:
        newscrawl.fetch(site.url("/none"), settings=SETTINGS)
    assert (error.value.reason, error.value.url) == ("http_404", site.url("/none"))
    with pytest.raises(newscrawl.FetchError) as error:
        newscrawl.fetch(feed, settings=SETTINGS)
    assert error.value.reason == "not_html"


def test_fetch_obeys_robots_and_the_guard(site: LocalSite, feed: str) -> None:
    url = site.url(f"/news/{DAYS[0]}/the-story-of-the-day")
    with pytest.raises(newscrawl.FetchError) as error:
        newscrawl.fetch(url, settings={"DOWNLOAD_DELAY": 0})
    assert error.value.reason == "refused_address"
    site.add("/robots.txt", "User-agent: *\nDisallow: /news/\n", "text/plain")
    with pytest.raises(newscrawl.FetchError) as error:
        newscrawl.fetch(url, settings=SETTINGS)
    assert error.value.reason == "robots"


@pytest.mark.parametrize(
    ("targets", "options", "said"),
    [
        ([], {}, "nothing to crawl"),
        ("ftp://example.org/", {}, "is no http or https address"),
        ([7], {}, "neither an address nor a SiteEntry"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(
    targets: Any, options: dict[str, Any], said: str
) -> None:
    with pytest.raises((ValueError, TypeError), match=said):
        newscrawl.crawl(targets, **options)


def test_what_the_crawl_cannot_begin_with_is_an_error(feed: str, tmp_path: Path) -> None:
    with pytest.raises(newscrawl.CrawlError, match="since soon"):
        list(newscrawl.crawl(feed, settings=SETTINGS, since="soon"))
    state = tmp_path / "no.state"
    state.write_bytes(b"no database at all" * 500)
    with pytest.raises(newscrawl.CrawlError, match=r"no\.state"):
        list(newscrawl.crawl(feed, settings=SETTINGS, state=state))


def test_records_are_read_back(tmp_path: Path) -> None:
    record = newscrawl.Article(
        "https://example.org/a",
        headline="A",
        body="B.",
        images=[newscrawl.Image("https://e.org/i")],
    )
    line = json.dumps(record.to_dict()).encode() + b"\n"
    (tmp_path / "a.jsonl").write_bytes(line * 2)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(line))
    assert list(newscrawl.read(tmp_path / "a.jsonl")) == [record, record]
    assert list(newscrawl.read(tmp_path)) == [record] * 3
    (tmp_path / "c.jsonl").write_bytes(line + b"torn")
    with pytest.raises(ValueError, match=r"c\.jsonl:2"):
        list(newscrawl.read(tmp_path / "c.jsonl"))
    with pytest.raises(ValueError, match="no such file"):
        list(newscrawl.read(tmp_path / "none.jsonl"))


def test_the_public_names_and_no_other() -> None:
    assert dir(newscrawl) == sorted([*newscrawl.__all__, "__version__"])
    for name in newscrawl.__all__:
        assert getattr(newscrawl, name) is not None
    with pytest.raises(AttributeError, match="crwal"):
        _ = newscrawl.crwal  # type: ignore[attr-defined]
