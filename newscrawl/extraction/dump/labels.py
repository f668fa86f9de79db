"""Short lines of a dump that say when, by whom and where: date lines, bylines, breadcrumbs."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.dates import find_dates
from newscrawl.text.phrases import any_of, is_chrome_line, is_comment_line, strip_byline_prefix
from newscrawl.text.vocabulary import (
    AUTHOR_JOINERS,
    PUBLISHED_LABELS,
    ROLE_WORDS,
    UPDATED_LABELS,
)

LABEL_LENGTH = 160  # characters; a longer line is text


@lru_cache(maxsize=4096)
def is_date_line(text: str) -> bool:
    """Return whether the line is short and has a date or a label of one."""
    if len(text) > LABEL_LENGTH or not any(map(str.isdecimal, text)):
        return False
    return _HAS_LABEL.search(text) is not None or _HAS_DATE.search(text) is not None


_HAS_LABEL = re.compile(
    rf"(?<!\w)(?:{any_of(PUBLISHED_LABELS)}|{any_of(UPDATED_LABELS)})(?!\w)[^.!?]{{0,30}}\d",
    re.IGNORECASE,
)
_HAS_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}"
    r"|\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}|\d{1,2}[\w.]{0,3}\s+(?:de\s+)?\w{3,12}\.?,?\s+(?:del?\s+)?\d{4}"
    r"|\w{3,10}\.?\s+\d{1,2},?\s+\d{4})(?!\d)"
)


@lru_cache(maxsize=4096)
def is_byline(text: str) -> bool:
    """Return whether the line begins with "By" and names follow."""
    rest = _GENRE.sub("", strip_byline_prefix(text))
    return rest != text.strip() and bool(names_in(rest)) and not text.rstrip().endswith((".", "?"))


_JOINERS = re.compile(rf"\s*[,;/&•·]\s*|\s+{any_of(AUTHOR_JOINERS)}\s+", re.IGNORECASE)
_DASH = re.compile(r"\s[–—-]\s|[|]")
_GENRE = re.compile(r"^\w+ (?:von|by|par|por|di|av)\s+(?=[^\W\d_])", re.IGNORECASE)
_NOT_NAME = re.compile(r"\d|[@#:?!<>=]|https?|www\.")
_ROLE = re.compile(rf"(?<!\w){any_of(ROLE_WORDS)}(?!\w)", re.IGNORECASE)
_PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "dos", "das", "do", "la", "le", "van", "von", "der", "den",
     "ter", "ten", "zu", "el", "al", "bin", "ibn", "e", "y"}
)  # fmt: skip


def names_in(text: str) -> list[str]:
    """Return the names in a byline whose "By" is gone: two to five capitalised words each.

    >>> names_in("Ana Lima and Bo van Berg, staff writer | 12 April 2022")
    ['Ana Lima', 'Bo van Berg']
    """
    if len(text) > LABEL_LENGTH:
        return []
    dates = find_dates(text)
    if dates:
        text = text[: dates[0].start]
    names: list[str] = []
    for part in _JOINERS.split(_DASH.split(text, maxsplit=1)[0]):
        name = strip_byline_prefix(_GENRE.sub("", strip_byline_prefix(part)))
        name = re.sub(r"\([^)]*\)|\S+@\S+", "", name).strip(" .,-–—|")
        if not _is_name(name):
            break  # a role, a place or a date: what follows is no longer a list of names
        if name not in names:
            names.append(name)
    return names


@lru_cache(maxsize=4096)
def is_names_line(text: str) -> bool:
    """Return whether a line without "By" is names and little more: a date, a role, a place."""
    names = names_in(text)
    dates = find_dates(text)
    before = _DASH.split(text[: dates[0].start] if dates else text, maxsplit=1)[0]
    return sum(len(name.split()) for name in names) >= 0.6 * len(before.split()) > 0


def _is_name(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 5 or len(text) > 50:
        return _is_wide_name(text)
    if _NOT_NAME.search(text) or _ROLE.search(text) or not text[0].isupper():
        return False
    if parts[0].isupper() and 1 < len(parts[0].strip(".")) < 5 and not text.isupper():
        return False  # "TV Serra", "AFP Berlin"
    if any(is_chrome_line(part) or is_comment_line(part) for part in parts):
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES for part in parts)


def _is_wide_name(text: str) -> bool:
    """Return whether the text can be a Chinese, Japanese or Korean name."""
    return 2 <= len(text) <= 5 and all("\u3040" <= letter <= "\ud7af" for letter in text)


_BREADCRUMB = re.compile(r"\s*(?:>|»|›|→|/|\||::)\s*")


def breadcrumb(text: str) -> list[str] | None:
    """Return the steps of a breadcrumb on one line, or None if the line is none."""
    if len(text) > 120:
        return None
    steps = [step for step in _BREADCRUMB.split(text) if step]
    if len(steps) < 2 or not all(len(step.split()) <= 5 for step in steps):
        return None
    if re.search(r"\d{2}[/|]\d{2}|[.!?]$", text):
        return None
    return steps
