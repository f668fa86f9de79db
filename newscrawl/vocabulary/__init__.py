"""The vocabulary of news pages, as data: labels, navigation, calls to act, in many languages.

Everything is case folded, and none of it names a site. How to ask a line whether it is one of these
is in `newscrawl.phrases`. To add a language, add its words; no code changes.
"""

from __future__ import annotations

from newscrawl.vocabulary.furniture import (
    ABOUT_PHRASES,
    ADDRESSING_WORDS,
    CHROME_LINES,
    COMMENT_LINES,
    COOKIE_PHRASES,
    ENDING_LABELS,
    OFFER_WORDS,
    RELATED_CALLS,
    RELATED_LABELS,
    SUBSCRIBE_PHRASES,
)
from newscrawl.vocabulary.labels import (
    AUTHOR_JOINERS,
    BYLINE_PARTICLES,
    BYLINE_PREFIXES,
    CREDIT_AGENCIES,
    CREDIT_LABELS,
    PUBLISHED_LABELS,
    ROLE_WORDS,
    UPDATED_LABELS,
)

__all__ = [
    "ABOUT_PHRASES",
    "ADDRESSING_WORDS",
    "AUTHOR_JOINERS",
    "BYLINE_PARTICLES",
    "BYLINE_PREFIXES",
    "CHROME_LINES",
    "COMMENT_LINES",
    "COOKIE_PHRASES",
    "CREDIT_AGENCIES",
    "CREDIT_LABELS",
    "ENDING_LABELS",
    "OFFER_WORDS",
    "PUBLISHED_LABELS",
    "RELATED_CALLS",
    "RELATED_LABELS",
    "ROLE_WORDS",
    "SUBSCRIBE_PHRASES",
    "UPDATED_LABELS",
]
