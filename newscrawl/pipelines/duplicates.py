"""An article once a run, whatever its addresses."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newscrawl.identity import identities_of
from newscrawl.items import Article
from newscrawl.pipelines.dropped import Dropped


class DuplicatesPipeline:
    """Lets an article through once a run, whatever addresses it was found under.

    Two records are one article if they have the same address, or the same canonical address and
    the same headline. The rest is counted as ``newscrawl/skipped/duplicate``.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self.seen: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Raise Dropped for an article that has been here."""
        if not isinstance(item, Article):
            return item
        identities = identities_of(item)
        if not self.seen.isdisjoint(identities):
            self.stats.inc_value("newscrawl/skipped/duplicate")
            raise Dropped("skipped/duplicate", f"Duplicate: {item.url}")
        self.seen.update(identities)
        return item
