"""Read what stands above the text of a dump: headline, section, dates, authors, caption."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.extraction.dump.body import is_caption, is_chrome, is_legend, is_sentence
from newscrawl.extraction.dump.labels import (
    LABEL_LENGTH,
    breadcrumb,
    is_byline,
    is_date_line,
    is_names_line,
    names_in,
)
from newscrawl.extraction.dump.layout import Block
from newscrawl.extraction.pictures.credit import split_credit
from newscrawl.text.cleaning import fold
from newscrawl.text.dates import FoundDate, find_dates, normalise_date
from newscrawl.text.phrases import (
    is_chrome_line,
    is_credit_line,
    is_related_line,
    strip_byline_prefix,
)

_PARAGRAPH = 18  # words; what is as long is no label
_FEW_WORDS = 8  # beside the date in a line that is there for the date
_RELATIVE_LENGTH = 60  # characters
_HOME = frozenset(
    [
        "home",
        "homepage",
        "accueil",
        "inicio",
        "portada",
        "startseite",
        "início",
        "home page",
        "hem",
        "forsiden",
    ]
)
_AS_OF = re.compile(r"stand(?!\w)", re.IGNORECASE)
_LEGEND_LENGTH = 400  # characters
_PHOTO_NAME = re.compile(r"\s(?:Photos?|Fotos?)\s+([^\W\d_a-zß-ÿ][^.!?]*/[^.!?]{2,40})$")
_SENTENCE_NAME = re.compile(r"(?<=[.!?…»”\"])\s+([^.!?]{5,40})$")


@dataclass
class Head:
    """The fields read from above the text; positions are of blocks."""

    headline: int | None = None
    section: str | None = None
    published: FoundDate | None = None
    date_raw: str | None = None
    updated: FoundDate | None = None
    as_of: str | None = None
    """The words of the update, if they only say how old the text is ("Stand: 12.4.2022")."""

    authors: list[str] = field(default_factory=list)
    caption: str | None = None
    credit: str | None = None
    description: str | None = None
    used: set[int] = field(default_factory=set)
    """The blocks that are a field of their own, and so not text."""


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
    first = _first_paragraph(blocks, headline, kept)
    head.used.update(i for i in kept if i <= headline)
    head.section = _section(blocks, headline)
    zone = range(headline + 1, min(first + 1, len(blocks)))
    above = range(headline - 1, max(headline - 7, -1), -1)
    after = range(kept[-1] + 1, min(kept[-1] + 5, len(blocks)))
    for positions in (zone, above, after):
        if head.published is None:
            _read_dates(head, blocks, positions, language, now)
    if head.published is None and head.updated is not None and head.as_of is not None:
        head.published, head.date_raw, head.updated = head.updated, head.as_of, None
    if head.published is None and now is not None:
        _read_relative_date(head, blocks, zone, language, now)
    _read_authors(head, blocks, headline, zone)
    _read_caption(head, blocks, zone)
    _read_standfirst(head, blocks, zone, kept)
    return head


def _first_paragraph(blocks: list[Block], headline: int, kept: Sequence[int]) -> int:
    """Return where the text begins: below the byline and the date, if they stand near."""
    below = [i for i in kept if i > headline]
    long = [i for i in below if blocks[i].length >= _PARAGRAPH and not is_legend(blocks, i)]
    if not long:
        return below[0] if below else headline + 1
    reach = long[2] if len(long) > 2 else long[-1]
    last = max(
        (
            i for i in range(headline + 1, min(reach, headline + 30))
            if is_date_line(blocks[i].text) or is_byline(blocks[i].text)
        ),
        default=headline,
    )  # fmt: skip
    passed = [i for i in long if i < last]
    if len(passed) > 1 or sum(blocks[i].length for i in passed) > 70:
        return long[0]
    return next((i for i in long if i > last), long[0])


def _section(blocks: list[Block], headline: int) -> str | None:
    """Return the last step of the breadcrumb just above the headline."""
    above = range(headline - 1, max(headline - 5, -1), -1)
    for position in above:
        steps = breadcrumb(blocks[position].text)
        if steps:
            last = steps[-1]
            if fold(last) == fold(blocks[headline].text) and len(steps) > 1:
                last = steps[-2]
            return last
    items = [i for i in above if blocks[i].bullet]
    home = next((n for n, i in enumerate(items) if fold(blocks[i].text) in _HOME), 0)
    if home > 0:
        return blocks[items[0]].text
    menu = {fold(block.text) for block in blocks[: max(headline - 1, 0)]}
    for position in above[:2]:
        text = blocks[position].text
        if blocks[position].length <= 3 and fold(text) in menu and not is_chrome_line(text):
            return text
    return None


def _read_dates(
    head: Head,
    blocks: list[Block],
    positions: Sequence[int],
    language: str | None,
    now: datetime | None,
) -> None:
    """Take the date of publication: one that is called so, else the line that is most a date."""
    best = 0
    for position in positions:
        block = blocks[position]
        if len(block.text) > LABEL_LENGTH or is_legend(blocks, position):
            continue
        dates = find_dates(block.text, language=language, now=now)
        rest = block.length - sum(len(date.raw.split()) for date in dates)
        for date in dates:
            if date.label == "updated":
                if head.updated is None:
                    head.updated = date
                    head.used.add(position)
                    raw = block.text[date.start : date.end]
                    head.as_of = raw if _AS_OF.match(raw) else None
                continue
            trust = 3 if date.label else 0
            if not date.label and ("T" in date.value or rest <= _FEW_WORDS):
                trust = 0 if is_sentence(block.text) and rest > _FEW_WORDS / 2 else 2
            if trust > best:
                best = trust
                head.published = date
                head.date_raw = block.text[date.start : date.end].strip()
                head.used.add(position)


def _read_relative_date(
    head: Head, blocks: list[Block], positions: Iterable[int], language: str | None, now: datetime
) -> None:
    for position in positions:
        text = blocks[position].text
        if len(text) > _RELATIVE_LENGTH or is_legend(blocks, position) or is_sentence(text):
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
    near = [date + step for date in dated for step in (0, -1, 1, -2, 2)]
    for position in near:
        block = blocks[position] if position in zone else None
        if block is None or block.length > _PARAGRAPH or is_chrome(block) or is_caption(block):
            continue
        if is_names_line(block.text):
            head.authors = names_in(block.text)
            head.used.add(position)
            return


def _read_caption(head: Head, blocks: list[Block], zone: range) -> None:
    """Take the first legend: a line with a credit or above one, or one that is there twice."""
    for position in zone:
        block = blocks[position]
        caption, credit = _split_legend(block.text)
        if position in head.used or is_chrome(block):
            continue
        if credit is None and (is_date_line(block.text) or not is_legend(blocks, position)):
            continue
        if is_credit_line(block.text):
            caption, credit = None, credit or block.text.strip("© ")
        head.used.add(position)
        head.caption = head.caption or (_once(caption) if caption else None)
        head.credit = head.credit or credit
        if head.caption and head.credit:
            break
    if head.caption is not None:
        again = fold(head.caption)
        head.used.update(i for i in zone if fold(blocks[i].text) == again)


def _split_legend(text: str) -> tuple[str | None, str | None]:
    """Return caption and credit; above the text a credit needs no colon, or is a name alone."""
    caption, credit = split_credit(text)
    if credit is None and len(text) < _LEGEND_LENGTH:
        match = _PHOTO_NAME.search(text) or _SENTENCE_NAME.search(text)
        if match and (match.re is _PHOTO_NAME or is_names_line(match[1])):
            return text[: match.start()].strip(), match[1]
    return caption, credit


def _once(text: str) -> str:
    """Return the text once where it stands twice, as the picture's alternative and its legend."""
    half = len(text) // 2
    return text[:half].strip() if text[:half].strip() == text[half:].strip() else text


def _read_standfirst(head: Head, blocks: list[Block], zone: range, kept: Sequence[int]) -> None:
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
