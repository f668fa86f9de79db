"""Find the root element of a document behind whatever precedes it."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

ListingKind = Literal["feed", "sitemap"]

_ROOTS: dict[str, ListingKind] = {
    "rss": "feed",
    "rdf": "feed",
    "feed": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
# Byte-order marks and no-break spaces, as themselves and as their UTF-8 bytes read as Latin-1.
_SPACE = re.compile("(?:[\\s\ufeff\u200b\x00]|\xef\xbb\xbf|\xc2\xa0)*")
_DOCTYPE = re.compile(
    r"<!DOCTYPE\s*(?P<name>[\w:.-]*)[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,40})(?=[\s>/])")
_LISTING_ROOT = re.compile(
    r"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE
)
_PAGE_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)(?=[\s>/])", re.IGNORECASE)

MAX_NOISE = 65_536
"""So many characters of a script's notices and the like are passed over before a root."""


class Root(NamedTuple):
    """The root element of a feed or sitemap."""

    kind: ListingKind
    start: int
    """Where its tag begins."""

    doctype: str
    """The internal subset of the document type, ``""`` where there is none."""


def find_root(text: str) -> Root | None:
    """Return the root element of a feed or sitemap, or None where the document is neither.

    Passed over are byte-order marks and white space, comments of any length, processing
    instructions, document types and, where no page begins, up to 65,536 characters of anything
    else, such as the notices that a PHP script prints above its feed. ``text`` may be bytes read
    as Latin-1.

    >>> find_root("<br /><b>Notice</b>: Undefined index<br /><rss version='2.0'>").start
    40
    """
    position, doctype = _after_prolog(text)
    if doctype is not None and doctype["name"].lower() == "html":
        return None
    root = _ROOT.match(text, position)
    if root is None or root[1].lower() not in _ROOTS:
        listing = _LISTING_ROOT.search(text, position, position + MAX_NOISE)
        page = _PAGE_ROOT.search(text, position, position + MAX_NOISE)
        if listing is None or (page is not None and page.start() < listing.start()):
            return None
        root = _ROOT.match(text, listing.start())
    if root is None:
        return None
    subset = (doctype["subset"] or "") if doctype else ""
    return Root(_ROOTS[root[1].lower()], root.start(), subset)


def _after_prolog(text: str) -> tuple[int, re.Match[str] | None]:
    position, doctype = 0, None
    while True:
        before = position
        if space := _SPACE.match(text, position):
            position = space.end()
        for opening, closing in (("<!--", "-->"), ("<?", ">")):
            if text.startswith(opening, position):
                end = text.find(closing, position)
                position = end + len(closing) if end >= 0 else position
        if match := _DOCTYPE.match(text, position):
            position, doctype = match.end(), doctype or match
        if position == before:
            return position, doctype
