"""What of the chosen body is another field after all: captions, bylines, dates, lone labels."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from newscrawl.dates import find_date
from newscrawl.extractors.blocks import Block
from newscrawl.items import Image
from newscrawl.phrases import is_chrome_line
from newscrawl.text import fold, words

_LONG = 160  # the text has begun with the first block of this length
_CAPTION = 25  # a shorter caption may well be a sentence of the text
_CREDIT = 90  # so much may follow a caption in its block
_LINE = 120
_DATELINE = 70
_LAST = 3


def without_leftovers(
    body: list[Block], images: Iterable[Image], authors: Iterable[str]
) -> list[Block]:
    """Return the body's blocks without those that repeat a caption, the byline or the date."""
    captions = [folded for image in images if len(folded := fold(image.caption or "")) > _CAPTION]
    names = {word for author in authors for word in words(author)}
    opening = sum(1 for _ in takewhile(lambda block: len(block.text) < _LONG, body))
    kept = []
    for position, block in enumerate(body):
        at_edge = position < opening or position >= len(body) - _LAST
        if not (
            _is_caption(block.text, captions)
            or (block.tag != "li" and is_chrome_line(block.text))
            or (at_edge and _is_byline(block.text, names))
            or (position < opening and _is_dateline(block.text))
        ):
            kept.append(block)
    return kept


def _is_caption(text: str, captions: list[str]) -> bool:
    if not captions:
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


def _is_dateline(text: str) -> bool:
    if len(text) > _DATELINE or not any(character.isdigit() for character in text):
        return False
    found = find_date(text)
    return found is not None and found.end - found.start > len(text) // 2
