"""Is a site still what it was? Its figures of now against those of its own recent runs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any, Self

from newscrawl.items import Article, uses_of

ENOUGH = 10
"""Records that a rate is taken from: runs with fewer are put together with those before them."""

FEW_PAGES = 3
"""Article pages without a single record that are too many to be chance."""

SAMPLE = 50
"""Bodies whose lengths and confidences are kept of a run."""

_MARGIN = 0.1
_DEVIATIONS = 3.0  # of a share among so many records: one false alarm in 700 fields
_LENGTH_FACTOR = 1.5
_SILENCE_FACTOR = 3.0
_LEAST_SILENCE = 24 * 3600.0
_LEAST_RUNS = 3
_WATCHED = frozenset(name for name, use in uses_of(Article).items() if use.is_watched)


@dataclass(slots=True)
class SiteFigures:
    """Figures of one run at one site; all of them add up over runs."""

    pages: int = 0
    """Answers, robots.txt not counted."""
    listings: int = 0
    """Feeds, sitemaps and section pages that were read; those that had not changed not counted."""
    found: int = 0
    """Links to articles in those."""
    fetched: int = 0
    """Article pages that were read: records and rejects."""
    new: int = 0
    """Records of articles that were not known."""
    revised: int = 0
    """Records of articles whose text has changed."""
    unchanged: int = 0
    """Articles that were looked at again, and had not changed."""
    rejects: dict[str, int] = field(default_factory=dict)
    """Pages that became no record, by reason."""
    skipped: dict[str, int] = field(default_factory=dict)
    """Links and pages that were passed over, by reason."""
    filled: dict[str, int] = field(default_factory=dict)
    """Records in which each field is set."""
    body_lengths: list[int] = field(default_factory=list)
    """Characters of the bodies of at most `SAMPLE` records."""
    confidences: list[float] = field(default_factory=list)
    """The F1 to be expected of those bodies."""
    bytes: int = 0
    """Of all answers, as they came over the line."""
    seconds: float = 0.0
    """From the first request to the last answer."""

    @property
    def written(self) -> int:
        """Records."""
        return self.new + self.revised

    @property
    def recognised(self) -> int:
        """Article pages that were found to be articles."""
        return self.written + self.unchanged

    @classmethod
    def from_dict(cls, figures: Mapping[str, Any]) -> Self:
        """Return the figures of a dict; what another version wrote beside them is left out."""
        return cls(**{name: figures[name] for name in cls.__slots__ if name in figures})

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as a JSON-serialisable dict."""
        # Not asdict: it copies what is in them, too, which a thousand sites would notice.
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Run:
    """One site's part in one run."""

    started: float
    """Seconds since 1970."""
    figures: SiteFigures


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about a site that has changed so much that a person should look at it."""

    site: str
    what: str
    """``articles``, ``links``, ``silence``, ``body``, ``confidence`` or the name of a field."""
    detail: str
    """The change in words."""


def find_alarms(site: str, now: Run, before: Iterable[Run]) -> list[Alarm]:
    """Return what is out of a site's own recent range; ``before`` are its last runs, any order.

    - ``articles``: pages are read and none is an article any more;
    - ``links``: its feeds, sitemaps and sections list nothing any more;
    - ``silence``: nothing new for three times as long as it ever took, and a day at least;
    - ``body``: the median body is longer or shorter by half than any before;
    - ``confidence``: the F1 to be expected of the median body is lower by a tenth than any before;
    - a field: it is set in fewer or in more records than before, by a tenth of them at least and
      more than chance explains (three standard deviations).

    A site without enough records or runs to compare with has no alarms of the kind.
    """
    past = sorted(before, key=lambda run: run.started)
    found = [
        *_lost_articles(now, past),
        *_lost_links(now, past),
        *_silence(now, past),
        *_shifted(now, past),
    ]
    return [Alarm(site, what, detail) for what, detail in found]


def _lost_articles(now: Run, past: Sequence[Run]) -> list[tuple[str, str]]:
    fetched, runs = now.figures.fetched, 1
    if now.figures.recognised or not fetched:
        return []
    for run in reversed(past):
        if run.figures.recognised or fetched >= FEW_PAGES:
            break
        fetched, runs = fetched + run.figures.fetched, runs + 1
    if fetched < FEW_PAGES or not any(run.figures.recognised for run in past):
        return []
    over = "" if runs == 1 else f" over {runs} runs"
    return [("articles", f"none of {fetched} pages is an article any more{over}")]


def _lost_links(now: Run, past: Sequence[Run]) -> list[tuple[str, str]]:
    read = [run for run in past if run.figures.listings]
    usual = [run.figures.found for run in read]
    if not now.figures.listings or now.figures.found or not usual or not min(usual):
        return []
    return [("links", f"no article is listed any more; before it were {median(usual):.0f} a run")]


def _silence(now: Run, past: Sequence[Run]) -> list[tuple[str, str]]:
    news = [run.started for run in past if run.figures.new]
    if now.figures.new or len(news) <= _LEAST_RUNS:
        return []
    longest = max(later - earlier for earlier, later in pairwise(news))
    quiet = now.started - news[-1]
    if quiet <= max(_SILENCE_FACTOR * longest, _LEAST_SILENCE):
        return []
    return [("silence", f"nothing new for {_hours(quiet)}; before, at most {_hours(longest)}")]


def _hours(seconds: float) -> str:
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"


def _shifted(now: Run, past: Sequence[Run]) -> list[tuple[str, str]]:
    """Compare the last records with those before them, as many at a time as tell something."""
    windows = _windows([*past, now])
    if len(windows) < 2 or not now.figures.written:
        return []
    latest, earlier = windows[-1], windows[:-1]
    names = sorted(_WATCHED & {name for window in windows for name in window.filled})
    return [
        *_shifted_body(latest, earlier),
        *_lost_confidence(latest, earlier),
        *(shift for name in names for shift in _shifted_field(name, latest, earlier)),
    ]


@dataclass(slots=True)
class _Window:
    records: int
    filled: Counter[str]
    body_lengths: list[int]
    confidences: list[float]


def _windows(runs: Sequence[Run]) -> list[_Window]:
    """Put runs together from the latest back, so that each window has enough records."""
    windows: list[_Window] = []
    open_window = _Window(0, Counter(), [], [])
    for run in reversed(runs):
        open_window.records += run.figures.written
        open_window.filled.update(run.figures.filled)
        open_window.body_lengths += run.figures.body_lengths
        open_window.confidences += run.figures.confidences
        if open_window.records >= ENOUGH:
            windows.append(open_window)
            open_window = _Window(0, Counter(), [], [])
    return windows[::-1]


def _shifted_body(latest: _Window, earlier: Sequence[_Window]) -> list[tuple[str, str]]:
    usual = [median(window.body_lengths) for window in earlier if window.body_lengths]
    if not usual or not latest.body_lengths:
        return []
    length, least, most = median(latest.body_lengths), min(usual), max(usual)
    if least / _LENGTH_FACTOR <= length <= most * _LENGTH_FACTOR:
        return []
    before = f"{least:.0f}" if least == most else f"{least:.0f} to {most:.0f}"
    return [("body", f"the median body has {length:.0f} characters; before, {before}")]


def _lost_confidence(latest: _Window, earlier: Sequence[_Window]) -> list[tuple[str, str]]:
    usual = [median(window.confidences) for window in earlier if window.confidences]
    if not usual or not latest.confidences:
        return []
    now, least = median(latest.confidences), min(usual)
    if now >= least - _MARGIN:
        return []
    return [("confidence", f"the median body has a confidence of {now:.2f}; before, {least:.2f}")]


def _shifted_field(name: str, latest: _Window, earlier: Sequence[_Window]) -> list[tuple[str, str]]:
    rates = [window.filled[name] / window.records for window in earlier]
    records = sum(window.records for window in earlier)
    # The test of two proportions; by Laplace's rule nothing is ever certain.
    filled = sum(window.filled[name] for window in (*earlier, latest))
    usual = (filled + 1) / (records + latest.records + 2)
    chance = math.sqrt(usual * (1 - usual) * (1 / latest.records + 1 / records))
    rate = latest.filled[name] / latest.records
    margin = max(_MARGIN, _DEVIATIONS * chance)
    if min(rates) - margin <= rate <= max(rates) + margin:
        return []
    before = (
        f"{min(rates):.0%}" if min(rates) == max(rates) else f"{min(rates):.0%} to {max(rates):.0%}"
    )
    return [(name, f"set in {rate:.0%} of the last {latest.records} records; before, {before}")]
