"""A record as schema.org has it: a NewsArticle in JSON-LD.

https://schema.org/NewsArticle. ``datePublished`` is a Date or a DateTime, as precise as ``date``.
"""

from __future__ import annotations

from typing import Any

from newscrawl.records.export.json_lines import without_empty
from newscrawl.records.output import Record

_TYPES = {"live": ["NewsArticle", "LiveBlogPosting"]}
# https://schema.org/isAccessibleForFree; where the page says nothing, nothing is said.
_FREE = {"open": True, "metered": False, "closed": False}


def news_article(record: Record) -> dict[str, Any]:
    """Return the NewsArticle of a record, without what is unknown."""
    body = record.get("body")
    members = {
        "@context": "https://schema.org",
        "@type": _TYPES.get(record.get("kind") or "", "NewsArticle"),
        "@id": record.get("canonical_url") or record["url"],
        "url": record["url"],
        "headline": record.get("headline"),
        "datePublished": record.get("date"),
        "dateModified": record.get("date_modified"),
        "description": record.get("description"),
        "author": [{"@type": "Person", "name": name} for name in record.get("authors") or []],
        "image": _images(record),
        "articleBody": body,
        "wordCount": len(body.split()) if body else None,
        "articleSection": record.get("section"),
        "keywords": record.get("tags"),
        "inLanguage": record.get("language"),
        "publisher": _publisher(record.get("publisher")),
        "conditionsOfAccess": record.get("access"),
        "version": record.get("revision"),
        "identifier": _identifier(record.get("content_hash")),
        "sdDatePublished": record.get("fetched_at"),
    }
    members = without_empty(members)
    if record.get("access") in _FREE:
        members["isAccessibleForFree"] = _FREE[record["access"]]
    return members


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


def _publisher(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _identifier(content_hash: str | None) -> dict[str, str] | None:
    if content_hash is None:
        return None
    return {"@type": "PropertyValue", "propertyID": "content_hash", "value": content_hash}
