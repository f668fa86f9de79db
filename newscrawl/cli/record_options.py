"""Options shared by commands that read records: filters, and messages about problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from newscrawl.cli.console import fail, say, warn
from newscrawl.items import KINDS
from newscrawl.records.export import Filters
from newscrawl.records.reading import Problem

_SAID = 20
"""Problems of one reason that are said one by one."""


def filters_of(
    sites: Sequence[str],
    since: str,
    until: str,
    languages: Sequence[str],
    kinds: Sequence[str],
) -> Filters:
    """Return the filters of a command line; ends the command for one that makes no sense."""
    for kind in kinds:
        if kind not in KINDS:
            fail(f"--kind {kind}: no such kind; there are {', '.join(KINDS)}")
    first, last = _day("--since", since), _day("--until", until)
    if first and last and first > last:
        fail(f"--since {since} is after --until {until}")
    return Filters(
        sites=frozenset(map(_host, sites)),
        since=first,
        until=last,
        languages=frozenset(tag.lower() for tag in languages),
        kinds=frozenset(kinds),
    )


class Problems:
    """Says what a reader came across: the first of each reason one by one, then how many more."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def __call__(self, problem: Problem) -> None:
        """Print a problem, unless many of its kind were printed."""
        self._counts[problem.reason] += 1
        if self._counts[problem.reason] <= _SAID:
            (warn if problem.is_loss else say)(str(problem))

    def say_rest(self) -> None:
        """Print for each reason how many more problems there were."""
        for reason, count in self._counts.items():
            if count > _SAID:
                warn(f"{reason}: {count - _SAID:,} more")


def _day(option: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"{option} {text}: no day; write it as in 2024-05-06")


def _host(text: str) -> str:
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname
        name = (host or "").encode("idna").decode()
    except ValueError:
        name = ""
    return name or fail(f"--site {text}: no name of a host; write it as in example.org")
