"""The same pages through a crawl, the archive that it writes, and ``extract``: the same records."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.evaluation.fixtures import Fixture, find_fixtures
from tests.archive.test_crawls import archived, by_url, crawl
from tests.hostile import large_pages
from tests.hostile.server import SENTENCES, HostileServer, article, redirect, reply

HOSTILE = (
    "one line of 5 MB", "huge colspan", "question marks", "nested figures in the article",
    "100,000 spaces about a dash", "600 <time> around 2 MB",
)  # fmt: skip
PARAGRAPHS = "".join(f"<p>{sentence * 2}</p>" for sentence in SENTENCES)


@dataclass
class Runs:
    """What came of the same pages by each way, by address."""

    crawled: dict[str, dict[str, Any]]
    rejected: dict[str, str]
    archived: dict[str, dict[str, Any]]
    archive_rejected: dict[str, str]
    extracted: dict[str, dict[str, Any]]
    origin: str

    def of(self, path: str) -> tuple[dict[str, Any] | None, ...]:
        url = self.origin + path
        return self.crawled.get(url), self.archived.get(url), self.extracted.get(url)


def page(headline: str, *, head: str = "", more: str = "", text: str = PARAGRAPHS) -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{head}</head><body>'
        f'<article><h1>{headline}</h1><time datetime="2024-05-06">6 May 2024</time>'
        f"{text}{more}</article></body></html>"
    )


PAGES: dict[str, str] = {
    "/plain/a-ferry-runs-again": page("A ferry runs again"),
    "/reserved/by-noarchive": page(
        "A page that keeps its text", head='<meta name="robots" content="noarchive">'
    ),
    "/refresh/after-a-minute": page(
        "A page that reloads itself",
        head='<meta http-equiv="refresh" content="60; url=/plain/a-ferry-runs-again">',
    ),
    "/blanks/in-a-headline": page("A\u00a0 headline\u200b with   blanks"),
    "/parts/long-read": page(
        "A long read of two pages",
        more='<a rel="next" href="/parts/long-read?page=2">Next page</a>',
    ),
    "/parts/long-read?page=2": page(
        "A long read of two pages",
        text="<p>The second page begins with a new sentence of its own. And it goes on.</p>" * 3,
    ),
    "/wall/subscribe": "<title>Subscribe</title><p>Subscribe to continue reading this article.</p>",
    "/empty/page": "  ",
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    folder = tmp_path_factory.mktemp("one-way")
    with HostileServer() as server:
        bodies: dict[str, bytes] = {path: html.encode() for path, html in PAGES.items()}
        for fixture in _html_fixtures():
            bodies[_path_of(fixture)] = fixture.page.read_bytes()
        for number, name in enumerate(HOSTILE):
            bodies[f"/hostile/story-{number}"] = large_pages.LARGE_PAGES[name]().encode()
        by_path: dict[str, dict[str, bytes]] = {}
        for path, body in bodies.items():
            bare, _, query = path.partition("?")
            by_path.setdefault(bare, {})[query] = body
        for bare, answers in by_path.items():
            server.add(bare, _by_query(answers))
        server.add("/moved/old-address", redirect("/plain/a-ferry-runs-again"))
        server.add(
            "/refresh/at-once",
            reply('<meta http-equiv="refresh" content="2; url=/plain/a-ferry-runs-again">'),
        )
        server.add("/twin/print/the-story", reply(article("The story, to print")))
        server.add(
            "/untrue/coding",
            reply(article("Not packed at all"), headers={"Content-Encoding": "gzip"}),
        )
        starts = [path for path in bodies if "?" not in path]
        starts += ["/moved/old-address", "/refresh/at-once", "/twin/print/the-story"]
        starts += ["/untrue/coding"]
        items = "".join(f"<item><link>{server.url(path)}</link></item>" for path in starts)
        feed = f"<rss><channel>{items}</channel></rss>"
        done = crawl(
            folder, server.add("/feed", reply(feed, "application/rss+xml")),
            "-o", "news.jsonl", "--warc", "warcs",
            settings={"DOWNLOAD_MAXSIZE": 64 << 20, "NEWSCRAWL_WITHHOLD_BODY": "noarchive"},
        )  # fmt: skip
        assert done.returncode in (ExitCode.OK, ExitCode.PARTIAL), done.stderr
        crawled = by_url(folder / "news.jsonl")
        again = archived(folder)
        yield Runs(
            crawled,
            _reasons(folder / "rejects.jsonl"),
            again,
            _reasons(*(folder / "again" / "rejects").glob("*.jsonl*")),
            _extracted(folder, server, bodies, crawled),
            server.origin,
        )


def _html_fixtures() -> list[Fixture]:
    return [each for each in find_fixtures() if each.page.suffix == ".html" and not each.headers]


def _path_of(fixture: Fixture) -> str:
    return f"/fixtures/{fixture.page.parent.parent.name}/{fixture.page.parent.name}"


def _by_query(answers: dict[str, bytes]) -> Any:
    async def handler(exchange: Any) -> None:
        exchange.reply(answers.get(exchange.target.partition("?")[2], answers.get("", b"")))

    return handler


def _reasons(*paths: Path) -> dict[str, str]:
    found = {}
    for path in paths:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in data.splitlines():
            reject = json.loads(line)
            found[reject["url"]] = reject["reason"]
    return found


def _extracted(
    folder: Path, server: HostileServer, bodies: dict[str, bytes], crawled: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return what ``extract`` makes of the same bytes, with their addresses and times."""
    rows = []
    for number, (path, body) in enumerate(bodies.items()):
        saved = folder / f"{number}.html"
        saved.write_bytes(body)
        rows.append(json.dumps({"file": str(saved), "url": server.url(path)}))
    (folder / "pages.jsonl").write_text("\n".join(rows), encoding="utf-8")
    moments = {record["fetched_at"] for record in crawled.values()}
    out = folder / "extracted.jsonl"
    main(
        ["extract", "--urls", str(folder / "pages.jsonl"), "-o", str(out), "--fetched-at",
         max(moments), "--rejects", str(folder / "extract-rejects.jsonl")]
    )  # fmt: skip
    return by_url(out)


def test_the_archive_gives_the_records_of_its_crawl(runs: Runs) -> None:
    assert len(runs.crawled) > 28
    assert runs.archived == runs.crawled


def test_the_archive_refuses_what_its_crawl_refused(runs: Runs) -> None:
    # A crawl also knows pages that it never got: those are in no archive.
    assert runs.archive_rejected
    for url, reason in runs.archive_rejected.items():
        assert runs.rejected[url] == reason, url
    assert runs.rejected[f"{runs.origin}/untrue/coding"] == "bad_encoding"
    assert runs.archive_rejected[f"{runs.origin}/untrue/coding"] == "bad_encoding"


def test_extract_gives_the_records_of_the_crawl(runs: Runs) -> None:
    compared = 0
    for url, record in runs.crawled.items():
        path = urlsplit(url).path
        if path.startswith(("/parts/", "/twin/", "/reserved/")):
            # Several pages are one record only for who fetches them all; no file has a setting.
            continue
        other = runs.extracted[url]
        # Each page came at a time of its own.
        assert {**other, "fetched_at": None} == {**record, "fetched_at": None}, url
        compared += 1
    assert compared > 25


def test_a_page_that_refreshes_after_a_minute_is_a_record_by_every_way(runs: Runs) -> None:
    crawled, again, extracted = runs.of("/refresh/after-a-minute")
    assert crawled is not None
    assert crawled["headline"] == "A page that reloads itself"
    assert again == crawled
    assert extracted is not None


def test_a_page_that_refreshes_at_once_leads_on(runs: Runs) -> None:
    assert runs.of("/refresh/at-once")[:2] == (None, None)
    assert f"{runs.origin}/refresh/at-once" not in runs.archive_rejected


def test_pages_of_one_article_are_one_record(runs: Runs) -> None:
    crawled, again, _ = runs.of("/parts/long-read")
    assert crawled is not None
    assert "The second page begins" in crawled["body"]
    assert again == crawled


def test_a_body_that_is_reserved_is_withheld_again(runs: Runs) -> None:
    crawled, again, _ = runs.of("/reserved/by-noarchive")
    assert crawled is not None
    assert crawled["body"] is None
    assert crawled["rights"]["body_withheld"] == {"value": "noarchive", "source": "setting"}
    assert again == crawled


def test_texts_are_normalised_by_every_way(runs: Runs) -> None:
    for record in runs.of("/blanks/in-a-headline"):
        assert record is not None
        assert record["headline"] == "A headline with blanks"
