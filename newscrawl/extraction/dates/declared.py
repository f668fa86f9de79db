"""Dates that a page declares to machines: in JSON-LD, ``<meta>``, microdata, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newscrawl.items import Source
from newscrawl.page.metadata import ARTICLE_TYPES, plain, types_of
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, ancestors
from newscrawl.text.cleaning import clean_line

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


def _keyed(*stems: str) -> tuple[re.Pattern[str], ...]:
    # An expression that begins with letters is looked for many times as fast as one with choices.
    return tuple(re.compile(rf"{stem}(\w{{0,14}}){_SCRIPT_DATE}") for stem in stems)


_SCRIPT_PUBLISHED = _keyed("ubli", "ubD", "eployD")
_SCRIPT_CREATED = _keyed("reat", "egD")
_PUBLISHED_KEY = re.compile(
    r"datePublished|(?:first)?[pP]ublish(?:ed)?_?(?:Date|At|On|date|at|on)|publicationDate|pubDate"
    r"|(?:publish|pub|deploy)Dt"
)
_CREATED_KEY = re.compile(r"created_?(?:At|Date|at|date)|creationDate|dateCreated|reg(?:Dt|Date)")
_BEFORE_STEM = len("'firstP")
# What publishing systems fill with the date of whatever change it was.
VAGUE_META = frozenset(
    {
        "date", "created", "datecreated", "displaydate", "dc.date", "dc:date", "dcterms.date",
        "dcterms:date", "dc.date.created", "dcterms.created",
    }
)  # fmt: skip
_YEAR_FIRST = re.compile(r"\d{4}")
_OTHER_SCOPES = ("comment", "review", "event", "person")
_MATCHES = 4
RAW_LENGTH = 200
"""`date_raw` is cut here."""


class FoundDate(NamedTuple):
    """A date of the page: ISO 8601 (or what a machine is to read), and as it is written there."""

    value: str
    raw: str
    source: Source
    where: str


def published_dates(page: Page) -> Iterator[FoundDate]:
    """Yield what the page declares as its date of first publication, as it writes it."""
    return _stated(page, "datePublished", _PUBLISHED_META, "datepublished")


def updated_dates(page: Page) -> Iterator[FoundDate]:
    """Yield what the page declares as the date of its last update, as it writes it."""
    return _stated(page, "dateModified", _MODIFIED_META, "datemodified")


def stated_date(page: Page) -> str | None:
    """Return the first date of publication that a page declares, as it writes it, read or not."""
    raws = (clean_line(found.raw[:RAW_LENGTH]) for found in published_dates(page))
    return next((raw for raw in raws if raw), None)


def _stated(
    page: Page, key: str, meta_names: tuple[str, ...], itemprop: str
) -> Iterator[FoundDate]:
    """Yield what the page declares to machines under these names."""
    yield from _of_nodes(page, key)
    meta = page.metadata.meta
    for name in meta_names:
        for raw in meta.get(name, ()):
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


def less_telling_dates(page: Page) -> Iterator[FoundDate]:
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


def dates_in_scripts(page: Page) -> Iterator[FoundDate]:
    """Yield what the data of the page's own scripts call the date of publication."""
    published = _of_keys(page.html, _SCRIPT_PUBLISHED, _PUBLISHED_KEY)
    created = _of_keys(page.html, _SCRIPT_CREATED, _CREATED_KEY)
    for _, key, value in [*published, *created][:_MATCHES]:
        yield FoundDate(value, value, "html", f"script {key}")


def _of_keys(
    html: str, stemmed: tuple[re.Pattern[str], ...], key: re.Pattern[str]
) -> list[tuple[int, str, str]]:
    """Return the position, the key and the date of each such member of an object, in order."""
    found: list[tuple[int, str, str]] = []
    for stem in stemmed:
        for match in stem.finditer(html):
            start = match.start()
            before = html[max(start - _BEFORE_STEM, 0) : start].replace("'", '"')
            quote = before.rfind('"')
            name = before[quote + 1 :] + html[start : match.end(1)]
            if quote >= 0 and key.fullmatch(name):
                found.append((start, name, match[2]))
    return sorted(found)


def _of_another(element: Element) -> bool:
    """Whether a microdata element describes a comment, or another thing beside the article."""
    for ancestor in ancestors(element):
        attributes = ancestor.attributes
        if "itemtype" in attributes:
            item_type = attributes["itemtype"] or ""
            return item_type.lower().rstrip("/").endswith(_OTHER_SCOPES)
    return False


def _of_element(element: Element, itemprop: str) -> Iterator[FoundDate]:
    shown = element_text(element, RAW_LENGTH)
    attributes = element.attributes
    for attribute in ("datetime", "content", "title"):
        value = attributes.get(attribute)
        if value and _DIGIT.search(value):
            raw = shown if _DIGIT.search(shown) else value
            yield FoundDate(value, raw, "microdata", f"itemprop={itemprop}")
            return
    yield FoundDate(shown, shown, "microdata", f"itemprop={itemprop}")


def is_vague(stated: FoundDate) -> bool:
    """Return whether a statement may be of another day than that of publication.

    Templates write the day of their last change in words: JSON-LD by hand has ISO 8601.
    """
    in_words = stated.source == "json-ld" and not _YEAR_FIRST.match(stated.raw)
    return in_words or stated.where in VAGUE_META
