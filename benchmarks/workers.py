"""A crawl by several workers: every article once through kills, and pages a second.

    python benchmarks/workers.py kills [--workers 4] [--hosts 50] [--pages 100] [--seed 1]
    python benchmarks/workers.py scaling [--hosts 50] [--pages 40] [--rounds 2]

``kills``: hosts on loopback, each an address of its own with a feed and so many articles; workers
share a frontier in Redis and a state in PostgreSQL, both started here. Every so often one of the
workers is killed by SIGKILL and another is added, until the run is over; Redis is killed and
started again half-way. Prints a table of what became of articles and hosts; ends with 1 for any
fault.

``scaling``: the same pages without delays, nobody killed: one worker and two, beside plain Scrapy
spiders with scrapy-redis (pip install scrapy-redis), whose state, output and leases are nobody's:
what has been handed out is forgotten. Pages a second from the first request to the last.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.scheduler.crowd import NOTICED, Crowd, account, hosts, trouble
from tests.servers import postgresql, redis

PLAIN = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Spider(scrapy.Spider):
    name = "plain"
    async def start(self):
        for url in json.loads(sys.argv[1]):
            yield scrapy.Request(url, callback=self.listing)
    def listing(self, response):
        response.selector.remove_namespaces()
        for url in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(url.strip(), callback=self.page)
    def page(self, response):
        yield {"url": response.url, "text": " ".join(response.css("p::text").getall())}

process = CrawlerProcess(settings=json.loads(sys.argv[2]))
process.crawl(Spider)
process.start()
"""
COMMON = {
    "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
}  # fmt: skip


def kills(options: argparse.Namespace) -> int:
    with (
        tempfile.TemporaryDirectory() as name, postgresql() as state, redis() as frontier,
        hosts(options.hosts, options.pages, Path(name) / "log") as feeds,
    ):  # fmt: skip
        crowd = Crowd(Path(name), feeds, frontier.url, state.database(), delay=options.delay)
        half = options.hosts * options.pages // 2
        began = time.monotonic()
        try:
            draw, often = random.Random(options.seed), options.often
            trouble(crowd, frontier, draw, workers=options.workers, at=half, often=often)
        finally:
            crowd.stop()
        seconds = time.monotonic() - began
        found = account(crowd, options.pages, NOTICED)
    rows = (
        ("workers at a time, at most", options.workers),
        ("workers started", crowd.started),
        ("workers killed", crowd.kills),
        ("codes of the others", dict(crowd.codes)),
        ("Redis killed and started again", 1),
        ("seconds", f"{seconds:.0f}"),
        ("hosts", options.hosts),
        ("articles", found.expected),
        ("records", found.records),
        ("lost", len(found.lost)),
        ("more than once", len(found.doubled)),
        ("torn", len(found.torn)),
        ("files left without a name", len(found.left)),
        ("requests that the hosts had", found.requests),
        ("articles fetched again", found.again),
        (f"requests ahead of one in {options.delay} s, at the worst", f"{found.ahead:.2f}"),
        ("seconds from one worker to the next at a host, least", f"{found.handover:.2f}"),
        ("requests during a pause that a host asked for", found.in_pause),
    )
    for what, figure in rows:
        print(f"{what:<56}{figure}")
    for fault in (*found.lost, *found.doubled, *found.torn, *found.left):
        print(f"fault: {fault}")
    polite = found.ahead < 2 and found.handover > options.delay * 0.8 and not found.in_pause
    faultless = not (found.lost or found.doubled or found.torn or found.left)
    return 0 if polite and faultless else 1


def scaling(options: argparse.Namespace) -> int:
    rates: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for workers in (1, 2):
            for kind in ("newscrawl", "scrapy-redis"):
                rate = _rate(kind, workers, options)
                rates.setdefault(f"{kind}, {workers}", []).append(rate)
                print(f"{kind}, {workers}: {rate:.1f} pages/s", file=sys.stderr)
    print(f"{options.hosts * options.pages} pages, median of {options.rounds} rounds")
    print(f"{'crawl, workers':<24}{'pages/s':>10}{'x one':>8}")
    for kind in ("newscrawl", "scrapy-redis"):
        one = statistics.median(rates[f"{kind}, 1"])
        for workers in (1, 2):
            rate = statistics.median(rates[f"{kind}, {workers}"])
            print(f"{kind + ', ' + str(workers):<24}{rate:>10.1f}{rate / one:>8.2f}")
    return 0


def _rate(kind: str, workers: int, options: argparse.Namespace) -> float:
    with (
        tempfile.TemporaryDirectory() as name, postgresql() as state, redis() as frontier,
        hosts(options.hosts, options.pages, Path(name) / "log", pauses=False) as feeds,
    ):  # fmt: skip
        folder = Path(name)
        if kind == "newscrawl":
            settings = {name: COMMON[name] for name in COMMON if name != "LOG_LEVEL"}
            crowd = Crowd(
                folder, feeds, frontier.url, state.database(), delay=0,
                settings=settings | {"NEWSCRAWL_LEASE": 60},
            )  # fmt: skip
            for _ in range(workers):
                crowd.start()
            crowd.finish()
        else:
            _plain(folder, feeds, frontier.url, workers)
        lines = [line.split() for line in (folder / "log").read_text().splitlines()]
    times = [float(seconds) for seconds, _, path, *_ in lines if path.startswith("/news/")]
    if len(times) != options.hosts * options.pages:
        sys.exit(f"{kind}: {len(times)} pages of {options.hosts * options.pages}")
    return len(times) / (max(times) - min(times))


def _plain(folder: Path, feeds: list[str], url: str, workers: int) -> None:
    settings = COMMON | {
        "SCHEDULER": "scrapy_redis.scheduler.Scheduler", "SCHEDULER_PERSIST": True,
        "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter", "REDIS_URL": url,
    }  # fmt: skip
    running = []
    script = folder / "plain.py"  # Scrapy reads the source of callbacks
    script.write_text(PLAIN)
    for number in range(workers):
        own = settings | {"FEEDS": {str(folder / f"{number}.jsonl"): {"format": "jsonlines"}}}
        command = [sys.executable, "-W", "ignore", str(script), json.dumps(feeds), json.dumps(own)]
        running.append(subprocess.Popen(command))
    for process in running:
        if process.wait():
            sys.exit("scrapy-redis: a spider failed")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("kills", "scaling"))
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--pages", type=int, default=100, help="of each host")
    parser.add_argument("--delay", type=float, default=0.5)
    parser.add_argument(
        "--often", type=int, default=250, help="requests between two kills, at most"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    return kills(options) if options.what == "kills" else scaling(options)


if __name__ == "__main__":
    sys.exit(main())
