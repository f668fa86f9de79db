"""Measure who addresses whom: features that tell reports from offers, manuals and letters."""

from __future__ import annotations

from collections.abc import Sequence

from newscrawl.extraction.blocks import Block
from newscrawl.text.vocabulary import (
    ADDRESSING_WORDS,
    FIRST_PERSON,
    FIRST_PERSON_PLURAL,
    OFFER_WORDS,
    SAYING_WORDS,
    SECOND_PERSON,
)

_SAMPLE = 3000
"""So many characters of the text are read."""

_VOICES = (
    ADDRESSING_WORDS, OFFER_WORDS, FIRST_PERSON, SAYING_WORDS, SECOND_PERSON, FIRST_PERSON_PLURAL,
)  # fmt: skip
_KNOWN = frozenset().union(*_VOICES)
_HEADINGS = frozenset({"h2", "h3", "h4"})


def wording(body: Sequence[Block]) -> list[float]:
    """Return how often the text uses the words of each voice, and what heads its parts.

    Shares are of all words. Words are what stands between spaces: that some keep a comma, and are
    not found, changes no share against another.
    """
    words = _sample([block.text for block in body])
    count = len(words) or 1
    # Few words are of any voice: each word is looked up once.
    found = [word for word in words if word in _KNOWN]
    headings = [block.text for block in body if block.tag in _HEADINGS]
    return [
        *(len([1 for word in found if word in voice]) / count for voice in _VOICES),
        sum([heading.endswith("?") for heading in headings]),
        sum(map(len, headings)) / (len(headings) or 1),
        len("".join(words)) / count,
    ]


def _sample(texts: list[str]) -> list[str]:
    """Return the lower-case words of the first so many characters of texts."""
    taken, left = [], _SAMPLE
    for text in texts:
        if left <= 0:
            break
        taken.append(text)
        left -= len(text)
    return " ".join(taken)[:_SAMPLE].lower().split()
