"""Read headers, host and time of responses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from scrapy.http import Response

FETCHED_AT = "newscrawl_fetched_at"
"""Key of a request's meta: when its answer arrived, an aware datetime, where that was noted."""


def headers_of(response: Response) -> Mapping[str, str]:
    """Return the headers of a response, names in lower case."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def header_of(response: Response, name: str) -> str | None:
    """Return one header of a response."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def host_of(url: str) -> str:
    """Return the host of an address, with its port."""
    return url.split("/", 3)[2] if url.count("/") >= 2 else ""


def arrival(meta: Mapping[str, Any]) -> datetime:
    """Return when the answer to a request arrived, by its meta; the present if nobody noted it."""
    return meta.get(FETCHED_AT) or datetime.now(UTC)
