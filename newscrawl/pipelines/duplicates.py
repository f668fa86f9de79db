"""An article once a run, whatever its addresses."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newscrawl.discovery import site_of, url_key
from newscrawl.items import Article
from newscrawl.pipelines.dropped import Dropped


class DuplicatesPipeline:
    """Lets an article through once a run, whatever addresses it was found under.

    Two records are one article if they have the same address, or the same canonical address and
    the same headline. The rest is counted as ``newscrawl/skipped/duplicate``.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self.seen: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Raise Dropped for an article that has been here."""
        if not isinstance(item, Article):
            return item
        headline = (item.headline or "").casefold()
        canonical = item.canonical_url
        if canonical is None or site_of(canonical) != site_of(item.url):
            canonical = item.url
        # Some sites call their front page, or one address, the canonical one of all pages.
        identities = {
            (url_key(item.url), ""),
            (url_key(canonical, fold_twins=True), headline),
        }
        if identities & self.seen:
            self.stats.inc_value("newscrawl/skipped/duplicate")
            raise Dropped("skipped/duplicate", f"Duplicate of {canonical}: {item.url}")
        self.seen |= identities
        return item
