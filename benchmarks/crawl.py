"""How fast a whole crawl is: pages a second over loopback, beside spiders that do less or the same.

    python benchmarks/crawl.py [--pages 2000] [--kilobytes 250] [--rounds 2] [--only NAME...]
    python benchmarks/crawl.py --saved DIR

The pages are made up here: a news page's usual head, scripts, menus, article, teasers, comments. Or
they are the saved pages of DIR (*.html, *.html.gz), each served under as many addresses as needed.
All crawls ask one server process for the same pages with the same concurrency and no delays, one
after another, and the rounds alternate; the figure is pages divided by the seconds from the
spider's opening to its closing, the median over the rounds.

- ``url``: a Scrapy spider that only yields each page's address: the floor.
- ``css``: one that yields the text of one CSS selector.
- ``newscrawl``: ``newscrawl crawl`` with extraction, validation, state and durable output.
- ``newscrawl, one process``: the same with NEWSCRAWL_READERS=0.
- ``trafilatura``: a Scrapy spider that calls `trafilatura.bare_extraction` with metadata.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

WORDS = (
    "council market river roof winter trader tent quay work cost region bench plan member stall "
    "glass spring year vote street house school water bridge mayor budget reader report people "
    "city morning evening number question answer minister court judge law party leader farmer "
    "field harvest price energy wind sun train station line ticket hour minute doctor hospital"
).split()
CONCURRENCY = 32
COMMON = {
    "CONCURRENT_REQUESTS": CONCURRENCY,
    "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
}
SPIDER = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Spider(scrapy.Spider):
    name = "bench"
    def __init__(self, start, **kwargs):
        super().__init__(**kwargs)
        self.start_url = start
    async def start(self):
        yield scrapy.Request(self.start_url, callback=self.listing)
    def listing(self, response):
        response.selector.register_namespace("s", "http://www.sitemaps.org/schemas/sitemap/0.9")
        for url in response.xpath("//s:loc/text()").getall():
            yield scrapy.Request(url, callback=self.page)
    def page(self, response):
        {page}

process = CrawlerProcess(settings=json.loads(sys.argv[2]))
crawler = process.create_crawler(Spider)
process.crawl(crawler, start=sys.argv[1])
process.start()
stats = crawler.stats.get_stats()
print(json.dumps([stats["elapsed_time_seconds"], stats.get("item_scraped_count", 0)]))
"""
PAGES = {
    "url": 'yield {"url": response.url}',
    "css": (
        'text = " ".join(response.css("article p::text").getall()); '
        'yield {"url": response.url, "text": text}'
    ),
    "trafilatura": (
        "import trafilatura; found = trafilatura.bare_extraction("
        "response.body, url=response.url, with_metadata=True, as_dict=True); "
        'names = ("url", "title", "author", "date", "text", "description"); '
        "yield {name: found[name] for name in names} if found else {}"
    ),
}


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


def serve(pages: int, kilobytes: int, saved: Path | None, port: Any) -> None:
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
        add("/robots.txt", b"User-agent: *\nAllow: /\n", "text/plain")
        bodies = saved_pages(saved) if saved else []
        for n, path in enumerate(paths):
            body = bodies[n % len(bodies)] if bodies else page(n, kilobytes)
            add(path, body, "text/html" if saved else "text/html; charset=utf-8")
        places = "".join(f"<url><loc>http://127.0.0.1:{number}{path}</loc></url>" for path in paths)
        opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        add("/sitemap.xml", f"{opening}{places}</urlset>".encode(), "application/xml")
        port.value = number
        async with server:
            await server.serve_forever()

    asyncio.run(main())


def run_spider(kind: str, start: str, folder: Path) -> tuple[float, int]:
    """Run a plain Scrapy spider in a process of its own; return its seconds and items."""
    script = folder / f"spider_{kind}.py"
    script.write_text(textwrap.dedent(SPIDER).replace("{page}", PAGES[kind]))
    settings = COMMON | {"FEEDS": {str(folder / f"{kind}.jsonl"): {"format": "jsonlines"}}}
    command = [sys.executable, str(script), start, json.dumps(settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, items = json.loads(done.stdout.splitlines()[-1])
    return seconds, items


def run_newscrawl(start: str, folder: Path, *more: str) -> tuple[float, int]:
    """Run ``newscrawl crawl`` with a new state and output; return its seconds and pages."""
    for name in ("news.jsonl", "news.state", "runs.jsonl"):
        (folder / name).unlink(missing_ok=True)
    command = [sys.executable, "-m", "newscrawl", "crawl", start, "-o", "news.jsonl"]
    command += ["--state", "news.state", "--summary", "runs.jsonl", "--allow-host", "127.0.0.1"]
    for name, value in COMMON.items():
        command += ["-s", f"{name}={value}"]
    subprocess.run([*command, *more], cwd=folder, capture_output=True, check=True)
    summary = json.loads((folder / "runs.jsonl").read_text())
    return summary["seconds"], summary["articles"] + sum(summary["rejects"].values())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--kilobytes", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=2)
    kinds = ("url", "css", "newscrawl", "newscrawl, one process", "trafilatura")
    parser.add_argument("--only", nargs="*", choices=kinds, default=kinds)
    parser.add_argument("--saved", type=Path, metavar="DIR")
    options = parser.parse_args()
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(
        target=serve, args=(options.pages, options.kilobytes, options.saved, port), daemon=True
    )
    server.start()
    while not port.value:
        server.join(0.1)
    start = f"http://127.0.0.1:{port.value}/sitemap.xml"
    rates: dict[str, list[float]] = {kind: [] for kind in options.only}
    try:
        for number in range(options.rounds):
            for kind in options.only:
                with tempfile.TemporaryDirectory() as name:
                    folder = Path(name)
                    if kind == "newscrawl":
                        seconds, items = run_newscrawl(start, folder)
                    elif kind == "newscrawl, one process":
                        seconds, items = run_newscrawl(start, folder, "-s", "NEWSCRAWL_READERS=0")
                    else:
                        seconds, items = run_spider(kind, start, folder)
                if items != options.pages:
                    sys.exit(f"{kind}: {items} records of {options.pages} pages")
                rates[kind].append(options.pages / seconds)
                print(f"round {number + 1}: {kind}: {rates[kind][-1]:.1f} pages/s", file=sys.stderr)
    finally:
        server.kill()
        server.join()
    floor = statistics.median(rates["css"]) if rates.get("css") else None
    what = f"from {options.saved.name}" if options.saved else f"of {options.kilobytes} kB"
    print(f"{options.pages} pages {what}, median of {options.rounds} rounds")
    print(f"{'crawl':<26}{'pages/s':>9}{'x css':>8}")
    for kind in options.only:
        rate = statistics.median(rates[kind])
        print(f"{kind:<26}{rate:>9.1f}{rate / floor if floor else float('nan'):>8.2f}")


if __name__ == "__main__":
    main()
