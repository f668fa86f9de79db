"""The metadata of a page: JSON-LD, meta and OpenGraph, microdata, links."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from newscrawl.page.json_ld import Node, read_json_ld
from newscrawl.page.tree import Element
from newscrawl.text.cleaning import clean_line

__all__ = ["ARTICLE_TYPES", "Metadata", "Node", "plain", "plains", "read_metadata", "types_of"]

# The schema.org types (and what the web writes for them) whose node describes an article.
ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle",
        "opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "asknewsarticle",
        "advertisercontentarticle", "satiricalarticle", "blogposting", "liveblogposting",
        "socialmediaposting", "report", "techarticle", "scholarlyarticle",
        "medicalscholarlyarticle", "review", "photograph", "imagegallery", "mediagallery",
    }
)  # fmt: skip

MAX_VALUES = 200
"""So many values of one meta name, and elements of one microdata property, are looked at."""

MAX_VALUE = 20_000
"""Values of meta, and titles, are cut after so many characters."""

_LONGEST_TYPE = 100  # characters; what is longer is not remembered

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_HEAD = 'meta,link,title,base,script[type*="ld+json" i]'
_NAMING = frozenset({"property", "name", "itemprop", "http-equiv"})

Attributes = dict[str, str | None]
"""The attributes of an element; one without a value is None."""

_Carrier = TypeVar("_Carrier")


@dataclass(slots=True)
class Metadata:
    """A page's own statements, each indexed once."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    """``name``, ``property``, ``itemprop`` or ``http-equiv`` (lower case) to its contents."""

    links: dict[str, list[Attributes]] = field(default_factory=dict)
    """``rel`` token (lower case) to the attributes of the ``<link>`` elements that have it."""

    base: str | None = None
    """The first ``<base href>``, stripped."""

    title: str | None = None
    """The text of the first ``<title>`` of the head."""

    nodes: list[Node] = field(default_factory=list)
    """The JSON-LD nodes that have a type, ``@graph`` and lists laid flat."""

    by_id: dict[str, Node] = field(default_factory=dict)
    """``@id`` to the JSON-LD node that says most under it."""

    microdata: dict[str, list[Element]] = field(default_factory=dict)
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


def read_metadata(root: Element) -> Metadata:
    """Return what the page says about itself; damaged parts are left out, never raised."""
    found = Metadata()
    scripts: list[str] = []
    for element in root.css(_HEAD):
        tag = element.tag
        if tag == "meta":
            _add_meta(found.meta, element.attributes)
        elif tag == "link":
            attributes = element.attributes
            _add_carrier(found.links, attributes, attributes.get("rel"))
        elif tag == "title":
            found.title = found.title or _title(element)
        elif tag == "base":
            found.base = found.base or (element.attributes.get("href") or "").strip() or None
        else:
            scripts.append(element.text_lexbor())
    found.nodes = read_json_ld(scripts)
    found.by_id = _by_id(found.nodes)
    # A look of its own: of one look for both a <meta itemprop> would come twice.
    for element in root.css("[itemprop]"):
        _add_carrier(found.microdata, element, element.attributes.get("itemprop"))
    return found


def _by_id(nodes: list[Node]) -> dict[str, Node]:
    named: dict[str, Node] = {}
    for node in nodes:
        if isinstance(name := node.get("@id"), str):
            known = named.setdefault(name, node)
            if len(node) > len(known):
                named[name] = node
    return named


def _title(element: Element) -> str | None:
    parent = element.parent
    if parent is None or parent.tag == "svg":
        return None
    return clean_line(element.text_lexbor()[:MAX_VALUE]) or None


def _add_carrier(carriers: dict[str, list[_Carrier]], carrier: _Carrier, names: str | None) -> None:
    for name in (names or "")[:MAX_VALUE].lower().split():
        known = carriers.setdefault(name, [])
        if len(known) < MAX_VALUES:
            known.append(carrier)


def _add_meta(meta: dict[str, list[str]], attributes: Attributes) -> None:
    content = ""
    names: list[str] = []
    for attribute, value in attributes.items():
        if not value:
            continue
        if attribute == "content":
            content = value[:MAX_VALUE]
        elif attribute in _NAMING:
            names += value[:MAX_VALUE].lower().split()
    if not names or not content:
        return
    # The parser has read its entities; some pages escape twice.
    content = clean_line(html.unescape(content) if "&" in content else content)
    if not content:
        return
    for name in names:
        values = meta.get(name)
        if values is None:
            meta[name] = [content]
        elif len(values) < MAX_VALUES and content not in values:
            values.append(content)


def types_of(node: Node) -> frozenset[str]:
    """Return a JSON-LD node's types, lower case, without a namespace."""
    declared = node.get("@type")
    if isinstance(declared, str) and len(declared) <= _LONGEST_TYPE:
        return _named_types(declared)
    names = declared if isinstance(declared, list) else [declared]
    return frozenset(_type_name(name) for name in names if isinstance(name, str))


@lru_cache(maxsize=1_000)
def _named_types(name: str) -> frozenset[str]:
    return frozenset((_type_name(name),))


def _type_name(name: str) -> str:
    return name.lower().rsplit("/", 1)[-1].rsplit(":", 1)[-1]


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
