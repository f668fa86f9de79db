"""Turn errors of newscrawl's own code into rejects, so that no page is lost."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response

from newscrawl.extensions.memory import Memory
from newscrawl.items import Reject
from newscrawl.state import StateError

logger = logging.getLogger(__name__)


class InternalErrorMiddleware:
    """Makes a Reject of a page that broke our own code: it is reported, and the crawl goes on."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler)

    def process_spider_exception(
        self, response: Response, exception: Exception
    ) -> Iterable[Reject] | None:
        """Return a Reject with the reason ``internal`` and log the traceback."""
        if isinstance(exception, (CloseSpider, IgnoreRequest)):
            return None
        if isinstance(exception, StateError):
            return self._end(exception)
        logger.error("Internal error on %s", response.url, exc_info=exception)
        self.crawler.stats.inc_value("newscrawl/internal_errors")
        return [Reject(response.url, "internal", f"{type(exception).__name__}: {exception}"[:500])]

    def _end(self, error: StateError) -> Iterable[Reject]:
        """End the crawl: a page that the state failed under is none of the site's faults."""
        if (memory := self.crawler.get_extension(Memory)) is not None:
            memory.fail(error)
        return []
