"""How fast newscrawl crawls beside news-please and Fundus: pages a second over loopback.

    python benchmarks/crawl_peers.py [--news-please PYTHON] [--fundus PYTHON] [--pages 300]
        [--kilobytes 250] [--rounds 3] [--only NAME...] [--saved DIR]

PYTHON is an interpreter of an environment that has the peer, since both pin libraries of their own:

    python -m venv np && np/bin/pip install news-please
    python -m venv fu && fu/bin/pip install fundus "curl_cffi<0.16"

(Fundus 0.5.7 asks for curl_cffi below 1, but cannot be imported with 0.16 and later.) The pages are
those of crawl.py, from one server process, with the same concurrency and no delays. One crawl runs
after another, each in a process of its own, and the rounds alternate. The figure is pages divided
by seconds, imports apart; the ratio is newscrawl's figure divided by the peer's in the same round,
the median over the rounds. A crawl must write a record for each made-up page; of saved pages,
peers leave some out, and the lines of the rounds say how many records there are.

- ``newscrawl``: ``newscrawl crawl`` with extraction, validation, state and durable output.
- ``news-please, from_urls``: `NewsPlease.from_urls`, 32 addresses at a time: a thread an address,
  then extraction in a process a core. It reads no robots.txt.
- ``news-please, crawler``: its SitemapCrawler (Scrapy) with its JSON files as output.
- ``fundus``: `Crawler` with one publisher for the site, its sitemap, and a parser of selectors
  written for the pages. A publisher is a thread, so one request is under way at a time.
- ``fundus, 32 publishers``: the site's sitemap divided among 32 publishers, so 32 threads.
- ``fundus, 32, language``: the same, and each record has the language, which Fundus finds only on
  request.

Neither is asked for images. Fundus does less than the others: it is told where the article is, and
looks for nothing. Saved pages have another shape, so that its parser finds less in them. CPU ms are
those of the whole child with its processes, starting and imports among them, divided by pages; a
busy machine sways them less than it does pages a second.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from crawl import CONCURRENCY, adopt_orphans, processor_seconds, run_newscrawl
from pages import serving

PEERS = Path(__file__).parent / "peers"
NEWSCRAWL = "newscrawl"
NEWS_PLEASE = ("news-please, from_urls", "news-please, crawler")
FUNDUS = {
    "fundus": ("1",),
    f"fundus, {CONCURRENCY} publishers": (str(CONCURRENCY),),
    f"fundus, {CONCURRENCY}, language": (str(CONCURRENCY), "language"),
}
KINDS = (NEWSCRAWL, *NEWS_PLEASE, *FUNDUS)
STATISTIC = r"'{}': ([\d.]+)"


def run_script(python: str, script: str, *arguments: str, timeout: float) -> tuple[str, str]:
    """Run a script of peers/ in a group of its own; return its output and its log.

    After so many seconds the whole group is ended, the peer's own processes among it. -P keeps the
    script's folder from hiding libraries of the same names.
    """
    command = [python, "-P", str(PEERS / script), *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, start_new_session=True, **pipes) as child:
        try:
            output, log = child.communicate(timeout=timeout)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
    if child.returncode:
        sys.exit(f"{script} failed with {child.returncode}:\n{log[-2000:]}")
    return output, log


def run_kind(kind: str, site: str, folder: Path, options: argparse.Namespace) -> tuple[float, int]:
    """Run one crawl of the site; return its seconds and records."""
    target, limit = str(folder / "records.jsonl"), options.timeout
    if kind == NEWSCRAWL:
        return run_newscrawl(f"{site}/sitemap.xml", folder)
    if kind in FUNDUS:
        count, *more = FUNDUS[kind]
        arguments = ("fundus_site.py", site, count, target, *more)
        output, _ = run_script(options.fundus, *arguments, timeout=limit)
    elif kind == "news-please, from_urls":
        arguments = ("news_please_urls.py", site, str(CONCURRENCY), target)
        output, _ = run_script(options.news_please, *arguments, timeout=limit)
    else:
        arguments = ("news_please_crawler.py", site, str(CONCURRENCY), str(folder))
        _, log = run_script(options.news_please, *arguments, timeout=limit)
        names = ("elapsed_time_seconds", "item_scraped_count")
        found = [re.search(STATISTIC.format(name), log) for name in names]
        seconds, items = (match[1] if match else "0" for match in found)
        return float(seconds), int(items)
    seconds, records = json.loads(output.splitlines()[-1])
    return seconds, records


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--news-please", metavar="PYTHON")
    parser.add_argument("--fundus", metavar="PYTHON")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--kilobytes", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--timeout", type=float, default=600, help="seconds a crawl of a peer may take"
    )
    parser.add_argument("--only", nargs="*", choices=KINDS, default=KINDS)
    parser.add_argument("--saved", type=Path, metavar="DIR")
    options = parser.parse_args()
    adopt_orphans()
    given = {NEWSCRAWL: True} | dict.fromkeys(NEWS_PLEASE, bool(options.news_please))
    given |= dict.fromkeys(FUNDUS, bool(options.fundus))
    kinds = [kind for kind in KINDS if kind == NEWSCRAWL or (kind in options.only and given[kind])]
    rates: dict[str, list[float]] = {kind: [] for kind in kinds}
    costs: dict[str, list[float]] = {kind: [] for kind in kinds}
    with serving(options.pages, options.kilobytes, options.saved, CONCURRENCY) as site:
        for number in range(options.rounds):
            for kind in kinds:
                before = processor_seconds()
                with tempfile.TemporaryDirectory() as name:
                    seconds, records = run_kind(kind, site, Path(name), options)
                if records != options.pages and not options.saved:
                    sys.exit(f"{kind}: {records} records of {options.pages} pages")
                rates[kind].append(options.pages / seconds)
                costs[kind].append((processor_seconds() - before) / options.pages * 1000)
                told = f"{rates[kind][-1]:.1f} pages/s, {records} records"
                print(f"round {number + 1}: {kind}: {told}", file=sys.stderr)
    what = f"from {options.saved.name}" if options.saved else f"of {options.kilobytes} kB"
    print(f"{options.pages} pages {what}, median of {options.rounds} rounds")
    print(f"{'crawl':<26}{'pages/s':>9}{'newscrawl is x':>16}{'CPU ms/page':>13}")
    for kind in kinds:
        ratios = [ours / theirs for ours, theirs in zip(rates[NEWSCRAWL], rates[kind], strict=True)]
        rate, ratio, cost = (statistics.median(n) for n in (rates[kind], ratios, costs[kind]))
        print(f"{kind:<26}{rate:>9.1f}{ratio:>16.1f}{cost:>13.1f}")


if __name__ == "__main__":
    main()
