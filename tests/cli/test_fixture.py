"""``newscrawl fixture add`` as a user runs it, against a real server on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newscrawl.evaluation.fixtures import fixtures_dir, load_fixture

PAGE = """<!DOCTYPE html><html lang="{lang}"><head><title>{headline}</title>
<meta property="article:published_time" content="2024-05-16T09:30:00+02:00"></head>
<body><article><h1>{headline}</h1>{paragraphs}</article></body></html>"""
ENGLISH = PAGE.format(
    lang="en",
    headline="The quarry pond opens for bathers",
    paragraphs="<p>The gate was unlocked at nine on Thursday, and forty people were waiting.</p>"
    "<p>The water, said the warden, is colder than it looks and deeper than it looks.</p>",
)
RUSSIAN = PAGE.format(
    lang="ru",
    headline="Пруд у карьера открыли для купания",
    paragraphs="<p>Ворота отперли в четверг в девять утра, и у них уже ждали сорок человек.</p>"
    "<p>Вода, сказал сторож, холоднее и глубже, чем кажется с берега.</p>",
)


class Handler(BaseHTTPRequestHandler):
    agents: list[str]

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.answer(b"User-agent: *\nDisallow: /private/\n", "text/plain")
        elif self.path == "/old":
            self.send_response(301)
            self.send_header("Location", "/news/quarry-pond-opens-48812.html")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path.startswith("/news/"):
            self.server.agents.append(self.headers["User-Agent"])  # type: ignore[attr-defined]
            self.answer(ENGLISH.encode(), "text/html; charset=utf-8")
        elif self.path.startswith("/ru/"):
            self.answer(RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r")
        elif self.path == "/private/page.html":
            self.answer(ENGLISH.encode(), "text/html")
        else:
            self.send_error(404)

    def answer(self, body: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing on the tests' standard error."""


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.agents: list[str] = []
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def add(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newscrawl", "fixture", "add", *arguments]
    return subprocess.run(
        [*command, "--into", str(folder)], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_page_on_the_web_is_saved_with_a_first_record(server: Server, tmp_path: Path) -> None:
    ended = add(tmp_path, f"{server.origin}/old", "--site", "quarry", "--contact", "ed@example.org")
    folder = tmp_path / "quarry" / "quarry-pond-opens-48812"
    assert (ended.returncode, ended.stdout) == (0, f"{folder}\n"), ended.stderr
    assert (folder / "page.html").read_bytes() == ENGLISH.encode()
    record = json.loads((folder / "article.json").read_text(encoding="utf-8"))
    assert record["url"] == f"{server.origin}/news/quarry-pond-opens-48812.html"
    assert record["headline"] == "The quarry pond opens for bathers"
    assert record["date"] == "2024-05-16T09:30:00+02:00"
    assert not {"sources", "rights", "content_hash", "revision"} & record.keys()
    assert "review" in ended.stderr
    assert not (folder / "headers.json").exists()
    assert all(
        agent.startswith("newscrawl/") and "ed@example.org" in agent for agent in server.agents
    )
    assert server.agents


def test_a_new_fixture_is_what_newscrawl_makes_of_the_page(server: Server, tmp_path: Path) -> None:
    ended = add(tmp_path, f"{server.origin}/ru/karier.html", "--site", "prud", "--slug", "prud")
    assert ended.returncode == 0, ended.stderr
    fixture = load_fixture(tmp_path / "prud" / "prud")
    assert fixture.expected["headline"] == "Пруд у карьера открыли для купания"
    assert fixture.headers == {"content-type": "text/html; charset=koi8-r"}
    assert fixture.differences(fixture.extract()) == []


def test_a_fixture_is_not_overwritten_unless_forced(server: Server, tmp_path: Path) -> None:
    page = f"{server.origin}/news/pond-opens.html"
    folder = tmp_path / "quarry" / "pond-opens"
    assert add(tmp_path, page, "--site", "quarry").returncode == 0
    (folder / "article.json").write_text("reviewed", encoding="utf-8")
    (folder / "xfail.json").write_text("{}", encoding="utf-8")
    ended = add(tmp_path, page, "--site", "quarry")
    assert ended.returncode == 2
    assert "--force" in ended.stderr
    assert (folder / "article.json").read_text(encoding="utf-8") == "reviewed"
    assert add(tmp_path, page, "--site", "quarry", "--force").returncode == 0
    assert load_fixture(folder).expected["headline"] == "The quarry pond opens for bathers"
    assert not (folder / "xfail.json").exists()


def test_a_saved_page_is_kept_byte_for_byte(tmp_path: Path) -> None:
    saved = tmp_path / "saved.htm"
    saved.write_bytes(RUSSIAN.replace("<head>", '<head><meta charset="cp1251">').encode("cp1251"))
    url = "https://example.org/2024/05/prud-otkryt/"
    ended = add(tmp_path, str(saved), "--site", "prud", "--url", url)
    assert ended.returncode == 0, ended.stderr
    fixture = load_fixture(tmp_path / "prud" / "prud-otkryt")
    assert fixture.page.read_bytes() == saved.read_bytes()
    assert fixture.expected["url"] == url
    assert "fetched_at" not in fixture.expected


def test_a_text_dump_is_kept_as_text(tmp_path: Path) -> None:
    dump = (fixtures_dir() / "telesur-en" / "vostochny-dump" / "page.txt").read_text("utf-8")
    saved = tmp_path / "dump.txt"
    saved.write_text(dump, encoding="utf-16")
    ended = add(tmp_path, str(saved), "--site", "s", "--slug", "d", "--url", "https://example.org/")
    assert ended.returncode == 0, ended.stderr
    assert load_fixture(tmp_path / "s" / "d").page.read_text("utf-8") == dump


@pytest.mark.parametrize(
    ("path", "message", "code"),
    [
        ("/private/page.html", "robots.txt forbids it", 4),
        ("/gone.html", "the server answered 404", 4),
    ],
)
def test_a_page_that_cannot_be_fetched_is_named(
    server: Server, tmp_path: Path, path: str, message: str, code: int
) -> None:
    ended = add(tmp_path / "fixtures", server.origin + path, "--site", "quarry")
    assert ended.returncode == code
    assert ended.stderr.splitlines() == [
        f"newscrawl: could not fetch {server.origin}{path}: {message}"
    ]
    assert not (tmp_path / "fixtures").exists()


@pytest.mark.parametrize(
    ("name", "content", "arguments", "message", "code"),
    [
        ("none.html", None, (), "No such file", 4),
        ("page.pdf", b"%PDF-1.7", (), "neither an address", 2),
        ("page.html", b"", (), "empty", 4),
        ("page.html", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", (), "binary", 4),
        ("page.html", ENGLISH.encode(), (), "--url", 2),
        ("page.html", ENGLISH.encode(), ("--url", "https://example.org/9/"), "--slug", 2),
        ("page.html", ENGLISH.encode(), ("--slug", "../up"), "--slug ../up", 2),
    ],
)
def test_what_cannot_be_kept_is_told_in_one_line(
    tmp_path: Path,
    name: str,
    content: bytes | None,
    arguments: tuple[str, ...],
    message: str,
    code: int,
) -> None:
    page = tmp_path / name
    if content is not None:
        page.write_bytes(content)
    ended = add(tmp_path / "fixtures", str(page), "--site", "quarry", *arguments)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert len(ended.stderr.splitlines()) == 1
    assert message in ended.stderr
    assert not (tmp_path / "fixtures").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "fixtures").write_text("a file", encoding="utf-8")
    url = "https://example.org/news/pond"
    ended = add(tmp_path / "fixtures", str(page), "--site", "quarry", "--url", url)
    assert ended.returncode == 5
    assert "cannot write" in ended.stderr
