"""From the bytes of a feed, a sitemap or a section page to links; no network, no Scrapy engine."""

from __future__ import annotations

from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.kind import document_kind, is_binary, may_be_wanted
from newscrawl.discovery.link import Link, Listing
from newscrawl.discovery.onward import (
    is_list,
    links_instead,
    may_refresh,
    original_of,
    refreshes_to,
)
from newscrawl.discovery.order import (
    newest_first,
    period_of,
    priority_of,
    sitemaps_newest_first,
)
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
    usual_places,
)
from newscrawl.discovery.sitemaps import read_sitemap
from newscrawl.text.urls import clean_url, is_twin, is_within, site_of, target_url, url_key

__all__ = [
    "MIN_LISTED",
    "Link",
    "Listing",
    "announced_feeds",
    "article_links",
    "clean_url",
    "document_kind",
    "is_binary",
    "is_front_page",
    "is_list",
    "is_listing",
    "is_twin",
    "is_within",
    "links_instead",
    "listing_links",
    "may_be_wanted",
    "may_refresh",
    "newest_first",
    "original_of",
    "period_of",
    "priority_of",
    "read_feed",
    "read_sitemap",
    "refreshes_to",
    "section_links",
    "site_of",
    "sitemaps_newest_first",
    "target_url",
    "url_key",
    "usual_places",
]
