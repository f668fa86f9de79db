"""XML as the web writes it, read in small pieces and without ever obeying its DTD.

The parser never sees a document type: it is taken off first, and the entities that it declares
are put in by hand where they are plain text. So nothing is opened, on disk or on the network,
and nothing can grow.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from html.entities import html5
from typing import cast

from lxml import etree

from newscrawl.exceptions import NotAPageError
from newscrawl.page.decoding import decode

MAX_BYTES = 100_000_000
"""A larger document is refused, before or after it is unpacked."""

_CHUNK = 262_144
_GZIP = b"\x1f\x8b"
_PROLOG = re.compile(r"\A[^<]*(?:<\?[^>]*\?>|<!--.*?-->|\s)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<percent>%\s+)?(?P<name>[\w.:-]+)\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')"
)
_MAX_ENTITY = 1_000
_NESTED = re.compile(r"&(?!#)|%[\w.:-]+;")
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|([\w.:-]{1,64});)?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})


def elements(
    body: bytes, names: frozenset[str], content_type: str | None = None
) -> Iterator[etree._Element]:
    """Yield the root element as it opens, then each element of the given local names, whole.

    ``body`` may be gzipped. An element is emptied once the caller asks for the next one, so
    memory does not grow with the document. What follows a fault that cannot be mended is lost.

    Raises NotAPageError: ``too_large``, or ``unsafe_xml`` for entities made of other entities.
    """
    text, entities = _without_doctype(body, content_type)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root_seen = False
    for _ in _fed(parser, text, entities):
        for event, item in parser.read_events():
            element = cast("etree._Element", item)
            if event == "start":
                if not root_seen:
                    root_seen = True
                    yield element
            elif local_name(element) in names:
                yield element
                _forget(element)


def _fed(parser: etree.XMLPullParser, text: str, entities: dict[str, str]) -> Iterator[None]:
    """Feed the text piece by piece; after each yield there may be events to read."""
    start = 0
    while start < len(text):
        # A piece ends before a tag, so that no reference is cut in two.
        end = text.find("<", start + _CHUNK)
        piece = text[start:] if end < 0 else text[start:end]
        parser.feed(_mend(piece, entities).encode("utf-8", "replace"))
        start += len(piece)
        yield
    # A document cut short, or none: what came before it broke has been given.
    with suppress(etree.XMLSyntaxError):
        parser.close()
    yield


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace or prefix, in lower case."""
    name = element.tag
    return name.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(name, str) else ""


def _without_doctype(body: bytes, content_type: str | None) -> tuple[str, dict[str, str]]:
    """Return a document's text after prolog and document type, and the entities declared there."""
    _, text = decode(gunzip(body), content_type)
    prolog = _PROLOG.match(text)
    start = prolog.end() if prolog else 0
    doctype = _DOCTYPE.match(text, start)
    if doctype is None:
        return text[start:], {}
    return text[doctype.end() :], _plain_entities(doctype["subset"] or "")


def gunzip(body: bytes, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the body, unpacked if it is gzipped; a torn archive gives what can be read.

    Raises NotAPageError(``too_large``) beyond ``max_bytes``.
    """
    unpacked = body
    if body.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        try:
            unpacked = inflater.decompress(body, max_bytes + 1)
        except zlib.error as error:
            raise NotAPageError("binary", f"a gzip archive that cannot be read: {error}") from None
    if len(unpacked) > max_bytes:
        raise NotAPageError("too_large", f"over {max_bytes} bytes")
    return unpacked


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
        name = match[1]
        if name is None:
            return "&amp;" if match[0] == "&" else match[0]
        if name in _PREDEFINED:
            return match[0]
        value = entities.get(name)
        if value is None:
            value = html5.get(f"{name};", match[0]).replace("&", "&amp;")
        return value.replace("<", "&lt;")

    if "&" in text:
        text = _REFERENCE.sub(replace, text)
    return _FORBIDDEN.sub("", text)


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
