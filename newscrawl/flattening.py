"""Markup nested deeper than a parser takes, made flat, so that nothing of its text is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

# They hold nothing, or the next of their kind ends them: no depth comes of them.
_SHALLOW = frozenset({
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option",
})  # fmt: skip
# Their content is no markup; nothing nests in them.
_RAW = frozenset({"script", "style", "textarea", "title"})
# Set in a line of text: too deep, their tags go and their text stays where it is.
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var",
})  # fmt: skip
# A tag of more text than that, between quotes or not, is taken for text.
_TAG = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,60})"
    r"((?:[^<>\"']{1,500}|\"[^\"]{0,5000}\"|'[^']{0,5000}'){0,200}?)(/?)>"
)


def flattened(html: str, deepest: int) -> str:
    """Return a page's text with nothing nested deeper than a parser takes.

    Block elements deeper than ``deepest`` follow each other at that depth, in their order; the
    tags of inline elements go. Scripts and other raw text stay as they are. Depth is
    counted by tags alone: what the page leaves unclosed counts as open.

    >>> flattened("<div><div><p>One <b>two</b><p>three</div></div>", 2)
    '<div><div><p>One  two <p>three</div></div>'
    """
    return "".join(_flat_pieces(html, deepest))


def _flat_pieces(html: str, deepest: int) -> Iterator[str]:
    depth = 0
    lone: str | None = None  # the one element that is open below the deepest level
    position = 0
    while match := _TAG.search(html, position):
        yield html[position : match.start()]
        position = match.end()
        closing, name, _, self_closing = match.groups()
        name = name.lower()
        if name in _RAW and not closing:
            position = _end_of_raw(html, name, position)
            yield html[match.start() : position]
        elif self_closing or name in _SHALLOW:
            yield match[0]
        elif closing:
            if depth > deepest:
                yield f"</{name}>" if name == lone else " "
                lone = None if name == lone else lone
            elif lone is not None:
                yield f"</{lone}>"
                lone = None
            if depth <= deepest:
                yield match[0]
            depth = max(depth - 1, 0)
        else:
            depth += 1
            if depth <= deepest:
                yield match[0]
            elif name in _INLINE:
                yield " "
            else:
                yield f"</{lone}>{match[0]}" if lone is not None else match[0]
                lone = name
    yield html[position:]


def _end_of_raw(html: str, name: str, start: int) -> int:
    """Return where the content of a raw element ends, its closing tag included."""
    closing = re.compile(rf"</{name}\b[^>]{{0,100}}>", re.IGNORECASE).search(html, start)
    return closing.end() if closing else len(html)
