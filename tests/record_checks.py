"""What holds of every record, whatever the page was."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from newscrawl import Article
from newscrawl.items import Source
from newscrawl.schema import schema_errors

_SOURCES = set(get_args(Source))
# Line breaks stand between the paragraphs of a body, and nowhere else.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def assert_valid(article: Article) -> None:
    """Fail unless the record fits its schema, is valid UTF-8 JSON, and holds no empty text."""
    record = article.to_dict()
    assert schema_errors(record) == []
    assert json.loads(json.dumps(record, ensure_ascii=False).encode()) == record
    for path, text in _texts(record, ""):
        assert text.strip() or path == "url", f"{path} is empty"
        found = _CONTROL.search(text)
        assert found is None, f"{path} has {found[0]!r}: {text[:100]!r}"
        assert "\n" not in text or path == "body", f"{path} has a line break: {text[:100]!r}"
    assert set(article.sources.values()) <= _SOURCES
    for name in article.sources:
        assert record[name], f"{name} has a source and no value"
    assert article.body is None or not re.search(r"\n{3}|^\n|\n$|[ \t]\n|\n[ \t]", article.body)


def _texts(value: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, dict):
        return [
            found
            for key, inner in value.items()
            for found in _texts(inner, f"{path}.{key}".lstrip("."))
        ]
    if isinstance(value, list):
        return [found for inner in value for found in _texts(inner, path)]
    return []
