"""One page over HTTP by Scrapy, as politely as a crawl: our User-Agent, robots.txt obeyed."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.python.failure import Failure

from newscrawl.downloader.addresses import literal_address
from newscrawl.downloader.failures import failure_reason
from newscrawl.downloader.responses import headers_of
from newscrawl.extraction.record import FetchedPage

_ONE_PAGE = {"AUTOTHROTTLE_ENABLED": False, "DOWNLOAD_DELAY": 0, "ITEM_PIPELINES": {}}


class FetchError(Exception):
    """The page could not be fetched; the message says why."""


class _PageSpider(Spider):
    name = "page"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.page: FetchedPage | None = None
        self.problem = "the crawl ended before there was an answer"

    async def start(self) -> AsyncIterator[Any]:
        yield Request(self.url, callback=self.parse, errback=self.errback, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:  # noqa: ARG002 - Scrapy's own
        arrived = datetime.now(UTC)
        self.page = FetchedPage(response.body, response.url, headers_of(response), arrived)

    def errback(self, failure: Failure) -> None:
        _, self.problem = failure_reason(failure)


def fetch_page(url: str, *, contact: str = "") -> FetchedPage:
    """Fetch ``url`` and return the answer; once a process.

    ``contact`` is where the site can reach whoever runs this; it goes into the User-Agent. A host
    that is written as an address is meant, be it of this machine; where the page redirects to, or
    a name leads, the guard holds as in any crawl. Raises FetchError.
    """
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(_ONE_PAGE, priority="cmdline")
    settings.set("NEWSCRAWL_ALLOWED_HOSTS", _host_of_an_address(url), priority="cmdline")
    settings.set("LOG_ENABLED", "--debug" in sys.argv, priority="cmdline")
    if contact:
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(_PageSpider)
    process.crawl(crawler, url=url)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, _PageSpider) or spider.page is None:
        raise FetchError(getattr(spider, "problem", "the crawl did not start"))
    return spider.page


def _host_of_an_address(url: str) -> list[str]:
    address = literal_address(urlsplit(url).hostname or "")
    return [] if address is None else [str(address)]
