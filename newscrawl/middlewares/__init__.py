"""Scrapy middlewares, fingerprinter and dupefilter: which requests are made, and once only."""

from __future__ import annotations

from newscrawl.middlewares.address_patterns import PatternLimitMiddleware
from newscrawl.middlewares.crawl_delay import CrawlDelay
from newscrawl.middlewares.errors import InternalErrorMiddleware
from newscrawl.middlewares.limits import BudgetMiddleware, DepthMiddleware
from newscrawl.middlewares.offsite import OffsiteMiddleware
from newscrawl.middlewares.pages import PageDupeFilter, PageFingerprinter, leads_to_itself
from newscrawl.middlewares.queues import HostAwareQueue
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.middlewares.robots import RobotsTxtMiddleware
from newscrawl.middlewares.robots_parser import RobotsTxtParser
from newscrawl.middlewares.tdm_file import TdmFileMiddleware

__all__ = [
    "BudgetMiddleware",
    "CrawlDelay",
    "DepthMiddleware",
    "HostAwareQueue",
    "InternalErrorMiddleware",
    "OffsiteMiddleware",
    "PageDupeFilter",
    "PageFingerprinter",
    "PatternLimitMiddleware",
    "RetryAfterMiddleware",
    "RobotsTxtMiddleware",
    "RobotsTxtParser",
    "TdmFileMiddleware",
    "leads_to_itself",
]
