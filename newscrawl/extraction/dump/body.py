"""Find the blocks of a dump that are the article's text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from newscrawl.extraction.dump.labels import is_byline, is_date_line
from newscrawl.extraction.dump.layout import Block
from newscrawl.extraction.pictures.credit import split_credit
from newscrawl.text.cleaning import fold
from newscrawl.text.phrases import (
    is_about_line,
    is_chrome_line,
    is_comment_line,
    is_cookie_line,
    is_credit_line,
    is_related_line,
    is_subscribe_line,
)

_SENTENCE_END = re.compile(
    r"[.!?…:;。！？」』؟۔]['\"”’»“)\]]*$|[.!?…。！？][\"”’»“]?\s*\(\w{2,12}\)$"
)
# What a block that is no running text counts against the stretch that it stands in.
_CHROME, _RELATED, _LINK, _SHORT, _HEADING = -6.0, -14.0, -6.0, -4.0, -2.0
_RUN_GROWTH = 0.1
_OPENING_QUOTES, _CLOSING_QUOTES = frozenset('«“„"「'), frozenset('»”“"」')
_SENTENCE_GAP = re.compile(r"(?<=[.!?])\s+")
_CALL_LENGTH = 150  # characters
_TEASER_LENGTH = 9  # words; a shorter sentence alone does not show that here is the article
_NEARLY = 0.5
_LABEL_WORDS = 12
_BOX_WORDS = 16  # of a line; a longer one is text
_BOX_LENGTH = 9  # blocks; a longer run without text ends the article
_BOX_LENGTH_ABOVE = 24
_PARAGRAPH_MIN = 11  # words
_PARAGRAPH_MAX = 80  # words of one block that count
_SHORTEST_BODY = 25  # words
_HEADING_MAX = 7  # words; a longer line without an end, alone in the text, points to another story
_CAPTION_MAX = 70  # words


def is_sentence(text: str) -> bool:
    """Return whether the text ends as a sentence does, or is a quotation from end to end."""
    return _SENTENCE_END.search(text[-40:]) is not None or (
        text[0] in _OPENING_QUOTES and text[-1] in _CLOSING_QUOTES
    )


def is_chrome(block: Block) -> bool:
    """Return whether the block is navigation, a call, or a note, by its words or its many links."""
    text = block.text
    return (block.links >= 3 and block.length < 5 * block.links) or _is_chrome_text(text)


@lru_cache(maxsize=4096)
def _is_chrome_text(text: str) -> bool:
    if is_chrome_line(text) or is_comment_line(text) or is_cookie_line(text):
        return True
    if is_about_line(text):
        return True
    short = len(text) < _CALL_LENGTH
    if short and "newsletter" in text.casefold() and len(text.split()) <= _LABEL_WORDS:
        return True
    # "You like what you read? Subscribe from 1 € …"
    sentences = _SENTENCE_GAP.split(text) if short else [text]
    return any(map(is_subscribe_line, sentences))


def is_caption(block: Block) -> bool:
    """Return whether the block is a picture's legend or credit."""
    if block.length > _CAPTION_MAX:
        return False
    return is_credit_line(block.text) or split_credit(block.text)[1] is not None


def is_legend(blocks: list[Block], position: int) -> bool:
    """Whether a block is a picture's legend by its credit, the next line's, or by coming twice."""
    block = blocks[position]
    if is_caption(block):
        return True
    if position + 1 >= len(blocks) or not 2 < block.length <= _CAPTION_MAX:
        return False
    after = blocks[position + 1]
    if after.length <= 8 and is_credit_line(after.text):
        return True
    return fold(after.text).startswith(fold(block.text))


def find_body(blocks: list[Block]) -> range:
    """Return the stretch of blocks where the article's text is, an empty one if there is none.

    It is the stretch with the highest sum of scores: running text counts for it, navigation,
    headlines of other stories and the boxes after an article count against it, the more the
    longer their run is. Where an earlier stretch is nearly as good and stands under a date, the
    later one is the outlet's word about itself, or another story.
    """
    scores = _running_scores(blocks)
    best, total = _best_stretch(scores, range(len(blocks)))
    if best and not _is_dated(blocks, best):
        earlier, earlier_total = _best_stretch(scores, range(best.start))
        if earlier_total > total * _NEARLY and _is_dated(blocks, earlier):
            best = earlier
    if sum(blocks[i].length for i in best) < _SHORTEST_BODY:
        return range(0)
    return _without_comments(blocks, _with_more(blocks, best))


def _with_more(blocks: list[Block], stretch: range) -> range:
    """Go on over a box in the text: to a paragraph that stands by itself soon after the stretch."""
    end = stretch.stop
    under_heading = False
    position = end
    while position < min(end + _BOX_LENGTH, len(blocks)):
        block = blocks[position]
        if is_comment_line(block.text) or is_about_line(block.text):
            break
        if block.apart and _is_paragraph(blocks, position):
            above = blocks[position - 1].heading and position > end
            if above and (under_heading or position > end + 2):
                break
            under_heading = above
            end = position + 1
        position += 1
    return range(_first_above(blocks, stretch.start), end)


def _first_above(blocks: list[Block], start: int) -> int:
    """Return where the text begins, looking up over boxes, no further than the date."""
    position = start - 1
    while position >= max(start - _BOX_LENGTH_ABOVE, 0):
        if is_date_line(blocks[position].text) or is_byline(blocks[position].text):
            break
        if blocks[position].apart and _is_paragraph(blocks, position, 2 * _PARAGRAPH_MIN):
            start = position
        position -= 1
    return start


def _is_paragraph(blocks: list[Block], position: int, shortest: int = _PARAGRAPH_MIN) -> bool:
    block = blocks[position]
    return (
        block.length >= shortest
        and not (block.bullet or block.heading or block.linked)
        and is_sentence(block.text)
        and not is_chrome(block)
        and not is_related_line(block.text)
        and not is_legend(blocks, position)
    )


def _running_scores(blocks: list[Block]) -> list[float]:
    scores: list[float] = []
    run = 0
    for block in blocks:
        score = _score(block)
        run = run + 1 if score < 0 else 0
        scores.append(score * min(1 + _RUN_GROWTH * (run - 1), 3) if run else score)
    return scores


def _best_stretch(scores: list[float], within: range) -> tuple[range, float]:
    """Return the part of ``within`` with the highest sum, and that sum."""
    best, best_total = range(0), 0.0
    total, start = 0.0, within.start
    for position in within:
        total += scores[position]
        if total <= 0:
            total, start = 0.0, position + 1
        elif total > best_total:
            best, best_total = range(start, position + 1), total
    return best, best_total


def _is_dated(blocks: list[Block], stretch: range) -> bool:
    """Return whether a line with a date stands above the stretch, or as it begins."""
    near = range(max(stretch.start - 10, 0), min(stretch.start + 3, len(blocks)))
    return any(is_date_line(blocks[i].text) for i in near)


def _score(block: Block) -> float:
    length = min(block.length, _PARAGRAPH_MAX)
    if is_chrome(block):
        return _CHROME
    if is_related_line(block.text):
        return _RELATED
    if block.linked and length < 15:
        return _LINK
    if not is_sentence(block.text):
        return 3 if length > 40 else _HEADING if block.heading else _SHORT
    if block.bullet:
        return length / 3
    return max(length - _TEASER_LENGTH, 1)


def _without_comments(blocks: list[Block], stretch: range) -> range:
    """Cut what readers wrote: all that comes after the heading of the comments."""
    words = 0
    for position in stretch:
        if words > _SHORTEST_BODY * 2 and is_comment_line(blocks[position].text):
            return range(stretch.start, position)
        if is_sentence(blocks[position].text):
            words += blocks[position].length
    return stretch


def body_texts(blocks: list[Block], stretch: range) -> list[int]:
    """Return which blocks of the stretch are the article's text, in order."""
    kept: list[int] = []
    boxes = _boxes(blocks, stretch)
    for position in stretch:
        block = blocks[position]
        if position in boxes:
            continue
        if is_chrome(block) or is_related_line(block.text) or is_legend(blocks, position):
            continue
        if _is_label(block):
            continue
        if _points_elsewhere(blocks, position, stretch):
            continue
        kept.append(position)
    while kept and not _is_running(blocks[kept[-1]]):
        kept.pop()
    return kept


def _is_label(block: Block) -> bool:
    """Whether it is a byline or a date; "— Name, date" is the signature of a post, and text."""
    if block.length > _LABEL_WORDS or block.text.startswith("— "):
        return False
    return is_byline(block.text) or is_date_line(block.text)


def _boxes(blocks: list[Block], stretch: range) -> set[int]:
    """Return the blocks of small boxes: lines with no blank line between, one of them a call."""
    boxes: set[int] = set()
    starts = [i for i in stretch if blocks[i].apart] or [stretch.start]
    for start, stop in pairwise([*starts, stretch.stop]):
        box = range(start, stop)
        calls = sum(is_chrome(blocks[i]) for i in box)
        if calls and len(box) > 1 and max(blocks[i].length for i in box) < _BOX_WORDS:
            boxes.update(box)
    return boxes


def _is_running(block: Block) -> bool:
    return is_sentence(block.text) or block.length > 25


def _points_elsewhere(blocks: list[Block], position: int, stretch: range) -> bool:
    """Whether a line without an end is a link to another story, and not a subheading or item."""
    block = blocks[position]
    if block.text.startswith("— "):
        return False
    if _is_running(block) and not (block.linked and block.links == 1 and block.length < 15):
        return False
    before = blocks[position - 1] if position > 0 else None
    after = blocks[position + 1] if position + 1 in stretch else None
    if block.linked or (before is not None and is_related_line(before.text)):
        return True
    if block.bullet:
        return all(b is None or not b.bullet for b in (before, after))
    if block.heading:
        return after is None or (after.heading and not _is_running(after))
    # Subheadings stand alone, between paragraphs; several short lines together are a box.
    alone = before is None or _is_running(before) or before.bullet or is_chrome(before)
    return block.length > _HEADING_MAX or not alone or after is None or not _introduces(after)


def _introduces(after: Block) -> bool:
    """Return whether what comes after a subheading is text or a list."""
    return _is_running(after) or after.bullet
