"""A server on loopback that answers as badly as it is told to, byte by byte.

A case is a *handler*, a coroutine that takes an `Exchange`: what was asked, and the raw
connection to answer on. Small handlers and makers of handlers stand here; each family of cases
keeps its own in a file beside its tests.

    async def half(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\\r\\nContent-Length: 1000\\r\\n\\r\\n<p>Half")

    with HostileServer("127.0.0.2") as server:
        server.add("/half", half)
        ...  # crawl server.url("/half"), then look at server.asked

On Linux every address of 127.0.0.0/8 is this machine: servers on different ones are different
sites to a crawl. A connection carries one exchange and is closed after it.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from threading import Thread
from types import TracebackType
from typing import Self

SENTENCES = (
    "The council voted late on Monday to rebuild the old covered market by the river. ",
    "Its roof, which dates from 1903, had leaked for eleven winters in a row. ",
    "Traders will move into tents on the quay while the work goes on. ",
    "The cost is put at four million, half of it borne by the region. ",
    "Nobody on the benches spoke against the plan, though three members abstained. ",
    "The first stalls should be back under the new glass by the spring of next year. ",
)
_TLS_HANDSHAKE = b"\x16"
ROBOTS = b"User-agent: *\nAllow: /\n"


@dataclass
class Exchange:
    """One request and the connection that its answer goes to."""

    method: str
    target: str
    """As it was asked for: path and query."""
    headers: dict[str, str]
    """By lower-case name."""
    nth: int
    """How many times this target has been asked for, this time included."""
    writer: asyncio.StreamWriter

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    def send(self, data: bytes) -> None:
        """Send bytes as they are, status line and headers among them."""
        self.writer.write(data)

    def reply(
        self,
        body: bytes | str,
        content_type: str = "text/html; charset=utf-8",
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send a whole answer; ``headers`` win over those that it has anyway."""
        self.send(head(body, content_type, status=status, headers=headers) + as_bytes(body))

    async def drain(self) -> None:
        """Wait until the other side has taken most of what was sent; may raise OSError."""
        await self.writer.drain()

    async def gone(self) -> None:
        """Wait until the other side has gone away."""
        while not self.writer.is_closing():
            await asyncio.sleep(0.05)

    def reset(self) -> None:
        """End the connection by a reset, not in order."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Handler = Callable[[Exchange], Awaitable[None]]


class HostileServer:
    """Handlers by path, served in a thread of its own until the ``with`` block ends.

    ``asked`` holds the targets that were asked for, in order, robots.txt among them;
    ``exchanges`` the same with their headers; ``connections`` counts what was connected, asked or
    not. robots.txt allows everything unless another handler is added for it.
    """

    def __init__(self, host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> None:
        self.host = host
        self.exchanges: list[Exchange] = []
        self.connections = 0
        self._handlers: dict[str, Handler] = {"/robots.txt": reply(ROBOTS, "text/plain")}
        self._counts: Counter[str] = Counter()
        self._open: set[asyncio.Task[None]] = set()
        self._socket = socket.create_server((host, 0), family=_family(host))
        self._tls = tls
        name = f"[{host}]" if ":" in host else host
        self.port: int = self._socket.getsockname()[1]
        self.netloc = f"{name}:{self.port}"
        self.origin = f"{'https' if tls else 'http'}://{self.netloc}"
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def asked(self) -> list[str]:
        return [exchange.target for exchange in self.exchanges]

    def url(self, path: str) -> str:
        return self.origin + path

    def add(self, path: str, handler: Handler) -> str:
        """Let a path be answered so, whatever its query; returns its address."""
        self._handlers[path] = handler
        return self.url(path)

    def add_article(self, path: str, headline: str) -> str:
        """Let a path be answered with a good article; returns its address."""
        return self.add(path, reply(article(headline)))

    async def _listen(self) -> None:
        await asyncio.start_server(self._connected, sock=self._socket, ssl=self._tls)

    async def _stop(self) -> None:
        self._socket.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._answer(reader, writer)
        finally:
            self._open.discard(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readexactly(1)
        if first == _TLS_HANDSHAKE:
            writer.write(head(b"", status=400))
            return
        asked = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = asked[0].split(" ", 2)
        pairs = (line.partition(":") for line in asked[1:] if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        self._counts[target] += 1
        exchange = Exchange(method, target, headers, self._counts[target], writer)
        self.exchanges.append(exchange)
        await self._handlers.get(exchange.path, not_found)(exchange)
        await writer.drain()


def reply(
    body: bytes | str,
    content_type: str = "text/html; charset=utf-8",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Handler:
    """Return a handler that always gives this answer."""

    async def handler(exchange: Exchange) -> None:
        exchange.reply(body, content_type, status=status, headers=headers)

    return handler


def redirect(location: str, status: int = 302) -> Handler:
    """Return a handler that sends on to ``location``, which may be anything."""
    return reply(b"", status=status, headers={"Location": location})


def in_turn(*handlers: Handler) -> Handler:
    """Return a handler that answers the first request as the first, and so on; the last stays."""

    async def handler(exchange: Exchange) -> None:
        await handlers[min(exchange.nth, len(handlers)) - 1](exchange)

    return handler


async def not_found(exchange: Exchange) -> None:
    exchange.reply("<h1>Not found</h1>", status=404)


async def silence(exchange: Exchange) -> None:
    """Say nothing, until the other side goes away."""
    await exchange.gone()


async def reset(exchange: Exchange) -> None:
    """End the connection without an answer, by a reset."""
    exchange.reset()


def head(
    body: bytes | str,
    content_type: str = "text/html; charset=utf-8",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> bytes:
    """Return status line and headers of an answer, with the empty line after them."""
    fields = {
        "Content-Type": content_type,
        "Content-Length": str(len(as_bytes(body))),
        "Connection": "close",
    } | (headers or {})
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "surrogateescape")


def article(headline: str, *, head: str = "", date: str = "2024-05-06") -> str:
    """Return a page with an article of six paragraphs and JSON-LD."""
    data = {"@type": "NewsArticle", "headline": headline, "datePublished": date}
    paragraphs = "".join(f"<p>{sentence * 2}</p>" for sentence in SENTENCES)
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{head}'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f"<article><h1>{headline}</h1>{paragraphs}</article></body></html>"
    )


def feed(*links: str) -> str:
    """Return an RSS feed of links; what they hold is taken as it is."""
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return f"<rss><channel>{items}</channel></rss>"


def sitemap(*links: str) -> str:
    """Return a sitemap of links; what they hold is taken as it is."""
    entries = "".join(f"<url><loc>{link}</loc></url>" for link in links)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def as_bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
