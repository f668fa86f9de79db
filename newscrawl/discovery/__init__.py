"""From the bytes of a feed, a sitemap or a section page to links; no network, no Scrapy engine."""

from __future__ import annotations

from newscrawl.discovery.feeds import feed_links
from newscrawl.discovery.kind import document_kind, may_be_wanted
from newscrawl.discovery.link import Link
from newscrawl.discovery.pages import (
    MIN_LISTED,
    article_links,
    is_listing,
    listing_links,
    section_links,
)
from newscrawl.discovery.site import (
    announced_feeds,
    is_front_page,
    newest_first,
    news_first,
    usual_places,
)
from newscrawl.discovery.sitemaps import sitemap_links
from newscrawl.text.urls import clean_url, is_twin, is_within, site_of, target_url, url_key

__all__ = [
    "MIN_LISTED",
    "Link",
    "announced_feeds",
    "article_links",
    "clean_url",
    "document_kind",
    "feed_links",
    "is_front_page",
    "is_listing",
    "is_twin",
    "is_within",
    "listing_links",
    "may_be_wanted",
    "newest_first",
    "news_first",
    "section_links",
    "site_of",
    "sitemap_links",
    "target_url",
    "url_key",
    "usual_places",
]
