"""A site of the test's own making, served over real HTTP on the loopback interface."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.servers import PostgreSQL, Redis, missing, postgresql, redis

SENTENCES = (
    "The council voted late on Monday to rebuild the old covered market by the river. ",
    "Its roof, which dates from 1903, had leaked for eleven winters in a row. ",
    "Traders will move into tents on the quay while the work goes on. ",
    "The cost is put at four million, half of it borne by the region. ",
    "Nobody on the benches spoke against the plan, though three members abstained. ",
    "The first stalls should be back under the new glass by the spring of next year. ",
)


class LocalSite:
    """Pages by path; what was asked for stands in ``asked``, in order, ``answered`` with status.

    A path that is answered with an ETag is answered with 304 where the client has it.

    ``headers`` holds those of the last request of each path. ``host`` is a loopback address.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.asked: list[str] = []
        self.answered: list[tuple[str, int]] = []
        self.headers: dict[str, Mapping[str, str]] = {}
        self.agents: set[str] = set()
        self._answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = {}
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.origin = f"http://{host}:{self._server.server_address[1]}"
        self.add("/robots.txt", "User-agent: *\nAllow: /\n", "text/plain")

    def url(self, path: str) -> str:
        return f"{self.origin}{path}"

    def add(
        self,
        path: str,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Let a path be answered so, always; returns its address."""
        self._answers[path] = [(status, self._headers(content_type, headers), _bytes(body))]
        return self.url(path)

    def add_next(self, path: str, body: str | bytes, *, status: int = 200) -> None:
        """Let a path be answered so once the answers before have been given."""
        self._answers[path].append((status, self._headers("text/html", None), _bytes(body)))

    def body_of(self, path: str) -> bytes:
        return self._answers[path][0][2]

    def article(self, path: str, headline: str, *, head: str = "", date: str = "2024-05-06") -> str:
        """Add an article of six sentences with JSON-LD; returns its address."""
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": headline,
            "datePublished": date,
        }
        paragraphs = "".join(f"<p>{sentence * 2}</p>" for sentence in SENTENCES)
        return self.add(
            path,
            f'<!doctype html><html lang="en"><head><title>{headline}</title>{head}'
            f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
            f'<article><h1>{headline}</h1><time datetime="{date}">{date}</time>'
            f"{paragraphs}</article></body></html>",
        )

    def listing(self, path: str, links: dict[str, str], *, head: str = "", menu: str = "") -> str:
        """Add a page of teasers, address to text; returns its address."""
        teasers = "".join(f'<h2><a href="{url}">{text}</a></h2>' for url, text in links.items())
        return self.add(
            path,
            f'<!doctype html><html lang="en"><head><title>News</title>{head}</head><body>'
            f"<nav>{menu}</nav><main>{teasers}</main></body></html>",
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @staticmethod
    def _headers(content_type: str, more: dict[str, str] | None) -> dict[str, str]:
        return ({"Content-Type": content_type} if content_type else {}) | (more or {})

    def _answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        answers = self._answers.get(path)
        if answers is None:
            return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers[self.path] = self.headers
                site.agents.add(self.headers.get("User-Agent", ""))
                status, headers, body = site._answer(self.path)
                if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, b""
                site.answered.append((self.path, status))
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                return

        return Handler


def _bytes(body: str | bytes) -> bytes:
    return body.encode() if isinstance(body, str) else body


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A PostgreSQL of the tests' own; skips the test where there is none to start."""
    if absent := missing("initdb", "postgres"):
        pytest.skip(f"{', '.join(absent)} of PostgreSQL not installed: apt install postgresql")
    with postgresql() as server:
        yield server


@pytest.fixture
def redis_server() -> Iterator[Redis]:
    """A Redis of the test's own, with an append-only file; skips where there is none to start."""
    if absent := missing("redis-server"):
        pytest.skip(f"{absent[0]} not installed: apt install redis-server")
    with redis() as server:
        yield server


@pytest.fixture
def site() -> Iterator[LocalSite]:
    """A site with a robots.txt that allows everything, and nothing else yet."""
    local_site = LocalSite()
    yield local_site
    local_site.close()
