"""Runs extractors over samples, page by page and side by side, and takes the time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from time import perf_counter

from lxml import etree

from newscrawl.evaluation.dataset import Sample, Truth
from newscrawl.evaluation.metrics import Answer, score
from newscrawl.evaluation.peers import Extractor, newscrawl_extractor, peer
from newscrawl.exceptions import NotAPageError
from newscrawl.page.decoding import decode

OWN = "newscrawl"
"""The name under which newscrawl itself is measured."""

# Pages that a worker process is given at a time.
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one extractor on one page."""

    extractor: str
    answer: Answer
    scores: dict[str, float]
    seconds: float
    error: str | None = None
    """Why there is no answer: the exception as "Name: message"."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """One page, all extractors; ``parse_seconds`` is what lxml needs to merely parse it."""

    truth: Truth
    outcomes: list[Outcome]
    parse_seconds: float


def extractors(peers: tuple[str, ...]) -> list[Extractor]:
    """Return newscrawl's own extractor and the named peers. Raises PeerError."""
    return [newscrawl_extractor(), *(peer(name) for name in peers)]


def run(
    samples: list[Sample], *, peers: tuple[str, ...] = (), jobs: int = 1
) -> Iterator[PageResult]:
    """Yield the result of each sample in order.

    With one job the times can be compared: everything runs on the page in turn, after one page
    has warmed all of them up. With more jobs only the scores mean anything.
    Raises PeerError, DatasetError (a page cannot be read), BrokenProcessPool (a worker died).
    """
    if jobs == 1:
        _measure(samples[0], peers)
        for sample in samples:
            yield _measure(sample, peers)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(_measure, samples, [peers] * len(samples), chunksize=_CHUNK)


@cache
def _prepared(peers: tuple[str, ...]) -> list[Extractor]:
    return extractors(peers)


def _measure(sample: Sample, peers: tuple[str, ...]) -> PageResult:
    html = sample.read()
    _, text = decode(html)
    outcomes = [_outcome(extractor, sample.truth, html, text) for extractor in _prepared(peers)]
    return PageResult(sample.truth, outcomes, _parse_seconds(text))


def _outcome(extractor: Extractor, truth: Truth, html: bytes, text: str) -> Outcome:
    error = None
    answer = Answer()
    start = perf_counter()
    try:
        answer = extractor.extract(html, text, truth.url)
    except NotAPageError as refusal:
        error = f"NotAPageError: {refusal.reason}: {refusal.detail}"
    except Exception as raised:  # noqa: BLE001 - a peer may raise anything: an empty answer
        error = f"{type(raised).__name__}: {raised}"
    seconds = perf_counter() - start
    scores = score(truth, answer, extractor.offered)
    return Outcome(extractor.name, answer, scores, seconds, error)


def _parse_seconds(text: str) -> float:
    encoded = text.encode("utf-8", "replace")
    start = perf_counter()
    with suppress(etree.XMLSyntaxError):  # an empty page: no tree, and hardly any time
        etree.fromstring(encoded, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return perf_counter() - start
