"""The ``<h1>`` headings of a page: which is the article's, and what of it is the headline.

A page may set its logo, a breadcrumb's last step, every subheading and every teaser as ``<h1>``,
and a kicker, a byline or a count of comments inside one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, chain, islice
from typing import NamedTuple

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Blocks, Container
from newscrawl.extraction.chrome import judge
from newscrawl.extraction.headline.titles import overlap
from newscrawl.page.page import Page, urlsplit_path
from newscrawl.page.shown import element_text
from newscrawl.page.tree import TEXT, Element, ancestors, descendants, text_pieces
from newscrawl.text.cleaning import clean_line, fold, words

LONGEST = 400
"""So many characters of a heading are read; one that has more is none."""

_HEADINGS_READ = 500
_LINKS_READ = 5
_PIECES_READ = 12
_PARTS_READ = 400
_SET_APART = frozenset({"br", "div", "p", "h1"})
_SUPPORT = 0.4
_SOME_SUPPORT = 1 / 8  # less than this have slogans and advertisements
_ALONE = 4  # so many words make a heading credible that the declared titles hardly support
_LONGEST_ALONE = 200
_UNSPACED_ALONE = 5  # characters
_UNSPACED_BYTES = 2.4
_TEXT_ABOVE = 150  # below so many characters of paragraphs a heading is one of the text's own
_KICKER = re.compile(
    r"kicker|over-?line|top-?line|spitzmarke|label|badge|category|eyebrow|pre-?title|roof-?line"
    r"|dachzeile|hidden|sr-only|antetitulo|occhiello|surtitre",
    re.IGNORECASE,
)
_BETWEEN = ":|·/ "  # may be left of what stood between a kicker and the headline
_CLIPPED = re.compile(r"display:\s*none|clip:\s*rect\(0|(?<![\w-])width:\s*1px", re.IGNORECASE)
_TRAIL = re.compile(r"bread-?_?crumb|\bcrumbs?\b", re.IGNORECASE)
_TRAIL_DEPTH = 2
_FOR_SEARCH = re.compile(r"(?:^|[\s_-])seo(?:$|[\s_-]|title|head)", re.IGNORECASE)

Titles = list[tuple[str, ...]]
"""The words of the titles that a page declares, each title once."""


class Heading(NamedTuple):
    """One ``<h1>``."""

    element: Element
    text: str
    container: Container | None
    """Its place among the blocks; None where they were not walked, as in a menu."""


def read_headings(blocks: Blocks) -> list[Heading]:
    """Return the headings in their order, those of menus and other unwalked parts last."""
    walked: Iterator[tuple[Element, Container | None]]
    walked = ((c.element, c) for c in blocks.containers if c.tag == "h1")
    unwalked = ((e, None) for c in blocks.pruned for e in descendants(c.element, "h1"))
    found = []
    # One that is never closed holds the rest of the page, and a thousand hold it a thousand times.
    for element, place in islice(chain(walked, unwalked), _HEADINGS_READ):
        if element.css_first("h1:has(h1)") is not None:
            continue
        text = element_text(element, LONGEST)
        if place is not None and "{" in text:  # a style sheet inside, which the blocks leave out
            text = " ".join(block.text for block in blocks.blocks[place.start : place.end])
        if 1 < len(text) < LONGEST - 1:
            found.append(Heading(element, text, place))
    return found


def mastheads(page: Page, headings: list[Heading]) -> frozenset[str]:
    """Return the folded texts of headings that are nothing but a link to the front page."""
    found = set()
    for heading in headings:
        for link in descendants(heading.element, "a")[:_LINKS_READ]:
            if element_text(link, LONGEST) == heading.text:
                address = page.urljoin(link.attributes.get("href") or "") or ""
                if not urlsplit_path(address):
                    found.add(fold(heading.text))
    return frozenset(found)


def article_heading(headings: list[Heading], titles: Titles, blocks: Blocks) -> Heading | None:
    """Return the heading that may be the headline.

    It is the one that a declared title supports best, those above the text before others. With
    little support it is one that stands alone above the text and is long enough to be a headline.
    """
    seen = [heading for heading in headings if _is_seen(heading.element)]
    support = [_support(heading, titles) for heading in seen]
    supported = [i for i, value in enumerate(support) if value >= _SUPPORT or not titles]
    if len(seen) == len(supported) == 1:
        return seen[0]
    above = _text_above(blocks)
    below = [above[h.container.start] > _TEXT_ABOVE if h.container else False for h in seen]
    if supported:
        return seen[min(supported, key=lambda i: (below[i], -support[i]))]
    alone = [i for i, late in enumerate(below) if not late and _is_long(seen[i].text)]
    if len(alone) == 1 and (
        support[alone[0]] >= _SOME_SUPPORT or _is_unspaced(seen[alone[0]].text)
    ):
        return seen[alone[0]]
    return None


def _is_seen(element: Element) -> bool:
    """Return whether a heading is set as one: neither hidden nor the last step of a breadcrumb."""
    attributes = element.attributes
    names = (attributes.get("class") or "")[:LONGEST]
    if judge(names) & chrome.HIDDEN or _CLIPPED.search(attributes.get("style") or ""):
        return False
    around = list(ancestors(element))
    if any(outer.tag in ("nav", "menu") for outer in around):
        return False
    trail = (element, *around[:_TRAIL_DEPTH])
    return not any(_TRAIL.search(_class(e)) for e in trail)


def _support(heading: Heading, titles: Titles) -> float:
    mine = words(heading.text)
    return max((overlap(mine, list(title)) for title in titles), default=0.0)


def _text_above(blocks: Blocks) -> list[int]:
    """Return for each block how many characters of paragraphs stand before it."""
    sizes = (
        len(block.text)
        if block.tag == "p" and not block.link_chars and not block.flags & chrome.CHROME
        else 0
        for block in blocks.blocks
    )
    return list(accumulate(sizes, initial=0))


def _is_long(text: str) -> bool:
    if len(text) > _LONGEST_ALONE:
        return False
    return len(words(text)) >= _ALONE or (len(text) > _UNSPACED_ALONE and _is_unspaced(text))


def _is_unspaced(text: str) -> bool:
    """Whether most of a text is of scripts of three bytes a character; some set no spaces."""
    return not text.isascii() and len(text.encode()) > _UNSPACED_BYTES * len(text)


def heading_text(heading: Heading, titles: Titles) -> str:
    """Return what of a heading is the headline.

    All of it if a declared title says so; else all but its kicker; else the part of it that is a
    declared title.
    """
    element = heading.element
    has_parts = any(child.is_element_node for child in element.iter())
    if not has_parts or tuple(words(heading.text)) in titles:
        return heading.text
    without = without_kicker(element)
    if without is not None:
        return without
    pieces = _pieces(element)
    for size in range(len(pieces), 0, -1):
        for part in (pieces[:size], pieces[-size:]):
            text = " ".join(part).lstrip(_BETWEEN)
            if tuple(words(text)) in titles:
                return text
    return _spaced_text(element)


def _pieces(element: Element) -> list[str]:
    read = map(clean_line, islice(text_pieces(element), 4 * _PIECES_READ))
    return [piece for piece in read if piece and "{" not in piece][:_PIECES_READ]


def without_kicker(element: Element) -> str | None:
    """Return a heading's text without a kicker that is set inside it; None if there is none."""
    kept: list[str] = []
    found = adjoins = False
    for child in element.iter(include_text=True):
        if child.is_element_node:
            text = element_text(child, LONGEST)
            is_kicker = bool(text) and _KICKER.search(_class(child)) is not None
            found = found or is_kicker
            kept += [" " if adjoins else "", "" if is_kicker else text]
            adjoins = True
        elif child.tag == TEXT:
            kept.append(child.text_content or "")
            adjoins = False
    text = clean_line("".join(kept)).lstrip(_BETWEEN)
    return text if found and words(text) else None


def _spaced_text(element: Element) -> str:
    """Return a heading's text with white space wherever the page sets its parts apart.

    That is at breaks and boxes, and where an element begins with a capital right after another.
    """
    parts = [""]
    adjoins = False  # nothing stands between here and the end of an element
    for node, opens in islice(_walk(element), _PARTS_READ):
        if node.tag == TEXT:
            text = node.text_content or ""
            if "{" not in text:
                parts.append(text)
            adjoins = False
            continue
        runs_on = opens and adjoins and parts[-1][-1:].isalnum()
        if node.tag in _SET_APART or (runs_on and _is_capital(node)):
            parts.append(" ")
        if opens:
            parts.append("")
        adjoins = not opens
    return clean_line("".join(parts))


def _is_capital(element: Element) -> bool:
    return element_text(element, LONGEST)[:1].isupper()


def _walk(element: Element) -> Iterator[tuple[Element, bool]]:
    """Yield each text in an element, and each element as it opens (True) and as it closes."""
    outer, node = [element], element.first_child
    while outer:
        if node is None:
            node = outer.pop()
            if not outer:
                return
            yield node, False
        elif node.is_element_node:
            yield node, True
            outer.append(node)
            node = node.first_child
            continue
        elif node.tag == TEXT:
            yield node, True
        node = node.next


def is_for_search(heading: Heading) -> bool:
    """Return whether a heading's own name says that it is there for search engines."""
    return _FOR_SEARCH.search(_class(heading.element)) is not None


def _class(element: Element) -> str:
    return element.attributes.get("class") or ""
