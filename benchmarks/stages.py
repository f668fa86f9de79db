"""Where the time of an extraction goes: milliseconds a page for each stage, beside lxml's parse.

    python benchmarks/stages.py DIR [--limit N] [--rounds N]

DIR is a folder of saved pages (*.html, *.html.gz). Each stage is timed inside a whole extraction,
the pages in turn, `rounds` times; the figure is the median over the rounds of the mean over the
pages. Rates of one machine mean little: read the ratios.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree

import newscrawl.extraction
import newscrawl.extractors.body
import newscrawl.page
from newscrawl import NotAPageError
from newscrawl.decoding import decode

WATCHED: tuple[tuple[ModuleType, tuple[str, ...]], ...] = (
    (newscrawl.page, ("decode", "parse", "read_metadata")),
    (newscrawl.extractors.body, ("candidate_blocks", "block_features")),
)


def fields_of(module: ModuleType) -> tuple[str, ...]:
    """Return the names of the extractors that a module took from `newscrawl.extractors`."""
    return tuple(
        name
        for name, value in vars(module).items()
        if callable(value) and getattr(value, "__module__", "").startswith("newscrawl.extractors.")
    )


class Stopwatch:
    """Adds up the seconds spent in the functions that it was put around."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def watch(self, module: ModuleType, name: str) -> None:
        """Put the stopwatch around a module's function."""
        inner: Callable[..., Any] = getattr(module, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self.seconds[name] += time.perf_counter() - started

        setattr(module, name, timed)


def read_pages(folder: Path, limit: int | None) -> list[bytes]:
    """Return the bytes of the saved pages below a folder."""
    paths = sorted(p for p in folder.rglob("*.htm*") if p.is_file())[:limit]
    if not paths:
        sys.exit(f"{folder}: no *.html or *.html.gz")
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in paths]


def one_round(pages: list[bytes], watch: Stopwatch) -> dict[str, float]:
    """Extract every page once; return milliseconds a page for each stage."""
    watch.seconds.clear()
    whole = parsing = 0.0
    for body in pages:
        text = decode(body)[1].encode("utf-8", "replace")
        started = time.perf_counter()
        etree.fromstring(text, etree.HTMLParser(encoding="utf-8", huge_tree=True))
        parsing += time.perf_counter() - started
        started = time.perf_counter()
        try:
            newscrawl.extraction.extract(body)
        except NotAPageError:
            continue
        finally:
            whole += time.perf_counter() - started
    figures = {**watch.seconds, "(all)": whole, "(lxml parse alone)": parsing}
    return {name: 1000 * seconds / len(pages) for name, seconds in figures.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pages = read_pages(options.folder, options.limit)
    watch = Stopwatch()
    for module, names in (*WATCHED, (newscrawl.extraction, fields_of(newscrawl.extraction))):
        for name in names:
            watch.watch(module, name)
    one_round(pages, watch)  # caches, weights and imports
    rounds = [one_round(pages, watch) for _ in range(options.rounds)]
    median = {name: statistics.median(r.get(name, 0.0) for r in rounds) for name in rounds[0]}
    alone = median["(lxml parse alone)"]
    print(f"{len(pages)} pages, median of {options.rounds} rounds")
    print(f"{'stage':24} {'ms a page':>10} {'x lxml':>8}")
    for name, figure in sorted(median.items(), key=lambda item: -item[1]):
        print(f"{name:24} {figure:10.3f} {figure / alone:8.2f}")


if __name__ == "__main__":
    main()
