"""Links of a sitemap: a urlset, a sitemap index, a news sitemap, a list of addresses in text."""

from __future__ import annotations

import html
from collections.abc import Iterator

from lxml import etree

from newscrawl.discovery.link import Link, Target
from newscrawl.discovery.xml import elements, gunzip, local_name
from newscrawl.page.decoding import decode
from newscrawl.text.cleaning import clean_line
from newscrawl.text.urls import clean_url

_ENTRIES: dict[str, Target] = {"url": "article", "sitemap": "sitemap"}
_NAMES = frozenset(_ENTRIES)
_MAX_TEXT = 2_083


def sitemap_links(body: bytes, url: str = "", content_type: str | None = None) -> Iterator[Link]:
    """Yield what a sitemap lists: articles, or the sitemaps of an index.

    ``body`` may be gzipped. Headline and date come from the news extension alone; ``lastmod`` is
    only ever ``modified``. Raises NotAPageError as :func:`newscrawl.discovery.xml.elements`
    does; what is no sitemap gives nothing.
    """
    body = gunzip(body)
    if b"<" not in body[:4096]:
        yield from _text_links(body, url)
        return
    for element in elements(body, _NAMES, content_type):
        if (target := _ENTRIES.get(local_name(element))) and (link := _link(element, url, target)):
            yield link


def _link(entry: etree._Element, sitemap_url: str, target: Target) -> Link | None:
    texts: dict[str, str] = {}
    news: dict[str, str] = {}
    for child in entry:
        name = local_name(child)
        if name == "news":
            news = {local_name(part): _text(part) for part in child}
        elif name in ("loc", "lastmod"):
            texts.setdefault(name, _text(child))
    url = clean_url(texts.get("loc", ""), sitemap_url) if texts.get("loc") else None
    if url is None:
        return None
    return Link(
        url,
        target,
        headline=news.get("title") or None,
        date=news.get("publication_date") or None,
        modified=texts.get("lastmod") or None,
    )


def _text(element: etree._Element) -> str:
    return clean_line(html.unescape("".join(map(str, element.itertext()))))[:_MAX_TEXT]


def _text_links(body: bytes, sitemap_url: str) -> Iterator[Link]:
    _, text = decode(body)
    for line in map(str.strip, text.splitlines()):
        if line.startswith(("http://", "https://")) and (url := clean_url(line, sitemap_url)):
            yield Link(url)
