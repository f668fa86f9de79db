"""What host and page reserve is written into the record, and kept to where the user wants it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.extraction.rights import robots_directives
from newscrawl.items import Article
from newscrawl.middlewares.host_rights import add_host_rights, host_rights

WITHHELD_FOR = frozenset({"noindex", "noarchive", "tdm-reservation"})
"""What NEWSCRAWL_WITHHOLD_BODY may hold."""


class ReservationsPipeline:
    """Completes the rights of a record; leaves its body out where that is asked for.

    From the host: the Content-Usage and Content-Signal of its robots.txt, and the rules of its
    tdmrep.json. What response or page say themselves counts before them.

    A reservation that NEWSCRAWL_WITHHOLD_BODY names makes a record without body: ``body`` is null
    and ``rights`` has ``body_withheld``, the name of the reservation. The record has been
    validated with its body, and its ``content_hash`` is still that of the whole text. Counted as
    ``newscrawl/body_withheld/NAME``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._withheld_for = crawler.settings.getlist("NEWSCRAWL_WITHHOLD_BODY")
        if unknown := set(self._withheld_for) - WITHHELD_FOR:
            known = ", ".join(sorted(WITHHELD_FOR))
            raise ValueError(f"NEWSCRAWL_WITHHOLD_BODY: {unknown.pop()!r} is none of {known}")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Return an Article with the rights that its host states, other items as they are."""
        if isinstance(item, Article):
            add_host_rights(item.rights, await host_rights(self.crawler, item.url))
            self._withhold(item)
        return item

    def _withhold(self, article: Article) -> None:
        reserved = set(robots_directives(article.rights))
        if article.rights.get("tdm_reservation", {}).get("value") == "1":
            reserved.add("tdm-reservation")
        for name in self._withheld_for:
            if name in reserved:
                article.body = None
                article.sources.pop("body", None)
                article.rights["body_withheld"] = {"value": name, "source": "setting"}
                self.crawler.stats.inc_value(f"newscrawl/body_withheld/{name}")
                return
