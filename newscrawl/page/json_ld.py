"""JSON-LD as pages write it: read leniently, bounded, and laid flat into its typed nodes."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

Node = dict[str, Any]

MAX_JSON_LD = 5_000_000
"""So many characters of JSON-LD are read, over all scripts of a page."""

MAX_NODES = 500
"""So many typed nodes are looked at; the first."""

MAX_LEVELS = 32
"""What lies deeper is dropped."""

_MOST_STEPS = 12
# Where a node holds others that are things of the page themselves.
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
# What surrounds JSON-LD in its script: comments and CDATA sections, of HTML or of JavaScript.
_OPENING = re.compile(r"(?:<!--|//|/\*|\*/|<!\[CDATA\[|\s){1,20}")
_CLOSING = ("-->", "]]>", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?:([\"\\/bfnrt]|u[0-9a-fA-F]{4})|(.?))", re.DOTALL)
_ARTICLE_TYPE = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(\w{0,30}(?:Article|Posting))"')
_WHOLE_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|inLanguage)"\s{0,9}:\s{0,9}'
    r'("(?:[^"\\]|\\["\\/bfnrt]){1,500}")\s{0,9}[,}]'
)
_MOST_SIGNS, _MOST_FIELDS = 20, 50
_BETWEEN = re.compile(r"[\s,;]*")


def read_json_ld(scripts: list[str]) -> list[Node]:
    """Return the nodes that have a type, ``@graph`` and lists laid flat; broken ones left out.

    >>> read_json_ld(['<!-- {"@graph": [{"@type": "NewsArticle", "headline": "A hall",},]} -->'])
    [{'@type': 'NewsArticle', 'headline': 'A hall'}]
    """
    return list(islice(_nodes(scripts), MAX_NODES))


def _nodes(scripts: list[str]) -> Iterator[Node]:
    """Yield the typed nodes of the scripts; those beyond the limit of size are left out."""
    size = 0
    for script in scripts:
        if size + len(script) <= MAX_JSON_LD:
            size += len(script)
            yield from _typed_nodes(_load(script))


def _load(script: str) -> Any:
    """Parse one JSON-LD script as leniently as its author wrote it; None when it is beyond help."""
    text = script.strip()
    if not text:
        return None
    for mended in (str, _without_comments, _mend):
        try:
            return _cut(_DECODER.decode(mended(text)))
        except (ValueError, RecursionError):
            continue
    return _first_values(_mend(text)) or _salvaged(text)


def _without_comments(text: str) -> str:
    """Drop the comment signs and CDATA marks around a script, and semicolons after it."""
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    for _ in range(_MOST_SIGNS):
        text = text.rstrip()
        sign = next((sign for sign in _CLOSING if text.endswith(sign)), None)
        if sign is None:
            break
        text = text.removesuffix(sign)
    return text


def _mend(text: str) -> str:
    """Mend what JavaScript or a template left: escapes that JSON has not, commas, entities."""
    text = _without_comments(text)
    if text[1:20].lstrip().startswith("&quot;"):
        text = html.unescape(text)
    text = _BAD_ESCAPE.sub(lambda match: match[0] if match[1] else match[2], text)
    return _TRAILING_COMMA.sub(r"\1", text)


def _first_values(text: str) -> list[Any]:
    """Return the values that stand one after the other at the start of a text."""
    values: list[Any] = []
    position = 0
    while len(values) < MAX_NODES and text[position : position + 1] in ("{", "["):
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        values.append(_cut(value))
        if between := _BETWEEN.match(text, position):
            position = between.end()
    return values


def _salvaged(text: str) -> Node | None:
    """Return what is whole in an article's broken script, most often by a quote in the text."""
    declared = _ARTICLE_TYPE.search(text)
    if declared is None:
        return None
    node: Node = {"@type": declared[1]}
    for key, value in islice(_WHOLE_FIELD.findall(text), _MOST_FIELDS):
        node.setdefault(key, json.loads(value, strict=False))
    return node


def _cut(value: Any) -> Any:
    """Empty the containers that lie too deep in a JSON value; return the value."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_LEVELS):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            break
    for item in level:
        item.clear()
    return value


def _integer(digits: str) -> int | str:
    # int() refuses very long numbers with an error that would lose the whole document.
    return int(digits) if len(digits) < 64 else digits


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer)


def _typed_nodes(data: Any, steps: int = 0) -> Iterator[Node]:
    if isinstance(data, list):
        inner = data
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        inner = [data[key] for key in _HOLDERS if key in data]
    else:
        return
    if steps < _MOST_STEPS:
        for value in inner:
            yield from _typed_nodes(value, steps + 1)
