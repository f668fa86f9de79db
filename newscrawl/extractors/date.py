"""Dates of publication and of the last update.

What the page declares to machines comes first, then what it shows its readers, then its address.
Only when nothing says when the page was first published does the one date that it shows stand for
that, though it is called an update: of 29 such pages with a known date, 19 were dated by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.dates import date_in_url, find_date, normalise_date, same_day
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.extractors.date_offset import as_stated, at_local, is_round, is_utc, on_day
from newscrawl.extractors.dateline import (
    Dateline,
    Place,
    datelines,
    relative_datelines,
)
from newscrawl.items import Source
from newscrawl.metadata import ARTICLE_TYPES, plain, types_of
from newscrawl.page import Page
from newscrawl.text import clean_line, element_text

# Names in <meta> by which publishing systems state a date, the most exact first.
_PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "rnews:datepublished", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "article.published", "published-date", "publication_date",
    "published_time_telegram", "published_time", "dc.date.issued", "dcterms.issued",
    "dc.date.published", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date",
    "dc:date", "dcterms:date", "sailthru.date", "article_date_original", "publishdate",
    "publish-date", "publish_date", "pubdate", "ptime", "bt:pubdate", "date_published",
    "datecreated", "article:post_date", "citation_publication_date", "citation_date",
    "citation_online_date", "bepress_citation_date", "last-published", "originalpublicationdate",
    "published", "published_at", "date", "created", "pub_date", "gentime", "displaydate",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "article:updated_time", "lastmod",
    "dcterms.modified", "dc.date.modified", "last-modified", "utime", "modified", "revised",
    "cxenseparse:recs:modifiedtime",
)  # fmt: skip
# What else looks like the name of a date of publication, asked last of all.
_DATE_NAME = re.compile(r"publi|issued|creat|(?:^|[^a-z])(?:post)?date$|uploaddate")
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|valid|event|birth|start|end|revis|publisher")
_DIGIT = re.compile(r"\d")
_SCRIPT_DATE = r"""\\?["']\s*:\s*\\?["'](\d{4}[-./]\d\d[-./]\d\d[^"'\\<]{0,20})"""
_SCRIPT_PUBLISHED = re.compile(
    r"""["'](datePublished|(?:first)?[pP]ublish(?:ed)?_?(?:Date|At|On|date|at|on)|publicationDate"""
    rf"""|pubDate|(?:publish|pub|deploy)Dt){_SCRIPT_DATE}"""
)
_SCRIPT_CREATED = re.compile(
    rf"""["'](created_?(?:At|Date|at|date)|creationDate|dateCreated|reg(?:Dt|Date)){_SCRIPT_DATE}"""
)
# Top-level domains of countries that write English, and the day first.
_DAY_FIRST_COUNTRIES = frozenset(
    "au bd eu gh hk ie in jm ke lk mt my na ng nz pk sg tt ug uk za zm zw".split()
)
# What publishing systems fill with the date of whatever change it was.
_VAGUE_META = frozenset(
    {
        "date", "created", "datecreated", "displaydate", "dc.date", "dc:date", "dcterms.date",
        "dcterms:date", "dc.date.created", "dcterms.created",
    }
)  # fmt: skip
_YEAR_FIRST = re.compile(r"\d{4}")
# Eight digits in a row may be a number.
_PERMALINK = re.compile(r"/\d{4}/[^/]{1,9}/\d{1,2}/", re.ASCII)
_LATER = 7
"""An article that is dated so many days later than its address was published anew."""
_CLEAR = 2.0
"""A line of this weight is hardly ever of another article."""
_OTHER_SCOPES = ("comment", "review", "event", "person")
_FOUND_AT_MOST = 4
_LIGHTER = 3.0
"""A date of so much less weight than an update's is not the one that was updated."""
_READ_AT_MOST = 50  # a date that no form foresees costs milliseconds
RAW_LENGTH = 200
"""`date_raw` is cut here."""


class FoundDate(NamedTuple):
    """A date of the page: ISO 8601 (or what a machine is to read), and as it is written there."""

    value: str
    raw: str
    source: Source
    where: str


def date_candidates(
    page: Page, blocks: Blocks, language: str | None, heading: int | None, body: list[Block]
) -> list[FoundDate]:
    """Return the possible dates of first publication, the most trusted first.

    ``heading`` is the index of the headline's block, ``body`` the blocks of the text: what the
    page shows is weighed by its distance from them.
    """
    place = Place.of(heading, body)
    language = _regional(language, page.url)
    published = _stated(page, "datePublished", _PUBLISHED_META, "datepublished")
    found = _normalised(published, page.fetched_at, language)
    if found:
        return _told_fully(found, page, blocks, place, language)
    shown = [
        line
        for line in datelines(blocks, place, language=language, now=page.fetched_at)
        if line.is_credible
    ]
    in_url = date_in_url(page.url, now=page.fetched_at)
    if in_url:
        found = _shown(line for line in shown if same_day(line.value, in_url))
        return _exact_first([*found, FoundDate(in_url, in_url, "url", "path")])
    least = shown[0].weight - _LIGHTER if shown else 0.0
    found = _shown(line for line in shown if line.label != "updated" and line.weight >= least)
    if not found:
        found = _normalised(_less_telling(page), page.fetched_at, language)
    if not found and page.fetched_at is not None:
        counted = relative_datelines(blocks, place, language=language, now=page.fetched_at)
        found = _shown(counted)
    found = found or _shown(shown) or _normalised(_in_scripts(page), page.fetched_at, language)
    return _exact_first(found)


def _regional(language: str | None, url: str) -> str | None:
    """Return English as the country of the address has it: 4/5/2022 is in May in most of them."""
    if language != "en":
        return language
    try:
        country = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return language
    return f"en-{country}" if country in _DAY_FIRST_COUNTRIES else language


def stated_date(page: Page) -> str | None:
    """Return the first date of publication that a page declares, as it writes it, read or not."""
    stated = _stated(page, "datePublished", _PUBLISHED_META, "datepublished")
    raws = (clean_line(found.raw[:RAW_LENGTH]) for found in stated)
    return next((raw for raw in raws if raw), None)


def modified_candidates(
    page: Page, blocks: Blocks, language: str | None, heading: int | None, body: list[Block]
) -> list[FoundDate]:
    """Return the possible dates of the last update, the most trusted first; see above."""
    language = _regional(language, page.url)
    updates = _stated(page, "dateModified", _MODIFIED_META, "datemodified")
    found = _normalised(updates, page.fetched_at, language)
    if found:
        return found
    near = datelines(
        blocks, Place.of(heading, body), language=language, now=page.fetched_at, far=False
    )
    return _shown(line for line in near if line.label == "updated")


def _stated(
    page: Page, key: str, meta_names: tuple[str, ...], itemprop: str
) -> Iterator[FoundDate]:
    """Yield what the page declares to machines under these names."""
    yield from _of_nodes(page, key)
    for name in meta_names:
        for raw in page.metadata.meta.get(name, ()):
            source: Source = "opengraph" if name.startswith(("og:", "article:")) else "meta"
            yield FoundDate(raw, raw, source, name)
    for element in page.metadata.microdata.get(itemprop, ()):
        if not _of_another(element):
            yield from _of_element(element, itemprop)
    for node in page.metadata.nodes:
        of_other = "datePublished" in node and not types_of(node) & ARTICLE_TYPES
        if of_other and (text := plain(node.get(key))):
            yield FoundDate(text, text, "json-ld", f"{node.get('@type')}.{key}")


def _of_nodes(page: Page, key: str) -> Iterator[FoundDate]:
    for node in page.articles:
        if stated := plain(node.get(key)):
            yield FoundDate(stated, stated, "json-ld", f"Article.{key}")
    is_video = (page.metadata.first("og:type") or "").startswith("video")
    if key == "datePublished" and is_video:
        for node in page.metadata.nodes:
            if "videoobject" in types_of(node) and (raw := plain(node.get("uploadDate"))):
                yield FoundDate(raw, raw, "json-ld", "VideoObject.uploadDate")


def _less_telling(page: Page) -> Iterator[FoundDate]:
    """Yield what may be meant as the date of publication, though it is called otherwise."""
    for node in page.metadata.nodes:
        for key in ("dateCreated", "uploadDate"):
            if raw := plain(node.get(key)):
                yield FoundDate(raw, raw, "json-ld", f"{node.get('@type')}.{key}")
    for name, values in page.metadata.meta.items():
        if _DATE_NAME.search(name) and not _NOT_PUBLISHED.search(name):
            for raw in values:
                if _DIGIT.search(raw):
                    yield FoundDate(raw, raw, "meta", name)


def _in_scripts(page: Page) -> Iterator[FoundDate]:
    """Yield what the data of the page's own scripts call the date of publication."""
    matches = [*_SCRIPT_PUBLISHED.finditer(page.html), *_SCRIPT_CREATED.finditer(page.html)]
    for match in matches[:_FOUND_AT_MOST]:
        yield FoundDate(match[2], match[2], "html", f"script {match[1]}")


def _of_another(element: etree._Element) -> bool:
    """Whether a microdata element describes a comment, or another thing beside the article."""
    for ancestor in element.iterancestors():
        if (item_type := ancestor.get("itemtype")) is not None:
            return item_type.lower().rstrip("/").endswith(_OTHER_SCOPES)
    return False


def _of_element(element: etree._Element, itemprop: str) -> Iterator[FoundDate]:
    shown = element_text(element, RAW_LENGTH)
    for attribute in ("datetime", "content", "title"):
        value = element.get(attribute)
        if value and _DIGIT.search(value):
            raw = shown if _DIGIT.search(shown) else value
            yield FoundDate(value, raw, "microdata", f"itemprop={itemprop}")
            return
    yield FoundDate(shown, shown, "microdata", f"itemprop={itemprop}")


def _normalised(
    stated: Iterator[FoundDate], now: datetime | None, language: str | None
) -> list[FoundDate]:
    found: list[FoundDate] = []
    for value, raw, source, where in islice(stated, _READ_AT_MOST):
        date = normalise_date(value, language=language, now=now)
        if date is None and source == "microdata":
            in_line = find_date(raw, language=language, now=now)
            date = in_line.value if in_line is not None else None
        if date is not None:
            found.append(FoundDate(date, clean_line(raw[:RAW_LENGTH]), source, where))
            if len(found) >= _FOUND_AT_MOST:
                break
    return found


def _shown(lines: Iterator[Dateline] | list[Dateline]) -> list[FoundDate]:
    return [
        FoundDate(line.value, line.raw[:RAW_LENGTH], "html", line.where)
        for line, _ in zip(lines, range(_FOUND_AT_MOST), strict=False)
    ]


def _told_fully(
    found: list[FoundDate], page: Page, blocks: Blocks, place: Place, language: str | None
) -> list[FoundDate]:
    """Return the stated dates, first what the page shows or states elsewhere, if that says more.

    A day may have its time shown. A time in UTC may be of another day where the page was written,
    as its address then tells. A vague statement yields to what readers are shown.
    """
    stated, in_url = found[0], date_in_url(page.url, now=page.fetched_at)
    if in_url and _PERMALINK.search(page.url) and _days(in_url, stated.value) > _LATER:
        return _exact_first([FoundDate(in_url, in_url, "url", "path"), *found])
    in_utc, is_vague = is_utc(stated.value), _is_vague(stated)
    if in_utc and (own := as_stated(stated.value, (other.value for other in found[1:]))):
        return [stated._replace(value=own), *found]
    elsewhere = in_utc and in_url not in (None, stated.value[:10])
    if "T" in stated.value and not (elsewhere or is_vague or (in_utc and is_round(stated.value))):
        return _exact_first(found)
    lines = datelines(blocks, place, language=language, now=page.fetched_at, far=False)
    if in_utc:
        local = [told for line in lines if (told := _in_local_time(stated, line)) is not None]
        if not local and elsewhere and in_url:
            value = on_day(stated.value, in_url, blocks.times)
            is_shown = any(_is_clear(line) and same_day(line.value, in_url) for line in lines)
            if value:
                local = [stated._replace(value=value)]
            elif is_shown:
                local = [FoundDate(in_url, in_url, "url", "path")]
        found = local[:1] + found
    if is_vague:
        found = _clearer(found[0], lines) + found
    same = _shown(line for line in lines if same_day(line.value, found[0].value))
    return _exact_first([found[0], *same, *found[1:]])


def _days(first: str, second: str) -> int:
    """Return how many days after the first ISO 8601 date the second is."""
    return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days


def _is_vague(stated: FoundDate) -> bool:
    """Whether a statement may be of another day than that of publication.

    Templates write the day of their last change in words: JSON-LD by hand has ISO 8601.
    """
    in_words = stated.source == "json-ld" and not _YEAR_FIRST.match(stated.raw)
    return in_words or stated.where in _VAGUE_META


def _clearer(stated: FoundDate, lines: list[Dateline]) -> list[FoundDate]:
    """Return what is clearly shown instead of a vague date; nothing if that is shown, too."""
    clear = [line for line in lines if _is_clear(line)][:3]
    if any(same_day(line.value, stated.value) for line in clear):
        return []
    is_meta = stated.where in _VAGUE_META
    return _shown(line for line in clear if is_meta or line.value < stated.value)


def _in_local_time(stated: FoundDate, line: Dateline) -> FoundDate | None:
    """Return the stated moment at the offset that makes it the shown time of day, if one does.

    A round moment may be the midnight that the day which is shown, the next one, begins with.
    """
    if is_utc(line.value):
        return None
    if "T" not in line.value:
        tomorrow = line.value > stated.value[:10] and _is_clear(line)
        if not (tomorrow and is_round(stated.value)):
            return None
    value = at_local(stated.value, datetime.fromisoformat(line.value[:16]))
    return FoundDate(value, line.raw[:RAW_LENGTH], stated.source, stated.where) if value else None


def _is_clear(line: Dateline) -> bool:
    return line.label != "updated" and line.weight >= _CLEAR


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
