"""Text of elements as a reader sees it: set apart as the page does, without what is hidden.

What is inside an element is not what is read there: a name and a date in two boxes are two texts,
``10<sup>6</sup>`` is not 106, the reading that is set above a Japanese word is not read with it,
and links hold words for screen readers alone. All that reads an element's text reads it by
`element_text` or `element_lines`; the walk that makes text blocks shares the rules.
"""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.page.formulas import is_footnote_link, math_text, script_text
from newscrawl.page.hidden import Attributes, is_separator, is_unseen, style_of
from newscrawl.page.tree import COMMENT, MAX_NODES, TEXT, Element
from newscrawl.text.cleaning import clean_line

BLOCK_TAGS = frozenset(
    "html body div section article main aside header footer nav p h1 h2 h3 h4 h5 h6 ul ol li dl dt "
    "dd blockquote pre figure figcaption table caption thead tbody tfoot tr td th form fieldset "
    "legend details summary address center hgroup menu hr".split()
)
"""Elements that a browser sets as boxes of their own, cells of tables counted."""

UNREAD_TAGS = frozenset(
    "script style noscript template svg object applet select datalist textarea canvas audio video "
    "iframe head map progress meter noframes rt rp rtc link meta title".split()
)
"""Elements whose inside is not part of the text around them; ``<rt>`` and its like are the reading
of a word, set above it."""

PART = "\x1e"
"""Stands between two lines while they are collected; white space to `clean_line`."""

_BREAKS = frozenset({"br", "hr"})
_GLUING = frozenset({"sup", "sub"})
_PARTS_CHILDREN = re.compile(r"display:(?:inline-)?(?:flex|grid)")
_SET_AS_BLOCK = re.compile(r"display:(?:block|flex|grid|table|list-item|flow-root)")


def element_text(element: Element, most: int | None = None) -> str:
    """Return the text of an element as a reader sees it, on one line.

    With ``most`` reading stops after so many characters: a page may nest a thousand elements of a
    kind around a text of megabytes.

    >>> from newscrawl.page.tree import parse
    >>> element_text(parse(b"<div><b>By Mona Hale</b><p>4 m<sup>2</sup></div>"))
    'By Mona Hale 4 m²'
    """
    text = clean_line(_collected(element, most))
    return text if most is None else text[:most].rstrip()


def element_lines(element: Element, most: int | None = None) -> list[str]:
    """Return the lines of an element, parted at breaks, boxes and cells; see `element_text`.

    >>> from newscrawl.page.tree import parse
    >>> element_lines(parse(b"<p>By <a>Mona Hale</a><br>Vale Echo<table><td>3 Nov<td>2026"))
    ['By Mona Hale', 'Vale Echo', '3 Nov', '2026']
    """
    lines = map(clean_line, _collected(element, most).split(PART))
    return [line for line in lines if line]


def _collected(element: Element, most: int | None) -> str:
    """Return an element's text with `PART` between its lines."""
    first = element.first_child
    if first is None:
        return ""
    if first.tag == TEXT and first.next is None:
        text = first.text_content or ""
        return text if most is None else text[:most]
    reader = _Reader(most)
    reader.read(element)
    return "".join(reader.pieces)


class _Reader:
    """One walk over the inside of an element."""

    def __init__(self, most: int | None) -> None:
        self.pieces: list[str] = []
        self._left = most if most is not None else 1 << 62
        self._ended: Attributes | None = None
        """The attributes of the element that ended right here, with nothing behind it."""

    def read(self, element: Element) -> None:  # noqa: C901, PLR0912 - one loop over the nodes
        # What is open, and whether it ends a line, and whether its children are lines.
        opened: list[tuple[Element, bool, bool, Attributes]]
        opened = [(element, False, _parts_children(element), {})]
        node = element.first_child
        for _ in range(MAX_NODES):
            if node is None:
                closed, ends_line, _parts, attributes = opened.pop()
                if not opened:
                    return
                if ends_line:
                    self.pieces.append(PART)
                self._ended = attributes
                node = closed.next
                continue
            tag = node.tag or ""
            if tag == TEXT:
                if not self._add(node.text_content or ""):
                    return
            elif tag in _BREAKS:
                self.pieces.append(PART)
            elif tag == "math":
                self._add(math_text(node))
            elif tag in _GLUING:
                self._add(script_text(node, "".join(self.pieces[-2:])))
            elif tag != COMMENT and tag not in UNREAD_TAGS and (inner := node.first_child):
                attributes = node.attributes
                if is_unseen(node, attributes):
                    if is_separator(node):
                        self.pieces.append(PART)
                elif not is_footnote_link(node, attributes):
                    style = style_of(attributes)
                    is_line = opened[-1][2] or _is_line(tag, style)
                    adjoins = self._ended is not None
                    if is_line or (
                        (adjoins or attributes) and runs_on(self._last(), node, adjoins=adjoins)
                    ):
                        self.pieces.append(PART)
                    parts = bool(style and _PARTS_CHILDREN.search(style))
                    opened.append((node, is_line, parts, attributes))
                    node = inner
                    continue
            node = node.next

    def _add(self, text: str) -> bool:
        """Add a piece of text; whether more may follow."""
        if text:
            if self._ended and text[0].isupper() and _ends_word(self._last(), lower=True):
                self.pieces.append(PART)
            self.pieces.append(text[: self._left])
            self._left -= len(text)
            self._ended = None
        return self._left > 0

    def _last(self) -> str:
        return self.pieces[-1] if self.pieces else ""


def _is_line(tag: str, style: str) -> bool:
    if tag in BLOCK_TAGS or "-" in tag:
        return True
    # A letter that the text flows around is set as a block, too.
    return bool(style and _SET_AS_BLOCK.search(style)) and "float:" not in style


def runs_on(before: str, element: Element, *, adjoins: bool = True) -> bool:
    """Return whether an element would run on from the word before it, as in "HaleEditor".

    It does where it begins with a capital right after a small letter, and, where it ``adjoins``
    another element, after any letter or digit; then a style sheet sets the two apart.
    """
    return _ends_word(before, lower=not adjoins) and _first_letter(element).isupper()


def _ends_word(text: str, *, lower: bool) -> bool:
    """Whether a text ends with a word, in a small letter where ``lower``; an initial is none."""
    return len(text) > 1 and (text[-1].islower() if lower else text[-1].isalnum())


def _first_letter(element: Element) -> str:
    """Return the first character of an element's text; "" where its first nodes have none."""
    for node in islice(element.traverse(include_text=True), 20):
        if node.tag == TEXT and (text := node.text_content):
            return text[:1]
    return ""


def _parts_children(element: Element) -> bool:
    style = style_of(element.attributes)
    return bool(style and _PARTS_CHILDREN.search(style))
