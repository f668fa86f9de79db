"""What IPTC ninjs 3.3 asks of the objects that newscrawl writes, as a JSON Schema of our own.

The published schema, https://www.iptc.org/std/ninjs/ninjs-schema_3.3.json, is in no package of a
registry, and it is not ours to copy. This one has its rules for every property that newscrawl
uses, and refuses all other properties; so it is stricter, and what fits it fits ninjs.
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_MOMENT = {"type": "string", "format": "date-time"}
_COUNT = {"type": "integer"}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": properties,
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


_VALUE = {"role": _TEXT, "contentType": _TEXT, "value": _TEXT}

_PROPERTIES = {
    "uri": _URI,
    # The news types of the NewsCodes "ninature".
    "type": {
        "enum": [
            "text", "audio", "video", "picture", "graphic", "composite", "component", "event",
            "planning",
        ]
    },
    "version": _TEXT,
    "firstCreated": _MOMENT,
    "versionCreated": _MOMENT,
    "contentCreated": _MOMENT,
    "language": _TEXT,
    "usageTerms": _TEXT,
    "by": _TEXT,
    "headlines": _list(_object("value", **_VALUE)),
    "descriptions": _list(_object("value", **_VALUE)),
    "bodies": _list(_object("value", **_VALUE, charCount=_COUNT, wordCount=_COUNT)),
    "infoSources": _list(_object(name=_TEXT, role=_TEXT, uri=_URI, literal=_TEXT)),
    "subjects": _list(_object(name=_TEXT, rel=_TEXT, uri=_URI, literal=_TEXT)),
    "renditions": _list(_object("name", name=_TEXT, href=_URI, contentType=_TEXT)),
    "altIds": _list(_object(role=_TEXT, value=_TEXT)),
    "standard": _object(name=_TEXT, version=_TEXT, schema=_URI),
}  # fmt: skip

NINJS = _object(
    "uri",
    **_PROPERTIES,
    # Associated objects are ninjs objects themselves, and must have a name.
    associations=_list(_object("uri", "name", **_PROPERTIES, name=_TEXT, rel=_TEXT)),
)
