"""What a page and its host reserve: robots directives and TDM reservation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newscrawl.page import Page
from newscrawl.text import clean_line

_ROBOTS_META = ("robots", "googlebot", "googlebot-news")
_TDM = ("tdm-reservation", "tdm-policy")


def find_rights(page: Page) -> dict[str, Any]:
    """Return the reservations that page and response declare, each with its source.

    Robots directives: the Robots Exclusion Protocol's meta elements and X-Robots-Tag header.
    ``tdm-reservation``, ``tdm-policy``: the TDM Reservation Protocol (W3C community group).
    """
    rights: dict[str, Any] = {}
    for name in (*_ROBOTS_META, *_TDM):
        if value := page.metadata.first(name):
            rights[name.replace("-", "_")] = {"value": value, "source": "meta"}
    rights |= _from_headers(page.headers)
    return rights


def _from_headers(headers: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("x-robots-tag", *_TDM, "content-usage", "content-signal"):
        if value := clean_line(headers.get(name, "")):
            key = "robots_header" if name == "x-robots-tag" else name.replace("-", "_")
            found[key] = {"value": value, "source": "header"}
    return found
