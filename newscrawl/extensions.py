"""Scrapy extensions: stop what is no page before its body is read, and count what came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers
from scrapy.http.request import NO_CALLBACK

from newscrawl.discovery import may_be_wanted
from newscrawl.items import Article


class ContentTypeFilter:
    """Stops a download after its headers where the Content-Type says that it is no page.

    The response reaches the spider with an empty body and the flag ``download_stopped``.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        extension = cls()
        crawler.signals.connect(extension.headers_received, signals.headers_received)
        return extension

    def headers_received(self, headers: Headers, request: Request) -> None:
        """Raise StopDownload for what the spider would not read."""
        link = request.cb_kwargs.get("link")
        if link is None or request.callback is NO_CALLBACK:
            return
        content_type = headers.get("Content-Type")
        listing = link.target in ("start", "feed", "sitemap")
        if content_type and not may_be_wanted(content_type.decode("latin-1"), listing=listing):
            raise StopDownload(fail=False)


class CrawlStats:
    """Counts pages, records and how often each field is filled, in Scrapy's stats.

    ``newscrawl/pages``: answers to requests of the spider, robots.txt not among them.
    ``newscrawl/articles``: records written; ``newscrawl/filled/FIELD``: those with that field.
    ``newscrawl/skipped/duplicate``: pages that turned out to be known under another address.
    ``newscrawl/internal_errors``: errors of our own code.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.field_names = tuple(field.name for field in fields(Article))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        extension = cls(crawler)
        connections: Iterable[tuple[Any, Any]] = (
            (extension.response_received, signals.response_received),
            (extension.request_dropped, signals.request_dropped),
            (extension.item_scraped, signals.item_scraped),
            (extension.item_error, signals.item_error),
        )
        for receiver, signal in connections:
            crawler.signals.connect(receiver, signal)
        return extension

    def response_received(self, request: Request) -> None:
        """Count a page."""
        if request.callback is not NO_CALLBACK:
            self.stats.inc_value("newscrawl/pages")

    def request_dropped(self, request: Request) -> None:
        """Count a page that redirects to one that is known."""
        # A link to a known page is nothing to speak of; a page that led to one is.
        if request.meta.get("redirect_times"):
            self.stats.inc_value("newscrawl/skipped/duplicate")

    def item_scraped(self, item: Any) -> None:
        """Count a record and its fields."""
        if not isinstance(item, Article):
            return
        self.stats.inc_value("newscrawl/articles")
        for name in self.field_names:
            if getattr(item, name) not in (None, [], {}):
                self.stats.inc_value(f"newscrawl/filled/{name}")

    def item_error(self) -> None:
        """Count an error in a pipeline."""
        self.stats.inc_value("newscrawl/internal_errors")
