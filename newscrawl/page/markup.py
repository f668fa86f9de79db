"""Markup that would cost a parser minutes or gigabytes, made harmless before it is parsed.

The HTML Standard's tree construction takes time that grows with the square of the attributes of a
tag and of the depth of nesting, and opens formatting elements that were never closed again in every
paragraph that follows. Real pages have nothing of the kind, so all of it is looked for in ways that
cost next to nothing.
A page is bytes here, in UTF-8, as the parser takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

MAX_NESTING = 250
"""What lies deeper is laid flat at this depth; real pages stay under 100."""

MAX_ATTRIBUTES = 500
"""So many attributes of one tag are read; the first."""

MAX_BODIES = 20
"""So many ``<body>`` and ``<html>`` tags are read; real pages have one of each, seldom two."""

_MANY_TAGS = 16_000
"""Fewer tags, closing ones counted, are no trouble however deep they nest: a second at most."""

_MANY_ELEMENTS = 1_500_000
"""Formatting elements times the elements that each could be opened again in: half a gigabyte."""
_MANY_OPENED = 2_450
"""Fewer elements, however they are divided between the two, don't become so many."""
_AT_ONCE = 42
"""Without attributes three of a kind are opened again, of fourteen kinds (the HTML Standard, "push
onto the list of active formatting elements")."""

# Fewer ``=`` on a whole page are no trouble, were they all in one tag; nor is so long a stretch
# without ``>``, divided by the characters of the page: seconds of parsing at most.
_MANY_EQUALS = 50_000
_SHORTEST = 5  # characters of an attribute with a quoted value
_LONG_RUN = 8_000_000_000

# Elements that hold nothing, or that the next of their kind ends: no depth comes of them.
_SHALLOW = frozenset(
    b"area base br col embed frame hr img input link meta param source track wbr p li dt dd tr "
    b"td th option".split()
)
# Their content is no markup; nothing nests in them.
_RAW = frozenset(b"script style textarea title xmp iframe noembed noframes".split())
# Set in a line of text: too deep, their tags go and their text stays where it is.
_INLINE = frozenset(
    b"a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span "
    b"strike strong sub sup time tt u var".split()
)

_LONGEST_TAG = 4_000
_LAST_RAW = re.compile(
    rb"<(iframe|noembed|noframes|script|style|textarea|title|xmp)\b[^<>]*/>\Z", re.IGNORECASE
)
_BODY = re.compile(rb"<(?:body|html)(?=[\s/>])[^>]*+>", re.IGNORECASE)
_MARKS = re.compile(rb"<(?:[bB][oO][dD][yY]|[hH][tT][mM][lL]|/[nN][oO][sS][cC][rR][iI][pP][tT])\b")
_MARKS_BEGIN = (b"bo", b"ht", b"/n")
_SMALL_LETTER = np.uint8(ord("a") - ord("A"))
"""The bit that a small letter has; ``/`` has it, too."""

_FORMATTING_TAGS = rb"(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
_FORMATTING = re.compile(rb"</?%b(?=[\s/>])[^>]*+>" % _FORMATTING_TAGS, re.IGNORECASE)
_STYLED = re.compile(rb"<%b[\s/]" % _FORMATTING_TAGS, re.IGNORECASE)
# Closed where it was opened: an icon, a coloured word.
_STYLED_WORDS = re.compile(
    rb"<(%b)[\s/](?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+>[^<]*+</\1>" % _FORMATTING_TAGS,
    re.IGNORECASE,
)

_TAG_END = b" \t\r\n\f/>"
_SPACES = re.compile(rb"[\s/]*+")
# The tokens of the HTML Standard's tokenizer. No expression ever goes back over what it has read.
_ATTRIBUTE = (
    rb"[\s/]*+(?![>])=?[^\s/>=]*+"
    rb"(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?)?"
)
_OPENING = re.compile(rb"<(?:!--|[!?]|(/?)([a-zA-Z][^\s/>]*+))")
_FIRST_ATTRIBUTES = re.compile(rb"(?:(?!\Z)%b){0,%d}+" % (_ATTRIBUTE, MAX_ATTRIBUTES))
_OTHER_ATTRIBUTES = re.compile(rb"(?:(?!\Z)%b)*+[\s/]*+>?" % _ATTRIBUTE)

Places = npt.NDArray[np.intp]
"""Where something stands in a page, in order."""


class _Tag(NamedTuple):
    start: int
    kept: int
    """Where the attributes end that are kept."""
    end: int
    name: bytes
    closing: bool
    self_closing: bool


def bounded(html: bytes) -> bytes:
    """Return a page that a parser takes seconds for at most, with all of its text."""
    if b"\x00" in html:
        html = html.replace(b"\x00", b"")
    html = with_few_attributes(html)
    # One look for all of them: most pages have one <html>, one <body> and a few </noscript>.
    starts = _starts(html)
    marks = list(_marks(html, starts))
    if sum(not mark[0].startswith(b"</") for mark in marks) > MAX_BODIES:
        html = with_few_bodies(html)
        starts = _starts(html)
        marks = list(_marks(html, starts))
    opened = _opened(html, starts) if len(starts) > _MANY_OPENED else 0
    html = _with_ended_raw_elements(html, marks)
    if opened > _MANY_OPENED:
        html = with_few_formatting_elements(html, opened)
    return flattened(html) if len(starts) > _MANY_TAGS else html


def _starts(html: bytes) -> Places:
    """Return where a page has ``<``; several times as fast as looking for each."""
    return np.flatnonzero(np.frombuffer(html, dtype=np.uint8) == ord("<"))


def _opened(html: bytes, starts: Places) -> int:
    """Return how many elements a page opens, of which ``starts`` are the ``<``."""
    following = np.frombuffer(html, dtype=np.uint8)[starts[starts < len(html) - 1] + 1]
    return int(np.count_nonzero(following != ord("/")))


def _marks(html: bytes, starts: Places) -> Iterator[re.Match[bytes]]:
    """Yield the `_MARKS` of a page, of which ``starts`` are the ``<``."""
    # By their first two letters few others are taken for one; that is asked of all at once.
    letters = np.frombuffer(html, dtype=np.uint8)
    starts = starts[starts < len(html) - 2]
    first, second = letters[starts + 1] | _SMALL_LETTER, letters[starts + 2] | _SMALL_LETTER
    likely = np.zeros(len(starts), dtype=np.bool_)
    for one, other in _MARKS_BEGIN:
        likely |= (first == one) & (second == other)
    for start in starts[likely].tolist():
        if mark := _MARKS.match(html, start):
            yield mark


def _with_ended_raw_elements(html: bytes, marks: list[re.Match[bytes]]) -> bytes:
    """Return a page whose ``<noscript><iframe … /></noscript>`` ends where its author thinks.

    ``/>`` ends no such element, so that it would hold the rest of the page as its text. Browsers
    that run scripts read no markup in ``<noscript>``, so nobody notices.
    """
    pieces: list[bytes] = []
    position = 0
    for mark in marks:
        tail = html[max(mark.start() - _LONGEST_TAG, position) : mark.start()].rstrip()
        if tail.endswith(b"/>") and (last := _LAST_RAW.search(tail)):
            pieces += (html[position : mark.start()], b"</%b>" % last[1])
            position = mark.start()
    return b"".join([*pieces, html[position:]]) if pieces else html


def with_few_bodies(html: bytes) -> bytes:
    """Return a page without its ``<body>`` and ``<html>`` tags beyond a number.

    Their attributes are all those of the first.
    """
    tags = list(islice(_BODY.finditer(html), MAX_BODIES))
    end = tags[-1].end() if tags else 0
    return html[:end] + _BODY.sub(b"", html[end:])


def with_few_formatting_elements(html: bytes, opened: int) -> bytes:
    """Return a page without its ``<b>``, ``<i>``, ``<font>`` … where they could multiply.

    Each of them that is open where a paragraph ends is opened again in the next. ``opened`` is how
    many elements the page opens.
    """
    left_open = len(_STYLED.findall(html)) - len(_STYLED_WORDS.findall(html))
    return _FORMATTING.sub(b"", html) if (_AT_ONCE + left_open) * opened > _MANY_ELEMENTS else html


def with_few_attributes(html: bytes) -> bytes:
    """Return a page with the attributes of each tag that are beyond the limit left out."""
    many = len(html) > _SHORTEST * _MANY_EQUALS and _count(html, "=") > _MANY_EQUALS
    if not many and not _has_long_run(html):
        return html
    pieces: list[bytes] = []
    position = 0
    for tag in _tags(html):
        if html[tag.kept : tag.end].strip(_TAG_END):
            pieces += (html[position : tag.kept], b">")
            position = tag.end
    return b"".join([*pieces, html[position:]])


def _count(html: bytes, character: str) -> int:
    """Return how often a character stands in a page; several times as fast as ``bytes.count``."""
    return int(np.count_nonzero(np.frombuffer(html, dtype=np.uint8) == ord(character)))


def _has_long_run(html: bytes) -> bool:
    """Whether so long a stretch has no ``>`` that a tag of it could have too many attributes.

    Scripts, styles and long values have such stretches on real pages; what looks like one of them
    is taken for one.
    """
    window = _LONG_RUN // (len(html) or 1)
    starts = range(0, len(html) - window, window)
    runs = [start for start in starts if html.find(b">", start, start + window) < 0]
    known = raw_known = 0
    in_raw = False
    for start in runs:
        last = _OPENING.match(html, html.rfind(b"<", known, start + 1))
        known = start
        if not last or not last[2]:
            continue
        kept = _end_of(_FIRST_ATTRIBUTES, html, last.end())
        if html.startswith(b">", _end_of(_SPACES, html, kept)):
            continue
        # Looked for last, and never twice in the same place: it reads a page from end to end.
        opened = max(html.rfind(tag, raw_known, start) for tag in (b"<script", b"<style"))
        closed = max(html.rfind(tag, raw_known, start) for tag in (b"</script", b"</style"))
        in_raw = opened > closed if opened != closed else in_raw
        raw_known = start
        if not in_raw:
            return True
    return False


def flattened(html: bytes, deepest: int = MAX_NESTING) -> bytes:
    """Return a page with nothing nested deeper than a parser takes.

    Block elements deeper than ``deepest`` follow each other at that depth, in their order; the
    tags of inline elements go. Scripts and other raw text stay as they are. Depth is counted by
    tags alone: what the page leaves unclosed counts as open.

    >>> flattened(b"<div><div><div>One <b>two</b><div>three</div></div></div></div>", 2)
    b'<div><div><div>One  two </div><div>three</div> </div></div>'
    """
    return b"".join(_flat_pieces(html, deepest))


def _flat_pieces(html: bytes, deepest: int) -> Iterator[bytes]:
    depth = 0
    lone: bytes | None = None  # the one element that is open below the deepest level
    position = 0
    for tag in _tags(html):
        yield html[position : tag.start]
        position = tag.end
        text, name = html[tag.start : tag.end], tag.name
        if name in _RAW or name in _SHALLOW or tag.self_closing:
            yield text
        elif tag.closing:
            if depth > deepest:
                yield b"</%b>" % name if name == lone else b" "
                lone = None if name == lone else lone
            else:
                yield b"</%b>%b" % (lone, text) if lone is not None else text
                lone = None
            depth = max(depth - 1, 0)
        else:
            depth += 1
            if depth <= deepest:
                yield text
            elif name in _INLINE:
                yield b" "
            else:
                yield b"</%b>%b" % (lone, text) if lone is not None else text
                lone = name
    yield html[position:]


def _tags(html: bytes) -> Iterator[_Tag]:
    """Yield the tags of a page in their order, those in comments and raw text left out."""
    position = 0
    while opening := _OPENING.search(html, position):
        name = (opening[2] or b"").lower()
        if not name:
            closer = b"-->" if opening[0] == b"<!--" else b">"
            position = _after(html, closer, opening.end())
            continue
        kept = _end_of(_FIRST_ATTRIBUTES, html, opening.end())
        end = position = _end_of(_OTHER_ATTRIBUTES, html, kept)
        if name in _RAW and not opening[1]:
            position = _end_of_raw(html, name, end)
        yield _Tag(
            opening.start(), kept, end, name, bool(opening[1]), html.endswith(b"/>", kept, end)
        )


def _end_of(pattern: re.Pattern[bytes], html: bytes, start: int) -> int:
    match = pattern.match(html, start)
    return match.end() if match else start


def _after(html: bytes, closer: bytes, start: int) -> int:
    found = html.find(closer, start)
    return found + len(closer) if found >= 0 else len(html)


def _end_of_raw(html: bytes, name: bytes, start: int) -> int:
    """Return where the content of a raw element ends."""
    closing = re.compile(rb"</%b\b" % name, re.IGNORECASE).search(html, start)
    return closing.start() if closing else len(html)
