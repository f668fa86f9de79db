"""Rights that a page and its host reserve: robots directives and TDM reservation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from newscrawl.items import Article
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

WITHHELD_FOR = frozenset({"noindex", "noarchive", "tdm-reservation"})
"""Reservations for which a body can be left out, as NEWSCRAWL_WITHHOLD_BODY names them."""


def checked_reservations(names: Iterable[str]) -> tuple[str, ...]:
    """Return reservations as `withhold_body` takes them; raises ValueError for what is none."""
    chosen = tuple(dict.fromkeys(names))
    if unknown := next((name for name in chosen if name not in WITHHELD_FOR), None):
        raise ValueError(f"{unknown!r} is none of {', '.join(sorted(WITHHELD_FOR))}")
    return chosen


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


def add_host_rights(rights: dict[str, Any], of_host: Mapping[str, Any]) -> None:
    """Complete the rights that page and response state with those of their host.

    ``of_host`` comes from robots.txt and tdmrep.json. What page or response say counts first; of
    the TDM Reservation Protocol the host's policy does not go with the page's own reservation.
    """
    says_itself = "tdm_reservation" in rights
    for name, right in of_host.items():
        if not name.startswith("tdm_"):
            rights.setdefault(name, right)
        elif not says_itself:
            rights[name] = right


def withhold_body(article: Article, reservations: Collection[str]) -> str | None:
    """Leave out the body of a record that is reserved; return the reservation, None for none.

    ``reservations`` are those of WITHHELD_FOR to keep to, the first that holds counts. ``rights``
    gets ``body_withheld``; the ``content_hash`` stays that of the whole text.
    """
    reserved = set(robots_directives(article.rights))
    if article.rights.get("tdm_reservation", {}).get("value") == "1":
        reserved.add("tdm-reservation")
    for name in reservations:
        if name in reserved:
            article.body = None
            article.sources.pop("body", None)
            article.rights["body_withheld"] = {"value": name, "source": "setting"}
            return name
    return None
