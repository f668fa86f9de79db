"""Which blocks of a dump are the article's text."""

from __future__ import annotations

import re

from newscrawl.dump.layout import Block
from newscrawl.extractors.credit import split_credit
from newscrawl.phrases import (
    is_about_line,
    is_chrome_line,
    is_comment_line,
    is_cookie_line,
    is_credit_line,
    is_related_line,
    is_subscribe_line,
    trim,
)
from newscrawl.vocabulary import RELATED_LABELS

_SENTENCE_END = re.compile(
    r"[.!?…:;。！？」』؟۔]['\"”’»“)\]]*$|[.!?…。！？][\"”’»“]?\s*\(\w{2,12}\)$"
)
_TEASER_LENGTH = 12  # words; a shorter sentence alone does not show that here is the article
_PARAGRAPH_MAX = 80  # words of one block that count
_SHORTEST_BODY = 25  # words
_HEADING_MAX = 7  # words; a longer line without an end, alone in the text, points to another story
_CAPTION_MAX = 70  # words


def is_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def is_chrome(block: Block) -> bool:
    """Whether the block is navigation, a call, or a note, by its words or its many links."""
    text = block.text
    return (
        is_chrome_line(text)
        or is_comment_line(text)
        or is_cookie_line(text)
        or is_subscribe_line(text)
        or is_about_line(text)
        or (block.links >= 3 and block.length < 5 * block.links)
    )


def is_caption(block: Block) -> bool:
    """Whether the block is a picture's legend or credit."""
    if block.length > _CAPTION_MAX:
        return False
    return is_credit_line(block.text) or split_credit(block.text)[1] is not None


def find_body(blocks: list[Block]) -> range:
    """Return the stretch of blocks where the article's text is, an empty one if there is none.

    It is the stretch with the highest sum of scores: running text counts for it, navigation,
    headlines of other stories and the boxes after an article count against it.
    """
    best, best_range = 0.0, range(0)
    total, start = 0.0, 0
    for position, block in enumerate(blocks):
        total += _score(block)
        if total <= 0:
            total, start = 0.0, position + 1
        elif total > best:
            best, best_range = total, range(start, position + 1)
    if sum(blocks[i].length for i in best_range) < _SHORTEST_BODY:
        return range(0)
    return best_range


def _score(block: Block) -> float:
    length = block.length
    if is_comment_line(block.text):
        return -40
    if is_chrome(block):
        return -10
    if is_related_line(block.text):
        return -40 if trim(block.text) in RELATED_LABELS else -6
    if block.linked and length < 15:
        return -9
    if is_sentence(block.text) or length > 40:
        if block.bullet:
            return min(length, _PARAGRAPH_MAX) / 3
        return min(length, _PARAGRAPH_MAX) - _TEASER_LENGTH if length >= _TEASER_LENGTH else 1
    if block.heading:
        return -3
    return -6 if block.bullet else -5


def body_texts(blocks: list[Block], stretch: range) -> list[int]:
    """Return which blocks of the stretch are the article's text, in order."""
    kept: list[int] = []
    for position in stretch:
        block = blocks[position]
        if is_chrome(block) or is_related_line(block.text) or is_caption(block):
            continue
        if _points_elsewhere(blocks, position, stretch):
            continue
        kept.append(position)
    while kept and not _is_running(blocks[kept[-1]]):
        kept.pop()
    return kept


def _is_running(block: Block) -> bool:
    return is_sentence(block.text) or block.length > 25


def _points_elsewhere(blocks: list[Block], position: int, stretch: range) -> bool:
    """Whether a line without an end is a link to another story, and not a subheading or item."""
    block = blocks[position]
    if _is_running(block) and not (block.linked and block.links == 1 and block.length < 15):
        return False
    after_label = position > 0 and is_related_line(blocks[position - 1].text)
    if block.bullet:
        near = [
            blocks[i] for i in range(position - 2, position + 3)
            if 0 <= i < len(blocks) and blocks[i].bullet
        ]  # fmt: skip
        return block.linked or after_label or (len(near) > 1 and all(b.linked for b in near))
    if block.linked or after_label:
        return True
    if block.heading:
        following = blocks[position + 1] if position + 1 in stretch else None
        return following is None or following.heading
    return block.length > _HEADING_MAX
