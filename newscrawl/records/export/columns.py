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
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any, Literal
from urllib.parse import urlsplit

from newscrawl.items import Article, Form, uses_of
from newscrawl.records.output import Record
from newscrawl.text.urls import site_of

ColumnKind = Literal["text", "instant", "day", "number", "texts", "images", "sources", "json"]

_KINDS: dict[Form, ColumnKind] = {
    "lines": "texts",
    "pictures": "images",
    "sources": "sources",
    "json": "json",
    "instant": "instant",
    "number": "number",
}
"""All other forms are text."""


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
    for name, use in uses_of(Article).items():
        value = _VALUES.get(use.form, _plain)
        columns.append(Column(name, _KINDS.get(use.form, "text"), partial(value, name)))
        if name == "url":
            columns.append(Column("site", "text", lambda record: _site_of_host(host_of(record))))
        elif use.column:
            columns.append(Column(f"{use.column}_at", "instant", partial(_instant, name)))
            columns.append(Column(f"{use.column}_on", "day", partial(_day, name)))
    return tuple(columns)


def _plain(name: str, record: Record) -> Any:
    return record.get(name)


def _instant(name: str, record: Record) -> datetime | None:
    return instant_of(record.get(name))


def _day(name: str, record: Record) -> date | None:
    return day_of(record.get(name))


def _json(name: str, record: Record) -> str:
    return json.dumps(record.get(name) or {}, ensure_ascii=False)


def _list(name: str, record: Record) -> Any:
    return record.get(name) or []


def _dict(name: str, record: Record) -> Any:
    return record.get(name) or {}


def _number(name: str, record: Record) -> Any:
    return record.get(name) or 1


_VALUES: dict[Form, Callable[[str, Record], Any]] = {
    "lines": _list,
    "pictures": _list,
    "sources": _dict,
    "json": _json,
    "instant": _instant,
    "number": _number,
}

COLUMNS = _columns()
"""In the order of the record's keys, each derived column behind its own."""
