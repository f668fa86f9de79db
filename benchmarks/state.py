"""What a page costs in a state that knows few URLs, and in one that knows many.

    python benchmarks/state.py [--known 1000 1000000] [--pages 2000] [--folder DIR]

Each state is filled as years of runs would: 1,000 sites, an article a URL, 50,000 articles a day,
24 bands for near duplicates each. Then it is closed, opened anew, and one run is played: section
pages of 30 links, of which 25 are recent and known and 5 new; each new page is remembered as
found, looked up among near duplicates and remembered as an article; every 100 pages are committed.
Of both states the figures are microseconds of the processor a new page, the median of several
runs, and the size of the file. An extraction costs thousands of microseconds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newscrawl.state import State
from newscrawl.state.interval import DAY

SITES = 1_000
ARTICLES_A_DAY = 50_000
BANDS = 24
REMEMBERED_FOR = 8 * DAY
NOW = 1_790_000_000
ROUNDS = 5
PER_COMMIT = 100


class Stopwatch:
    """Adds up the processor's seconds of named steps, and what commits wait for the disk."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.waited = 0.0

    def time(self, name: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        began, started = time.perf_counter(), time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            used = time.process_time() - started
            self.seconds[name] += used
            if name == "commit":
                self.waited += time.perf_counter() - began - used


def key_of(number: int) -> str:
    site = number % SITES
    return f"site{site}.example/news/2026/05/0{number % 9}/a-headline-of-some-length-{number}"


def url_of(number: int) -> str:
    return f"https://www.{key_of(number)}/"


def bands_of(number: int) -> list[int]:
    drawn = random.Random(number)
    return [drawn.getrandbits(64) for _ in range(BANDS)]


def remember(state: State, number: int, watch: Stopwatch, *, bands: list[int]) -> None:
    site = f"site{number % SITES}"
    article = watch.time(
        "remember_article",
        state.remember_article,
        identities=[key_of(number), f"{key_of(number)} a headline of some length {number}"],
        url=url_of(number),
        site=site,
        content_hash=f"{number:032x}",
        published=state.now(),
        signature=bytes(260) if bands else b"",
        bands=bands,
    )
    age = NOW - state.now()
    watch.time(
        "remember_page",
        state.remember_page,
        key_of(number),
        url=url_of(number),
        site=site,
        outcome="article",
        etag=f'"{number:x}"',
        article_id=article,
        next_check=None if age > 7 * DAY else NOW + 60,
    )


def fill(path: Path, known: int) -> None:
    times = [NOW - (known - number) / ARTICLES_A_DAY * DAY for number in range(known)]
    current = times[0]
    with State(path, clock=lambda: current) as state:
        watch = Stopwatch()
        for number in range(known):
            current = times[number]
            recent = NOW - current < REMEMBERED_FOR
            remember(state, number, watch, bands=bands_of(number) if recent else [])
            if number % 1_000 == 999:
                state.commit()
        state.commit()


def play(path: Path, known: int, first: int, pages: int) -> dict[str, float]:
    """Play one run that finds `pages` new pages, the first of them number `first`."""
    watch = Stopwatch()
    drawn = random.Random(first)
    with watch.time("open", State, path, clock=lambda: NOW) as state:
        for start in range(first, first + pages, 5):
            new = range(start, start + 5)
            recent = [drawn.randrange(max(0, known - 2 * ARTICLES_A_DAY), known) for _ in range(25)]
            keys = [key_of(number) for number in (*recent, *new)]
            found = watch.time("pages", state.pages, keys)
            assert len(found) == len(set(recent)), (len(found), len(set(recent)))
            for number in new:
                key, url, site = key_of(number), url_of(number), f"site{number % SITES}"
                watch.time("found", state.remember_page, key, url=url, site=site, outcome="found")
                watch.time("articles", state.articles, [key, f"{key} a headline"])
                bands = bands_of(number)
                watch.time("similar", state.similar, bands)
                remember(state, number, watch, bands=bands)
            if (start + 5 - first) % PER_COMMIT == 0:
                watch.time("commit", state.commit, {"news.jsonl": start})
        watch.time("commit", state.commit)
        every = [key_of(drawn.randrange(known)) for _ in range(1_000)]
        lookup = Stopwatch()
        lookup.time("1,000 of all", state.pages, every)
        watch.time("close", state.close)
    costs = {name: seconds / pages * 1e6 for name, seconds in watch.seconds.items()}
    costs["all"] = sum(costs.values())
    costs["waiting for the disk"] = watch.waited / pages * 1e6
    return {**costs, "a key of 1,000 of all": lookup.seconds["1,000 of all"] / 1_000 * 1e6}


def measure(folder: Path, known: int, pages: int) -> dict[str, float]:
    path = folder / f"{known}.state"
    if not path.exists():
        started = time.perf_counter()
        fill(path, known)
        print(f"{known:,} URLs filled in {time.perf_counter() - started:.0f} s", flush=True)
    size = path.stat().st_size
    with State(path, clock=lambda: NOW) as state:  # a folder that was kept: past its last pages
        first = known
        while state.pages([key_of(first)]):
            first += pages
    rounds = [play(path, known, first + pages * number, pages) for number in range(ROUNDS)]
    costs = {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
    return {**costs, "file, MB": size / 1e6}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--known", type=int, nargs=2, default=[1_000, 1_000_000])
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--folder", type=Path, help="keep the states here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        few, many = (measure(folder, known, options.pages) for known in options.known)
    print(f"{'us a new page':24}" + "".join(f"{known:>12,}" for known in options.known))
    for name, cost in few.items():
        print(f"{name:24}{cost:12.1f}{many[name]:12.1f}{many[name] / cost:8.2f}")


if __name__ == "__main__":
    main()
