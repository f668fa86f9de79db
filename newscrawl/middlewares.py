"""Scrapy middlewares, fingerprinter and dupefilter: which requests are made, and once only."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterable
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware as ScrapyOffsiteMiddleware
from scrapy.downloadermiddlewares.robotstxt import (
    RobotsTxtMiddleware as ScrapyRobotsTxtMiddleware,
)
from scrapy.dupefilters import RFPDupeFilter
from scrapy.exceptions import CloseSpider, IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.discovery import url_key
from newscrawl.items import Reject

logger = logging.getLogger(__name__)

_COUNTED = "newscrawl_counted"


class PageFingerprinter:
    """Fingerprints by page: tracking parameters, ``www.``, the scheme and the like do not count.

    Scrapy's setting REQUEST_FINGERPRINTER_CLASS.
    """

    def fingerprint(self, request: Request) -> bytes:
        """Return 20 bytes, the same for every address of one page."""
        identity = f"{request.method} {url_key(request.url)}".encode() + b" " + request.body
        return hashlib.blake2b(identity, digest_size=20).digest()


class PageDupeFilter(RFPDupeFilter):
    """Lets a page be fetched once, though it may redirect to another address of its own.

    Scrapy's setting DUPEFILTER_CLASS.
    """

    def request_seen(self, request: Request) -> bool:
        """Tell whether the page of a request has been asked for before."""
        if hops := request.meta.get("redirect_urls"):
            own_keys = {url_key(url) for url in hops}
            if url_key(request.url) in own_keys:
                return False
        return super().request_seen(request)


class OffsiteMiddleware(ScrapyOffsiteMiddleware):
    """Scrapy's own, and counts what it keeps out as ``newscrawl/skipped/offsite``."""

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise IgnoreRequest for what lies on another site."""
        try:
            super().process_request(request)
        except IgnoreRequest:
            self.stats.inc_value("newscrawl/skipped/offsite")
            raise


class RobotsTxtMiddleware(ScrapyRobotsTxtMiddleware):
    """Scrapy's own; every request waits for its host's robots.txt and gets the same answer.

    In Scrapy 2.19 only the first of several requests that wait for one robots.txt gets it, the
    others go ahead as if there were none. Of the statuses of RFC 9309, 4xx allows everything and
    5xx nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._answers: dict[str, asyncio.Task[RobotParser | None]] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules for a request's host, fetched once; None if they cannot be fetched."""
        host = urlparse_cached(request).netloc
        if host not in self._answers:
            self._answers[host] = asyncio.ensure_future(super().robot_parser(request))
        return await asyncio.shield(self._answers[host])

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(body=b"User-agent: *\nDisallow: /\n")
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)


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
        logger.error("Internal error on %s", response.url, exc_info=exception)
        self.crawler.stats.inc_value("newscrawl/internal_errors")
        return [Reject(response.url, "internal", f"{type(exception).__name__}: {exception}"[:500])]
