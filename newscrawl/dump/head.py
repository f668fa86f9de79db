"""What stands above the text of a dump: headline, section, dates, authors, caption, standfirst."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.dates import FoundDate, find_dates, normalise_date
from newscrawl.dump.body import is_caption, is_chrome, is_sentence
from newscrawl.dump.layout import Block, Layout
from newscrawl.extractors.credit import split_credit
from newscrawl.phrases import (
    PUBLISHED_LABELS,
    UPDATED_LABELS,
    any_of,
    is_credit_line,
    is_related_line,
    strip_byline_prefix,
)
from newscrawl.text import fold, words
from newscrawl.vocabulary import AUTHOR_JOINERS, ROLE_WORDS

_REACH = 45  # blocks above the text in which its headline is looked for
_DATE_LINE = 25  # words; a longer line with a date in it is text
_SHARED_TITLE = frozenset({"text", "title", "t", "subject", "body", "description", "quote"})

_BREADCRUMB = re.compile(r"\s*(?:>|»|›|→|/|\||::|»)\s*")


@dataclass
class Head:
    """The fields read from above the text; positions are of blocks."""

    headline: int | None = None
    section: str | None = None
    published: FoundDate | None = None
    date_raw: str | None = None
    updated: FoundDate | None = None
    authors: list[str] = field(default_factory=list)
    caption: str | None = None
    credit: str | None = None
    description: str | None = None
    used: set[int] = field(default_factory=set)
    """The blocks that are a field of their own, and so not text."""


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


def find_headline(
    blocks: list[Block], stretch: range, kept: Sequence[int], hints: list[list[str]]
) -> int | None:
    """Return the block that is the headline, or None.

    It stands above the text, near it, and its words come again in the text, in the address, in
    what the page hands to share buttons.
    """
    if not kept:
        return None
    vocabulary = {word[:6] for i in kept for word in words(blocks[i].text)}
    first_long = next((i for i in kept if blocks[i].length >= 18), kept[0])
    repeated = Counter(fold(block.text) for block in blocks)
    best, best_score = None, 0.0
    for position in range(max(0, first_long - _REACH), first_long + 1):
        score = _headline_score(blocks, position, first_long, vocabulary, hints)
        if repeated[fold(blocks[position].text)] > 3:
            score -= 4
        if score > best_score:
            best, best_score = position, score
    return best


def _headline_score(
    blocks: list[Block], position: int, first: int, vocabulary: set[str], hints: list[list[str]]
) -> float:
    block = blocks[position]
    length = block.length
    if not 2 <= length <= 40 or is_chrome(block) or is_credit_line(block.text):
        return -1
    if is_byline(block.text) or is_date_line(block.text) or is_related_line(block.text):
        return -1
    if _crumbs(block.text) is not None:
        return -1
    content = [word for word in words(block.text) if len(word) > 3] or words(block.text)
    known = sum(word[:6] in vocabulary for word in content) / len(content) if content else 0
    score = 3.0 * known + 5.0 * max((_likeness(block.text, hint) for hint in hints), default=0)
    score += 2.5 if block.heading else 0
    score += 1.0 if 5 <= length <= 22 else -1.0 if length < 4 else -0.5
    score -= 1.5 if block.text.endswith(".") else 0
    score -= 2.0 if block.bullet else 0
    score -= 1.0 if block.linked else 0
    score -= 2.0 if is_caption(block) else 0
    score -= 0.12 * (first - position)
    below = blocks[position + 1 : position + 7]
    score += 1.5 if any(is_date_line(b.text) for b in below) else 0
    score += 1.0 if any(is_byline(b.text) for b in below) else 0
    return score


def _likeness(text: str, hint: list[str]) -> float:
    """Return the share of the words of either that the other has too, 0 to 1."""
    own = Counter(words(text))
    other = Counter(hint)
    common = sum((own & other).values())
    return 2 * common / (sum(own.values()) + sum(other.values())) if common >= 2 else 0.0


def is_date_line(text: str) -> bool:
    """Whether the line is short and has a date or a label of one."""
    if len(text) > 160:
        return False
    if not any(map(str.isdecimal, text)):
        return False
    return _HAS_LABEL.match(text) is not None or bool(_HAS_DATE.search(text))


_HAS_LABEL = re.compile(
    rf"\W*(?:{any_of(PUBLISHED_LABELS)}|{any_of(UPDATED_LABELS)})(?!\w).{{0,40}}\d", re.IGNORECASE
)
_HAS_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})|\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}"
    r"|\d{4}[年년]\s?\d{1,2}[月월]|\d{1,2}[\w.]{0,3}\s+(?:de\s+)?\w{3,12}\.?,?\s+(?:del?\s+)?\d{4}"
    r"|\w{3,10}\.?\s+\d{1,2},?\s+\d{4})(?!\d)"
)
_BYLINE_WORDS = 14


def is_byline(text: str) -> bool:
    """Whether the line begins with "By" and names follow."""
    rest = strip_byline_prefix(text)
    return (
        rest != text.strip()
        and len(text.split()) <= _BYLINE_WORDS
        and not text.rstrip().endswith((".", "?", "!", ":"))
        and bool(names_in(rest))
    )


_JOINERS = re.compile(
    rf"\s*[,;/&•·]\s*|\s*[|–—]\s*|\s+-\s+|\s+{any_of(AUTHOR_JOINERS)}\s+", re.IGNORECASE
)
_NOT_NAME = re.compile(r"\d|[@#:?!<>=]|https?|www\.")
_ROLE = re.compile(rf"(?<!\w){any_of(ROLE_WORDS)}(?!\w)", re.IGNORECASE)
_PARTICLES = frozenset(
    "de del della di da dos das do la le van von der den ter ten zu el al bin ibn und y e of".split()
)


def names_in(text: str) -> list[str]:
    """Return the names in a byline whose "By" is gone: two to four capitalised words each.

    >>> names_in("Ana Lima and Bo van Berg, staff writer | 12 April 2022")
    ['Ana Lima', 'Bo van Berg']
    """
    names: list[str] = []
    dates = find_dates(text)
    if dates:
        text = text[: dates[0].start]
    for part in _JOINERS.split(text):
        name = re.sub(r"\([^)]*\)|\S+@\S+", "", strip_byline_prefix(part)).strip(" .,-–—|")
        if not _is_name(name):
            break  # a role, a place or a date: what follows is no longer a list of names
        if name not in names:
            names.append(name)
    return names


def _is_name(text: str) -> bool:
    parts = text.split()
    if not 2 <= len(parts) <= 5 or len(text) > 50:
        return _is_wide_name(text)
    if _NOT_NAME.search(text) or _ROLE.search(text):
        return False
    return all(part[0].isupper() or part.lower() in _PARTICLES for part in parts) and not any(
        len(part) > 4 and part.isupper() and len(parts) > 3 for part in parts
    )


def _is_wide_name(text: str) -> bool:
    """Whether the text can be a Chinese, Japanese or Korean name."""
    return 2 <= len(text) <= 5 and all("\u3040" <= letter <= "\ud7af" for letter in text)


def _crumbs(text: str) -> list[str] | None:
    """Return the steps of a breadcrumb on one line, or None if the line is none."""
    if len(text) > 120:
        return None
    steps = [step for step in _BREADCRUMB.split(text) if step]
    if len(steps) < 2 or not all(len(step.split()) <= 5 for step in steps):
        return None
    if re.search(r"\d{2}[/|]\d{2}|[.!?]$", text) or is_sentence(text):
        return None
    return steps


def read_head(
    blocks: list[Block],
    headline: int | None,
    kept: Sequence[int],
    *,
    language: str | None,
    now: datetime | None,
) -> Head:
    """Read the lines around the headline and down to the text."""
    head = Head(headline)
    if headline is None:
        return head
    first = next((i for i in kept if i > headline and blocks[i].length >= 18), None)
    if first is None:
        first = next((i for i in kept if i > headline), headline + 1)
    head.used.update(i for i in kept if i <= headline)
    head.section = _section(blocks, headline)
    zone = range(headline + 1, min(first + 1, len(blocks)))
    _read_dates(head, blocks, headline, zone, language, now)
    _read_authors(head, blocks, headline, zone)
    _read_caption(head, blocks, headline, zone)
    _read_standfirst(head, blocks, headline, zone, kept)
    return head


def _section(blocks: list[Block], headline: int) -> str | None:
    """Return the last step of the breadcrumb just above the headline."""
    for position in range(headline - 1, max(headline - 5, -1), -1):
        steps = _crumbs(blocks[position].text)
        if steps:
            last = steps[-1]
            if fold(last) == fold(blocks[headline].text) and len(steps) > 1:
                last = steps[-2]
            return last
    return None


def _read_dates(
    head: Head,
    blocks: list[Block],
    headline: int,
    zone: range,
    language: str | None,
    now: datetime | None,
) -> None:
    below = [*zone, *range(zone.stop, min(zone.stop + 1, len(blocks)))]
    above = list(range(headline - 1, max(headline - 7, -1), -1))
    for position in [*below, *above]:
        block = blocks[position]
        if block.length > _DATE_LINE or not any(map(str.isdecimal, block.text)):
            continue
        dates = find_dates(block.text, language=language, now=now)
        if not dates or is_caption(block):
            continue
        for date in dates:
            if date.label == "updated" and head.updated is None:
                head.updated = date
                head.used.add(position)
            elif date.label != "updated" and head.published is None:
                head.published = date
                head.date_raw = block.text[date.start : date.end].strip()
                head.used.add(position)
    if head.published is None and now is not None:
        _read_relative_date(head, blocks, below, language, now)


def _read_relative_date(
    head: Head, blocks: list[Block], positions: Iterable[int], language: str | None, now: datetime
) -> None:
    for position in positions:
        text = blocks[position].text
        if len(text) > 60:
            continue
        value = normalise_date(text, language=language, now=now)
        if value:
            head.published = FoundDate(value, text, 0, len(text), "")
            head.date_raw = text
            head.used.add(position)
            return


def _read_authors(head: Head, blocks: list[Block], headline: int, zone: range) -> None:
    above = range(max(headline - 2, 0), headline)
    for position in [*zone, *above]:
        text = blocks[position].text
        if is_byline(text):
            head.authors = names_in(strip_byline_prefix(text))
            head.used.add(position)
            return
    dated = [i for i in zone if is_date_line(blocks[i].text)]
    for date in dated:
        for position in (date, date - 1, date + 1, date - 2):
            if position in zone and not is_chrome(blocks[position]):
                text = blocks[position].text
                names = names_in(text) if len(text.split()) <= _BYLINE_WORDS else []
                if names:
                    head.authors = names
                    head.used.add(position)
                    return


def _read_caption(head: Head, blocks: list[Block], headline: int, zone: range) -> None:
    """Take the first legend: a line with a credit, or a line that the page shows twice."""
    for position in zone:
        block = blocks[position]
        if position in head.used or is_chrome(block):
            continue
        if is_caption(block):
            caption, credit = split_credit(block.text)
            if caption is None or is_credit_line(block.text):
                # A credit on its own line: the legend is the line above it, if that is one.
                credit = credit or block.text.strip("© ")
                above = blocks[position - 1] if position - 1 > headline else None
                if above is not None and position - 1 not in head.used and above.length >= 4:
                    caption = above.text
                    head.used.add(position - 1)
            head.used.add(position)
            if head.caption is None and caption:
                head.caption, head.credit = caption, credit
            elif head.credit is None:
                head.credit = credit
    if head.caption is not None:
        again = fold(head.caption)
        head.used.update(i for i in zone if fold(blocks[i].text) == again)


def _read_standfirst(
    head: Head, blocks: list[Block], headline: int, zone: range, kept: Sequence[int]
) -> None:
    """Take what stands between headline and byline; else, below the date, what is set apart."""
    for position in zone:
        block = blocks[position]
        if position in head.used or is_chrome(block) or block.bullet:
            continue
        if is_date_line(block.text) or is_byline(block.text) or is_related_line(block.text):
            break
        if block.length >= 6 and position < zone.stop - 1 and not block.linked:
            head.description = block.text
            head.used.add(position)
            return
    # No standfirst above the date: where the picture stands above it too, it comes next.
    below = [i for i in zone if i not in head.used and blocks[i].length >= 6]
    if head.caption and head.published and below and len(kept) > 2:
        position = below[0]
        date_position = max((i for i in head.used if is_date_line(blocks[i].text)), default=None)
        if date_position is not None and position == date_position + 1:
            caption_above = all(i <= date_position for i in head.used)
            if caption_above and blocks[position].length <= 45:
                head.description = blocks[position].text
                head.used.add(position)
