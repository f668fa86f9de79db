"""Where the time of an extraction goes: milliseconds a page for each stage, beside lxml's parse.

    python benchmarks/stages.py                                   # the project's own fixtures
    python benchmarks/stages.py DIR [--kind article] [--limit N]  # saved pages
    python benchmarks/stages.py DIR --compare trafilatura         # a peer in the same run

DIR is a folder in the format of `newscrawl evaluate` (``truth.jsonl`` and ``html/``), or any folder
of ``*.html`` and ``*.html.gz``. The pages are taken in turn, and each is read by everyone before
the next. A figure is the mean over the pages of the least processor time that a page took in any
round, so that what else the machine did hardly shows. Two extractions are timed: one as users run
it, which gives "all fields", and one with a stopwatch around every stage, which gives the stages
and takes somewhat longer. "(between them)" has what is no stage.
The figures of one machine mean little: read the ratios.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import thread_time
from types import ModuleType
from typing import Any, NamedTuple

from lxml import etree

import newscrawl.extraction.article
import newscrawl.extraction.body.body
import newscrawl.extraction.body.scoring
import newscrawl.extraction.record
import newscrawl.page.page
from newscrawl import NotAPageError
from newscrawl.evaluation.dataset import TRUTH_FILE, load
from newscrawl.evaluation.peers import PEER_NAMES, PeerError, peer
from newscrawl.page.decoding import decode

FIXTURES = Path(__file__).parent.parent / "fixtures"
PARSE = "lxml, parsing alone"
WHOLE = "all fields"
# Timed within a stage of its own; all else is a stage of `newscrawl.extraction.article`.
PARTS: tuple[tuple[str, ModuleType, tuple[str, ...]], ...] = (
    ("", newscrawl.page.page, ("decode_page", "parse", "read_metadata")),
    ("find_body", newscrawl.extraction.body.body, ("score_blocks", "likely_blocks", "apply")),
    (
        "find_body",
        newscrawl.extraction.body.scoring,
        ("page_hints", "block_features", "context_features"),
    ),
)


class Saved(NamedTuple):
    """A saved page and the address that it had."""

    body: bytes
    url: str


class Stopwatch:
    """Adds up the seconds that one page spends in the functions that it was put around."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.within: dict[str, str] = {}
        self._put: list[tuple[ModuleType, str, Callable[..., Any], Callable[..., Any]]] = []
        for whole, module, names in PARTS:
            for name in names:
                self._watch(module, name, whole)
        for name in _extractors(newscrawl.extraction.article):
            self._watch(newscrawl.extraction.article, name, "")
        self._watch(newscrawl.extraction.record, "normalise", "")

    def _watch(self, module: ModuleType, name: str, whole: str) -> None:
        inner: Callable[..., Any] = getattr(module, name)
        self.within[name] = whole
        seconds = self.seconds

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = thread_time()
            try:
                return inner(*args, **kwargs)
            finally:
                seconds[name] += thread_time() - started

        self._put.append((module, name, inner, timed))

    def take(self, page: Saved) -> dict[str, float]:
        """Extract a page; return the seconds of each stage."""
        self.seconds.clear()
        for module, name, _, timed in self._put:
            setattr(module, name, timed)
        try:
            _extract(page)
        finally:
            for module, name, inner, _ in self._put:
                setattr(module, name, inner)
        return dict(self.seconds)


def _extractors(module: ModuleType) -> list[str]:
    """Return the names of the functions that a module took from `newscrawl.extraction`."""
    return [
        name
        for name, value in vars(module).items()
        if callable(value)
        and not (isinstance(value, type) and issubclass(value, tuple))
        and getattr(value, "__module__", "").startswith("newscrawl.extraction.")
    ]


def _extract(page: Saved) -> None:
    try:
        newscrawl.extract(page.body, url=page.url)
    except NotAPageError:
        return


def read_pages(folder: Path, kind: str | None, limit: int | None) -> list[Saved]:
    """Return the saved pages of a folder; those of a kind only where its truth names kinds."""
    if (folder / TRUTH_FILE).is_file():
        samples = [s for s in load(folder) if kind is None or s.truth.kind in (kind, None)]
        return [Saved(sample.read(), sample.truth.url) for sample in samples[:limit]]
    paths = sorted(p for p in folder.rglob("*.htm*") if p.is_file())[:limit]
    if not paths:
        sys.exit(f"{folder}: no {TRUTH_FILE}, no *.html and no *.html.gz")
    return [Saved(_unpacked(path), "") for path in paths]


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def runners(peers: list[str]) -> dict[str, Callable[[Saved], None]]:
    """Return what is run on every page, by name. Raises PeerError."""

    def parse(page: Saved) -> None:
        etree.fromstring(page.body, etree.HTMLParser(encoding="utf-8", huge_tree=True))

    def run_peer(name: str) -> Callable[[Saved], None]:
        extractor = peer(name)
        return lambda page: extractor.extract(page.body, decode(page.body)[1], page.url) and None

    return {PARSE: parse, WHOLE: _extract, **{name: run_peer(name) for name in peers}}


def seconds_of(run: Callable[[Saved], None], page: Saved) -> float:
    """Return how long a runner takes for a page; a peer may fail on it."""
    started = thread_time()
    try:
        run(page)
    except Exception as error:  # noqa: BLE001 - a peer may raise anything
        print(f"{page.url}: {type(error).__name__}: {error}", file=sys.stderr)
    return thread_time() - started


def measure(
    pages: list[Saved], peers: list[str], rounds: int
) -> tuple[dict[str, float], Stopwatch]:
    """Return the milliseconds a page of everyone and of every stage."""
    watch = Stopwatch()
    everyone = runners(peers)
    total: dict[str, float] = defaultdict(float)
    for page in pages[:5]:  # caches, weights and imports
        for run in everyone.values():
            seconds_of(run, page)
    for page in pages:
        utf8 = page._replace(body=decode(page.body)[1].encode("utf-8", "replace"))
        least: dict[str, float] = {}
        for _ in range(rounds):
            times = {name: seconds_of(run, utf8 if name == PARSE else page)
                     for name, run in everyone.items()}  # fmt: skip
            for name, seconds in (times | watch.take(page)).items():
                least[name] = min(seconds, least.get(name, seconds))
        for name, seconds in least.items():
            total[name] += seconds
    return {name: 1000 * seconds / len(pages) for name, seconds in total.items()}, watch


def print_table(figures: dict[str, float], watch: Stopwatch, peers: list[str]) -> None:
    """Print everyone, then the stages, those that take longest first, parts under their whole."""
    alone, whole = figures[PARSE], figures[WHOLE]
    print(f"{'':26} {'ms a page':>10} {'x lxml':>8} {'x newscrawl':>12}")
    for name in (PARSE, WHOLE, *peers):
        figure = figures[name]
        print(f"{name:26} {figure:10.3f} {figure / alone:8.2f} {figure / whole:12.2f}")
    print(f"\n{'stage':26} {'ms a page':>10} {'x lxml':>8}")
    stages = sorted((n for n, w in watch.within.items() if not w and n in figures),
                    key=lambda name: -figures[name])  # fmt: skip
    known = sum(figures[name] for name in stages)
    for name in stages:
        _print_stage(name, figures[name], alone)
        parts = [n for n, w in watch.within.items() if w == name and n in figures]
        for part in sorted(parts, key=lambda part: -figures[part]):
            _print_stage(f"  {part}", figures[part], alone)
    _print_stage("(between them)", max(whole - known, 0.0), alone)


def _print_stage(name: str, figure: float, alone: float) -> None:
    print(f"{name:26} {figure:10.3f} {figure / alone:8.2f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=FIXTURES)
    parser.add_argument("--kind", help="only pages of this kind, where truth.jsonl names kinds")
    parser.add_argument("--limit", type=int, help="so many pages; the first")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts (5)")
    parser.add_argument(
        "--compare",
        default="",
        metavar="PEERS",
        help=f"with commas between: {', '.join(PEER_NAMES)}",
    )
    options = parser.parse_args()
    peers = [name for name in options.compare.split(",") if name]
    pages = read_pages(options.folder, options.kind, options.limit)
    try:
        figures, watch = measure(pages, peers, options.rounds)
    except PeerError as error:
        sys.exit(str(error))
    print(f"{options.folder}: {len(pages)} pages, the best of {options.rounds} rounds")
    print_table(figures, watch, peers)


if __name__ == "__main__":
    main()
