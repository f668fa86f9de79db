"""The order in which links are followed: the newest first, whatever a budget leaves out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from newscrawl.discovery.link import Link
from newscrawl.text.dates import normalise_date

LISTING_PRIORITY = 20
"""Of the requests of feeds and of sitemaps whose age is not known."""

SECTION_PRIORITY = 10
"""Of the requests of section pages."""

PART_PRIORITY = 30
"""Of the requests of an article's further pages: an article begun is finished first."""

_NEWS = re.compile(r"news", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_/.]?(?P<month>0[1-9]|1[0-2])"
    r"(?:[-_/.]?(?P<day>0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
_NUMBER = re.compile(r"\d+")

_STEPS_PER_DOUBLING = 4
_HOURS_PER_PLACE = 1.0
"""The n-th of undated links counts as n hours old, as if a newsroom published one an hour."""


def newest_first(links: Iterable[Link]) -> list[Link]:
    """Return the links by date of publication, else of change, newest first.

    Undated links keep their order and come last.
    """
    dated: list[tuple[float, Link]] = []
    undated: list[Link] = []
    for link in links:
        instant = _instant_of(link)
        if instant is None:
            undated.append(link)
        else:
            dated.append((instant, link))
    dated.sort(key=lambda pair: -pair[0])
    return [link for _, link in dated] + undated


def sitemaps_newest_first(links: Iterable[Link]) -> list[Link]:
    """Return sitemaps in the order in which they promise news.

    First those that are named after news; then by the end of the period that the address names
    (``posts-2026-11.xml``), else by ``lastmod``; then by the number in the address, the highest
    first, since content systems number their sitemaps as they fill them; else by place.
    """
    return sorted(links, key=_promise)


def _promise(link: Link) -> tuple[bool, float, float]:
    path = urlsplit(link.url).path
    instant = sitemap_instant(link)
    numbers = _NUMBER.findall(path)
    return (
        _NEWS.search(path) is None,
        math.inf if instant is None else -instant,
        -float(numbers[-1][:15]) if numbers else math.inf,
    )


def sitemap_instant(link: Link) -> float | None:
    """Return the latest instant that a sitemap can list, as seconds since 1970, None if unknown."""
    ends = period_of(link.url)
    return _instant_of(link) if ends is None else ends[1]


def period_of(url: str) -> tuple[float, float] | None:
    """Return begin and end of the year, month or day that an address names, in UTC.

    Seconds since 1970; None where it names none.

    >>> period_of("https://example.org/sitemap-2026-11.xml")
    (1793491200.0, 1796083200.0)
    """
    parts = urlsplit(url)
    found = list(_PERIOD.finditer(unquote(f"{parts.path}?{parts.query}")))
    if not found:
        return None
    year = int(found[-1]["year"])
    month, day = int(found[-1]["month"] or 0), int(found[-1]["day"] or 0)
    try:
        begin = datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return None
    if day:
        end = begin + timedelta(days=1)
    elif month:
        end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    else:
        end = datetime(year + 1, 1, 1, tzinfo=UTC)
    return begin.timestamp(), end.timestamp()


def priority_of(link: Link, place: int, now: float) -> int:
    """Return the priority of a link's request: the newer its page, the higher.

    ``place`` is the position in the listing, from 0, which stands for the age where no date does;
    ``now`` is seconds since 1970. Feeds, undated sitemaps and sections come before all articles, a
    sitemap of an earlier time before the articles of that time. Ages count in steps that grow
    with them, so that there are not many different priorities.
    """
    if link.target in ("start", "feed"):
        return LISTING_PRIORITY
    if link.target == "section":
        return SECTION_PRIORITY
    if link.target == "sitemap":
        ends = period_of(link.url)
        if ends is None or ends[1] >= now:
            return LISTING_PRIORITY
        return _by_age(now - ends[1]) + 1
    instant = _instant_of(link)
    return _by_age(place * _HOURS_PER_PLACE * 3600 if instant is None else now - instant)


def _by_age(seconds: float) -> int:
    hours = max(seconds, 0.0) / 3600
    return -int(_STEPS_PER_DOUBLING * math.log2(1 + hours))


def _instant_of(link: Link) -> float | None:
    return instant_of(link.date or link.modified or "")


@lru_cache(maxsize=4096)
def instant_of(date: str) -> float | None:
    """Return the instant of a date as feeds and sitemaps write it, as seconds since 1970.

    ISO 8601, RFC 2822, else whatever the dates of pages may look like; without a zone UTC is
    taken. None for what is no date.

    >>> instant_of("Tue, 12 Apr 2022 18:05:00 -0400") == instant_of("2022-04-12T22:05:00Z")
    True
    """
    if not date:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime, _read_written):
        try:
            found = read(date)
            if found is not None:
                return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            continue
    return None


def _read_written(date: str) -> datetime | None:
    found = normalise_date(date)
    return datetime.fromisoformat(found) if found else None
