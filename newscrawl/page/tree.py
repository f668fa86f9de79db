"""The tree of a page: HTML parsed as browsers parse it, and the questions that are asked of it.

The parser is lexbor (by selectolax), which follows the HTML Standard: whatever bytes come, a tree
of ``<html>``, ``<head>`` and ``<body>`` results. An element's own questions (``tag``,
``attributes``, ``parent``, ``next``, ``css`` …) are selectolax's; those that it answers slowly or
not at all stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser
from selectolax.lexbor import LexborNode as Element

__all__ = [
    "COMMENT",
    "TEXT",
    "Element",
    "ancestors",
    "descendants",
    "parse",
    "text_pieces",
]

TEXT = "-text"
"""The ``tag`` of a piece of text; it stands in ``text_content``."""

COMMENT = "-comment"
"""The ``tag`` of a comment."""

MAX_NODES = 10_000
"""So many nodes inside an element are read for its text piece by piece; the first of them."""

# Events would copy the chosen <option> into a <selectedcontent>, where a browser shows it.
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value


def parse(html: bytes) -> Element:
    """Return the ``<html>`` element of a page given in UTF-8."""
    root = LexborHTMLParser(html, options=_WITHOUT_EVENTS).root
    # The Standard's tree construction makes an <html> of whatever it is given.
    assert root is not None  # noqa: S101
    return root


def descendants(element: Element, *tags: str) -> list[Element]:
    """Return the elements of these tags, the element itself and all that it holds, in order."""
    return element.css(",".join(tags))


def ancestors(element: Element) -> Iterator[Element]:
    """Yield the elements that an element lies in, outwards to ``<html>``."""
    while (parent := element.parent) is not None and parent.is_element_node:
        yield parent
        element = parent


def text_pieces(element: Element) -> Iterator[str]:
    """Yield each piece of text inside an element, in order, as it is written.

    A comment parts no piece. Of an element without end the first nodes are read.
    """
    piece, place = "", None
    for node in islice(element.traverse(include_text=True), MAX_NODES):
        if node.tag == TEXT:
            if piece and node.parent != place:
                yield piece
                piece = ""
            piece += node.text_content or ""
            place = node.parent
        elif piece and node.tag != COMMENT:
            yield piece
            piece = ""
    if piece:
        yield piece
