"""XML as the web writes it, read in small pieces and without ever obeying its DTD.

The parser never sees a document type: it is taken off first, and the entities that it declares
are put in by hand where they are plain text. So nothing is opened, on disk or on the network,
and nothing can grow. A document that is not well-formed is read by
:mod:`newscrawl.discovery.malformed_xml` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import cast

from lxml import etree

from newscrawl.discovery.malformed_xml import malformed_elements
from newscrawl.discovery.prolog import find_root
from newscrawl.exceptions import NotAPageError
from newscrawl.page.decoding import decode
from newscrawl.page.unpacking import unpack_gzip

MAX_BYTES = 100_000_000
"""A larger document is refused, before or after it is unpacked."""

_CHUNK = 262_144
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<percent>%\s+)?(?P<name>[\w.:-]+)\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')"
)
_MAX_ENTITY = 1_000
_NESTED = re.compile(r"&(?!#)|%[\w.:-]+;")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|([\w.:-]{1,64});)?")
_SURROGATES = re.compile(r"&#(\d{5}|[xX][0-9a-fA-F]{4});&#(\d{5}|[xX][0-9a-fA-F]{4});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_CDATA, _CDATA_END = "<![CDATA[", "]]>"


class _MalformedError(ValueError):
    """The document is not well-formed, or opens an entry within another."""


@dataclass(slots=True)
class Reading:
    """The progress of reading a document; final once all elements have been read."""

    opened: int = 0
    """Elements of the wanted names that the document opens."""

    given: int = 0
    """Those that were read whole."""

    broken_off: str = ""
    """Why the document has no end; ``""`` where it has one."""

    @property
    def damage(self) -> str | None:
        """A description of what is missing; None where everything was read."""
        missing = max(self.opened - self.given, 0)
        if self.broken_off:
            return f"{self.broken_off} after {self.given} whole entries"
        return f"{missing} of {self.opened} entries cannot be read" if missing else None


def elements(
    body: bytes,
    names: frozenset[str],
    content_type: str | None = None,
    reading: Reading | None = None,
) -> Iterator[etree._Element]:
    """Yield the elements of the given local names, each of them whole, in the document's order.

    ``body`` may be gzip. An element is emptied once the caller asks for the next one, so memory
    does not grow with the document. Markup that is not well-formed costs at most the element
    that it stands in. An element that the document does not end is left out. ``reading`` is told
    what could not be read.

    Raises NotAPageError: ``too_large``, or ``unsafe_xml`` for entities made of other entities.
    """
    reading = Reading() if reading is None else reading
    unpacked = unpack_gzip(body, MAX_BYTES)
    if not unpacked.is_whole:
        reading.broken_off = "its gzip archive breaks off"
    _, text = decode(unpacked.data, content_type)
    root = find_root(text)
    if root is None:
        return
    entities = _plain_entities(root.doctype)
    text = text[root.start :]
    try:
        for element in _well_formed(text, names, entities):
            reading.given += 1
            yield element
    except _MalformedError:
        yield from _others(text, names, entities, reading)
    reading.opened = max(reading.opened, reading.given)


def _others(
    text: str, names: frozenset[str], entities: dict[str, str], reading: Reading
) -> Iterator[etree._Element]:
    """Yield what a document that is not well-formed holds behind the elements already given."""
    pieces = (piece for piece, _ in _mended(text, entities))
    skipped = reading.given
    for element in malformed_elements("".join(pieces), names):
        reading.opened += 1
        if element is None:
            continue
        if skipped:
            skipped -= 1
            continue
        reading.given += 1
        yield element
    if not _is_ended(text):
        reading.broken_off = reading.broken_off or "it breaks off"


def _is_ended(text: str) -> bool:
    """Return whether a document closes its root element."""
    name = re.match(r"<([\w:.-]+)", text)
    tail = text[-65_536:]
    return name is not None and re.search(rf"</{re.escape(name[1])}\s*>", tail) is not None


def _well_formed(
    text: str, names: frozenset[str], entities: dict[str, str]
) -> Iterator[etree._Element]:
    """Yield the elements; raises _MalformedError at the first fault."""
    parser = etree.XMLPullParser(
        events=("end",),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    fault: etree.XMLSyntaxError | None = None
    for piece, is_last in _mended(text, entities):
        try:
            parser.feed(piece.encode("utf-8", "replace"))
            if is_last:
                parser.close()
        except etree.XMLSyntaxError as error:
            fault = error
        for _, item in parser.read_events():
            element = cast("etree._Element", item)
            if local_name(element) in names:
                if any(local_name(parent) in names for parent in element.iterancestors()):
                    raise _MalformedError
                yield element
                _forget(element)
        if fault is not None:
            raise _MalformedError from fault


def _mended(text: str, entities: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces with its references mended, and whether a piece is the last."""
    start, length = 0, len(text)
    while start < length:
        if text.startswith(_CDATA, start):
            end = text.find(_CDATA_END, start)
            end = length if end < 0 else end + len(_CDATA_END)
            piece = _FORBIDDEN.sub("", text[start:end])
        else:
            # A piece ends before a tag, so that no reference is cut in two.
            end = text.find("<", start + _CHUNK)
            end = length if end < 0 else end
            section = text.find(_CDATA, start, end + len(_CDATA))
            end = end if section < 0 else section
            piece = _mend(text[start:end], entities)
        start = end
        yield piece, start >= length


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace or prefix, in lower case."""
    name = element.tag
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""


def _plain_entities(subset: str) -> dict[str, str]:
    """Return the entities that are plain text; SYSTEM and PUBLIC ones are left out."""
    entities = {}
    for match in _ENTITY.finditer(subset):
        value = match["a"] if match["a"] is not None else match["b"]
        if match["percent"] or _NESTED.search(value):
            raise NotAPageError("unsafe_xml", f"the entity {match['name']!r} is made of others")
        if len(value) <= _MAX_ENTITY:
            entities[match["name"]] = value
    return entities


def _mend(text: str, entities: dict[str, str]) -> str:
    """Return well-formed references: declared and HTML entities as text, a bare & as &amp;."""

    def replace(match: re.Match[str]) -> str:
        number, name = match[1], match[2]
        if number is not None:
            return match[0] if _is_character(_code(number)) else ""
        if name is None:
            return "&amp;"
        if name in _PREDEFINED:
            return match[0]
        value = entities.get(name)
        if value is None:
            value = html5.get(f"{name};", match[0]).replace("&", "&amp;")
        return value.replace("<", "&lt;")

    if "&" in text:
        text = _REFERENCE.sub(replace, _SURROGATES.sub(_join_surrogates, text))
    return _FORBIDDEN.sub("", text)


def _code(number: str) -> int:
    return int(number[1:], 16) if number[0] in "xX" else int(number)


def _is_character(code: int) -> bool:
    """Return whether XML 1.0 (2.2) allows a character."""
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


def _join_surrogates(match: re.Match[str]) -> str:
    """Return the character that two references to UTF-16 code units stand for."""
    high, low = _code(match[1]), _code(match[2])
    if 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return match[0]


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
