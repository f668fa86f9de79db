"""Read authors and dates from the data that an article's text stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newscrawl.extraction.people.names import byline_names, is_nobody, is_person
from newscrawl.text.cleaning import clean_line

_PUBLISHED = (
    "datePublished", "publishedAt", "published_at", "publishedDate", "publishDate", "publish_date",
    "first_publish_date", "firstPublishedAt", "firstPublished", "firstPublishedDate",
    "display_date", "published", "publicationDate", "publication_date", "pubDate", "published_time",
    "datetime_published", "releaseDate", "date",
)  # fmt: skip
_MODIFIED = (
    "dateModified", "updatedAt", "updated_at", "modifiedAt", "modified_at", "lastModified",
    "last_updated_date", "lastUpdated", "modifiedDate", "modified",
)  # fmt: skip
_AUTHORS = (
    "authors", "author", "byline", "bylines", "writers", "creators", "contributors", "credits",
)  # fmt: skip
_HOLDERS = ("by", "nodes", "items", "data", "authors")  # of a dict that names nobody itself
_NAMES = ("name", "displayName", "display_name", "fullName", "full_name", "title", "text", "label")
_FIRST, _LAST = ("firstName", "first_name", "givenName"), ("lastName", "last_name", "familyName")
_LONGEST = 200
_MOST = 20
_LEVELS = 3


def published(owners: list[dict[str, Any]]) -> str | None:
    """Return the date of publication that the innermost of the dicts states, as it is written."""
    return _stated(owners, _PUBLISHED)


def modified(owners: list[dict[str, Any]]) -> str | None:
    """Return the date of the last change that the innermost of the dicts states."""
    return _stated(owners, _MODIFIED)


def _stated(owners: list[dict[str, Any]], keys: tuple[str, ...]) -> str | None:
    for owner in reversed(owners):
        for key in keys:
            value = owner.get(key)
            if isinstance(value, dict):  # {"value": "2026-06-05"}
                value = value.get("value") or value.get("iso") or value.get("date")
            if isinstance(value, str) and any(map(str.isdigit, value[:_LONGEST])):
                return clean_line(value[:_LONGEST])
    return None


def authors(owners: list[dict[str, Any]], site: frozenset[str]) -> list[str]:
    """Return the authors that the innermost of the dicts names; ``site`` is nobody's byline."""
    for owner in reversed(owners):
        for key in _AUTHORS:
            if names := list(dict.fromkeys(_names(owner.get(key), site, 0)))[:_MOST]:
                return names
    return []


def _names(value: Any, site: frozenset[str], level: int) -> Iterator[str]:
    if isinstance(value, str):
        yield from byline_names(clean_line(value[:_LONGEST]), site)
    elif level >= _LEVELS:
        return
    elif isinstance(value, list):
        for item in value[:_MOST]:
            yield from _names(item, site, level + 1)
    elif isinstance(value, dict):
        whole = next((value[k] for k in _NAMES if isinstance(value.get(k), str)), "")
        parts = [next((value[k] for k in keys if isinstance(value.get(k), str)), "")
                 for keys in (_FIRST, _LAST)]  # fmt: skip
        name = clean_line((whole or " ".join(parts))[:_LONGEST])
        if name and is_person(name) and not is_nobody(name):
            yield name
        elif not name:
            for key in _HOLDERS:
                yield from _names(value.get(key), site, level + 1)
