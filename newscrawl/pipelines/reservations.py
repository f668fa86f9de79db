"""Write the rights of host and page into records, and withhold bodies where asked to."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.extraction.record import RecordOptions, add_rights
from newscrawl.extraction.rights import checked_reservations
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
        try:
            self._withhold = checked_reservations(
                crawler.settings.getlist("NEWSCRAWL_WITHHOLD_BODY")
            )
        except ValueError as error:
            raise ValueError(f"NEWSCRAWL_WITHHOLD_BODY: {error}") from None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Return an Article with the rights that its host states, other items as they are."""
        if isinstance(item, Article):
            of_host = await host_rights(self.crawler, item.url)
            options = RecordOptions(host_rights=of_host, withhold=self._withhold)
            if name := add_rights(item, options):
                self.crawler.stats.inc_value(f"newscrawl/body_withheld/{name}")
        return item
