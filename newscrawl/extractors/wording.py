"""Who speaks to whom on a page: numbers that tell reports from offers, manuals and letters."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.extractors.blocks import Block
from newscrawl.vocabulary import (
    ADDRESSING_WORDS,
    FIRST_PERSON,
    FIRST_PERSON_PLURAL,
    OFFER_WORDS,
    SAYING_WORDS,
    SECOND_PERSON,
)

_SAMPLE = 3000
"""So many characters of the text are read."""
_PAGE_SAMPLE = 8000
"""So many characters of the page are read, and of each block so many:"""
_LINE = 200

_VOICES = (
    ADDRESSING_WORDS, OFFER_WORDS, FIRST_PERSON, SAYING_WORDS, SECOND_PERSON, FIRST_PERSON_PLURAL,
)  # fmt: skip
_PAGE_VOICES = (ADDRESSING_WORDS, OFFER_WORDS)
_KNOWN = frozenset().union(*_VOICES)
_PAGE_KNOWN = frozenset().union(*_PAGE_VOICES)
_HEADINGS = frozenset({"h2", "h3", "h4"})


def wording(blocks: Sequence[Block], body: Sequence[Block]) -> list[float]:
    """Return how often the text and the page use the words of each voice, and what heads its parts.

    Shares are of all words. Words are what stands between spaces: that some keep a comma, and are
    not found, changes no share against another.
    """
    words = _sample([block.text for block in body], _SAMPLE)
    page_words = _sample([block.text[:_LINE] for block in blocks], _PAGE_SAMPLE)
    headings = [block.text for block in body if block.tag in _HEADINGS]
    return [
        *_shares(words, _KNOWN, _VOICES),
        *_shares(page_words, _PAGE_KNOWN, _PAGE_VOICES),
        sum([heading.endswith("?") for heading in headings]),
        sum(map(len, headings)) / len(headings) if headings else 0.0,
        len("".join(words)) / len(words) if words else 0.0,
    ]


def _sample(texts: list[str], size: int) -> list[str]:
    """Return the lower-case words of the first so many characters of texts."""
    taken, left = [], size
    for text in texts:
        if left <= 0:
            break
        taken.append(text)
        left -= len(text)
    return " ".join(taken)[:size].lower().split()


def _shares(
    words: list[str], known: frozenset[str], voices: tuple[frozenset[str], ...]
) -> list[float]:
    count = len(words) or 1
    # Few words are of any voice: each word is looked up once.
    found = list(filter(known.__contains__, words))
    return [len([1 for word in found if word in voice]) / count for voice in voices]
