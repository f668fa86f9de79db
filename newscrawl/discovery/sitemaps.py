"""Links of a sitemap: a urlset, a sitemap index, a news sitemap, a list of addresses in text."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree

from newscrawl.discovery.link import Link, Listing, Target
from newscrawl.discovery.xml import MAX_BYTES, Reading, elements, local_name
from newscrawl.page.decoding import decode
from newscrawl.page.unpacking import unpack_gzip
from newscrawl.text.cleaning import clean_line
from newscrawl.text.urls import clean_url, unescape_url

_ENTRIES: dict[str, Target] = {"url": "article", "sitemap": "sitemap"}
_NAMES = frozenset(_ENTRIES)
_MAX_TEXT = 2_083


def read_sitemap(body: bytes, url: str = "", content_type: str | None = None) -> Listing:
    """Return what a sitemap lists, in its order: articles, or the sitemaps of an index.

    ``body`` may be gzip. Headline and date come from the news extension alone; ``lastmod`` is
    only ever ``modified``. Of a damaged sitemap the entries that are whole are returned, and
    `Listing.damage` says what is missing; what is no sitemap lists nothing.

    Raises NotAPageError as :func:`newscrawl.discovery.xml.elements` does.
    """
    unpacked = unpack_gzip(body, MAX_BYTES)
    if b"<" not in unpacked.data[:4096]:
        torn = None if unpacked.is_whole else "its gzip archive breaks off"
        return Listing(list(_text_links(unpacked.data, url, is_torn=torn is not None)), torn)
    reading = Reading()
    found = elements(body, _NAMES, content_type, reading)
    links = [link for each in found if (link := _link(each, url, _ENTRIES[local_name(each)]))]
    return Listing(links, reading.damage)


def _link(entry: etree._Element, sitemap_url: str, target: Target) -> Link | None:
    texts: dict[str, str] = {}
    news: dict[str, str] = {}
    for child in entry:
        name = local_name(child)
        if name == "news":
            news = {local_name(part): _text(part) for part in child}
        elif name in ("loc", "lastmod"):
            texts.setdefault(name, _text(child))
    address = unescape_url(texts.get("loc", ""))
    url = clean_url(address, sitemap_url) if address else None
    if url is None:
        return None
    return Link(
        url,
        target,
        headline=html.unescape(news.get("title", "")) or None,
        date=news.get("publication_date") or None,
        modified=texts.get("lastmod") or None,
    )


def _text(element: etree._Element) -> str:
    return clean_line("".join(map(str, element.itertext())))[:_MAX_TEXT]


def _text_links(body: bytes, sitemap_url: str, *, is_torn: bool) -> Iterator[Link]:
    _, text = decode(body)
    # Half an address may be that of another page.
    lines = text.splitlines()[:-1] if is_torn else text.splitlines()
    for line in map(str.strip, lines):
        if line.startswith(("http://", "https://")) and (url := clean_url(line, sitemap_url)):
            yield Link(url)
