"""The record's JSON Schema, derived from the dataclasses, and a validator made of it."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema_rs
from itemadapter import ItemAdapter

from newscrawl.items import Article

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def article_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one record as a dict; do not change it."""
    schema = ItemAdapter.get_json_schema(Article)
    return {"$schema": SCHEMA_DIALECT, "title": "newscrawl article", **schema}


@cache
def _validator() -> Any:
    return jsonschema_rs.validator_for(article_schema())


def schema_errors(record: dict[str, Any]) -> list[str]:
    """Return what is wrong with a record, one "field: message" each; empty for a valid one.

    >>> schema_errors({"url": "https://example.org/a", "revision": 0})
    ['revision: 0 is less than the minimum of 1']
    """
    if _validator().is_valid(record):
        return []
    return [
        f"{'.'.join(str(step) for step in error.instance_path) or 'record'}: {error.message}"
        for error in _validator().iter_errors(record)
    ]
