"""What a page says about itself to machines: JSON-LD, meta and OpenGraph, microdata, links."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from newscrawl.text import clean_line

# The schema.org types (and what the web writes for them) whose node describes an article.
ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle",
        "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "asknewsarticle",
        "advertisercontentarticle", "satiricalarticle", "blogposting", "liveblogposting",
        "socialmediaposting", "report", "techarticle", "scholarlyarticle", "medicalscholarlyarticle",
        "review", "photograph", "imagegallery", "mediagallery",
    }
)  # fmt: skip
_MAX_JSON_LD_CHARS = 2_000_000
_MAX_NODES = 500
_MAX_DEPTH = 12
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)\s*"
    r"|\s*(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")
_ITEMPROPS = etree.XPath("//*[@itemprop]")

Node = dict[str, Any]


@dataclass(slots=True)
class Metadata:
    """A page's own statements, each indexed once."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    """``name``, ``property``, ``itemprop`` or ``http-equiv`` (lower case) to its contents."""

    links: dict[str, list[etree._Element]] = field(default_factory=dict)
    """``rel`` token (lower case) to the ``<link>`` elements that have it."""

    title: str | None = None
    """The text of the first ``<title>`` of the head."""

    nodes: list[Node] = field(default_factory=list)
    """The JSON-LD nodes that have a type, ``@graph`` and lists laid flat."""

    by_id: dict[str, Node] = field(default_factory=dict)
    """``@id`` to the JSON-LD node that says most under it."""

    microdata: dict[str, list[etree._Element]] = field(default_factory=dict)
    """``itemprop`` (lower case) to the elements of the body that carry it."""

    def first(self, *names: str) -> str | None:
        """Return the first content of the first of these meta names that has one."""
        for name in names:
            for value in self.meta.get(name, ()):
                return value
        return None

    def all(self, *names: str) -> list[str]:
        """Return every content of these meta names, in order, each once."""
        return list(dict.fromkeys(v for name in names for v in self.meta.get(name, ())))

    def resolve(self, value: Any) -> Any:
        """Return the JSON-LD node that a bare ``{"@id": …}`` points to, else the value itself."""
        if isinstance(value, dict) and "@id" in value and len(value) <= 2:
            return self.by_id.get(str(value["@id"]), value)
        return value


def read_metadata(root: etree._Element) -> Metadata:
    """Return what the page says about itself; damaged parts are left out, never raised."""
    found = Metadata()
    scripts: list[str] = []
    for element in root.iter("meta", "link", "title", "script"):
        tag = element.tag
        if tag == "meta":
            _add_meta(found.meta, element)
        elif tag == "link":
            for rel in (element.get("rel") or "").lower().split():
                found.links.setdefault(rel, []).append(element)
        elif tag == "title":
            if (
                found.title is None
                and (parent := element.getparent()) is not None
                and parent.tag != "svg"
            ):
                found.title = clean_line("".join(element.itertext())) or None
        elif "ld+json" in (element.get("type") or "").lower():
            scripts.append("".join(element.itertext()))
    for script in scripts:
        for node in _typed_nodes(_load(script)):
            if len(found.nodes) >= _MAX_NODES:
                break
            found.nodes.append(node)
    for node in found.nodes:
        if "@id" in node:
            known = found.by_id.setdefault(str(node["@id"]), node)
            if len(node) > len(known):
                found.by_id[str(node["@id"])] = node
    for element in _ITEMPROPS(root):
        for name in element.get("itemprop").lower().split():
            found.microdata.setdefault(name, []).append(element)
    return found


def _add_meta(meta: dict[str, list[str]], element: etree._Element) -> None:
    content = element.get("content")
    if not content:
        return
    content = clean_line(html.unescape(content) if "&" in content else content)
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        for name in (element.get(attribute) or "").lower().split():
            values = meta.setdefault(name, [])
            if content not in values:
                values.append(content)


def types_of(node: Node) -> frozenset[str]:
    """Return a JSON-LD node's types, lower case, without a namespace."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return frozenset(
        name.lower().rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        for name in names
        if isinstance(name, str)
    )


def plain(value: Any) -> str | None:
    """Return a JSON-LD value as one clean line of text: entities and tags gone; else None.

    A list gives its first text, an object its ``@value`` or ``name``.
    """
    if isinstance(value, list):
        return next((text for item in value[:20] if (text := plain(item))), None)
    if isinstance(value, dict):
        inner = value.get("@value", value.get("name"))
        return plain(inner) if not isinstance(inner, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    return clean_line(text) or None


def plains(value: Any) -> list[str]:
    """Return every text of a JSON-LD value that may be a list; see `plain`."""
    values = value if isinstance(value, list) else [value]
    return [text for item in values[:200] if (text := plain(item))]


def _load(script: str) -> Any:
    """Parse one JSON-LD script as leniently as its author wrote it; None when it is beyond help."""
    text = script.strip()
    if not text or len(text) > _MAX_JSON_LD_CHARS:
        return None
    for mended in (lambda t: t, _mend):
        try:
            return json.loads(mended(text), strict=False, parse_int=_integer)
        except (ValueError, RecursionError):
            continue
    return None


def _mend(text: str) -> str:
    text = _COMMENT.sub("", text).strip().rstrip(";")
    return _TRAILING_COMMA.sub(r"\1", text)


def _integer(digits: str) -> int | str:
    # int() refuses very long numbers with an error that would lose the whole document.
    return int(digits) if len(digits) < 64 else digits


def _typed_nodes(data: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for item in data:
            yield from _typed_nodes(item, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "hasPart",
            "itemListElement",
            "item",
        ):
            if isinstance(data.get(key), (dict, list)):
                yield from _typed_nodes(data[key], depth + 1)
