"""Bodies and answers that are too large, too slow, too short or of the wrong kind."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections import Counter
from functools import cache

import brotli
from backports import zstd

from tests.hostile.server import Exchange, Handler, article, head

MEGABYTE = 1 << 20
GIGABYTES = 4 * 1024
"""Megabytes that a bomb unpacks to."""


@cache
def bomb(coding: str) -> bytes:
    """Return a body that begins as a page and unpacks to gigabytes of spaces."""
    start = b"<!doctype html><title>A page that never ends</title><p>"
    block = b" " * MEGABYTE
    if coding in ("gzip", "deflate"):
        packer = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
        packed = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        # After a full flush a block stands for itself, wherever it is.
        return packed + (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * GIGABYTES
    if coding == "zstd":
        return zstd.compress(start) + zstd.compress(block * 64) * (GIGABYTES // 64)
    packer = brotli.Compressor(quality=1)
    parts = [packer.process(start)] + [packer.process(block) for _ in range(1024)]
    return b"".join(parts) + packer.finish()


def sitemap_bomb() -> bytes:
    """Return a gzipped sitemap that unpacks to gigabytes."""
    packer = zlib.compressobj(9, wbits=31)
    start = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    packed = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = b" " * MEGABYTE
    return packed + (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * GIGABYTES


def packed(body: bytes, coding: str) -> Handler:
    """Return a handler that sends a body which is packed already."""

    async def handler(exchange: Exchange) -> None:
        exchange.reply(body, headers={"Content-Encoding": coding})

    return handler


def cut_coding(headline: str, coding: str) -> Handler:
    """Return a handler of an article whose coding breaks off, though its length is as it says."""
    page = article(headline).encode()
    whole = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}[coding](page)
    return packed(whole[: len(whole) * 9 // 10], coding)


def cut_short(headline: str, *, chunked: bool = False) -> Handler:
    """Return a handler that sends nine tenths of an article and hangs up."""
    page = article(headline).encode()
    part = page[: len(page) * 9 // 10]

    async def handler(exchange: Exchange) -> None:
        if chunked:
            headers = {"Transfer-Encoding": "chunked", "Content-Length": ""}
            exchange.send(head(page, headers=headers) + b"%x\r\n%b\r\n" % (len(part), part))
        else:
            exchange.send(head(page) + part)

    return handler


def length_too_small(headline: str) -> Handler:
    """Return a handler that sends a whole article and says that half of it is all."""
    page = article(headline).encode()

    async def handler(exchange: Exchange) -> None:
        exchange.send(head(page, headers={"Content-Length": str(len(page) // 2)}) + page)

    return handler


async def trickle(exchange: Exchange) -> None:
    """Send a byte a second, for ever."""
    exchange.send(head(b" " * MEGABYTE))
    while not exchange.writer.is_closing():
        exchange.send(b"<")
        await exchange.drain()
        await asyncio.sleep(1)


class Flood:
    """Answers with a body of a gigabyte, and counts what was taken of it, by path."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    def of(self, content_type: str, *, begin: bytes = b"", length: bool = True) -> Handler:
        """Return a handler of a Content-Type; ``length`` says whether it says how much comes."""
        size = 1024 * MEGABYTE

        async def handler(exchange: Exchange) -> None:
            said = {"Content-Length": str(size) if length else ""}
            exchange.send(head(b"", content_type, headers=said) + begin)
            while self.taken[exchange.path] < size:
                exchange.send(b" " * 65_536)
                await exchange.drain()
                self.taken[exchange.path] += 65_536

        return handler
