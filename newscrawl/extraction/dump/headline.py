"""Find the headline of a dump."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.extraction.dump.body import is_caption, is_chrome, is_sentence
from newscrawl.extraction.dump.labels import breadcrumb, is_byline, is_date_line, is_names_line
from newscrawl.extraction.dump.layout import Block, Layout
from newscrawl.text.cleaning import fold, words
from newscrawl.text.phrases import is_credit_line, is_related_line

_PARAGRAPH = 18  # words; what is as long is no label
_REACH = 45  # blocks above the text in which its headline is looked for
_BELOW = 6  # blocks below the first paragraph that are looked at: a note may stand above all
_ENDS_IN_TIME = re.compile(r"\d{1,2}[:.]\d{2}\W*$")
_ALL_NAMES = re.compile(r"(?:[^\W\d_a-zß-ÿ]\w*\s+){3,}[^\W\d_a-zß-ÿ]\w*")
_TWO_SENTENCES = re.compile(r"[^\W\d]{3}[.!?。！？][\"”»’]?\s+[\"“«‘]?[^\W\d_a-zß-ÿ]")
_SHARED_TITLE = frozenset({"text", "title", "t", "subject", "body", "description", "quote"})


def title_hints(layout: Layout, url: str) -> list[list[str]]:
    """Return word lists of what may be the headline: share links, feed titles, the address."""
    hints = [*layout.declared]
    for link in layout.links:
        if "?" in link and len(link) < 2000:
            try:
                query = parse_qsl(urlsplit(link).query)
            except ValueError:
                continue
            hints += [value for name, value in query if name.lower() in _SHARED_TITLE]
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        path = ""
    hints += [re.sub(r"[-_]|\.\w{2,5}$", " ", part) for part in path.split("/")]
    found = (words(hint)[:40] for hint in hints)
    return [hint for hint in found if len(hint) >= 3]


def find_headline(blocks: list[Block], kept: Sequence[int], hints: list[list[str]]) -> int | None:
    """Return the block that is the headline, or None.

    It stands above the text, near it, and its words come again in the text, in the address, in
    what the page hands to share buttons.
    """
    if not kept:
        return None
    vocabulary = {token for i in kept for token in _tokens(blocks[i].text)}
    first = next((i for i in kept if blocks[i].length >= _PARAGRAPH), kept[0])
    repeated = Counter(fold(block.text) for block in blocks)
    best, best_score = None, 0.0
    for position in range(max(0, first - _REACH), min(first + _BELOW, len(blocks))):
        if not _may_be_headline(blocks[position]):
            continue
        if position > first and not _heads_a_date(blocks, position):
            continue
        score = _headline_score(blocks, position, vocabulary)
        # A headline comes again in breadcrumbs, share boxes, pictures' texts.
        score += (
            1.0 if repeated[fold(blocks[position].text)] > 1 <= blocks[position].length - 4 else 0
        )
        score += 5.0 * max((_likeness(blocks[position].text, hint) for hint in hints), default=0)
        score -= 0.03 * (first - position) if position <= first else 1.2
        if score > best_score:
            best, best_score = position, score
    return best


def _heads_a_date(blocks: list[Block], position: int) -> bool:
    """Return whether a line that is no sentence stands just above a byline or a date."""
    below = blocks[position + 1 : position + _BELOW]
    return not is_sentence(blocks[position].text) and any(
        is_date_line(block.text) or is_byline(block.text) for block in below
    )


def _may_be_headline(block: Block) -> bool:
    text = block.text
    return (
        2 <= block.length <= 40
        and not (block.length >= _PARAGRAPH and text.endswith((".", "。")) and not block.heading)
        and breadcrumb(text) is None
        and not is_date_line(text)
        and not is_byline(text)
        and not is_chrome(block)
        and not is_credit_line(text)
        and not is_related_line(text)
    )


def _headline_score(blocks: list[Block], position: int, vocabulary: set[str]) -> float:
    """Return how much a line looks like the headline; the weights were fitted to news dumps."""
    block = blocks[position]
    length, text = block.length, block.text
    above = blocks[position - 1] if position > 0 else None
    below = blocks[position + 1 : position + 7]
    tokens = _tokens(text)
    score = 3.7 * sum(token in vocabulary for token in tokens) / max(len(tokens), 4)
    score += 2.2 if block.heading else 0
    score += 1.4 if block.apart else 0
    score += 2.4 if below and below[0].apart else 0
    score += 0.9 if 5 <= length <= 20 else -0.8 if length < 4 else 0
    score -= 2.4 if length > 24 else 1.0 if length > 20 else 0
    score += 1.6 if ": " in text else 0
    score -= 1.0 if text.endswith(":") else 0
    score -= 3.2 if text.endswith((".", "。")) else 0
    score -= 0.7 if _TWO_SENTENCES.search(text) or _ENDS_IN_TIME.search(text) else 0
    score -= 0.5 if is_names_line(text) or _ALL_NAMES.fullmatch(text) else 0
    score -= 0.7 if block.bullet else 0
    score -= 1.2 if block.linked else 0
    score -= 4.0 if is_caption(block) else 0
    score += 1.2 if above and (above.length <= 3 or breadcrumb(above.text)) else 0
    score += 1.6 if any(is_date_line(b.text) for b in below[:2]) else 0
    score += 1.0 if any(is_date_line(b.text) for b in below) else 0
    score += 0.5 if any(is_byline(b.text) for b in below) else 0
    return score


def _tokens(text: str) -> list[str]:
    """Return beginnings of the longer words; pairs of letters where words are not parted."""
    found = words(text)
    if not text.isascii() and any("\u3040" <= letter <= "\u9fff" for letter in text):
        joined = "".join(found)
        return [joined[i : i + 2] for i in range(len(joined) - 1)]
    return [word[:6] for word in found if len(word) > 3] or found


def _likeness(text: str, hint: list[str]) -> float:
    """Return the share of the words of either that the other has too, 0 to 1."""
    own = Counter(words(text))
    other = Counter(hint)
    common = sum((own & other).values())
    return 2 * common / (sum(own.values()) + sum(other.values())) if common >= 2 else 0.0
