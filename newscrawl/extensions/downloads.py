"""Scrapy extensions: room for many connections, no body of what is no page, counts of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from typing import Any, Self
from weakref import WeakSet

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, StopDownload
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.discovery import is_binary, may_be_wanted
from newscrawl.items import Article
from newscrawl.stats.site_stats import Dropped, count, count_for_site, site_of_request

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class OpenFiles:
    """Lets the process have as many files open as the system allows it, connections among them.

    cron, systemd and most shells start a process with 1,024 (the soft limit), which a run over a
    thousand sites uses up, and allow it far more (the hard limit) if it asks.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:  # noqa: ARG003 - Scrapy's protocol
        """Return the component of a crawler; raises NotConfigured where there is no such limit."""
        if resource is None:
            raise NotConfigured
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != hard:
            # macOS allows less than it says.
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        return cls()


class ContentTypeFilter:
    """Stops a download as soon as it is known to be no page.

    That is after its headers where the Content-Type says so, else after its first bytes where
    they are those of a picture, a recording or an archive. What the user named and what a site
    announces as feed or sitemap is told by its bytes alone. The response reaches the spider with
    what has come of its body and the flag ``download_stopped``.
    """

    def __init__(self) -> None:
        self._unread: WeakSet[Request] = WeakSet()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        extension = cls()
        crawler.signals.connect(extension.headers_received, signals.headers_received)
        crawler.signals.connect(extension.bytes_received, signals.bytes_received)
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
        if not headers.get("Content-Encoding"):
            self._unread.add(request)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Raise StopDownload where the first bytes of a body are those of no text."""
        if request in self._unread:
            self._unread.discard(request)
            if is_binary(data):
                raise StopDownload(fail=False)


class CrawlStats:
    """Counts pages, records and how often each field is filled, in Scrapy's stats.

    ``newscrawl/pages``: answers to requests of the spider, robots.txt not among them.
    ``newscrawl/bytes``: their bodies as they were sent, those of retries and redirects too;
    ``newscrawl/download_seconds``: how long the site took for them, from request to headers.
    ``newscrawl/articles``: records written; ``newscrawl/filled/FIELD``: those with that field.
    ``newscrawl/skipped/duplicate``: pages that turned out to be known under another address.
    ``newscrawl/internal_errors``: errors of our own code.

    Each is counted for the run and, as ``newscrawl/site/SITE/…``, for the site of the request;
    so are there ``rejects/REASON``, ``skipped/REASON`` and ``listings/KIND``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self.field_names = tuple(field.name for field in fields(Article))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        extension = cls(crawler)
        connections: Iterable[tuple[Any, Any]] = (
            (extension.response_downloaded, signals.response_downloaded),
            (extension.response_received, signals.response_received),
            (extension.request_dropped, signals.request_dropped),
            (extension.item_scraped, signals.item_scraped),
            (extension.item_dropped, signals.item_dropped),
            (extension.item_error, signals.item_error),
        )
        for receiver, signal in connections:
            crawler.signals.connect(receiver, signal)
        return extension

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count what came over the network for a page."""
        if request.callback is not NO_CALLBACK:
            site = site_of_request(request)
            count(self.stats, "bytes", site, len(response.body))
            count(self.stats, "download_seconds", site, request.meta.get("download_latency", 0.0))

    def response_received(self, request: Request) -> None:
        """Count a page."""
        if request.callback is not NO_CALLBACK:
            count(self.stats, "pages", site_of_request(request))

    def request_dropped(self, request: Request) -> None:
        """Count a page that redirects to one that is known."""
        # A link to a known page is nothing to speak of; a page that led to one is.
        if request.meta.get("redirect_times"):
            count(self.stats, "skipped/duplicate", site_of_request(request))

    def item_scraped(self, item: Any, response: Any) -> None:
        """Count a record and its fields."""
        if not isinstance(item, Article):
            return
        site = site_of_request(response)
        count(self.stats, "articles", site)
        for name in self.field_names:
            if getattr(item, name) not in (None, [], {}):
                count(self.stats, f"filled/{name}", site)

    def item_dropped(self, exception: Any, response: Any) -> None:
        """Count for its site what a pipeline kept back, and counted for the run."""
        if isinstance(exception, Dropped):
            count_for_site(self.stats, exception.count, site_of_request(response))

    def item_error(self, response: Any) -> None:
        """Count an error in a pipeline; the page becomes a reject."""
        site = site_of_request(response)
        count(self.stats, "internal_errors", site)
        count_for_site(self.stats, "rejects/internal", site)
