"""An article over several pages as one record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from newscrawl.extraction.pagination.next_page import is_page_line
from newscrawl.items import Access, Article, Image, uses_of
from newscrawl.text.cleaning import content_hash, fold

_LONG = 40
"""A shorter paragraph may stand twice in an article, as "Yes." does in an interview."""

_CUT = ("…", "...", "[…]", "[...]")
_GOES_ON = frozenset(",;:-–—")
_STRICTEST: tuple[Access, ...] = ("closed", "metered", "open")
_FILLED = tuple(name for name, use in uses_of(Article).items() if use.fills_from_later_pages)


def join_pages(parts: Sequence[Article]) -> Article:
    """Return the record of an article whose pages, in their order, have these records.

    The body goes from page to page; what a page repeats of those before (headline, standfirst,
    teaser, the mark of the page) stands once, and a sentence that a page's end cuts in two is one
    again. Each picture stands once. ``date_modified`` is the latest, ``access`` the strictest.
    All else is the first page's; a later page only fills what that does not say.
    ``content_hash`` is that of the whole. The parts themselves are not changed.

    Raises ValueError for no parts. See `newscrawl.extraction.pagination.next_page` for how to find
    the pages.
    """
    if not parts:
        raise ValueError("no pages to join")
    first = parts[0]
    joined = replace(
        first,
        authors=list(first.authors),
        tags=list(first.tags),
        images=_join_images(parts),
        sources=dict(first.sources),
        rights=dict(first.rights),
    )
    for part in parts[1:]:
        _fill(joined, part)
    joined.body = _join_bodies(parts)
    if joined.body and "body" not in joined.sources:
        joined.sources["body"] = next(
            part.sources.get("body", "html") for part in parts if part.body
        )
    if joined.images and "images" not in joined.sources:
        _take_source(joined, next(part for part in parts if part.images), "images")
    latest = max(parts, key=lambda part: _instant(part.date_modified))
    if latest.date_modified != joined.date_modified:
        joined.date_modified = latest.date_modified
        _take_source(joined, latest, "date_modified")
    stated = {part.access for part in parts}
    joined.access = next((access for access in _STRICTEST if access in stated), None)
    joined.content_hash = content_hash(joined.headline, joined.body, joined.caption)
    return joined


def _fill(joined: Article, part: Article) -> None:
    """Take from a later page what those before do not say."""
    for name in _FILLED:
        if not getattr(joined, name) and (value := getattr(part, name)):
            setattr(joined, name, list(value) if isinstance(value, list) else value)
            _take_source(joined, part, name)


def _take_source(joined: Article, part: Article, name: str) -> None:
    if name in part.sources:
        joined.sources[name] = part.sources[name]


def _join_images(parts: Sequence[Article]) -> list[Image]:
    """Return every picture once; what is said of it on any page is kept."""
    found: dict[str, Image] = {}
    for image in (image for part in parts for image in part.images):
        known = found.setdefault(image.url, replace(image))
        known.caption = known.caption or image.caption
        known.credit = known.credit or image.credit
        known.alt = known.alt or image.alt
    return list(found.values())


def _join_bodies(parts: Sequence[Article]) -> str | None:
    headlines = {fold(part.headline) for part in parts if part.headline}
    seen = {fold(part.description) for part in parts if part.description}
    paragraphs: list[str] = []
    for number, part in enumerate(parts):
        own = part.body.split("\n\n") if part.body else []
        fresh = _fresh(own, seen, headlines) if number else own
        if paragraphs and fresh and _is_cut(paragraphs[-1], fresh[0]):
            paragraphs[-1] += f" {fresh.pop(0)}"
        paragraphs += fresh
        seen.update(fold(paragraph) for paragraph in own)
    return "\n\n".join(paragraphs) or None


def _fresh(paragraphs: list[str], seen: set[str], headlines: set[str]) -> list[str]:
    """Return the paragraphs of a later page without what pages before it have.

    A long paragraph goes wherever it stands, a short one only above and below what is new.
    """
    known = [_is_known(paragraph, seen, headlines) for paragraph in paragraphs]
    new = [place for place, is_known in enumerate(known) if not is_known]
    if not new:
        return []
    return [
        paragraphs[place]
        for place in range(new[0], new[-1] + 1)
        if not known[place] or len(paragraphs[place]) < _LONG
    ]


def _is_known(paragraph: str, seen: set[str], headlines: set[str]) -> bool:
    folded = fold(paragraph)
    if folded in seen or folded in headlines or is_page_line(paragraph):
        return True
    for cut in _CUT:
        if (
            paragraph.endswith(cut)
            and len(start := folded.removesuffix(fold(cut)).rstrip()) >= _LONG
        ):
            return any(known.startswith(start) for known in seen)
    return False


def _is_cut(last: str, first: str) -> bool:
    """Return whether a page's first paragraph goes on with the last sentence of the page before."""
    return first[0].islower() and (last[-1].isalnum() or last[-1] in _GOES_ON)


def _instant(date: str | None) -> datetime:
    """Return a date to be compared: UTC, or as it is written where it names no offset."""
    if date is None:
        return datetime.min
    try:
        read = datetime.fromisoformat(date)
    except ValueError:
        return datetime.min
    try:
        return read if read.tzinfo is None else read.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # the year 1 or 9999
        return read.replace(tzinfo=None)
