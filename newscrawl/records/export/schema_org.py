"""A record as schema.org has it: a NewsArticle in JSON-LD.

https://schema.org/NewsArticle. ``datePublished`` is a Date or a DateTime, as precise as ``date``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newscrawl.items import Article, uses_of
from newscrawl.records.export.json_lines import without_empty
from newscrawl.records.output import Record

_TYPES = {"live": ["NewsArticle", "LiveBlogPosting"]}
# https://schema.org/isAccessibleForFree; where the page says nothing, nothing is said.
_FREE = {"open": True, "metered": False, "closed": False}


def news_article(record: Record) -> dict[str, Any]:
    """Return the NewsArticle of a record, without what is unknown.

    The property of each field is that of its definition in `newscrawl.items`.
    """
    members: dict[str, Any] = {"@context": "https://schema.org"}
    for name, use in uses_of(Article).items():
        if use.schema_org:
            converted = _CONVERTED.get(use.schema_org)
            value = converted(record) if converted is not None else record.get(name)
            members[use.schema_org] = value
    members = without_empty(members)
    if body := record.get("body"):
        members["wordCount"] = len(body.split())
    if record.get("access") in _FREE:
        members["isAccessibleForFree"] = _FREE[record["access"]]
    return members


def _type(record: Record) -> Any:
    return _TYPES.get(record.get("kind") or "", "NewsArticle")


def _people(record: Record) -> list[dict[str, Any]]:
    return [{"@type": "Person", "name": name} for name in record.get("authors") or []]


def _images(record: Record) -> list[dict[str, Any]]:
    images = [
        without_empty(
            {
                "@type": "ImageObject",
                "contentUrl": image["url"],
                "caption": image.get("caption"),
                "creditText": image.get("credit"),
                "description": image.get("alt"),
            }
        )
        for image in record.get("images") or []
    ]
    lead = without_empty({"caption": record.get("caption"), "creditText": record.get("credit")})
    if not images:
        return [{"@type": "ImageObject", **lead}] if lead else []
    images[0] = {**lead, **images[0]}
    return images


def _publisher(record: Record) -> dict[str, str] | None:
    name = record.get("publisher")
    return {"@type": "Organization", "name": name} if name else None


def _identifier(record: Record) -> dict[str, str] | None:
    content_hash = record.get("content_hash")
    if content_hash is None:
        return None
    return {"@type": "PropertyValue", "propertyID": "content_hash", "value": content_hash}


# Properties whose value is not that of one field as it is.
_CONVERTED: dict[str, Callable[[Record], Any]] = {
    "@type": _type,
    "@id": lambda record: record.get("canonical_url") or record["url"],
    "author": _people,
    "image": _images,
    "publisher": _publisher,
    "identifier": _identifier,
}
