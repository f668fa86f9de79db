"""How much is fetched in a run."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK

_COUNTED = "newscrawl_counted"


class PageLimitMiddleware:
    """Refuses requests once NEWSCRAWL_MAX_PAGES pages have been asked for.

    robots.txt does not count, retries and redirects count as the page that they belong to.
    """

    def __init__(self, limit: int) -> None:
        if limit <= 0:
            raise NotConfigured
        self.remaining = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler.settings.getint("NEWSCRAWL_MAX_PAGES"))

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest beyond the limit."""
        if request.callback is NO_CALLBACK or request.meta.get(_COUNTED):
            return
        if self.remaining <= 0:
            raise IgnoreRequest("page limit reached")
        self.remaining -= 1
        request.meta[_COUNTED] = True
