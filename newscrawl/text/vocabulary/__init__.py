"""The vocabulary of news pages, as data: labels, navigation, calls to act, in many languages.

Everything is case folded, and none of it names a site. How to ask a line whether it is one of these
is in `newscrawl.text.phrases`. To add a language, add its words; no code changes.
"""

from __future__ import annotations

from newscrawl.text.vocabulary.furniture import (
    ABOUT_PHRASES,
    CALL_WORDS,
    CHROME_LINES,
    COMMENT_LINES,
    COOKIE_PHRASES,
    ENDING_LABELS,
    RELATED_CALLS,
    RELATED_LABELS,
    SUBSCRIBE_PHRASES,
    UNSPACED_CALL_WORDS,
)
from newscrawl.text.vocabulary.labels import (
    AUTHOR_JOINERS,
    BYLINE_PARTICLES,
    BYLINE_PREFIXES,
    CREDIT_AGENCIES,
    CREDIT_LABELS,
    PUBLISHED_LABELS,
    ROLE_WORDS,
    UPDATED_LABELS,
)
from newscrawl.text.vocabulary.voices import (
    ADDRESSING_WORDS,
    FIRST_PERSON,
    FIRST_PERSON_PLURAL,
    OFFER_WORDS,
    SAYING_WORDS,
    SECOND_PERSON,
)

__all__ = [
    "ABOUT_PHRASES",
    "ADDRESSING_WORDS",
    "AUTHOR_JOINERS",
    "BYLINE_PARTICLES",
    "BYLINE_PREFIXES",
    "CALL_WORDS",
    "CHROME_LINES",
    "COMMENT_LINES",
    "COOKIE_PHRASES",
    "CREDIT_AGENCIES",
    "CREDIT_LABELS",
    "ENDING_LABELS",
    "FIRST_PERSON",
    "FIRST_PERSON_PLURAL",
    "OFFER_WORDS",
    "PUBLISHED_LABELS",
    "RELATED_CALLS",
    "RELATED_LABELS",
    "ROLE_WORDS",
    "SAYING_WORDS",
    "SECOND_PERSON",
    "SUBSCRIBE_PHRASES",
    "UNSPACED_CALL_WORDS",
    "UPDATED_LABELS",
]
