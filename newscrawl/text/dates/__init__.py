"""Dates of pages as ISO 8601: as precise as they were written, and no more.

ISO 8601 and Unix times are read directly; what people write is found by its shape, and dateparser
is asked for what needs a language: month names, "2 hours ago", and forms not foreseen here.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from newscrawl.text.dates.names import month_number, read_relative, read_whole
from newscrawl.text.dates.order import has_month_first
from newscrawl.text.dates.stamp import Stamp, read_machine, utc_timestamp
from newscrawl.text.dates.written import Written, find_written, plain_digits, split_time
from newscrawl.text.phrases import PUBLISHED_LABELS, UPDATED_LABELS, any_of

__all__ = [
    "FoundDate", "date_in_url", "find_date", "find_dates", "has_month_first", "normalise_date",
    "same_day", "utc_timestamp",
]  # fmt: skip

_LENGTH = 200  # characters of a string that are looked at
_LINE_LENGTH = 300  # characters of a line in which a date is looked for
_UNFORESEEN_LENGTH = 60

_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<updated>{any_of(UPDATED_LABELS)})|(?P<published>{any_of(PUBLISHED_LABELS)}))"
    r"(?!\w)\s*[:：]?\s*",
    re.IGNORECASE,
)


class FoundDate(NamedTuple):
    """A date in a line of text."""

    value: str
    """ISO 8601, as precise as it is written."""

    raw: str
    """The date as written, its label left out: ``"12 April 2022"``."""

    start: int
    """Where the label begins, or else the date."""

    end: int
    """Where the date ends."""

    label: str
    """``"published"``, ``"updated"``, or ``""`` where no word says which."""


def normalise_date(
    raw: str, *, language: str | None = None, now: datetime | None = None
) -> str | None:
    """Return ISO 8601 for a date as a page gives it, or None if it is no credible date.

    ``language`` (BCP 47) decides between day and month in ``4/5/2022`` and is the first in which
    words are read. With ``now`` relative dates count from it, and the future is not credible:
    ``6/1/2022`` read in February is of January, whatever the language.

    >>> normalise_date("2022-04-12T18:05:00-0400")
    '2022-04-12T18:05:00-04:00'
    >>> normalise_date("Publicado el 12 de abril de 2022", language="es")
    '2022-04-12'
    """
    text = " ".join(raw[:_LENGTH].split())
    stamp = read_machine(text)
    if stamp is not None:
        return stamp.isoformat(now)
    written = _read_written(text, language)
    if written is not None:
        return written.credible(now)
    relative = _read_relative(text, language, now) if now is not None else None
    return relative.isoformat(now) if relative else None


def find_dates(
    text: str,
    *,
    language: str | None = None,
    now: datetime | None = None,
    month_first: bool | None = None,
) -> list[FoundDate]:
    """Return the credible absolute dates of a short line, in the order in which they stand.

    Lines of more than 300 characters are paragraphs: nothing is looked for in them. Of dates in
    numbers ``month_first`` tells the order where it is known; else it is that of the language.
    """
    if len(text) > _LINE_LENGTH:
        return []
    plain = plain_digits(text)
    if len(plain) != len(text):
        text = plain
    if not any(map(str.isdecimal, plain)):
        return []
    found: list[FoundDate] = []
    for written in find_written(plain, language, month_first):
        value = written.credible(now)
        if value is None:
            continue
        begin = found[-1].end if found else 0
        labels = list(_LABEL.finditer(text, begin, written.start))
        last = labels[-1] if labels else None
        label = "" if last is None else ("updated" if last["updated"] else "published")
        found.append(
            FoundDate(
                value,
                text[written.start : written.end].strip(),
                written.start if last is None else last.start(),
                written.end,
                label,
            )
        )
    return found


def find_date(
    text: str, *, language: str | None = None, now: datetime | None = None
) -> FoundDate | None:
    """Return the date of publication in a short line: the first that is not called an update.

    >>> find_date("Updated 13 April 2022 | Published 12 April 2022 by Ana").value
    '2022-04-12'
    """
    dates = find_dates(text, language=language, now=now)
    return next((date for date in dates if date.label != "updated"), None)


_URL_DATE = re.compile(
    r"(?<![^/_.-])((?:19|20)\d{2})(?:(?P<mark>[/_.-])(\d{1,2}|[a-z]{3,9})(?P=mark)(\d{1,2})|(\d{2})(\d{2}))"
    r"(?=[/_.-]|$|t\d{4})",
    re.IGNORECASE | re.ASCII,
)


# 29-10-2021: only where the day cannot be taken for the month.
_URL_DAY_FIRST = re.compile(
    r"(?<![^/_.-])(1[3-9]|2\d|3[01])([_.-])(\d\d)\2(20\d{2})(?=[/_.-]|$)", re.ASCII
)


def date_in_url(url: str, *, now: datetime | None = None) -> str | None:
    """Return the day that the path of an address holds, or None; with ``now`` no day to come.

    >>> date_in_url("https://example.org/2022/04/12/new-hall.html")
    '2022-04-12'
    """
    try:
        path = urlsplit(url[:2000]).path
    except ValueError:
        return None
    for match in _URL_DATE.finditer(path):
        year, _, month, day, compact_month, compact_day = match.groups()
        month, day = month or compact_month, day or compact_day
        number = int(month) if month.isdecimal() else month_number(month, "en")
        value = Stamp(int(year), number or 0, int(day)).isoformat(now)
        if value:
            return value
    day_first = _URL_DAY_FIRST.search(path)
    if day_first is None:
        return None
    return Stamp(int(day_first[4]), int(day_first[3]), int(day_first[1])).isoformat(now)


def same_day(first: str | None, second: str | None) -> bool:
    """Whether two ISO 8601 dates are of one calendar day, each as written in its own offset."""
    return first is not None and second is not None and first[:10] == second[:10]


@lru_cache(maxsize=4096)
def _read_written(text: str, language: str | None) -> Written | None:
    """Return the first date in a string that is meant to be a date."""
    text = plain_digits(text)
    if not any(map(str.isdecimal, text)):
        return None
    for written in find_written(text, language):
        if written.stamp.isoformat():
            return written
    foreseen = len(text) > _UNFORESEEN_LENGTH or not re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    whole = None if foreseen else read_whole(_LABEL.sub("", text), language)
    return Written(whole, 0, len(text)) if whole else None


def _read_relative(text: str, language: str | None, now: datetime) -> Stamp | None:
    """Return what "2 hours ago", "yesterday" or "yesterday, 18:05" says."""
    text = _LABEL.sub("", plain_digits(text)).strip(" \t()[]|·•-–—,") if len(text) < _LENGTH else ""
    word, _ = split_time(text)
    stamp = read_relative(word, language, now)
    if stamp is None or word == text:
        return stamp
    return split_time(text, stamp)[1] if stamp.hour is None else None
