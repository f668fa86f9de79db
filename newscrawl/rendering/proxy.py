"""A proxy on loopback for one page in the browser: whatever it asks for is checked here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.addresses import literal_address
from newscrawl.downloader.errors import RefusedAddressError

logger = logging.getLogger(__name__)

CONNECT_TIMEOUT = 20.0
"""Seconds for finding a host's addresses, and for a connection to each of them."""

_MAX_HEAD = 128 * 1024
_PIECE = 64 * 1024
_FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"
# RFC 9110, 7.6.1: between the browser and us alone.
_OF_THE_HOP = (b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization")

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Resolver = Callable[[str], Awaitable[list[str]]]


class PageProxy:
    """Forwards what one page asks for: ``CONNECT`` for https and web sockets, else plain http.

    A name is resolved here, each address is checked, and it is the checked address that is
    connected to: no second look-up can change it. ``refused`` lists the hosts that were not
    connected to for that reason. Once the page has received ``max_bytes`` (0: no limit), all its
    connections are cut and ``is_overrun`` is set.

    Used as an asynchronous context manager: nothing of a page goes on once it has ended.
    """

    def __init__(
        self,
        guard: AddressGuard,
        resolve: Resolver,
        *,
        max_bytes: int = 0,
        received: Callable[[bytes], None] = lambda _: None,
    ) -> None:
        self.url = ""
        self.refused: list[str] = []
        self.is_overrun = False
        self._guard = guard
        self._resolve = resolve
        self._max_bytes = max_bytes
        self._received = received
        self._bytes = 0
        self._is_cut = False
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_MAX_HEAD)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
        self.cut()
        await asyncio.gather(*self._open, return_exceptions=True)

    def cut(self) -> None:
        """End all connections; those that are still made get nothing."""
        self._is_cut = True
        for task in self._open:
            task.cancel()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not self._is_cut:
                await self._forward(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError) as e:
            logger.debug("A connection of a page failed: %r", e)
        except asyncio.CancelledError:
            logger.debug("A connection of a page was cut")
        finally:
            writer.close()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, *fields = (await reader.readuntil(b"\r\n\r\n")).rstrip(b"\r\n").split(b"\r\n")
        method, target, _ = line.split(b" ")
        url = target.decode("ascii")
        tunnel = method == b"CONNECT"
        parts = urlsplit(f"//{url}" if tunnel else url)
        if not parts.hostname or (not tunnel and parts.scheme != "http"):
            writer.write(_BAD_GATEWAY)
            return
        try:
            there, to_there = await self._connect(parts.hostname, parts.port or 80)
        except RefusedAddressError:
            self.refused.append(parts.netloc)
            writer.write(_FORBIDDEN)
            return
        except OSError:
            writer.write(_BAD_GATEWAY)
            return
        try:
            if tunnel:
                writer.write(_CONNECTED)
            else:
                path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
                to_there.write(_head(method, path.encode("ascii"), fields))
            await _first_of(self._answers(there, writer), _copy(reader, to_there))
        finally:
            to_there.close()

    async def _connect(self, host: str, port: int) -> Streams:
        """Connect to the first address that answers; each is checked at this very place."""
        last: OSError = OSError(f"{host} has no address")
        refusal: RefusedAddressError | None = None
        for address in await self._addresses(host):
            try:
                self._guard.check_address(host, address, port)
            except RefusedAddressError as error:
                refusal = error
                continue
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT):
                    return await asyncio.open_connection(address, port, limit=_PIECE)
            except OSError as error:  # TimeoutError is one
                last = error
        raise refusal or last

    async def _addresses(self, host: str) -> list[str]:
        literal = literal_address(host)
        if literal is not None:
            return [str(literal)]
        async with asyncio.timeout(CONNECT_TIMEOUT):
            return await self._resolve(host)

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_PIECE):
            self._bytes += len(data)
            self._received(data)
            if 0 < self._max_bytes < self._bytes:
                self.is_overrun = True
                self.cut()
                return
            writer.write(data)
            await writer.drain()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(_PIECE):
        writer.write(data)
        await writer.drain()


async def _first_of(*ways: Awaitable[None]) -> None:
    """Wait until one of both directions has ended, and end the other."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def _head(method: bytes, path: bytes, fields: list[bytes]) -> bytes:
    """Return the head of a request as its server wants it; one a connection."""
    kept = [each for each in fields if each.partition(b":")[0].strip().lower() not in _OF_THE_HOP]
    return b"\r\n".join([b"%s %s HTTP/1.1" % (method, path), *kept, b"Connection: close", b"", b""])
