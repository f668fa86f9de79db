"""The part of the news that a crawl was asked for: by time, address and language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newscrawl.discovery.link import Link
from newscrawl.discovery.order import instant_of
from newscrawl.items import Article

_AGE = re.compile(r"(\d+)\s*(m|h|d|w)$")
_DAY = 86_400
_UNITS = {"m": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}


@dataclass(frozen=True, slots=True)
class Scope:
    """Conditions on articles; an empty one or None holds for all."""

    since: float | None = None
    """Published at or after this instant, in seconds since 1970."""

    until: float | None = None
    """Published before this instant."""

    match: tuple[re.Pattern[str], ...] = ()
    """Patterns of which the address has to hold one."""

    exclude: tuple[re.Pattern[str], ...] = ()
    """Patterns of which the address may hold none."""

    languages: frozenset[str] = frozenset()
    """BCP 47 tags in lower case; ``en`` stands for ``en-GB``, too."""

    def admits_address(self, url: str) -> bool:
        """Return whether an address is asked for."""
        if self.match and not any(pattern.search(url) for pattern in self.match):
            return False
        return not any(pattern.search(url) for pattern in self.exclude)

    def admits_link(self, link: Link) -> bool:
        """Return whether the page of a link may be asked for, as far as its listing tells.

        A date of change counts for ``since`` alone: what was changed later may have been
        published before.
        """
        if not self.admits_address(link.url):
            return False
        published = instant_of(link.date or "")
        latest = published if published is not None else instant_of(link.modified or "")
        if self.since is not None and latest is not None and _end_of(latest, link) < self.since:
            return False
        return self.until is None or published is None or published < self.until

    def admits(self, article: Article) -> bool:
        """Return whether an article is asked for; one without a date is."""
        date = article.date or ""
        published = instant_of(date)
        if published is not None:
            # Of a day alone any hour may be meant.
            latest = published + _DAY - 1 if len(date) <= len("2026-11-03") else published
            if self.since is not None and latest < self.since:
                return False
            if self.until is not None and published >= self.until:
                return False
        language = (article.language or "").lower()
        return (
            not self.languages
            or language in self.languages
            or language.partition("-")[0] in self.languages
        )


def _end_of(instant: float, link: Link) -> float:
    """Return the end of the day that a date without a time names."""
    date = link.date or link.modified or ""
    return instant + _DAY - 1 if len(date.strip()) <= len("2026-11-03") else instant


def parse_scope(
    *,
    since: str = "",
    until: str = "",
    match: Sequence[str] = (),
    exclude: Sequence[str] = (),
    language: Sequence[str] = (),
    now: float,
) -> Scope:
    """Return the scope of options as users write them.

    ``since`` and ``until`` are a day (``2026-11-03``, of which ``until`` includes all), a time
    (``2026-11-03T18:00+01:00``; UTC where it has no offset) or an age (``90m``, ``12h``, ``7d``,
    ``2w``); ``match`` and ``exclude`` are regular expressions. ``now`` is seconds since 1970.

    Raises ValueError, with a message for people, for what is none of these.
    """
    scope = Scope(
        _moment(since, now, "since", ends=False),
        _moment(until, now, "until", ends=True),
        tuple(_pattern(each, "match") for each in match),
        tuple(_pattern(each, "exclude") for each in exclude),
        frozenset(tag.strip().lower() for tag in language if tag.strip()),
    )
    if scope.since is not None and scope.until is not None and scope.since >= scope.until:
        raise ValueError(f"since {since} is not before until {until}")
    return scope


def _moment(text: str, now: float, name: str, *, ends: bool) -> float | None:
    text = text.strip()
    if not text:
        return None
    if age := _AGE.match(text):
        return now - float(age[1]) * _UNITS[age[2]]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{name} {text}: write a day (2026-11-03), a time (2026-11-03T18:00+01:00) or an age "
            "(90m, 12h, 7d, 2w)"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    if ends and len(text) <= 10:
        moment += timedelta(days=1)
    return moment.timestamp()


def _pattern(text: str, name: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"{name} {text}: no regular expression ({error})") from None
