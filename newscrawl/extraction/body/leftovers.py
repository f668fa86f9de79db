"""Remove from the chosen body what is another field: captions, bylines, dates, lone labels."""

from __future__ import annotations

import re
from itertools import takewhile

from newscrawl.extraction.blocks import Block
from newscrawl.extraction.body.block_features import has_call_word
from newscrawl.extraction.body.rules import Draft, Rule
from newscrawl.text.cleaning import fold, words
from newscrawl.text.dates import find_date
from newscrawl.text.phrases import (
    IS_CHROME,
    IS_CREDIT,
    is_about_line,
    is_chrome_line,
    is_subscribe_line,
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
_CALL = 250
_SENTENCE_END = re.compile(r"(?<=[.?!…。？！])\s+")
_QUOTED = re.compile('["“”„«»「」]')
_NAMED = 2


def _captions(draft: Draft) -> set[int]:
    """Find what repeats the caption of a picture."""
    captions = [
        folded for image in draft.images if len(folded := fold(image.caption or "")) > _CAPTION
    ]
    longest = max(map(len, captions), default=0) + _CREDIT
    return {b.index for b in draft.chosen if captions and _is_caption(b.text, captions, longest)}


def _furniture(draft: Draft) -> set[int]:
    """Find credits, buttons and labels."""
    return {
        block.index
        for block in draft.chosen
        if block.tag != "li" and len(block.text) <= _LINE and _is_furniture(block.text)
    }


def _bylines(draft: Draft) -> set[int]:
    """Find bylines at the text's edges."""
    names = _names(draft)
    return {block.index for block in _edges(draft) if _is_byline(block.text, names)}


def _closing_notes(draft: Draft) -> set[int]:
    """Find what states rights or tells who the author is, at the text's edges."""
    names = _names(draft)
    return {block.index for block in _edges(draft) if _is_closing(block, names)}


def _calls(draft: Draft) -> set[int]:
    """Find what calls on the reader to subscribe, follow, write in, behind the first block."""
    return {block.index for block in draft.chosen[1:] if _is_call(block)}


def _addresses(draft: Draft) -> set[int]:
    """Find bare addresses at the text's edges."""
    return {block.index for block in _edges(draft) if _ADDRESS.fullmatch(block.text)}


def _standfirsts(draft: Draft) -> set[int]:
    """Find what repeats the description, unless the text begins with it."""
    standfirst = fold(draft.description)
    return {
        block.index
        for block in draft.chosen[1:]
        if _is_same(block.text, draft.description, standfirst)
    }


def _datelines(draft: Draft) -> set[int]:
    """Find lines that are mostly a date, before the text or as its last."""
    edges = [*draft.chosen[: _opening(draft)], draft.chosen[-1]]
    return {block.index for block in edges if _is_dateline(block.text)}


def _opening(draft: Draft) -> int:
    return sum(1 for _ in takewhile(lambda block: len(block.text) < _LONG, draft.chosen))


def _edges(draft: Draft) -> list[Block]:
    """Return the blocks before the first long one, and the last ones."""
    opening, count = _opening(draft), len(draft.chosen)
    return draft.chosen[:opening] + draft.chosen[max(opening, count - _LAST) :]


def _names(draft: Draft) -> set[str]:
    return {word for author in draft.authors for word in words(author)}


LEFTOVERS = (
    Rule("captions", _captions),
    Rule("furniture", _furniture),
    Rule("bylines", _bylines),
    Rule("closing notes", _closing_notes),
    Rule("calls", _calls, limited=False),  # of a short text more than a seventh
    Rule("addresses", _addresses),
    Rule("standfirsts", _standfirsts),
    Rule("datelines", _datelines),
)
"""The rules that need the pictures, authors and description of the record, in order."""


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


def _is_call(block: Block) -> bool:
    """Return whether a sentence of a short block, nobody's words, begins as calls to readers do.

    The block has a word of such calls, too: "Download the files" alone is advice.
    """
    text = block.text
    if (
        len(text) > _CALL
        or block.tag == "li"
        or _QUOTED.search(text)
        or not has_call_word(text, words(text))
    ):
        return False
    return any(map(is_subscribe_line, _SENTENCE_END.split(text)))


def _is_dateline(text: str) -> bool:
    if len(text) > _DATELINE or not any(character.isdigit() for character in text):
        return False
    found = find_date(text)
    return found is not None and found.end - found.start > len(text) // 2
