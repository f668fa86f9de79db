"""Find where a site announces its news: feeds, sitemaps, and the usual places for both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from newscrawl.discovery.link import Link, Target
from newscrawl.page.page import Page
from newscrawl.text.urls import clean_url

USUAL_PLACES: tuple[tuple[str, Target], ...] = (
    ("/sitemap-news.xml", "sitemap"),
    ("/news-sitemap.xml", "sitemap"),
    ("/feed/", "feed"),
    ("/rss", "feed"),
    ("/rss.xml", "feed"),
    ("/feed.xml", "feed"),
    ("/atom.xml", "feed"),
    ("/sitemap.xml", "sitemap"),
    ("/sitemap_index.xml", "sitemap"),
)
"""Paths to try, the best first, on a site that announces neither feed nor sitemap."""

# Types that only feeds have, and types that much else has, too.
_FEED_TYPES = frozenset(
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml",
        "application/feed+json", "application/rss", "application/atom", "application/x-rss+xml",
        "text/rss", "text/rss+xml", "text/atom", "text/atom+xml",
    }
)  # fmt: skip
_VAGUE_TYPES = frozenset({"text/xml", "application/xml", "application/json", "text/json"})
_INTERFACE = re.compile(r"/wp-json/|oembed|/api/", re.IGNORECASE)
_NAMED_FEED = re.compile(r"feed|rss|atom\b|\brdf|\.xml(?:$|\?)|syndication", re.IGNORECASE)
_FRONT_PAGE = re.compile(
    r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w{3,5}|home/?)?$", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|coment[aá]rio", re.IGNORECASE)


def is_front_page(url: str) -> bool:
    """Return whether an address is a site's front page, or that of one of its languages.

    >>> is_front_page("https://example.org/en/"), is_front_page("https://example.org/world")
    (True, False)
    """
    parts = urlsplit(url)
    return not parts.query and _FRONT_PAGE.match(parts.path or "/") is not None


def announced_feeds(page: Page) -> Iterator[Link]:
    """Yield the feeds that a page announces by ``<link>``, without feeds of comments.

    A link of ``rel=feed`` is one, and one of ``rel=alternate`` whose type is a feed's, XML or
    JSON. Where the type is missing, the address or title has to name a feed: that is also how
    pages announce their other languages and devices, as they do their interfaces by JSON.
    """
    seen: set[str] = set()
    for element in page.root.css("link[rel][href]"):
        link = element.attributes
        address, title = link.get("href") or "", link.get("title") or ""
        if not _announces_feed(link, address, title) or _COMMENTS.search(f"{address} {title}"):
            continue
        url = clean_url(address, page.base_url) if address.strip() else None
        if url and url not in seen:
            seen.add(url)
            yield Link(url, "feed")


def _announces_feed(link: Mapping[str, str | None], address: str, title: str) -> bool:
    relations = (link.get("rel") or "").lower().split()
    if "feed" in relations:
        return True
    if "alternate" not in relations or "stylesheet" in relations:
        return False
    media_type = (link.get("type") or "").partition(";")[0].strip().lower()
    if media_type in _FEED_TYPES:
        return True
    if link.get("hreflang") or link.get("media") or _INTERFACE.search(address):
        return False
    if not media_type:
        return _NAMED_FEED.search(f"{address} {title}") is not None
    return media_type in _VAGUE_TYPES


def usual_places(front_page_url: str) -> tuple[Link, ...]:
    """Return the links to try on the site of a front page, the best first."""
    return tuple(Link(urljoin(front_page_url, path), target) for path, target in USUAL_PLACES)
