"""One way from a page to a record: a crawl, `archive` of its WARC files, `extract` of its pages.

Every answer of a crawl is in its WARC file, so the same bytes take all three ways, and whole
records and rejects are compared. What cannot be the same is named, with the reason:

- A crawl goes on to another page from a twin, from a page that refreshes at once, from a listing,
  and from a page to the next of its article. `extract` has one page, and says what that is.
- Of two articles with one text a crawl and an archive keep the first. `extract` keeps both.
- `extract` has no response: what headers, robots.txt and tdmrep.json reserve is not in ``rights``,
  and withholds no body.
- A crawl notes also what was never answered or not with success; there is no page to extract. A
  download that its Content-Type ended half-way is not kept.
- Those of the pages that are sent as gzip are no pages, and a browser would not save them.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc import ArchiveIterator, WarcRecordType

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.evaluation.demo import demo_dir, serve_demo
from newscrawl.evaluation.fixtures import find_fixtures
from tests.hostile.bodies import cut_coding
from tests.hostile.crawl import ROOT, SETTINGS
from tests.hostile.large_pages import DEEP_PAGES, LARGE_PAGES, deep_page
from tests.hostile.server import SENTENCES, HostileServer, article, as_bytes, feed, redirect, reply
from tests.hostile.test_pages import _NONE as PAGES_WITHOUT_ARTICLE
from tests.hostile.test_pages import _WHOLE as PAGES_THAT_HURT

SECONDS = 300
"""A net under the test; no run takes a fifth of it."""

NOT_READ = ("http_", "robots", "connection")
"""Beginnings of the reasons of what was not answered, or not with a page."""

HEADER_OR_HOST = ("header", "robots.txt", "tdmrep.json")
"""Sources of rights that a saved page does not have."""

Json = dict[str, Any]


@dataclass
class Made:
    """What one way made of the pages, by address."""

    records: dict[str, Json]
    rejects: dict[str, Json]


@dataclass
class Ways:
    """What became of the same pages on each way."""

    crawl: Made
    archive: Made
    extract: Made
    continued: set[str]
    """Addresses of the pages that say less than their articles: the first ones of several."""

    def record(self, url: str) -> Json:
        """Return the record of an address, which all ways make alike."""
        record = self.crawl.records[url]
        assert self.archive.records[url] == record
        return record

    def reason(self, url: str) -> str:
        """Return the reason of a reject, which all ways give alike."""
        reject = self.crawl.rejects[url]
        assert self.archive.rejects[url] == reject
        return str(reject["reason"])


def by_url(*paths: Path) -> dict[str, Json]:
    lines = [line for path in paths if path.exists() for line in path.read_text().splitlines()]
    found = {record["url"]: record for record in map(json.loads, lines)}
    assert len(found) == len(lines), "an address has several lines"
    return found


def all_ways(
    folder: Path,
    *targets: str,
    proxy: str = "",
    withhold: tuple[str, ...] = (),
    continued: set[str] | None = None,
    **settings: Any,
) -> Ways:
    settings["NEWSCRAWL_WITHHOLD_BODY"] = ",".join(withhold)
    return Ways(
        crawled(folder, *targets, proxy=proxy, **settings),
        archived(folder),
        extracted(folder, withhold),
        continued or set(),
    )


def crawled(folder: Path, *targets: str, proxy: str, **settings: Any) -> Made:
    settings = (
        SETTINGS
        | {
            "NEWSCRAWL_TDMREP": 1,
            "CONCURRENT_REQUESTS": 1,  # of two articles with one text the same is the first
            "HTTPPROXY_ENABLED": int(bool(proxy)),
        }
        | settings
    )
    command = [sys.executable, "-m", "newscrawl", "crawl", *targets]
    command += ["-o", "news.jsonl", "--rejects", "rejects.jsonl", "--warc", "warcs"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    if proxy:
        environment |= {"http_proxy": proxy, "https_proxy": proxy, "no_proxy": ""}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS,
        check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Made(by_url(folder / "news.jsonl"), by_url(folder / "rejects.jsonl"))


def archived(folder: Path) -> Made:
    again = folder / "again"
    assert main(["archive", str(folder / "warcs"), "-o", str(again)]) in {
        ExitCode.OK,
        ExitCode.PARTIAL,
    }
    return Made(by_url(*again.glob("*.jsonl")), by_url(*(again / "rejects").glob("*.jsonl")))


def extracted(folder: Path, withhold: tuple[str, ...]) -> Made:
    """Save every page of the WARC files as a browser would, and extract the saved pages."""
    saved = folder / "saved"
    saved.mkdir()
    for path in sorted((folder / "warcs").iterdir()):
        for number, each in enumerate(
            ArchiveIterator(str(path), record_types=WarcRecordType.response, parse_http=True)
        ):
            headers = {name.lower(): value for name, value in each.http_headers}
            content_type = headers.get("content-type", "")
            is_packed = headers.get("content-encoding") == "gzip"
            if each.http_headers.status_code == 200 and "html" in content_type and not is_packed:
                page = saved / f"{number:04}.mhtml"
                url = str(each.headers["WARC-Target-URI"])
                page.write_bytes(mhtml(url, content_type, each.reader.read()))
                arrived = datetime.fromisoformat(str(each.headers["WARC-Date"])).timestamp()
                os.utime(page, (arrived, arrived))
    output, rejects = folder / "extracted.jsonl", folder / "extracted-rejects.jsonl"
    options = [option for name in withhold for option in ("--withhold-body", name)]
    files = ["-o", str(output), "--rejects", str(rejects)]
    code = main(["extract", str(saved), *files, "--fetched-at", "mtime", *options])
    assert code in {ExitCode.OK, ExitCode.PARTIAL}
    return Made(by_url(output), by_url(rejects))


def mhtml(url: str, content_type: str, page: bytes) -> bytes:
    head = (
        f"MIME-Version: 1.0\nSnapshot-Content-Location: {url}\n"
        'Content-Type: multipart/related; boundary="edge"\n\n'
        f"--edge\nContent-Type: {content_type}\nContent-Location: {url}\n"
        "Content-Transfer-Encoding: base64\n\n"
    )
    return head.encode() + base64.encodebytes(page) + b"\n--edge--\n"


def as_saved(record: Json, extracted: Json) -> Json:
    """Return a record as it is without what a saved page cannot say."""
    rights = {
        name: right
        for name, right in record["rights"].items()
        if right["source"] not in HEADER_OR_HOST
    }
    if "body_withheld" in rights and "body_withheld" not in extracted["rights"]:
        assert "robots" not in rights, "the page itself reserves it"
        del rights["body_withheld"]
        record = record | {"body": extracted["body"], "sources": extracted["sources"]}
    return record | {"rights": rights}


def is_kept(reject: Json) -> bool:
    """Return whether the bytes of a reject are in the WARC file."""
    was_stopped = reject["detail"] == "Content-Type: application/pdf"
    return not was_stopped and not reject["reason"].startswith(NOT_READ)


def assert_the_same(ways: Ways) -> None:
    crawl, archive, extract = ways.crawl, ways.archive, ways.extract
    assert archive.records == crawl.records
    read = {url: reject for url, reject in crawl.rejects.items() if is_kept(reject)}
    assert archive.rejects == read
    for url, record in crawl.records.items():
        if url not in ways.continued:
            assert extract.records[url] == as_saved(record, extract.records[url])
    for url in extract.rejects.keys() & read.keys():
        assert extract.rejects[url] == read[url]
    assert not extract.rejects.keys() & crawl.records.keys()
    assert not extract.records.keys() & read.keys()


# --- the demo ---


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Ways:
    with serve_demo() as origin:
        return all_ways(tmp_path_factory.mktemp("demo"), f"{origin}/", RETRY_TIMES=1)


def test_the_demo_gives_one_record_whichever_way_it_goes(demo: Ways) -> None:
    expected = (demo_dir() / "expected.jsonl").read_text().splitlines()
    assert len(demo.crawl.records) == len(expected)
    assert_the_same(demo)


# --- fixtures, hostile pages, and what a crawl goes on from ---

HOST = "http://www.oneway.example"
REFUSED = "http://www.reserved.example"
WITHHOLD = ("noarchive", "tdm-reservation")
LARGE = (
    "huge colspan", "question marks", "nested figures in the article",
    "100,000 spaces about a dash", "600 <time> around 2 MB",
)  # fmt: skip
"""Pages that hurt by their size."""


def page(headline: str, *, head: str = "", body: str = "") -> str:
    """Return an article whose text no other page has."""
    text = article(headline, head=head).replace("The council", f"On {headline} the council")
    return text.replace("</article>", f"</article>{body}")


def refresh(seconds: int, url: str) -> str:
    return f'<meta http-equiv="refresh" content="{seconds}; url={url}">'


class Proxy(HostileServer):
    """Answers for any host; its paths are whole addresses, as a proxy is asked for them."""

    def url(self, path: str) -> str:
        return path


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    with Proxy() as server:
        urls = [*add_fixtures(server), *add_hostile(server), *add_own(server)]
        server.add(f"{HOST}/rss", reply(feed(*urls), "application/rss+xml"))
        yield all_ways(
            tmp_path_factory.mktemp("ways"), f"{HOST}/rss", *add_lists(server),
            proxy=server.origin, withhold=WITHHOLD, continued={f"{HOST}/several"},
        )  # fmt: skip


def add_fixtures(server: Proxy) -> Iterator[str]:
    """Serve every fixture at its own address; a crawl takes no dump, so those are not among them.

    The server speaks no TLS, so the sites are at http.
    """
    for fixture in find_fixtures():
        if fixture.page.suffix == ".html":
            content_type = fixture.headers.get("content-type", "text/html")
            body = fixture.page.read_bytes().replace(b"https://", b"http://")
            url = fixture.expected["url"].replace("https://", "http://")
            yield server.add(url, reply(body, content_type))


def add_hostile(server: Proxy) -> Iterator[str]:
    pages: dict[str, str | bytes] = dict(PAGES_THAT_HURT)
    pages |= {name: body for name, (body, _) in PAGES_WITHOUT_ARTICLE.items()}
    pages |= {f"deep-{n}": deep_page(name) for n, name in enumerate(DEEP_PAGES)}
    pages |= {f"large-{n}": LARGE_PAGES[name]() for n, name in enumerate(LARGE)}
    for name, body in pages.items():
        # One text is one article: each page has a paragraph of its own.
        own = f"<p>This was said of the page called {name}, and of no other.</p></article>"
        answer = reply(as_bytes(body).replace(b"</article>", own.encode()), "text/html")
        yield server.add(f"http://www.hostile.example/{name}", answer)


def add_own(server: Proxy) -> Iterator[str]:
    robots = "User-agent: *\nAllow: /\nContent-Usage: train-ai=n\n"
    tdm = '[{"location": "/tdm", "tdm-reservation": 1}]'
    server.add(f"{REFUSED}/robots.txt", reply(robots, "text/plain"))
    server.add(f"{REFUSED}/.well-known/tdmrep.json", reply(tdm, "application/json"))
    noarchive = '<meta name="robots" content="noarchive">'
    canonical = f'<link rel="canonical" href="{HOST}/original">'
    at_once, second = refresh(2, f"{HOST}/refreshed-to"), f"{HOST}/several/2"
    in_script = f"<script>document.write('{refresh(1, HOST + '/refreshed-to')}')</script>"
    next_page = f'<p><a rel="next" href="{second}">Next page</a></p>'
    pages: dict[str, str | bytes] = {
        f"{HOST}/original": page("An original", head=canonical),
        f"{HOST}/amp/original": page("An original", head=canonical),
        f"{HOST}/in-a-minute": page("A page that reloads", head=refresh(60, f"{HOST}/elsewhere")),
        f"{HOST}/at-once": page("A page on the way", head=at_once),
        f"{HOST}/at-once-in-utf-16": page("A page in UTF-16", head=at_once).encode("utf-16"),
        f"{HOST}/at-once-in-a-script": page("A page that a script leaves", head=in_script),
        f"{HOST}/far-down": page("A long head", head=" " * 5000 + at_once),
        f"{HOST}/refreshed-to": page("A page at the end of the way"),
        f"{HOST}/mail": page("A page that writes", head=refresh(0, "mailto:news@oneway.example")),
        f"{HOST}/nowhere": page("A page that leads nowhere", head=refresh(0, "http://[oneway")),
        f"{HOST}/several": page("Several pages", body=next_page),
        f"{HOST}/blanks": page("A\u00a0 headline\u200b with   blanks"),
        f"{REFUSED}/meta": page("A page not to be archived", head=noarchive),
        f"{REFUSED}/tdm": page("A page not to be mined"),
        f"{REFUSED}/free": page("A page that is free"),
    }
    codings = {"called-gzip": "gzip", "unknown-coding": "x-own", "identity": "identity"}
    for url, body in pages.items():
        yield server.add(url, reply(body))
    for name, coding in codings.items():
        answer = reply(page(f"It is {name}"), headers={"Content-Encoding": coding})
        yield server.add(f"{HOST}/{name}", answer)
    pdf = reply(gzip.compress(b"%PDF-1.7\n\x00\x01\x02"), headers={"Content-Encoding": "gzip"})
    yield server.add(f"{HOST}/binary", pdf)
    cut = cut_coding("A page that breaks off", "gzip")
    yield server.add(f"{HOST}/cut-gzip", cut)
    header = reply(page("By a header"), headers={"X-Robots-Tag": "noarchive"})
    yield server.add(f"{REFUSED}/header", header)
    moved = redirect(f"{HOST}/moved-to", 301)
    yield server.add(f"{HOST}/moved-from", moved)
    server.add(second, reply(page("Several pages, the second")))
    server.add(f"{HOST}/moved-to", reply(page("A page that has moved")))


def add_lists(server: Proxy) -> Iterator[str]:
    """Serve start pages: one that looks like a list, one that is read first and has no headline."""
    names = [f"a-story-of-the-harbour-number-{n}" for n in range(8)]
    links = "".join(
        f'<li><a href="/2024/05/{name}">The {name} of them all</a></li>' for name in names
    )
    paragraphs = "".join(f"<p>{sentence * 4}</p>" for sentence in SENTENCES)
    yield server.add(f"{HOST}/world", reply(f"<title>World</title><ul>{links}</ul>"))
    yield server.add(f"{HOST}/harbour", reply(f"<ul>{links}</ul>{paragraphs}"))
    yield server.add(f"{HOST}/start", reply(page("A start that is an article")))


def test_every_page_gives_one_record_whichever_way_it_goes(ways: Ways) -> None:
    assert len(ways.crawl.records) > 70
    assert len(ways.crawl.rejects) > 10
    assert_the_same(ways)


@pytest.mark.parametrize(
    "path",
    ["moved-to", "original", "in-a-minute", "refreshed-to", "far-down", "mail", "nowhere",
     "several", "start", "identity", "unknown-coding", "blanks"],
)  # fmt: skip
def test_what_is_a_record(ways: Ways, path: str) -> None:
    assert ways.record(f"{HOST}/{path}")["body"]


@pytest.mark.parametrize(
    "path", ["moved-from", "at-once", "at-once-in-utf-16", "amp/original", "world", "harbour"]
)
def test_what_a_crawl_goes_on_from_is_neither_record_nor_reject(ways: Ways, path: str) -> None:
    for made in (ways.crawl, ways.archive):
        assert f"{HOST}/{path}" not in made.records.keys() | made.rejects.keys()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("called-gzip", "bad_encoding"),
        ("cut-gzip", "cut_short"),
        ("binary", "not_html"),
    ],
)
def test_what_is_a_reject(ways: Ways, path: str, reason: str) -> None:
    assert ways.reason(f"{HOST}/{path}") == reason


def test_the_pages_of_an_article_are_one_record(ways: Ways) -> None:
    body = ways.record(f"{HOST}/several")["body"]
    assert "On Several pages the council" in body
    assert "On Several pages, the second the council" in body
    assert f"{HOST}/several/2" not in ways.crawl.records


@pytest.mark.parametrize(
    ("path", "reservation"),
    [("meta", "noarchive"), ("header", "noarchive"), ("tdm", "tdm-reservation"), ("free", None)],
)
def test_a_reserved_body_is_withheld(ways: Ways, path: str, reservation: str | None) -> None:
    record = ways.record(f"{REFUSED}/{path}")
    assert record["rights"].get("body_withheld", {}).get("value") == reservation
    assert (record["body"] is None) == (reservation is not None)
    assert record["rights"]["content_usage"]["source"] == "robots.txt"


def test_extract_withholds_what_the_page_itself_reserves(ways: Ways) -> None:
    withheld = {
        url for url, record in ways.extract.records.items() if "body_withheld" in record["rights"]
    }
    assert withheld == {f"{REFUSED}/meta"}
    assert ways.extract.records[f"{REFUSED}/meta"]["body"] is None


def test_an_archive_keeps_to_the_settings_of_its_crawl(tmp_path: Path) -> None:
    with HostileServer() as server:
        away = refresh(60, server.add_article("/elsewhere", "A page elsewhere"))
        urls = [
            server.add("/in-a-minute", reply(page("A page that reloads", head=away))),
            server.add(
                "/several",
                reply(page("Several", body=f'<a rel="next" href="{server.url("/2")}">Next</a>')),
            ),
        ]
        server.add_article("/2", "Several")
        server.add("/rss", reply(feed(*urls), "application/rss+xml"))
        settings = {"METAREFRESH_MAXDELAY": 100, "NEWSCRAWL_MAX_ARTICLE_PAGES": 1}
        made = crawled(tmp_path, server.url("/rss"), proxy="", **settings)
    assert made.records.keys() == {server.url("/elsewhere"), server.url("/several")}
    assert archived(tmp_path) == made
