"""A thousand small outlets on loopback for the benchmarks, each at an address of its own.

On Linux all of 127.0.0.0/8 is this machine: outlet N listens at 127.1.N/250.N%250, so a crawl takes
it for a site of its own. One process serves them all, from made-up words and a number; each has a
robots.txt, a feed with an ETag, and its articles. `Outlets.revise` changes what they serve.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import multiprocessing
import random
import resource
from functools import cache
from multiprocessing.sharedctypes import Synchronized
from types import TracebackType
from typing import Any, Self

STARTED = 1_704_067_200  # 1 January 2024: no article is young enough to be looked at again
_SENTENCES = 40
_LETTERS = "aaeeeiioonnrrssttlldcmpuhgbfyvwk"


class Outlets:
    """So many outlets with so many articles of so many kilobytes, served until the block ends.

    ``sites``: their addresses; ``articles`` of each; ``served`` and ``unchanged``: articles, and
    answers of 304, given since `count` was called last.
    """

    def __init__(self, sites: int, articles: int, kilobytes: int) -> None:
        self.articles = articles
        self._ports = multiprocessing.Array("i", sites)
        self._version = multiprocessing.Value("i", 0)
        self._counts = multiprocessing.Array("q", 3)
        self._process = multiprocessing.Process(
            target=_serve,
            args=(self._ports, self._version, self._counts, articles, kilobytes),
            daemon=True,
        )
        self.sites: list[str] = []

    def __enter__(self) -> Self:
        self._process.start()
        while not all(self._ports):
            self._process.join(0.1)
            if not self._process.is_alive():
                raise RuntimeError("the server of the outlets has ended")
        self.sites = [f"http://{_host(n)}:{port}" for n, port in enumerate(self._ports)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.join()

    @property
    def served(self) -> int:
        return int(self._counts[0])

    @property
    def unchanged(self) -> int:
        return int(self._counts[1])

    @property
    def requests(self) -> int:
        """All answers, those among them."""
        return int(self._counts[2])

    def count(self) -> None:
        """Begin to count anew."""
        self._counts[:] = [0, 0, 0]

    def revise(self) -> None:
        """Let each outlet have one more article."""
        self._version.value += 1


def site_list(sites: list[str]) -> str:
    """Return a site list of the outlets."""
    return "".join(
        f'[[site]]\nname = "Outlet {number}"\nstart = "{site}/feed"\n\n'
        for number, site in enumerate(sites)
    )


def _host(number: int) -> str:
    return f"127.1.{number // 250}.{number % 250 + 1}"


@cache
def _vocabulary() -> list[str]:
    chance = random.Random(0)
    return ["".join(chance.choices(_LETTERS, k=chance.randint(2, 11))) for _ in range(5_000)]


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_vocabulary(), k=words)).capitalize()


def story(site: int, number: int, kilobytes: int) -> bytes:
    """Return an article's page; made quickly, since it is made for each request."""
    chance = random.Random(site * 1_000_003 + number)
    headline = _text(chance, 8)
    day = f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}T09:05:00+02:00"
    data = {
        "@type": "NewsArticle", "headline": headline, "datePublished": day,
        "author": {"@type": "Person", "name": f"Jo Marsh {site}"},
    }  # fmt: skip
    sentences = [f"{_text(chance, 15)}." for _ in range(_SENTENCES)]
    text = "".join(f"<p>{' '.join(sentences[n : n + 4])}</p>" for n in range(0, _SENTENCES, 4))
    links = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(30))
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f"<nav><ul>{links}</ul></nav><article><h1>{headline}</h1>"
        f'<time datetime="{day}">{day[:10]}</time>{text}</article><footer>{links}</footer>'
    )
    filler = '"key":{"id":4711,"flags":[1,2,3],"on":true},' * 20
    lacking = max(0, kilobytes * 1000 - len(page)) // len(filler)
    return f"{page}<script>w={{{filler * lacking}}}</script></body></html>".encode()


def _serve(
    ports: Any, version: Synchronized[int], counts: Any, articles: int, kilobytes: int
) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(_listen(ports, version, counts, articles, kilobytes))


async def _listen(
    ports: Any, version: Synchronized[int], counts: Any, articles: int, kilobytes: int
) -> None:
    servers = []
    for number in range(len(ports)):
        outlet = _Outlet(number, version, counts, articles, kilobytes)
        server = await asyncio.start_server(outlet.connected, _host(number), 0)
        outlet.site = f"http://{_host(number)}:{server.sockets[0].getsockname()[1]}"
        servers.append(server)
    ports[:] = [server.sockets[0].getsockname()[1] for server in servers]
    await asyncio.Event().wait()


class _Outlet:
    site = ""

    def __init__(
        self, number: int, version: Synchronized[int], counts: Any, articles: int, kilobytes: int
    ) -> None:
        self.number, self.version, self.counts = number, version, counts
        self.articles, self.kilobytes = articles, kilobytes

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self.answer(head.decode("latin-1")))
                await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError):
                break
        writer.close()

    def answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        self.counts[2] += 1
        if path == "/robots.txt":
            return _answer(b"User-agent: *\nAllow: /\n", "text/plain")
        if path == "/feed":
            body = self.feed()
            tag = f'"{hashlib.md5(body).hexdigest()}"'
            if f"if-none-match: {tag}" in head.lower():
                self.counts[1] += 1
                return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
            return _answer(body, "application/rss+xml", f"ETag: {tag}\r\n")
        if path.startswith("/news/"):
            self.counts[0] += 1
            number = int(path.removeprefix("/news/").partition("-")[0])
            return _answer(story(self.number, number, self.kilobytes), "text/html")
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    def feed(self) -> bytes:
        count = self.articles + self.version.value
        items = "".join(
            f"<item><title>Story {n} in a few words</title>"
            f"<link>{self.site}/news/{n}-a-story-of-the-day</link></item>"
            for n in range(count - 1, count - 1 - self.articles, -1)
        )
        return f"<rss><channel><title>Outlet</title>{items}</channel></rss>".encode()


def _answer(body: bytes, content_type: str, more: str = "") -> bytes:
    head = f"Content-Type: {content_type}; charset=utf-8\r\nContent-Length: {len(body)}\r\n{more}"
    return f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body
