"""Limits on the pages and bytes of a run, in total and of each host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.depth import DepthMiddleware as ScrapyDepthMiddleware
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.downloader.failures import Refusal
from newscrawl.stats.site_stats import count, site_of_request

_COUNTED = "newscrawl_counted"


@dataclass(slots=True)
class _Budget:
    """A limit and what has been used of it; a limit of 0 is none."""

    max_pages: int
    max_bytes: int
    pages: int = 0
    bytes: int = 0

    @property
    def pages_spent(self) -> bool:
        return 0 < self.max_pages <= self.pages

    @property
    def bytes_spent(self) -> bool:
        return 0 < self.max_bytes <= self.bytes


class BudgetMiddleware:
    """Refuses requests once the run or their host has spent its pages or bytes.

    Of the run: NEWSCRAWL_MAX_PAGES, NEWSCRAWL_MAX_BYTES, reasons ``page_limit``, ``byte_limit``.
    Of a host: NEWSCRAWL_HOST_LIMITS, else NEWSCRAWL_MAX_PAGES_PER_HOST and
    NEWSCRAWL_MAX_BYTES_PER_HOST, reason ``host_limit``.

    Pages are counted as they are asked for: robots.txt does not count, retries and redirects
    count as the page that they belong to, what is refused before it is sent costs nothing.
    Bytes are those that arrive, as they come over the network, robots.txt among them.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self._run = _Budget(
            settings.getint("NEWSCRAWL_MAX_PAGES"), settings.getint("NEWSCRAWL_MAX_BYTES")
        )
        self._per_host = (
            settings.getint("NEWSCRAWL_MAX_PAGES_PER_HOST"),
            settings.getint("NEWSCRAWL_MAX_BYTES_PER_HOST"),
        )
        self._limits: Mapping[str, Mapping[str, Any]] = settings.getdict("NEWSCRAWL_HOST_LIMITS")
        self._hosts: dict[str, _Budget] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        middleware = cls(crawler.settings)
        crawler.signals.connect(middleware.bytes_received, signals.bytes_received)
        return middleware

    def process_request(self, request: Request) -> None:
        """Raise Refusal beyond a limit."""
        if request.callback is NO_CALLBACK or request.meta.get(_COUNTED):
            return
        host = self._host(request)
        if self._run.pages_spent:
            raise Refusal("page_limit", "the run has fetched as many pages as it may")
        if self._run.bytes_spent:
            raise Refusal("byte_limit", "the run has fetched as many bytes as it may")
        if host.pages_spent or host.bytes_spent:
            raise Refusal("host_limit", "as much has been fetched of this host as may be")
        request.meta[_COUNTED] = True
        self._run.pages += 1
        host.pages += 1

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give back a page that was refused before it reached the downloader."""
        never_sent = isinstance(exception, IgnoreRequest) and "download_slot" not in request.meta
        if never_sent and request.meta.pop(_COUNTED, False):
            self._run.pages -= 1
            self._host(request).pages -= 1

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Count what arrives."""
        self._run.bytes += len(data)
        self._host(request).bytes += len(data)

    @property
    def spent_in_run(self) -> tuple[int, int]:
        """Pages and bytes of the run."""
        return self._run.pages, self._run.bytes

    def set_spent_in_run(self, pages: int, size: int) -> None:
        """Take pages and bytes of all workers for those of the run."""
        self._run.pages, self._run.bytes = pages, size

    def spent(self, host: str) -> tuple[int, int]:
        """Return pages and bytes of a host."""
        budget = self._budget_of(host)
        return budget.pages, budget.bytes

    def adopt(self, host: str, pages: int, size: int) -> None:
        """Go on with the budget of a host that another worker has had."""
        budget = self._budget_of(host)
        budget.pages, budget.bytes = pages, size

    def _host(self, request: Request) -> _Budget:
        return self._budget_of(urlparse_cached(request).hostname or "")

    def _budget_of(self, name: str) -> _Budget:
        if name not in self._hosts:
            limits = self._limits.get(name, {})
            pages, size = self._per_host
            self._hosts[name] = _Budget(
                int(limits.get("pages", pages)), int(limits.get("bytes", size))
            )
        return self._hosts[name]


class DepthMiddleware(ScrapyDepthMiddleware):
    """Scrapy's own, and counts what DEPTH_LIMIT leaves out as ``newscrawl/skipped/depth``."""

    def get_processed_request(self, request: Request, response: Any) -> Request | None:
        """Return the request with its depth, or None for one that lies too deep."""
        processed = super().get_processed_request(request, response)
        if processed is None:
            count(self.stats, "skipped/depth", site_of_request(request))
        return processed
