"""Notes: facts that a crawl knows of a page beyond its response, kept beside it in the WARC.

A note is a record of type ``metadata`` before the response that it is about: JSON, with
``WARC-Concurrent-To`` naming the response's record. Other software may leave it alone.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, TypedDict

from newscrawl.archive.reading import Record

CONTENT_TYPE = "application/vnd.newscrawl.note+json"

_LONGEST = 1_000_000  # bytes
_WAITING = 1_000
"""So many notes wait for their responses; those of a crawl come directly before them."""


class Note(TypedDict, total=False):
    """The keys of a note; each is left out where there is nothing to say."""

    run: str
    """Names the run of the crawl."""
    target: str
    """What was asked for: ``article``, ``start``, ``section``, ``feed``, ``sitemap``, ``file``
    (robots.txt and its like)."""
    asked: list[str]
    """Addresses that redirected here, the first asked for first."""
    visited: list[str]
    """Of a further page of an article: the addresses of the pages before it."""
    hints: dict[str, str]
    """``headline`` and ``date`` as a feed or sitemap gave them."""
    hosts: list[str]
    """Of a start or section page: other hosts that its links may lead to."""
    defaults: dict[str, str]
    """``language``, ``section``, ``publisher`` of the site list, for a page that says nothing."""
    refresh_delay: int
    """METAREFRESH_MAXDELAY of the crawl, in seconds, where it is not the default."""
    most_pages: int
    """Its NEWSCRAWL_MAX_ARTICLE_PAGES, where it is not the default."""
    withhold: list[str]
    """Its NEWSCRAWL_WITHHOLD_BODY, where that names any."""
    rights: dict[str, dict[str, str]]
    """What the host's robots.txt and tdmrep.json reserve, in the form of a record's ``rights``."""


class Notes:
    """The notes of a WARC file that wait for their responses."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Note] = OrderedDict()

    def add(self, record: Record) -> None:
        """Keep the note that a record holds; what is none is left alone."""
        if not is_note(record.headers) or record.block is None or len(record.block) > _LONGEST:
            return
        note = _checked(record.block)
        if note is not None:
            self._waiting[record.headers.get("warc-concurrent-to", "")] = note
            if len(self._waiting) > _WAITING:
                self._waiting.popitem(last=False)

    def take(self, headers: Mapping[str, str]) -> Note:
        """Return the note about a response, an empty one where there is none."""
        return self._waiting.pop(headers.get("warc-record-id", ""), {})


def is_note(headers: Mapping[str, str]) -> bool:
    """Return whether a record holds a note, by its headers."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == CONTENT_TYPE


def _checked(block: bytes) -> Note | None:
    """Return a note with what has the right types: anybody may have written the file."""
    try:
        found = json.loads(block)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    note: Note = {}
    if isinstance(run := found.get("run"), str):
        note["run"] = run
    if isinstance(target := found.get("target"), str):
        note["target"] = target
    note["asked"] = _texts(found.get("asked"))
    note["visited"] = _texts(found.get("visited"))
    note["hosts"] = _texts(found.get("hosts"))
    note["hints"] = _by_name(found.get("hints"))
    note["defaults"] = _by_name(found.get("defaults"))
    if isinstance(delay := found.get("refresh_delay"), int):
        note["refresh_delay"] = delay
    if isinstance(pages := found.get("most_pages"), int):
        note["most_pages"] = pages
    note["withhold"] = _texts(found.get("withhold"))
    rights = found.get("rights")
    note["rights"] = (
        {name: _by_name(value) for name, value in rights.items()}
        if isinstance(rights, dict)
        else {}
    )
    return note


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _by_name(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: text for name, text in value.items() if isinstance(text, str)}
