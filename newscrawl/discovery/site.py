"""Where a site announces its news: its feeds, its sitemaps, and the usual places for both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
)
_FRONT_PAGE = re.compile(
    r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)\.\w{3,5}|home/?)?$", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|kommentar|coment[aá]rio", re.IGNORECASE)
_NEWS = re.compile(r"news", re.IGNORECASE)


def is_front_page(url: str) -> bool:
    """Tell whether an address is a site's front page, or that of one of its languages.

    >>> is_front_page("https://example.org/en/"), is_front_page("https://example.org/world")
    (True, False)
    """
    parts = urlsplit(url)
    return not parts.query and _FRONT_PAGE.match(parts.path or "/") is not None


def announced_feeds(page: Page) -> Iterator[Link]:
    """Yield the feeds that a page announces by ``<link rel=alternate>``, without comment feeds."""
    seen: set[str] = set()
    for element in page.root.css("link[rel~=alternate i]"):
        link = element.attributes
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        if media_type not in _FEED_TYPES:
            continue
        address = link.get("href") or ""
        url = clean_url(address, page.base_url) if address.strip() else None
        is_comments = _COMMENTS.search(f"{address} {link.get('title') or ''}") is not None
        if url and url not in seen and not is_comments:
            seen.add(url)
            yield Link(url, "feed")


def usual_places(front_page_url: str) -> tuple[Link, ...]:
    """Return the links to try on the site of a front page, the best first."""
    return tuple(Link(urljoin(front_page_url, path), target) for path, target in USUAL_PLACES)


def news_first(links: Iterable[Link]) -> list[Link]:
    """Return a site's sitemaps, those that are named after news first, then the newest."""
    return sorted(
        newest_first(links), key=lambda link: _NEWS.search(urlsplit(link.url).path) is None
    )


def newest_first(links: Iterable[Link]) -> list[Link]:
    """Return the links by date of publication, else of change, newest first, undated last.

    Dates are compared as written, which for sitemaps is ISO 8601.
    """
    return sorted(links, key=lambda link: link.date or link.modified or "", reverse=True)
