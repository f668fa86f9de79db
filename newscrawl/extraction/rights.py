"""What a page and its host reserve: robots directives and TDM reservation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from newscrawl.page.page import Page
from newscrawl.text.cleaning import clean_line

_ROBOTS_META = ("robots", "newscrawl", "googlebot", "googlebot-news")
_OURS = ("robots", "newscrawl", "robots_header")
_TDM = ("tdm-reservation", "tdm-policy")
_USAGE = ("content-usage", "content-signal")

# "max-snippet: 50" is a directive with a value, "otherbot: noindex" one for another crawler.
_NAMED = re.compile(r"([\w-]+)\s*:\s*(.*)")
_VALUED = ("max-", "unavailable_after")
_NONE = frozenset({"noindex", "nofollow"})


def find_rights(page: Page) -> dict[str, Any]:
    """Return the reservations that page and response declare, each with its source.

    Robots directives: the Robots Exclusion Protocol's meta elements and X-Robots-Tag header.
    ``tdm_reservation``, ``tdm_policy``: the TDM Reservation Protocol (W3C community group), in
    which the page's word counts before the header's. ``content_usage``, ``content_signal``:
    drafts (IETF AI Preferences; contentsignals.org).
    """
    rights: dict[str, Any] = {}
    for name in (*_ROBOTS_META, *_TDM):
        if value := page.metadata.first(name):
            rights[name.replace("-", "_")] = {"value": value, "source": "meta"}
    for key, right in _from_headers(page.headers).items():
        rights.setdefault(key, right)
    return rights


def robots_directives(rights: Mapping[str, Any]) -> frozenset[str]:
    """Return the directives of `find_rights` that are for every crawler or for this one.

    >>> sorted(robots_directives({"robots_header": {"value": "none, otherbot: noarchive"}}))
    ['nofollow', 'noindex']
    """
    found: set[str] = set()
    for name in _OURS:
        if name in rights:
            found |= _directives(rights[name]["value"])
    return frozenset(found | _NONE if "none" in found else found) - {"none"}


def _directives(value: str) -> set[str]:
    found: set[str] = set()
    for_us = True
    for part in value.lower().split(","):
        directive = part.strip()
        named = _NAMED.match(directive)
        if named and not named[1].startswith(_VALUED):
            for_us = named[1] == "newscrawl"
            directive = named[2]
        if for_us and directive:
            found.add(directive)
    return found


def _from_headers(headers: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("x-robots-tag", *_TDM, *_USAGE):
        if value := clean_line(headers.get(name, "")):
            key = "robots_header" if name == "x-robots-tag" else name.replace("-", "_")
            found[key] = {"value": value, "source": "header"}
    return found
