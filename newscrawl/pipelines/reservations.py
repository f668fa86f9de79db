"""What host and page reserve is written into the record, and kept to where the user wants it."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.extraction.record import add_rights
from newscrawl.extraction.rights import WITHHELD_FOR
from newscrawl.items import Article
from newscrawl.middlewares.host_rights import host_rights


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
            of_host = await host_rights(self.crawler, item.url)
            if name := add_rights(item, of_host, self._withheld_for):
                self.crawler.stats.inc_value(f"newscrawl/body_withheld/{name}")
        return item
