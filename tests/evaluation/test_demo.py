"""The sample site: served as its files and ``responses.json`` say, and true to its own records."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from parsel import Selector

import newscrawl
from newscrawl.evaluation.demo import PLACEHOLDER, demo_dir, serve_demo
from newscrawl.evaluation.fixtures import FixtureError
from newscrawl.text.cleaning import clean_line

EXPECTED = [
    json.loads(line)
    for line in (demo_dir() / "expected.jsonl").read_text(encoding="utf-8").splitlines()
]
TRAPS = json.loads((demo_dir() / "traps.json").read_text(encoding="utf-8"))
CP1252_PATHS = ("/town/school-roof-money-found", "/business/salt-works-sold-to-staff")


@pytest.fixture
def origin() -> Iterator[str]:
    with serve_demo() as served:
        yield served


def get(origin: str, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=10)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return response.status, headers, response.read()
    finally:
        connection.close()


def text_of(body: bytes, encoding: str) -> str:
    return clean_line("".join(Selector(body.decode(encoding)).xpath("//body//text()").getall()))


def test_the_site_is_as_large_as_promised() -> None:
    assert len(EXPECTED) >= 25
    assert len(TRAPS) >= 12
    size = sum(file.stat().st_size for file in demo_dir().rglob("*") if file.is_file())
    assert size < 1_500_000


@pytest.mark.parametrize("record", EXPECTED, ids=lambda record: record["path"])
def test_what_is_expected_of_an_article_stands_in_its_page(
    record: dict[str, Any], origin: str
) -> None:
    status, _, body = get(origin, record["path"])
    if status == 503:  # the page that fails once
        status, _, body = get(origin, record["path"])
    text = text_of(body, "cp1252" if record["path"] in CP1252_PATHS else "utf-8")
    assert status == 200
    assert record["headline"] in text
    assert record["section"] in text
    for author in record["authors"]:
        assert author in text
    for field in ("caption", "credit"):
        assert not record[field] or record[field] in text, field
    for paragraph in record["body"].split("\n\n"):
        assert paragraph in text


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["path"])
def test_a_trap_says_what_must_become_of_it(trap: dict[str, str]) -> None:
    assert len({"record", "reject", "neither"} & set(trap)) == 1
    assert trap["trap"]
    assert trap.get("record") in {None, *(record["path"] for record in EXPECTED)}


def test_pages_link_to_the_server_they_come_from(origin: str) -> None:
    for path in ("/", "/town/", "/feed.xml", "/robots.txt", "/sitemap-index.xml"):
        status, _, body = get(origin, path)
        assert status == 200, path
        assert origin.encode() in body, path
        assert PLACEHOLDER not in body, path


@pytest.mark.parametrize(
    ("path", "status", "content_type"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/town/school-roof-money-found", 200, "text/html; charset=windows-1252"),
        ("/business/salt-works-sold-to-staff", 200, "text/html; charset=utf-8"),
        ("/feed.xml", 200, "application/rss+xml; charset=utf-8"),
        ("/documents/harbour-plan-2026", 200, "application/pdf"),
        ("/media/cannery-to-reopen-with-seaweed.jpg", 200, "image/jpeg"),
        ("/business/lottery-shop-winner", 200, "text/html; charset=utf-8"),
        ("/business/table-of-harbour-dues", 500, "text/html; charset=utf-8"),
        ("/no/such/page", 404, "text/html; charset=utf-8"),
        ("/../expected.jsonl", 404, "text/html; charset=utf-8"),
        ("/..%2fexpected.jsonl", 404, "text/html; charset=utf-8"),
    ],
)
def test_status_and_content_type(origin: str, path: str, status: int, content_type: str) -> None:
    found_status, headers, body = get(origin, path)
    assert (found_status, headers["content-type"]) == (status, content_type)
    assert int(headers["content-length"]) == len(body)


def test_a_page_that_is_called_utf8_is_not(origin: str) -> None:
    _, _, body = get(origin, "/business/salt-works-sold-to-staff")
    assert b"charset=utf-8" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "€3m – a year" in body.decode("cp1252")


def test_a_redirect(origin: str) -> None:
    status, headers, _ = get(origin, "/news/2025/10/flood-gate-first-test")
    assert (status, headers["location"]) == (301, "/town/flood-gate-passes-first-test")


def test_a_page_that_fails_once(origin: str) -> None:
    path = "/business/tram-maker-lands-first-order"
    assert [get(origin, path)[0] for _ in range(3)] == [503, 200, 200]


def test_a_gzipped_sitemap_names_this_server(origin: str) -> None:
    _, headers, body = get(origin, "/sitemap-archive.xml.gz")
    assert "content-encoding" not in headers
    assert f"<loc>{origin}/archive/2011/whale-in-the-roads</loc>".encode() in gzip.decompress(body)


def test_head_has_no_body(origin: str) -> None:
    status, headers, body = get(origin, "/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 1000


def test_every_article_is_named_in_a_feed_or_sitemap(origin: str) -> None:
    named = get(origin, "/feed.xml")[2] + get(origin, "/sitemap-news.xml")[2]
    named += get(origin, "/sitemap-pages.xml")[2] + get(origin, "/sitemap-archive.xml")[2]
    missing = [one["path"] for one in EXPECTED if f"{origin}{one['path']}".encode() not in named]
    assert missing == []


def test_the_server_ends_with_its_context() -> None:
    with serve_demo() as origin:
        assert get(origin, "/")[0] == 200
    with pytest.raises(ConnectionRefusedError):
        get(origin, "/")


def test_two_servers_at_once() -> None:
    with serve_demo() as one, serve_demo() as other:
        assert one != other
        assert other.encode() in get(other, "/")[2]
        assert other.encode() not in get(one, "/")[2]


@pytest.mark.parametrize(
    ("responses", "message"),
    [
        (None, "responses.json"),
        ("{", "responses.json"),
        ("[]", "responses.json"),
        ('{"/": {"colour": "red"}}', "colour"),
    ],
)
def test_a_site_that_cannot_be_served(tmp_path: Path, responses: str | None, message: str) -> None:
    (tmp_path / "site").mkdir()
    if responses is not None:
        (tmp_path / "responses.json").write_text(responses, encoding="utf-8")
    with pytest.raises(FixtureError, match=message), serve_demo(tmp_path):
        pass


def test_the_installed_package_has_the_site_beside_it(tmp_path: Path) -> None:
    """A wheel holds the fixtures as ``newscrawl/_fixtures``; the repository is not there."""
    package = Path(newscrawl.__file__).parent
    shutil.copytree(
        package, tmp_path / "newscrawl", ignore=shutil.ignore_patterns("__pycache__", "_fixtures")
    )
    shutil.copytree(demo_dir(), tmp_path / "newscrawl" / "_fixtures" / "demo")
    code = "from newscrawl.evaluation.demo import demo_dir; print(demo_dir())"
    command = [sys.executable, "-P", "-c", code]
    found = subprocess.run(
        command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()) == tmp_path / "newscrawl" / "_fixtures" / "demo"
