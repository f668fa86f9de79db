"""An entry's own headers, on requests to its own hosts alone."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.discovery import is_within
from newscrawl.site_list.site_list import SiteEntry
from newscrawl.site_list.site_spider import entries_of
from newscrawl.stats.site_stats import SITE


class SiteHeadersMiddleware:
    """Sets the headers that a site list gives for a site, at every hop to its own hosts.

    They may be credentials: a request that leads to another host, or from https to plain http,
    goes without them, whatever redirected it there.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Set the headers of the request's site, or take them off."""
        entry = entries_of(self.crawler).get(request.meta.get(SITE, ""))
        if entry is None or not entry.headers:
            return
        is_own = _is_own(request.url, entry)
        for name, value in entry.headers.items():
            if is_own:
                request.headers[name] = value
            else:
                request.headers.pop(name, None)


def _is_own(url: str, entry: SiteEntry) -> bool:
    parts = urlsplit(url)
    is_safe = parts.scheme == "https" or any(s.startswith("http:") for s in entry.start)
    return is_safe and is_within(parts.hostname or "", entry.domains)
