"""Bylines that a page shows: beside the headline, in the dateline, under the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, takewhile
from operator import attrgetter

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.people.names import (
    MAX_BYLINE,
    byline_names,
    ends_in_role,
    is_person,
    signature,
)
from newscrawl.extraction.zone import Zone
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, descendants, text_pieces
from newscrawl.text.cleaning import clean_line, fold
from newscrawl.text.phrases import strip_byline_prefix

_AUTHOR_NAME = re.compile(
    r"byline|author|writer|autor|auteur|verfasser|reporter|journalist|contributor|signature|firma(?!t)"
    r"|capaut|columnist",
    re.IGNORECASE,
)
_NOT_AUTHOR_NAME = re.compile(
    r"bio|image|photo|foto|avatar|comment|social|follow|related|more|desc|about|caption|credit"
    r"|authoriz|date|time",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s+[|·•–—-]\s+|\s*[|•]\s*")
_DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s+[^\W\d]{3,}\s+\d{4}"
)
_RIGHT = re.compile(r"text-align:\s*(?:right|end)", re.IGNORECASE)
_EAST = "\u3040-\u30ff\u3400-\u9fff"
# "（记者 陈喆）", "【白鷺町＝大槻遥】", "【松岡大地】"
_REPORTER = re.compile(
    rf"(?:记者|記者)[ :：]*([{_EAST}]{{2,4}}(?:[ 、][{_EAST}]{{2,4}})*)[ ）)】]"
    rf"|^\s*【[^】＝=]{{1,20}}[＝=]([{_EAST}・、 ]{{2,30}})】|【([{_EAST}]{{3,6}})】\s*$"
)
# "来源：白滩之家 作者：萧山客", "取材・文：大槻遥", "한도경 기자 hdk@baekhyeon.example"
_LABELLED = re.compile(
    rf"(?<!\S)(?:作者|记者|記者|撰文|取材・文|執筆|文)[:：]\s*([{_EAST}]{{2,6}})(?=\s|$)"
    r"|^([\uac00-\ud7af]{2,4})\s?(?:기자|특파원)(?:\s+\S+@\S+)?$"
)
_ABOVE = 3
_NEAR = 6
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BELOW = 2
_LINE = 120
_AUTHOR_LINKS = "a[rel*=author]"
_INLINE = frozenset({"span", "em", "a", "strong", "b", "i", "address"})
_MAX_LINKS = 500
_MAX_CLASSES = 100
_MAX_PIECES = 500
_MAX_INSIDE = 6
_MAX_CONTAINERS = 1_000
_START = attrgetter("start")


def shown_bylines(
    blocks: Blocks, zone: Zone, site: frozenset[str]
) -> Iterator[tuple[list[str], str]]:
    """Yield (names, where) for the bylines of a page, the surest first.

    ``site`` are the folded names of the outlet, which is nobody's byline.
    """
    near = blocks.blocks[max(zone.heading - _ABOVE, 0) : zone.first_paragraph]
    lines = [
        block for block in near if len(block.text) <= MAX_BYLINE and _may_be_byline(block, zone)
    ]
    yield _of_classes(blocks, zone, site), "byline class"
    yield _of_prefixes(lines, site), "byline"
    yield _labelled(lines), "label of an author"
    yield _linked(blocks, zone, site), "a[rel=author]"
    text = [blocks.blocks[index] for index in sorted(zone.text)]
    yield _of_reporters(text), "reporter's mark"
    yield _beside_dates(lines, site), "name beside the date"
    below = blocks.blocks[max(zone.last - _BELOW, zone.heading + 1) : zone.last + _BELOW + 1]
    yield _lone_names(lines, below, site), "name above or below the text"


def _may_be_byline(block: Block, zone: Zone) -> bool:
    out = chrome.CHROME & ~chrome.SHARE | chrome.CAPTION | chrome.HIDDEN
    return block.index != zone.heading and not block.flags & out & ~zone.base


def _of_classes(blocks: Blocks, zone: Zone, site: frozenset[str]) -> list[str]:
    """Return the names in the elements near the headline whose class says that they hold them."""
    containers = blocks.containers
    first = bisect_left(containers, max(zone.heading - _ABOVE, 0), key=_START)
    out = (chrome.CHROME & ~chrome.SHARE | chrome.CAPTION) & ~zone.base
    for container in containers[first : first + _MAX_CONTAINERS]:
        if container.start >= zone.first_paragraph:
            break
        if not 0 < container.end - container.start <= _MAX_INSIDE or container.flags & out:
            continue
        if container.end > zone.first_paragraph or container.start == zone.heading:
            continue
        if container.names and _names_author(container.names):
            if names := _names_in(container.element, site):
                return names
        elif container.end - container.start == 1 and container.start not in zone.text:
            for inner in container.element.css("[class]")[:_MAX_CLASSES]:
                if _is_inline_byline(inner) and (names := _names_in(inner, site)):
                    return names
    return []


def _is_inline_byline(element: Element) -> bool:
    return element.tag in _INLINE and _names_author(element.attributes.get("class") or "")


def _names_in(element: Element, site: frozenset[str]) -> list[str]:
    """Return the names of a byline element: its links', its parts', or those of its whole text."""
    anchors = descendants(element, "a")[:_MAX_LINKS]
    links = [element_text(anchor, MAX_BYLINE) for anchor in anchors]
    if linked := [link for link in links if is_person(link) and fold(link) not in site]:
        return list(dict.fromkeys(linked))
    pieces = [clean_line(piece) for piece in islice(text_pieces(element), _MAX_PIECES)]
    people = [p for p in pieces if is_person(strip_byline_prefix(p)) and fold(p) not in site]
    names = [p for p in people if not ends_in_role(p)]
    # A role in a line or an element of its own says that the names have theirs, too.
    if len(names) > 1 or (names and any(map(ends_in_role, pieces))):
        return list(dict.fromkeys(map(strip_byline_prefix, names)))
    text = element_text(element, MAX_BYLINE + 1)
    return byline_names(text, site) if len(text) <= MAX_BYLINE else []


@lru_cache(maxsize=20_000)
def _names_author(names: str) -> bool:
    return _AUTHOR_NAME.search(names) is not None and _NOT_AUTHOR_NAME.search(names) is None


def _of_prefixes(lines: list[Block], site: frozenset[str]) -> list[str]:
    """Return the names of the first line, or part of one, that begins with "By"."""
    for block in lines:
        for piece in (block.text, *_PIECES.split(block.text)):
            rest = strip_byline_prefix(piece)
            if rest == piece or len(piece) > _LINE:
                continue
            if names := byline_names(rest, site):
                return names
            if (name := signature(rest)) and fold(name) not in site:
                return [name]
    return []


def _labelled(lines: list[Block]) -> list[str]:
    """Return the names that East Asian papers label in a line, among other people's or alone."""
    names = [before or after for line in lines for after, before in _LABELLED.findall(line.text)]
    return list(dict.fromkeys(names))


def _linked(blocks: Blocks, zone: Zone, site: frozenset[str]) -> list[str]:
    """Return the name that the page's links to authors have.

    Of several, those that stand by the headline or right below the text: the bylines of other
    stories have links of the same kind.
    """
    names: list[str] = []
    for link in blocks.containers[0].element.css(_AUTHOR_LINKS)[:_MAX_LINKS]:
        name = strip_byline_prefix(element_text(link, MAX_BYLINE))
        if is_person(name) and fold(name) not in site:
            names.append(name)
    names = list(dict.fromkeys(names))
    if len(names) < 2:
        return names
    above = blocks.blocks[max(zone.heading - _NEAR, 0) : zone.first_paragraph]
    below = blocks.blocks[zone.last + 1 : zone.last + 1 + _NEAR]
    near = [block.text for block in (*above, *takewhile(_is_no_heading, below))]
    return [name for name in names if any(name in text for text in near)]


def _is_no_heading(block: Block) -> bool:
    return block.tag not in _HEADINGS


def _of_reporters(text: list[Block]) -> list[str]:
    """Return the names that East Asian papers set into the first or last paragraph."""
    for block in (*text[:2], *text[-1:]):
        if match := _REPORTER.search(block.text):
            names = next(group for group in match.groups() if group)
            return [name for name in re.split(r"[ 、・]", names) if name]
    return []


def _beside_dates(lines: list[Block], site: frozenset[str]) -> list[str]:
    """Return the name of a line that is a name and a date, neither of them a link to a section."""
    for block in lines:
        first, *others = _PIECES.split(block.text, maxsplit=2)
        if others and not block.links and _DATE.match(others[0]) and is_person(first):
            return byline_names(first, site)
    return []


def _lone_names(above: list[Block], below: list[Block], site: frozenset[str]) -> list[str]:
    """Return the name that stands alone, bold above the text or set right below it."""
    for block in above[-2:]:
        if block.strong_chars >= 0.9 * len(block.text.replace(" ", "")) and not block.links:
            names = byline_names(block.text, site)
            if names and len(block.text) <= sum(map(len, names)) + 2 * len(names):
                return names
    for block in below:
        attributes = block.container.element.attributes
        if attributes.get("align") == "right" or _RIGHT.search(attributes.get("style") or ""):
            return byline_names(block.text, site)
    return []
