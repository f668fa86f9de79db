"""A point in time as precise as it was written, and the formats that machines write.

Nothing is invented: a day stays a day, a time without a zone stays without one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

EARLIEST_YEAR = 1990
LATEST_YEAR = 2100
_SLACK = timedelta(days=2)  # a page may be dated ahead: time zones, tomorrow's print edition
_LARGEST_OFFSET = 14 * 60  # minutes; Kiribati


class Stamp(NamedTuple):
    """A date that was read, its parts not yet checked; the zone is "Z", "+01:00" or ""."""

    year: int
    month: int
    day: int
    hour: int | None = None
    minute: int = 0
    second: int | None = None
    fraction: str = ""
    zone: str = ""

    def isoformat(self, now: datetime | None = None) -> str | None:
        """Return ISO 8601, or None if there is no such moment or no page could be of it.

        With ``now`` (a naive one is UTC), nothing later than two days ahead of it is credible.
        """
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            return None
        try:
            moment = datetime(
                self.year, self.month, self.day, self.hour or 0, self.minute, self.second or 0
            )
        except ValueError:
            return None
        offset = _minutes(self.zone)
        if abs(offset) > _LARGEST_OFFSET:
            return None
        if now is not None and moment - timedelta(minutes=offset) > _naive_utc(now) + _SLACK:
            return None
        return f"{self.year:04}-{self.month:02}-{self.day:02}{self._time()}"

    def _time(self) -> str:
        if self.hour is None:
            return ""
        time = f"T{self.hour:02}:{self.minute:02}"
        if self.second is not None:
            # Microseconds at most: no system tells finer times, and few readers take them.
            fraction = self.fraction[:6].removesuffix("000")
            time += f":{self.second:02}" + (f".{fraction}" if fraction.strip("0") else "")
        return time + self.zone


_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?:(?:T| +)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"(?: ?(Z|UTC|GMT|[+−-]\d\d(?::?\d\d)?))?(?:\[[\w/+-]+\])?)?",
    re.IGNORECASE | re.ASCII,
)
_BASIC = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d\d(?::?\d\d)?)?)?", re.ASCII
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)


def read_machine(text: str) -> Stamp | None:
    """Return what an ISO 8601 date or a Unix time (10 digits, or 13 for milliseconds) says.

    >>> read_machine("2022-04-12T18:05-0400").isoformat()
    '2022-04-12T18:05-04:00'
    """
    if not text[:4].isdecimal():
        return None
    match = _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    if match:
        year, month, day, hour, minute, second, fraction, zone = match.groups()
        date = Stamp(int(year), int(month), int(day))
        if hour is None:
            return date
        return date._replace(
            hour=int(hour),
            minute=int(minute),
            second=None if second is None else int(second),
            fraction=fraction or "",
            zone=zone_of(zone or ""),
        )
    if _EPOCH.fullmatch(text):
        moment = datetime.fromtimestamp(int(text[:10]), UTC)
        return Stamp(
            moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second,
            text[10:], "Z",
        )  # fmt: skip
    return None


def zone_of(offset: str) -> str:
    """Return an offset as ISO 8601 writes it: ``"-0400"`` is ``"-04:00"``, ``"UTC"`` is ``"Z"``."""
    offset = offset.upper().replace("−", "-")
    if offset in {"Z", "UTC", "GMT"}:
        return "Z"
    if not offset:
        return ""
    sign, digits = offset[0], offset[1:].replace(":", "")
    if len(digits) in {1, 3}:
        digits = "0" + digits
    return f"{sign}{digits[:2]}:{digits[2:] or '00'}"


def _minutes(zone: str) -> int:
    if zone in {"", "Z"}:
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


def _naive_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def utc_timestamp(moment: datetime) -> str:
    """Return an aware datetime as records have it: UTC, to the second.

    >>> utc_timestamp(datetime(2022, 4, 12, 22, 40, 5, 900_000, UTC))
    '2022-04-12T22:40:05Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
