"""The sample news site of ``newscrawl demo``, served over HTTP on the loopback interface.

``fixtures/demo/`` holds it:

- ``site/``: the pages as files, ``site/town/a-story.html`` is served as ``/town/a-story`` and
  ``site/town/index.html`` as ``/town/``. Absolute links in them begin with `PLACEHOLDER`, which
  the server replaces with its own origin;
- ``responses.json``: what a file cannot say of itself, by path: see `Response`;
- ``expected.jsonl``: the record that a careful reader makes of each article;
- ``traps.json``: the pages that are no plain article, and what must become of each.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from newscrawl.evaluation.fixtures import FixtureError, fixtures_dir

PLACEHOLDER = b"http://demo.invalid"
"""Stands in the saved files for the origin that the site is served from."""

_NOT_FOUND = "errors/not-found.html"
_TEXT_TYPES = frozenset({"text/html", "text/css", "text/plain", "text/javascript", "text/xml"})


@dataclass(frozen=True, slots=True)
class Response:
    """The response of the server to one path; an entry of ``responses.json`` has these keys."""

    file: str | None = None
    """The file of the body, a path under ``site/``; None for an empty body."""

    status: int = HTTPStatus.OK
    """The status code."""

    location: str | None = None
    """The path or URL of a redirect."""

    type: str | None = None
    """The Content-Type header; by default what the file's name suggests, HTML as UTF-8."""

    gzip: bool = False
    """Whether the file is sent as a gzip file (not as a content coding)."""

    delay: float = 0.0
    """Seconds to wait before the answer."""

    fail_first: int | None = None
    """The status code that the first request of this path gets instead."""


def demo_dir() -> Path:
    """Return the folder of the sample site.

    Raises FixtureError when it is missing.
    """
    folder = fixtures_dir() / "demo"
    if not (folder / "site").is_dir():
        raise FixtureError(f"the sample site is missing: {folder / 'site'}")
    return folder


@contextmanager
def serve_demo(folder: Path | None = None) -> Iterator[str]:
    """Serve the sample site while the context lasts; yield its origin, without a last slash.

    It listens on 127.0.0.1, on a port that the system chooses, in a thread of its own. ``folder``
    is `demo_dir` by default. Raises FixtureError when the site cannot be read, OSError when no
    port can be had.
    """
    root = folder if folder is not None else demo_dir()
    with _Server(root / "site", _load_responses(root)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.origin
        finally:
            server.shutdown()
            thread.join()


def _load_responses(root: Path) -> dict[str, Response]:
    """Return how each path is answered: every file of the site, then ``responses.json`` over it."""
    site, declared = root / "site", root / "responses.json"
    responses = {}
    for file in sorted(site.rglob("*")):
        if file.is_file():
            name = file.relative_to(site).as_posix()
            responses[_path_of(name)] = Response(file=name)
    try:
        entries = json.loads(declared.read_text(encoding="utf-8"))
        for path, entry in entries.items():
            responses[path] = _declared_response(responses.get(path), entry)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise FixtureError(f"{declared}: {error}") from error
    return responses


def _declared_response(plain: Response | None, entry: dict[str, Any]) -> Response:
    if plain is not None:
        entry = {"file": plain.file, **entry}
    return Response(**entry)


def _path_of(name: str) -> str:
    """Return the path that a file is served as.

    >>> _path_of("index.html"), _path_of("town/index.html"), _path_of("town/a.html")
    ('/', '/town/', '/town/a')
    """
    return "/" + name.removesuffix("index.html").removesuffix(".html")


class _Server(ThreadingHTTPServer):
    """Answers from a table of responses."""

    daemon_threads = True

    def __init__(self, site: Path, responses: dict[str, Response]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.responses = responses
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self._failed: set[str] = set()
        self._lock = Lock()

    def response_for(self, path: str) -> Response:
        """Return the answer to a request of ``path`` (without its query)."""
        response = self.responses.get(path)
        if response is None:
            return Response(file=_NOT_FOUND, status=HTTPStatus.NOT_FOUND)
        if response.fail_first is not None:
            with self._lock:
                if path not in self._failed:
                    self._failed.add(path)
                    return Response(status=response.fail_first)
        return response

    def body_of(self, response: Response, content_type: str) -> bytes:
        """Return the bytes of an answer, with the site's own origin in its links."""
        if response.file is None:
            return b""
        body = (self.site / response.file).read_bytes()
        if response.gzip or _is_text(content_type):
            body = body.replace(PLACEHOLDER, self.origin.encode("ascii"))
        return gzip.compress(body, mtime=0) if response.gzip else body

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that closed the connection, as a crawler does that wants no PDF."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # One packet for headers and body: without it each answer waits for the client's delayed ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        response = self.server.response_for(urlsplit(self.path).path)
        time.sleep(response.delay)
        content_type = response.type or _content_type(response.file)
        body = self.server.body_of(response, content_type)
        self.send_response(response.status)
        if response.location is not None:
            self.send_header("Location", response.location)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep standard error for the crawl."""


def _content_type(file: str | None) -> str:
    guessed = mimetypes.guess_type(file or "")[0] or "text/html"
    return f"{guessed}; charset=utf-8" if _is_text(guessed) else guessed


def _is_text(content_type: str) -> bool:
    mime_type = content_type.partition(";")[0]
    return mime_type in _TEXT_TYPES or mime_type.endswith("xml")
