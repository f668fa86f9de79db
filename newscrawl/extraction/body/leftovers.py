"""Remove from the chosen body what is another field: captions, bylines, dates, lone labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block
from newscrawl.items import Image
from newscrawl.text.cleaning import fold, words
from newscrawl.text.dates import find_date
from newscrawl.text.phrases import (
    IS_CHROME,
    IS_CREDIT,
    is_about_line,
    is_chrome_line,
    is_cookie_line,
    line_labels,
)

_LONG = 160  # the text has begun with the first block of this length
_CAPTION = 25  # a shorter caption may well be a sentence of the text
_CREDIT = 90  # so much may follow a caption in its block
_LINE = 120
_DATELINE = 70
_LAST = 3
_FOLDED = 12
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_IN_A_ROW = re.compile(r"\s+[|–—·•-]\s+")
_RIGHTS = 160
_NAMED = 2
_FOREIGN = chrome.EMBED | chrome.CONSENT


def without_leftovers(
    body: list[Block], images: Iterable[Image], authors: Iterable[str], description: str
) -> list[Block]:
    """Return the body's blocks without those that repeat another field, or speak of rights."""
    captions = [folded for image in images if len(folded := fold(image.caption or "")) > _CAPTION]
    names = {word for author in authors for word in words(author)}
    opening = sum(1 for _ in takewhile(lambda block: len(block.text) < _LONG, body))
    standfirst = fold(description)
    longest = max(map(len, captions), default=0) + _CREDIT
    kept: list[Block] = []
    for position, block in enumerate(body):
        at_edge = position < opening or position >= len(body) - _LAST
        if not (
            (captions and _is_caption(block.text, captions, longest))
            or (block.tag != "li" and len(block.text) <= _LINE and _is_furniture(block.text))
            or (at_edge and (_is_byline(block.text, names) or _is_closing(block, names)))
            or (at_edge and _ADDRESS.fullmatch(block.text))
            or (kept and _is_same(block.text, description, standfirst))
            or (block.flags & _FOREIGN and is_cookie_line(block.text))
            or (position < opening and _is_dateline(block.text))
        ):
            kept.append(block)
    return kept


def _is_furniture(line: str) -> bool:
    """Return whether a line is the credit of a picture, a button or label, or several in a row."""
    if line_labels(line) & (IS_CHROME | IS_CREDIT):
        return True
    parts = _IN_A_ROW.split(line)
    return len(parts) > 1 and all(map(is_chrome_line, parts))


def _is_same(text: str, other: str, folded: str) -> bool:
    """Return whether a text is another once both are folded; folding alters lengths but little."""
    return abs(len(text) - len(other)) <= _FOLDED and fold(text) == folded


def _is_caption(text: str, captions: list[str], longest: int) -> bool:
    if len(text) > longest + _FOLDED:
        return False
    folded = fold(text)
    return any(
        folded.startswith(caption) and len(folded) - len(caption) <= _CREDIT for caption in captions
    )


def _is_byline(text: str, names: set[str]) -> bool:
    if not names or len(text) > _LINE:
        return False
    mine = words(text)
    known = sum(word in names for word in mine)
    return known >= 1 and (known >= len(mine) - 2 or known * 2 > len(mine) + 1)


def _is_closing(block: Block, names: set[str]) -> bool:
    """Return whether a block states rights, or is a biography set apart in italics or bold."""
    if len(block.text) <= _RIGHTS and is_about_line(block.text):
        return True
    set_apart = block.strong_chars > 0.9 * len(block.text)
    return set_apart and len(names.intersection(words(block.text))) >= _NAMED


def _is_dateline(text: str) -> bool:
    if len(text) > _DATELINE or not any(character.isdigit() for character in text):
        return False
    found = find_date(text)
    return found is not None and found.end - found.start > len(text) // 2
