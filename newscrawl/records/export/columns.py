"""The record as columns: each field under its own name, dates also as dates, and the site.

==================  ===========================================================================
column              what it holds
==================  ===========================================================================
``site``            the registrable domain of ``url``
``published_at``    the instant that ``date`` is, UTC; None where it has no time or no offset
``published_on``    the day that ``date`` is, as the page counts it
``modified_at``     as ``published_at``, of ``date_modified``
``modified_on``     as ``published_on``, of ``date_modified``
``fetched_at``      an instant in place of the text, which is UTC in any case
==================  ===========================================================================
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any, Literal
from urllib.parse import urlsplit

from newscrawl.items import Article
from newscrawl.records.output import Record
from newscrawl.text.urls import site_of

ColumnKind = Literal["text", "instant", "day", "number", "texts", "images", "sources", "json"]

_KINDS: dict[str, ColumnKind] = {
    "authors": "texts",
    "tags": "texts",
    "images": "images",
    "sources": "sources",
    "rights": "json",
    "fetched_at": "instant",
    "revision": "number",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``value`` takes it from a record that a `RecordReader` read."""

    name: str
    kind: ColumnKind
    value: Callable[[Record], Any]
    """text: str; instant: datetime in UTC; day: date; number: int; texts: list of str; images:
    list of dicts; sources: dict of str; json: str. Or None, but for the lists and dicts."""


def instant_of(text: str | None) -> datetime | None:
    """Return the instant of an ISO 8601 text in UTC; None without a time, an offset or sense.

    >>> instant_of("2022-04-12T18:05:00-04:00").isoformat()
    '2022-04-12T22:05:00+00:00'
    >>> instant_of("2022-04-12"), instant_of("2022-04-12T18:05"), instant_of("2022-02-30")
    (None, None, None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def day_of(text: str | None) -> date | None:
    """Return the day of an ISO 8601 text, as its own offset has it.

    >>> day_of("2022-04-12T23:05:00-04:00")
    datetime.date(2022, 4, 12)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def utc_text(moment: datetime) -> str:
    """Return an instant in UTC as ISO 8601.

    >>> utc_text(datetime(2022, 4, 12, 22, 5, tzinfo=UTC))
    '2022-04-12T22:05:00Z'
    """
    return moment.isoformat().replace("+00:00", "Z")


def host_of(record: Record) -> str:
    """Return the host of a record's address in lower case; "" where it has none."""
    try:
        return urlsplit(record["url"]).hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=65_536)
def _site_of_host(host: str) -> str | None:
    return site_of(f"//{host}") or None


def _columns() -> tuple[Column, ...]:
    columns: list[Column] = []
    for field in fields(Article):
        name = field.name
        kind = _KINDS.get(name, "text")
        columns.append(Column(name, kind, _VALUES.get(name, partial(_plain, name))))
        if name == "url":
            columns.append(Column("site", "text", lambda record: _site_of_host(host_of(record))))
        elif name in _DATES:
            stem = _DATES[name]
            columns.append(Column(f"{stem}_at", "instant", partial(_instant, name)))
            columns.append(Column(f"{stem}_on", "day", partial(_day, name)))
    return tuple(columns)


def _plain(name: str, record: Record) -> Any:
    return record.get(name)


def _instant(name: str, record: Record) -> datetime | None:
    return instant_of(record.get(name))


def _day(name: str, record: Record) -> date | None:
    return day_of(record.get(name))


def _json(record: Record) -> str:
    return json.dumps(record.get("rights") or {}, ensure_ascii=False)


_DATES = {"date": "published", "date_modified": "modified"}
_VALUES: dict[str, Callable[[Record], Any]] = {
    "authors": lambda record: record.get("authors") or [],
    "tags": lambda record: record.get("tags") or [],
    "images": lambda record: record.get("images") or [],
    "sources": lambda record: record.get("sources") or {},
    "rights": _json,
    "fetched_at": partial(_instant, "fetched_at"),
    "revision": lambda record: record.get("revision") or 1,
}

COLUMNS = _columns()
"""In the order of the record's keys, each derived column behind its own."""
