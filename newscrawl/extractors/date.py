"""Dates of publication and of the last update."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from newscrawl.dates import date_in_url, find_date, normalise_date, same_day
from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.items import Source
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.text import clean_line
from newscrawl.vocabulary import UPDATED_LABELS

# Names in <meta> by which publishing systems state a date, the most exact first.
_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "rnews:datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article.published", "published-date", "publication_date", "published_time_telegram", "dc.date.issued", "dcterms.issued",
    "dc.date.published", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "sailthru.date",
    "article_date_original", "publishdate", "publish-date", "publish_date", "pubdate", "ptime", "bt:pubdate",
    "date_published", "datecreated", "article:post_date", "citation_publication_date",
    "citation_date", "citation_online_date", "last-published", "originalpublicationdate", "date", "created", "pub_date", "gentime", "displaydate",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "article:updated_time", "lastmod",
    "dcterms.modified", "dc.date.modified", "last-modified", "utime", "modified", "revised", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_UPDATED = re.compile(
    "|".join(sorted((re.escape(x) for x in UPDATED_LABELS), key=len, reverse=True)), re.I
)
_DATE_NAMES = re.compile(r"date|time|publi|posted|datum|fecha|timestamp|dateline|pubtime", re.I)
_UPDATED_NAMES = re.compile(r"updat|modif|aktualis|actualiz|edited", re.I)
_DIGIT = re.compile(r"\d")
_MAX_LINE = 120
RAW_LENGTH = 200
"""`date_raw` is cut here."""


class FoundDate(NamedTuple):
    """A date of the page, normalised, and as it is written there."""

    value: str
    raw: str
    source: Source
    where: str


def date_candidates(page: Page, blocks: Blocks, language: str | None) -> list[FoundDate]:
    """Return the possible dates of first publication, the most trusted first."""
    found = _dated(page, _stated(page, "datePublished", _PUBLISHED_META, "datepublished"), language)
    if not found or all("T" not in date.value for date in found):
        found += _dated(page, _seen(blocks, updated=False), language)
    if not found and (in_url := date_in_url(page.url)):
        found.append(FoundDate(in_url, in_url, "url", "path"))
    if not found:
        found = _dated(page, _stated(page, "dateCreated", (), "datecreated"), language)
    if not found:
        found = _in_text(page, blocks, language)
    return _exact_first(found)


def modified_candidates(page: Page, blocks: Blocks, language: str | None) -> list[FoundDate]:
    """Return the possible dates of the last update, the most trusted first."""
    found = _dated(page, _stated(page, "dateModified", _MODIFIED_META, "datemodified"), language)
    return found or _dated(page, _seen(blocks, updated=True), language)


Stated = Iterator[tuple[str, Source, str]]


def _stated(page: Page, key: str, meta_names: tuple[str, ...], itemprop: str) -> Stated:
    """Yield what the page declares to machines under these names."""
    for node in page.articles:
        if raw := plain(node.get(key)):
            yield raw, "json-ld", f"Article.{key}"
    for name in meta_names:
        for raw in page.metadata.meta.get(name, ()):
            yield raw, "opengraph" if name.startswith(("og:", "article:")) else "meta", name
    for element in page.metadata.microdata.get(itemprop, ()):
        for raw in _of_element(element):
            yield raw, "microdata", f"itemprop={key}"
    if meta_names:
        for node in page.metadata.nodes:
            if (
                "datePublished" in node
                and node not in page.articles
                and (raw := plain(node.get(key)))
            ):
                yield raw, "json-ld", f"{node.get('@type')}.{key}"


def _of_element(element: etree._Element) -> Iterator[str]:
    for attribute in ("datetime", "content", "title"):
        value = element.get(attribute)
        if value and _DIGIT.search(value):
            yield value
            return
    yield clean_line("".join(element.itertext()))[:RAW_LENGTH]


def _seen(blocks: Blocks, *, updated: bool) -> Stated:
    """Yield what the page shows its readers in date-like elements outside the chrome."""
    for placed in blocks.times:
        if placed.container.flags & (chrome.CHROME | chrome.COMMENTS):
            continue
        element = placed.element
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        label = _before(element)
        is_update = bool(_UPDATED_NAMES.search(names) or _UPDATED.search(label))
        if is_update == updated:
            for raw in _of_element(element):
                yield raw, "html", "time"
    for block in blocks.blocks:
        if block.flags & chrome.META and not block.flags & chrome.CHROME and _is_dateline(block):
            is_update = bool(_UPDATED.match(block.text))
            if is_update == updated:
                yield block.text, "html", block.container.element.get("class") or block.tag


def _is_dateline(block: Block) -> bool:
    return len(block.text) <= _MAX_LINE and _DIGIT.search(block.text) is not None


def _before(element: etree._Element) -> str:
    previous = element.getprevious()
    parent = element.getparent()
    if previous is not None:
        return ("".join(previous.itertext()) + (previous.tail or ""))[-40:]
    return ((parent.text or "") if parent is not None else "")[-40:]


def _dated(page: Page, stated: Stated, language: str | None) -> list[FoundDate]:
    found: list[FoundDate] = []
    for raw, source, where in stated:
        value = normalise_date(raw, language=language, now=page.fetched_at)
        if value is None and source == "html":
            in_line = find_date(raw, language=language, now=page.fetched_at)
            value = in_line.value if in_line is not None else None
        if value is not None:
            found.append(FoundDate(value, raw[:RAW_LENGTH], source, where))
            if len(found) >= 4:
                break
    return found


def _in_text(page: Page, blocks: Blocks, language: str | None) -> list[FoundDate]:
    """Look for a short dated line near the headline, last of all."""
    heading = next((b.index for b in blocks.blocks if b.tag == "h1"), None)
    if heading is None:
        return []
    near = blocks.blocks[max(heading - 6, 0) : heading + 12]
    for block in sorted(near, key=lambda b: abs(b.index - heading - 1)):
        if _is_dateline(block) and not block.flags & chrome.CHROME:
            in_line = find_date(block.text, language=language, now=page.fetched_at)
            if in_line is not None:
                return [FoundDate(in_line.value, block.text[:RAW_LENGTH], "html", block.tag)]
    return []


def _exact_first(found: list[FoundDate]) -> list[FoundDate]:
    """Let a later candidate of the same day win if it says the time, or the offset, too."""
    if not found:
        return found
    first = found[0]
    for other in found[1:]:
        if _exactness(other.value) > _exactness(first.value) and same_day(first.value, other.value):
            first = other
    return [first, *(date for date in found if date is not first)]


def _exactness(value: str) -> int:
    if "T" not in value:
        return 0
    return 2 if value.endswith("Z") or "+" in value[10:] or "-" in value[10:] else 1
