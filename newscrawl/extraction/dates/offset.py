"""A moment told in UTC, told as the page's readers know it: at the page's own offset.

Late in the evening a time in UTC is of another day than the one that the page was written on. The
offset is taken from the page, from what states or shows a local time; it is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

from newscrawl.extraction.blocks import Placed
from newscrawl.page.shown import element_text
from newscrawl.text.dates import normalise_date

_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_STEP = timedelta(minutes=15)
_OFFSET = re.compile(r"T.*[+-](?!00:00)\d\d:\d\d$")
_CLOCK = re.compile(r"(?<![\d:.])([01]?\d|2[0-3])[:.h]([0-5]\d)(?![\d:.]|\s?[ap]\.?m)", re.I)
_SHOWN = 60  # characters
_TIMES = 50


def is_utc(value: str) -> bool:
    """Return whether an ISO 8601 date is an instant in UTC."""
    return value.endswith(("Z", "+00:00"))


def is_round(value: str) -> bool:
    """Whether an instant could be a midnight elsewhere: no minutes but halves, no seconds."""
    return value[13:16] in (":00", ":30") and value[16:19] in (":00", "Z", "+00")


def as_stated(utc: str, others: Iterable[str]) -> str | None:
    """Return the instant as one of the other dates states it, at an offset; else None.

    One without an offset tells it too, if it differs by whole quarters of an hour to the second.

    >>> as_stated("2023-11-09T06:35:29Z", ["2023-11-08T22:35:29"])
    '2023-11-08T22:35:29-08:00'
    """
    moment = datetime.fromisoformat(utc)
    for other in others:
        if _OFFSET.search(other) and datetime.fromisoformat(other) == moment:
            return other
        if len(other) >= 19 and "T" in other and moment.second:
            local = datetime.fromisoformat(other)
            same_second = local.tzinfo is None and local.second == moment.second
            if same_second and (value := at_local(utc, local)):
                return value
    return None


def at_local(utc: str, local: datetime) -> str | None:
    """Return the instant at the offset at which it is this local time, or None if there is none."""
    moment = datetime.fromisoformat(utc)
    exact = moment.replace(tzinfo=None)
    if not local.second:
        exact = exact.replace(second=0, microsecond=0)
    return _at(moment, local - exact.replace(microsecond=0))


def on_day(utc: str, day: str, times: Iterable[Placed]) -> str | None:
    """Return the instant on a day next to its own in UTC, at an offset that other times have.

    ``times`` are the page's ``<time>`` elements: they state an offset, or state UTC and show the
    local time of day.
    """
    moment = datetime.fromisoformat(utc)
    for element, _, _ in list(times)[:_TIMES]:
        stated = element.attributes.get("datetime") or ""
        offset = _offset_of(stated, element_text(element, _SHOWN))
        if offset and (value := _at(moment, offset)) and value[:10] == day:
            return value
    return None


def _offset_of(stated: str, shown: str) -> timedelta | None:
    value = normalise_date(stated)
    if value is None or "T" not in value:
        return None
    if _OFFSET.search(value):
        return datetime.fromisoformat(value).utcoffset()
    clock = _CLOCK.search(shown)
    if clock is None or not is_utc(value):
        return None
    moment = datetime.fromisoformat(value)
    ahead = (int(clock[1]) - moment.hour) * 60 + int(clock[2]) - moment.minute
    return timedelta(minutes=(ahead + 720) % 1440 - 720)  # the nearer way round the clock


def _at(moment: datetime, offset: timedelta) -> str | None:
    if not offset or offset % _STEP or not _WEST <= offset <= _EAST:
        return None
    local = moment.astimezone(timezone(offset))
    if not moment.microsecond:
        return local.isoformat(timespec="seconds")
    return local.isoformat(timespec="microseconds" if moment.microsecond % 1000 else "milliseconds")
