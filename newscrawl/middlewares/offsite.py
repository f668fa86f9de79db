"""Keep requests on the sites of the targets."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware as ScrapyOffsiteMiddleware
from scrapy.exceptions import IgnoreRequest

from newscrawl.site_list.site_spider import SiteSpider
from newscrawl.stats.site_stats import count, site_of_request


class OffsiteMiddleware(ScrapyOffsiteMiddleware):
    """Scrapy's own, and counts what it keeps out as ``newscrawl/skipped/offsite``.

    A `SiteSpider` decides itself what is its own, by ``may_follow``.
    """

    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Return whether a request stays where it belongs."""
        if isinstance(spider, SiteSpider):
            return spider.may_follow(request)
        return super().should_follow(request, spider)

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise IgnoreRequest for what lies on another site."""
        try:
            super().process_request(request)
        except IgnoreRequest:
            count(self.stats, "skipped/offsite", site_of_request(request))
            raise
