"""A record as IPTC ninjs 3.3, "News in JSON".

https://www.iptc.org/std/ninjs/ninjs-schema_3.3.json. ninjs has date-times alone: a day without a
time, or a time without an offset, cannot be said in it and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from w3lib.url import safe_url_string

from newscrawl.items import Article, uses_of
from newscrawl.records.export.json_lines import without_empty
from newscrawl.records.output import Record

VERSION = "3.3"
SCHEMA = f"http://www.iptc.org/std/ninjs/ninjs-schema_{VERSION}.json#"

_TYPES = {"video": "video", "gallery": "composite"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_SECONDS = re.compile(r"(?<=T\d\d:\d\d)(?=Z|[+-])")


def ninjs(record: Record) -> dict[str, Any]:
    """Return the ninjs object of a record, without what is unknown.

    The property of each field is that of its definition in `newscrawl.items`.
    """
    found: dict[str, Any] = {}
    for name, use in uses_of(Article).items():
        if not use.ninjs:
            continue
        key, _, role = use.ninjs.partition(".")
        if key in _CONVERTED:
            found[key] = _CONVERTED[key](record)
        elif key in _ENTRIES:
            found.setdefault(key, []).extend(_entries(key, role, record.get(name)))
        else:
            found[key] = record.get(name)
    published = date_time(record.get("date"))
    found |= {
        "firstCreated": published,
        "versionCreated": date_time(record.get("date_modified")) or published,
        "contentCreated": published,
        "by": ", ".join(record.get("authors") or []),
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
    }
    return without_empty(found)


def _entries(key: str, role: str, value: Any) -> list[dict[str, Any]]:
    """Return the entries of a list property for a field's value or values."""
    values = value if isinstance(value, list) else [value] if value else []
    return [_ENTRIES[key](role, each) for each in values]


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


def _value(role: str, value: str) -> dict[str, Any]:
    return {"role": role, "contentType": "text/plain", "value": value}


def _values(role: str, value: str | None) -> list[dict[str, Any]]:
    return [_value(role, value)] if value else []


def _body(role: str, value: str) -> dict[str, Any]:
    return {**_value(role, value), "charCount": len(value), "wordCount": len(value.split())}


def _usage_terms(record: Record) -> str:
    rights: dict[str, Any] = record.get("rights") or {}
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


# Lists whose entries say by a word what they are, each made of that word and a field's value.
_ENTRIES: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "headlines": _value,
    "descriptions": _value,
    "bodies": _body,
    "infoSources": lambda role, name: {"name": name, "role": role},
    "subjects": lambda role, name: {"name": name, "rel": role},
    "altIds": lambda role, value: {"role": role, "value": value},
}
# Properties whose value is not that of one field as it is.
_CONVERTED: dict[str, Callable[[Record], Any]] = {
    "uri": lambda record: _uri(record["url"]),
    "type": lambda record: _TYPES.get(record.get("kind") or "", "text"),
    "version": lambda record: str(record.get("revision") or 1),
    "usageTerms": _usage_terms,
    "associations": _pictures,
}
