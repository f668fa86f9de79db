"""An article once a run, whatever its addresses."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from newscrawl.extraction.identity import identities_of
from newscrawl.items import Article
from newscrawl.stats.site_stats import Dropped


class DuplicatesPipeline:
    """Lets an article through once a run, whatever addresses it was found under.

    Two records are one article if they have the same address, or the same canonical address and
    the same headline. The rest is counted as ``newscrawl/skipped/duplicate``.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        # A number each, not the text: a run may see millions, and texts are ten times as long.
        self.seen: set[int] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Raise Dropped for an article that has been here."""
        if not isinstance(item, Article):
            return item
        identities = [_number(identity) for identity in identities_of(item)]
        if not self.seen.isdisjoint(identities):
            self.stats.inc_value("newscrawl/skipped/duplicate")
            raise Dropped("skipped/duplicate", f"Duplicate: {item.url}")
        self.seen.update(identities)
        return item


def _number(identity: str) -> int:
    """Return 64 bits of a hash: of ten million articles, two meet by chance in 1 run of 90,000."""
    digest = blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest)
