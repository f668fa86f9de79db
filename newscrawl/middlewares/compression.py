"""Unpack bodies to their end or refuse them, and never to more than the limit."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from scrapy.statscollectors import StatsCollector

from newscrawl.downloader.content_coding import unpack
from newscrawl.downloader.errors import BadEncodingError, CutShortError
from newscrawl.downloader.scrapy_internals import DecodingMiddleware, unpacks_to_too_much


class HttpCompressionMiddleware(DecodingMiddleware):
    """Scrapy's own, but a body that ends before its content coding does is no whole body.

    It is asked for again RETRY_TIMES and then refused, as one that ends before its
    Content-Length: Scrapy would hand on what there is, and half an article looks like one.
    """

    def __init__(self, stats: StatsCollector | None = None, *, crawler: Crawler) -> None:
        super().__init__(stats, crawler=crawler)
        self._settings = crawler.settings
        self._spider_of = crawler

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the response with its body unpacked, or the request to try again.

        Raises CutShortError, IgnoreRequest for a body that unpacks to more than DOWNLOAD_MAXSIZE,
        and BadEncodingError for one that is not of the coding that its header names.
        """
        if "download_stopped" in response.flags:
            return response
        try:
            return super().process_response(request, response)
        except CutShortError:
            if (again := self._again(request)) is None:
                raise
            return again

    def _again(self, request: Request) -> Request | None:
        spider = self._spider_of.spider
        if spider is None or not self._settings.getbool("RETRY_ENABLED"):
            return None
        return get_retry_request(request, spider=spider, reason="cut short")

    @classmethod
    def decode(cls, body: bytes, coding: str, max_size: int) -> bytes:
        """Return the bytes behind a content coding."""
        try:
            return unpack(body, coding, max_size)
        except OSError as error:
            raise BadEncodingError(coding, str(error)) from None
        except ValueError:
            raise unpacks_to_too_much(max_size + 1, max_size) from None
