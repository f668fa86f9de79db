"""A thousand sites in a run, fifty thousand known URLs: what runs cost, and what they take.

    python benchmarks/many_sites.py [--sites 1000] [--articles 50] [--kilobytes 30] [--quiet 31]

Real crawls of as many outlets on loopback, each at an address of its own (site_server.py):

1. The first run fetches every feed and every article. Printed is the resident memory of the crawl
   and of its readers when so many articles had been fetched; after the first thousand it should be
   flat.
2. Then nothing changes for so many runs. Each must make one request a site, get 304 and write
   nothing. Of the last three the processor's seconds a site are taken, and beside them those of a
   Scrapy spider that makes the same conditional requests and does nothing else; the difference is
   newscrawl's own time. What it takes to start is known by a run over one site, and left out.
3. Then each outlet has one new article, and a run must fetch each feed and the new article alone.

Ends with 1 where a run did not do what it must.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from site_server import Outlets, site_list

SETTINGS = {
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.0/8",
    "NEWSCRAWL_TDMREP": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
}
PLAIN = {
    "CONCURRENT_REQUESTS": 250,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
}
BARE = """
import json, sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Spider(scrapy.Spider):
    name = "bare"
    custom_settings = {"HTTPERROR_ALLOWED_CODES": [304]}
    async def start(self):
        for url, tag in json.load(open(sys.argv[1])):
            yield scrapy.Request(url, headers={"If-None-Match": tag})
    def parse(self, response):
        self.crawler.stats.inc_value(f"answers/{response.status}")

process = CrawlerProcess(settings=json.loads(sys.argv[2]))
crawler = process.create_crawler(Spider)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("answers/304", 0))
"""
ROUNDS = 3
MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 40_000, 50_000)
"""Articles after which the memory is noted."""


@dataclass
class Run:
    """What a process came to."""

    processor: float
    """Seconds, of the process and of those that it started."""
    output: str
    memory: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By articles served: bytes resident of the process itself, and of those that it started."""


def run(command: Sequence[str], folder: Path, outlets: Outlets) -> Run:
    """Run a process to its end."""
    with (folder / "said").open("w+") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        memory: dict[int, tuple[int, int]] = {}
        watch = Thread(target=_watch, args=(process.pid, outlets, memory), daemon=True)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.join()
        said.seek(0)
        output = said.read()
    if process.returncode:
        sys.exit(f"a run ended with {process.returncode}:\n{output[-2000:]}")
    return Run(used.ru_utime + used.ru_stime, output, memory)


def _watch(pid: int, outlets: Outlets, memory: dict[int, tuple[int, int]]) -> None:
    marks = [*MARKS, len(outlets.sites) * outlets.articles]
    while Path(f"/proc/{pid}/task").exists():
        if marks and outlets.served >= marks[0]:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            try:
                others = sum(map(resident, map(int, children.read_text().split())))
                memory[marks.pop(0)] = resident(pid), others
                print(f"{outlets.served:,} articles", file=sys.stderr)
            except OSError:
                break
        time.sleep(0.05)


def resident(pid: int) -> int:
    """Return the bytes of a process that are in memory, and in no other process's."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) * 1024


def crawl(folder: Path, outlets: Outlets, sites: str = "sites.toml") -> tuple[Run, dict[str, Any]]:
    """Crawl the outlets of a site list once; return what it came to, and its summary."""
    state = str(Path(sites).with_suffix(".state"))
    command = [sys.executable, "-m", "newscrawl", "crawl", "--sites", sites, "--state", state]
    command += ["-o", "news.jsonl", "--summary", "runs.jsonl"]
    for name, value in SETTINGS.items():
        command += ["-s", f"{name}={value}"]
    outlets.count()
    done = run(command, folder, outlets)
    return done, json.loads((folder / "runs.jsonl").read_text().splitlines()[-1])


def ask(folder: Path, outlets: Outlets, sites: int) -> Run:
    """Ask feeds whether they have changed, with a Scrapy spider that does nothing else."""
    with closing(sqlite3.connect(folder / "sites.state")) as state:
        known = state.execute("SELECT url, etag FROM listings LIMIT ?", (sites,)).fetchall()
    (folder / "known.json").write_text(json.dumps(known))
    (folder / "bare.py").write_text(BARE)
    command = [sys.executable, "bare.py", "known.json", json.dumps(PLAIN)]
    done = run(command, folder, outlets)
    check(int(done.output.split()[-1]), sites, "answers of 304 to the plain spider")
    return done


def check(found: int, wanted: int, what: str) -> None:
    """End where a run did not do what it must."""
    if found != wanted:
        sys.exit(f"{found:,} {what}, not {wanted:,}")


def first_run(folder: Path, outlets: Outlets) -> None:
    """Fetch everything, and print the memory that it took."""
    expected = len(outlets.sites) * outlets.articles
    done, summary = crawl(folder, outlets)
    check(summary["articles"], expected, "records")
    seconds, size = summary["seconds"], (folder / "sites.state").stat().st_size / 1e6
    print(f"{expected:,} articles of {len(outlets.sites):,} sites: {seconds:.0f} s, ", end="")
    print(f"{expected / seconds:.0f} a second, ", end="")
    print(f"{done.processor / expected * 1000:.1f} ms of the processors each; ", end="")
    print(f"the state has {size:.0f} MB")
    print(f"{'articles':>10}{'crawl, MB':>12}{'readers, MB':>13}{'together':>10}")
    for articles, (own, others) in done.memory.items():
        both = own + others
        print(f"{articles:>10,}{own / 1e6:>12.0f}{others / 1e6:>13.0f}{both / 1e6:>10.0f}")
    sys.stdout.flush()


def quiet_runs(folder: Path, outlets: Outlets, number: int) -> None:
    """Crawl again while nothing changes; print what a site costs."""
    sites = len(outlets.sites)
    (folder / "one.toml").write_text(site_list(outlets.sites[:1]))
    crawl(folder, outlets, "one.toml")
    costs: dict[str, list[float]] = {"ours": [], "plain": []}
    for each in range(number):
        done, summary = crawl(folder, outlets)
        check(outlets.requests, sites, "requests of an unchanged run")
        check(outlets.unchanged, sites, "answers of 304")
        check(summary["articles"], 0, "records of an unchanged run")
        if each >= number - ROUNDS:
            one, _ = crawl(folder, outlets, "one.toml")
            costs["ours"].append(done.processor - one.processor)
            plain, least = ask(folder, outlets, sites), ask(folder, outlets, 1)
            costs["plain"].append(plain.processor - least.processor)
    ours, plain = (statistics.median(cost) / (sites - 1) * 1000 for cost in costs.values())
    print(f"run {number + 1}, nothing has changed: one request a site, all 304, no record")
    print(f"processor a site: {ours:.2f} ms, the plain spider {plain:.2f} ms, ", end="")
    print(f"newscrawl's own time {ours - plain:.2f} ms", flush=True)


def run_with_news(folder: Path, outlets: Outlets) -> None:
    """Crawl once each outlet has a new article."""
    sites = len(outlets.sites)
    outlets.revise()
    done, summary = crawl(folder, outlets)
    check(summary["articles"], sites, "records of a run with an article a site")
    check(outlets.served, sites, "articles fetched")
    seconds = summary["seconds"]
    print(f"one new article a site: {seconds:.0f} s, {done.processor:.1f} s of the processors")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=1_000)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--kilobytes", type=int, default=30)
    parser.add_argument("--quiet", type=int, default=31)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        Outlets(options.sites, options.articles, options.kilobytes) as outlets,
    ):
        folder = Path(name)
        (folder / "sites.toml").write_text(site_list(outlets.sites))
        first_run(folder, outlets)
        if options.quiet:
            quiet_runs(folder, outlets, options.quiet)
        run_with_news(folder, outlets)


if __name__ == "__main__":
    main()
