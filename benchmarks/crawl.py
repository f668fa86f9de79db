"""How fast a whole crawl is: pages a second over loopback, beside spiders that do less or the same.

    python benchmarks/crawl.py [--pages 2000] [--kilobytes 250] [--rounds 2] [--only NAME...]
    python benchmarks/crawl.py --saved DIR

The pages are made up (pages.py): a news page's usual head, scripts, menus, article, teasers,
comments. Or they are the saved pages of DIR (*.html, *.html.gz), each served under as many
addresses as needed.
All crawls ask one server process for the same pages with the same concurrency and no delays, one
after another, and the rounds alternate; the figure is pages divided by the seconds from the
spider's opening to its closing, the median over the rounds. CPU ms are those of the whole child
and its processes, starting and imports among them, divided by pages: less swayed by other work.
On two idle processors, newscrawl uses both and the spiders one.

- ``url``: a Scrapy spider that only yields each page's address: the floor.
- ``css``: one that yields the text of one CSS selector.
- ``newscrawl``: ``newscrawl crawl`` with extraction, validation, state and durable output.
- ``newscrawl, one process``: the same with NEWSCRAWL_READERS=0.
- ``trafilatura``: a Scrapy spider that calls `trafilatura.bare_extraction` with metadata.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import suppress
from pathlib import Path

from pages import serving

CONCURRENCY = 32
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux
_ENDING = 1.0  # seconds in which what a crawl started has ended
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


def adopt_orphans() -> None:
    """Become the parent of processes whose own has ended, to be told of their processor time.

    The processes that read pages are forked from a server, which ends after the crawl.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)


def processor_seconds() -> float:
    """Return what the children that have ended, orphans among them, have used of the processors."""
    time.sleep(_ENDING)
    with suppress(ChildProcessError):  # none is left
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    adopt_orphans()
    rates: dict[str, list[float]] = {kind: [] for kind in options.only}
    costs: dict[str, list[float]] = {kind: [] for kind in options.only}
    with serving(options.pages, options.kilobytes, options.saved) as site:
        start = f"{site}/sitemap.xml"
        for number in range(options.rounds):
            for kind in options.only:
                before = processor_seconds()
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
                costs[kind].append((processor_seconds() - before) / options.pages * 1000)
                print(f"round {number + 1}: {kind}: {rates[kind][-1]:.1f} pages/s", file=sys.stderr)
    floor = statistics.median(rates["css"]) if rates.get("css") else None
    what = f"from {options.saved.name}" if options.saved else f"of {options.kilobytes} kB"
    print(f"{options.pages} pages {what}, median of {options.rounds} rounds")
    print(f"{'crawl':<26}{'pages/s':>9}{'x css':>8}{'CPU ms/page':>13}")
    for kind in options.only:
        rate, cost = statistics.median(rates[kind]), statistics.median(costs[kind])
        ratio = rate / floor if floor else float("nan")
        print(f"{kind:<26}{rate:>9.1f}{ratio:>8.2f}{cost:>13.1f}")


if __name__ == "__main__":
    main()
