"""Read XML that no XML parser accepts: stray ``<``, tags left open, tags closed that are not open.

Only what looks like a tag is one; all else is text. An end tag closes the nearest open element of
its name and what is open within that. An element that is never closed is empty of other elements:
those that were taken for its children are its siblings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

_TOKEN = re.compile(
    r"<!\[CDATA\[|<!--|<\?|<(?P<end>/)?(?P<name>[A-Za-z_][A-Za-z0-9_.:-]*)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][A-Za-z0-9_.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CLOSING = {"<![CDATA[": "]]>", "<!--": "-->", "<?": "?>"}
# Prefixes whose namespace counts for what reads the elements; others serve as their own.
_NAMESPACES = {
    "xml": "http://www.w3.org/XML/1998/namespace",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_MAX_DEPTH = 64


def malformed_elements(text: str, names: frozenset[str]) -> Iterator[etree._Element | None]:
    """Yield the elements of the given local names, None for one that the text does not end.

    An element of these names that opens within another of them ends it, so that one that is left
    open costs no other. ``text`` has no references but those of XML and no document type.
    """
    builder: _Builder | None = None
    for token, content in _tokens(text):
        if token is None:
            if builder:
                builder.add_text(content)
        elif token["name"].rpartition(":")[2].lower() in names:
            if builder:
                yield builder.finish()
            builder = None if token["end"] else _Builder(token["name"], token["attributes"])
            if builder and token["attributes"].endswith("/"):
                yield builder.finish()
                builder = None
        elif builder:
            builder.add_tag(token)
    if builder:
        yield None


def _tokens(text: str) -> Iterator[tuple[re.Match[str] | None, str]]:
    """Yield ``(tag, "")`` for each tag, as its match, and ``(None, piece)`` for text."""
    position, length = 0, len(text)
    unending: set[str] = set()
    while position < length:
        token = _TOKEN.search(text, position)
        if token is None:
            yield None, html.unescape(text[position:])
            return
        if token.start() > position:
            yield None, html.unescape(text[position : token.start()])
        position = token.end()
        closing = _CLOSING.get(token[0])
        if closing is None:
            yield token, ""
            continue
        end = -1 if closing in unending else text.find(closing, position)
        if end < 0:
            unending.add(closing)
            continue
        if token[0] == "<![CDATA[":
            yield None, text[position:end]
        position = end + len(closing)


class _Builder:
    """One element under construction."""

    def __init__(self, name: str, attributes: str) -> None:
        self.root = _element(name, attributes)
        self.stack = [(name, self.root)]

    def add_tag(self, tag: re.Match[str]) -> None:
        if tag["end"]:
            self._close(tag["name"])
        elif len(self.stack) < _MAX_DEPTH:
            self._open(tag["name"], tag["attributes"])

    def _open(self, name: str, attributes: str) -> None:
        element = _element(name, attributes)
        self.stack[-1][1].append(element)
        if not attributes.endswith("/"):
            self.stack.append((name, element))

    def _close(self, name: str) -> None:
        for index in range(len(self.stack) - 1, 0, -1):
            if self.stack[index][0] == name:
                self._end_open_elements(index + 1)
                self.stack.pop()
                return

    def add_text(self, text: str) -> None:
        element = self.stack[-1][1]
        if len(element):
            last = element[-1]
            last.tail = (last.tail or "") + text
        else:
            element.text = (element.text or "") + text

    def finish(self) -> etree._Element:
        self._end_open_elements(1)
        return self.root

    def _end_open_elements(self, start: int) -> None:
        """Close what is open from ``start`` of the stack on: its children become its siblings."""
        while len(self.stack) > start:
            _, element = self.stack.pop()
            parent = element.getparent()
            if parent is None:
                continue
            place = parent.index(element) + 1
            for child in reversed(list(element)):
                parent.insert(place, child)


def _element(name: str, attributes: str) -> etree._Element:
    element = etree.Element(_qualified(name))
    if "=" in attributes:
        for match in _ATTRIBUTE.finditer(attributes):
            if not match[1].startswith("xmlns"):
                value = match[2] if match[2] is not None else match[3]
                element.set(_qualified(match[1]), html.unescape(value))
    return element


def _qualified(name: str) -> str:
    """Return a name as lxml writes it, with the prefix for a namespace where it is not known."""
    prefix, colon, local = name.rpartition(":")
    local = re.sub(r"^[^A-Za-z_]+", "", local) or "_"
    if not colon:
        return local
    return f"{{{_NAMESPACES.get(prefix.lower(), prefix)}}}{local}"
