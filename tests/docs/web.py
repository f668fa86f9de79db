"""A stand-in for the web: a proxy on loopback that answers for every host of the documentation.

The commands in ``docs/`` name addresses like ``https://www.example.org/``. Behind this proxy each
host is the sample site of ``newscrawl demo``, but for those with a folder in ``tests/docs/site/``,
which holds their pages. ``https`` works as it does through any proxy, by CONNECT, with a
certificate of an authority that the commands are told to trust.
"""

from __future__ import annotations

import json
import mimetypes
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trustme

from newscrawl.evaluation.demo import PLACEHOLDER, demo_dir

HOSTS = Path(__file__).parent / "site"

_NAMES_OF_DEMO = {"feed": "feed.xml", "rss": "feed.xml", "sitemap.xml": "sitemap-index.xml"}


class Web:
    """The proxy, while it serves; ``environment`` is what leads a command to it."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        trusted = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(trusted)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.environment = {
            "http_proxy": proxy,
            "https_proxy": proxy,
            "SSL_CERT_FILE": str(trusted),
            "CURL_CA_BUNDLE": str(trusted),
        }

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _context(self, host: str) -> ssl.SSLContext:
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            scheme = "http"

            def do_CONNECT(self) -> None:
                host = self.path.rpartition(":")[0]
                self.send_response(200)
                self.end_headers()
                inner = web._context(host).wrap_socket(self.connection, server_side=True)
                self.connection, self.scheme = inner, "https"
                self.rfile = inner.makefile("rb")
                self.wfile = _Writer(inner)
                self.close_connection = False

            def do_GET(self) -> None:
                split = urlsplit(self.path)
                host = split.netloc or self.headers["Host"]
                found = _find(host, split.path)
                body = found.read_bytes() if found else b"<h1>Not found</h1>"
                body = body.replace(PLACEHOLDER, f"{self.scheme}://{host}".encode())
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", _content_type(found))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                return

        return Handler


class _Writer:
    """What http.server writes to, on a TLS connection."""

    closed = False

    def __init__(self, connection: ssl.SSLSocket) -> None:
        self._connection = connection

    def write(self, data: bytes) -> int:
        self._connection.sendall(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        self.closed = True


def _find(host: str, path: str) -> Path | None:
    """Return the file that a host has at a path."""
    own = HOSTS / host.partition(":")[0]
    folder = own if own.is_dir() else demo_dir() / "site"
    name = path.lstrip("/")
    if folder != own:
        name = _NAMES_OF_DEMO.get(name, name)
    responses = json.loads((demo_dir() / "responses.json").read_text(encoding="utf-8"))
    declared = responses.get(path, {}) if folder != own else {}
    names = [declared.get("file"), name, f"{name}.html", f"{name}index.html", f"{name}/index.html"]
    for each in filter(None, names):
        file = (folder / each).resolve()
        if file.is_file() and file.is_relative_to(folder.resolve()):
            return file
    return None


def _content_type(file: Path | None) -> str:
    if file is None:
        return "text/html"
    if file.name == "feed.xml":
        return "application/rss+xml"
    return mimetypes.guess_type(file.name)[0] or "text/html"
