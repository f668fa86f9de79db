"""The record's JSON Schema, derived from the dataclasses, and validators made of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
from itemadapter import ItemAdapter

from newscrawl.items import SCHEMA_VERSION, Article

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def article_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one record as a dict; do not change it.

    ``$id`` names it and its version, `SCHEMA_VERSION`; no address stands behind it. Other keys
    than its own are allowed, so a later minor version fits it, too, but for new values of
    ``kind`` and ``access``.
    """
    schema = _with_plain_words(ItemAdapter.get_json_schema(Article))
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": f"urn:newscrawl:article:{SCHEMA_VERSION}",
        "title": "newscrawl article",
        **schema,
    }


def schema_errors(record: dict[str, Any], *, later: bool = False) -> list[str]:
    """Return what is wrong with a record, one "field: message" each; empty for a valid one.

    ``later``: the record is of a later minor version, and may have values that are new there.

    >>> schema_errors({"url": "https://example.org/a", "revision": 0})
    ['revision: 0 is less than the minimum of 1']
    """
    validator = _later_validator() if later else _validator()
    if validator.is_valid(record):
        return []
    return [
        f"{'.'.join(str(step) for step in error.instance_path) or 'record'}: {error.message}"
        for error in validator.iter_errors(record)
    ]


def _with_plain_words(schema: Any) -> Any:
    """Return the schema with each description on one line of Markdown."""
    if isinstance(schema, list):
        return [_with_plain_words(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {word: _with_plain_words(value) for word, value in schema.items()}
    words = plain.get("description")
    if isinstance(words, str):
        plain["description"] = " ".join(words.split()).replace("``", "`")
    return plain


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(article_schema())


@cache
def _later_validator() -> Any:
    schema = article_schema()
    properties = {
        name: {word: value for word, value in prop.items() if word != "enum"}
        for name, prop in schema["properties"].items()
    }
    return jsonschema_rs.validator_for({**schema, "properties": properties})
