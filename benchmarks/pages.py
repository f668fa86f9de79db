"""A site on loopback for the benchmarks of crawls: made-up or saved pages, from one server process.

Beside the pages it has what crawlers look for: a robots.txt that names the sitemap, a sitemap of
all pages, the same in parts for crawlers that take a thread a sitemap, and a front page.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import multiprocessing
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORDS = (
    "council market river roof winter trader tent quay work cost region bench plan member stall "
    "glass spring year vote street house school water bridge mayor budget reader report people "
    "city morning evening number question answer minister court judge law party leader farmer "
    "field harvest price energy wind sun train station line ticket hour minute doctor hospital"
).split()
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize() + "."


def page(number: int, kilobytes: int) -> bytes:
    """Return one article page of about so many kilobytes, most of them scripts, as on the web."""
    chance = random.Random(number)
    headline = sentence(chance, 9)[:-1]
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}T{number % 24:02}:05:00+02:00"
    paragraphs = "".join(
        f"<p>{' '.join(sentence(chance, chance.randint(8, 24)) for _ in range(4))}</p>"
        + (f"<h2>{sentence(chance, 5)[:-1]}</h2>" if n % 6 == 5 else "")
        for n in range(24)
    )
    menu = "".join(
        f'<li class="nav-item"><a class="nav-link" href="/{w}/{n}">{w.title()}</a></li>'
        for n, w in enumerate(chance.choices(WORDS, k=90))
    )
    teasers = "".join(
        f'<article class="teaser teaser--small"><a href="/teaser/{n}"><img src="/i/{n}.jpg" '
        f'alt="" loading="lazy"><h3 class="teaser__title">{sentence(chance, 8)[:-1]}</h3></a>'
        f'<span class="teaser__time">{n} min</span></article>'
        for n in range(36)
    )
    comments = "".join(
        f'<div class="comment" id="c{n}"><span class="comment-author">Reader {n}</span>'
        f"<p>{sentence(chance, 20)}</p></div>"
        for n in range(20)
    )
    icons = '<svg class="icon" viewBox="0 0 24 24"><path d="M0 0h24v24H0z"/></svg>' * 20
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "datePublished": day,
        "author": {"@type": "Person", "name": f"{chance.choice(WORDS).title()} Marsh"},
        "image": {"@type": "ImageObject", "url": "/i/lead.jpg", "caption": sentence(chance, 9)},
    }
    body = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline} | The Post'
        f'</title><meta property="og:title" content="{headline}"><meta property="og:type" '
        f'content="article"><meta name="description" content="{sentence(chance, 18)}">'
        + "".join(f'<link rel="preload" href="/a/{n}.js" as="script">' for n in range(20))
        + f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f'<header class="site-header"><nav class="main-nav"><ul>{menu}</ul></nav>{icons}</header>'
        f'<main><article class="story"><h1>{headline}</h1><p class="standfirst">'
        f'{sentence(chance, 18)}</p><div class="byline">By <a href="/by/m">A. Marsh</a></div>'
        f'<time datetime="{day}">{day[:10]}</time><figure><img src="/i/lead.jpg" alt="">'
        f"<figcaption>{sentence(chance, 10)} Photo: B. Reed</figcaption></figure>"
        f'<div class="story-body">{paragraphs}</div></article>'
        f'<aside class="related">{teasers}</aside><section class="comments">{comments}</section>'
        f'</main><footer class="site-footer"><ul>{menu}</ul></footer>'
    )
    filler = "window.__STATE__={};" + '"key":{"id":4711,"flags":[1,2,3],"on":true},' * 50
    while len(body) < kilobytes * 1000:
        body += f"<script>{filler}</script>"
    return (body + "</body></html>").encode()


def saved_pages(folder: Path) -> list[bytes]:
    """Return the pages that are saved below a folder."""
    paths = sorted(path for path in folder.rglob("*.htm*") if path.is_file())
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]


def serve(pages: int, kilobytes: int, saved: Path | None, parts: int, port: Any) -> None:
    """Answer for the pages, from memory, until ended."""
    answers: dict[str, bytes] = {}

    def add(path: str, body: bytes, content_type: str) -> None:
        head = f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        answers[path] = b"HTTP/1.1 200 OK\r\n" + head.encode() + body

    paths = [f"/news/{n:05}-{'-'.join(random.Random(n).choices(WORDS, k=5))}" for n in range(pages)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                break
            path = head.split(b" ", 2)[1].decode()
            writer.write(
                answers.get(path) or b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
            )
            await writer.drain()
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        number = server.sockets[0].getsockname()[1]
        site = f"http://127.0.0.1:{number}"
        robots = f"User-agent: *\nAllow: /\nSitemap: {site}/sitemap.xml\n"
        add("/robots.txt", robots.encode(), "text/plain")
        add("/", b"<!doctype html><title>The Post</title>", "text/html")
        bodies = saved_pages(saved) if saved else []
        for n, path in enumerate(paths):
            body = bodies[n % len(bodies)] if bodies else page(n, kilobytes)
            add(path, body, "text/html" if saved else "text/html; charset=utf-8")
        places = [f"<url><loc>{site}{path}</loc></url>" for path in paths]
        add("/sitemap.xml", SITEMAP.format(places="".join(places)).encode(), "application/xml")
        for part in range(parts):
            text = SITEMAP.format(places="".join(places[part::parts]))
            add(f"/sitemap-{part}.xml", text.encode(), "application/xml")
        port.value = number
        async with server:
            await server.serve_forever()

    asyncio.run(main())


@contextlib.contextmanager
def serving(pages: int, kilobytes: int, saved: Path | None, parts: int = 0) -> Iterator[str]:
    """Serve so many pages from a process of its own; yield the address of the site."""
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(
        target=serve, args=(pages, kilobytes, saved, parts, port), daemon=True
    )
    server.start()
    try:
        while not port.value:
            server.join(0.1)
            if not server.is_alive():
                raise RuntimeError("the server of the pages has ended")
        yield f"http://127.0.0.1:{port.value}"
    finally:
        server.kill()
        server.join()
