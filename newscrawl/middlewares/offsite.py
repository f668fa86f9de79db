"""Requests stay on the sites of the targets."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware as ScrapyOffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from newscrawl.stats.site_stats import count, site_of_request


class OffsiteMiddleware(ScrapyOffsiteMiddleware):
    """Scrapy's own, and counts what it keeps out as ``newscrawl/skipped/offsite``.

    A spider with a method ``may_follow`` decides itself what is its own.
    """

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Tell whether a request stays where it belongs."""
        may_follow = getattr(spider, "may_follow", None)
        if may_follow is None:
            return super().should_follow(request, spider)
        return bool(may_follow(request))

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise IgnoreRequest for what lies on another site."""
        try:
            super().process_request(request)
        except IgnoreRequest:
            count(self.stats, "skipped/offsite", site_of_request(request))
            raise
