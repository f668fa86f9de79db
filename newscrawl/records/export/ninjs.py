"""A record as IPTC ninjs 3.3, "News in JSON".

https://www.iptc.org/std/ninjs/ninjs-schema_3.3.json. ninjs has date-times alone: a day without a
time, or a time without an offset, cannot be said in it and is left out.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from w3lib.url import safe_url_string

from newscrawl.records.export.json_lines import without_empty
from newscrawl.records.output import Record

VERSION = "3.3"
SCHEMA = f"http://www.iptc.org/std/ninjs/ninjs-schema_{VERSION}.json#"

_TYPES = {"video": "video", "gallery": "composite"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_SECONDS = re.compile(r"(?<=T\d\d:\d\d)(?=Z|[+-])")


def ninjs(record: Record) -> dict[str, Any]:
    """Return the ninjs object of a record, without what is unknown."""
    published = date_time(record.get("date"))
    authors, publisher = record.get("authors") or [], record.get("publisher")
    return without_empty(
        {
            "uri": _uri(record["url"]),
            "type": _TYPES.get(record.get("kind") or "", "text"),
            "version": str(record.get("revision") or 1),
            "firstCreated": published,
            "versionCreated": date_time(record.get("date_modified")) or published,
            "contentCreated": published,
            "language": record.get("language"),
            "headlines": _values("main", record.get("headline")),
            "descriptions": _values("summary", record.get("description")),
            "bodies": _bodies(record.get("body")),
            "by": ", ".join(authors),
            "infoSources": [
                *({"name": name, "role": "author"} for name in authors),
                *([{"name": publisher, "role": "publisher"}] if publisher else []),
            ],
            "subjects": [
                *([{"name": record["section"], "rel": "section"}] if record.get("section") else []),
                *({"name": tag, "rel": "keyword"} for tag in record.get("tags") or []),
            ],
            "usageTerms": _usage_terms(record.get("rights") or {}),
            "associations": _pictures(record),
            "altIds": [
                {"role": role, "value": record[role]}
                for role in ("canonical_url", "content_hash", "cluster")
                if record.get(role)
            ],
            "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        }
    )


def date_time(text: str | None) -> str | None:
    """Return a text as an RFC 3339 date-time, None if it is less than one.

    >>> date_time("2022-04-12T18:05-04:00"), date_time("2022-04-12"), date_time("2022-04-12T18:05")
    ('2022-04-12T18:05:00-04:00', None, None)
    """
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return _SECONDS.sub(":00", text or "") if moment.tzinfo is not None else None


def _uri(url: str) -> str:
    """Return an address as RFC 3986 has it, and what is none as a name that may stand for one."""
    try:
        uri = safe_url_string(url)
    except ValueError:
        uri = ""
    return uri if _SCHEME.match(uri) else f"urn:newscrawl:{quote(url, safe='')}"


def _values(role: str, value: str | None) -> list[dict[str, Any]]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _bodies(body: str | None) -> list[dict[str, Any]]:
    if not body:
        return []
    counts = {"charCount": len(body), "wordCount": len(body.split())}
    return [{**_values("main", body)[0], **counts}]


def _usage_terms(rights: dict[str, Any]) -> str:
    said = [
        f"{name.replace('_', '-')}: {right['value']}"
        for name, right in rights.items()
        if isinstance(right, dict) and "value" in right
    ]
    return "; ".join(said)


def _pictures(record: Record) -> list[dict[str, Any]]:
    return [
        without_empty(
            {
                "name": f"picture {number}",
                "rel": "lead" if number == 1 else "illustration",
                "uri": _uri(image["url"]),
                "type": "picture",
                "by": image.get("credit"),
                "descriptions": [
                    *_values("caption", image.get("caption")),
                    *_values("alt", image.get("alt")),
                ],
                "renditions": [{"name": "original", "href": _uri(image["url"])}],
            }
        )
        for number, image in enumerate(record.get("images") or [], start=1)
    ]
