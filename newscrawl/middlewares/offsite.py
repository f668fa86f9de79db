"""Requests stay on the sites of the targets."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware as ScrapyOffsiteMiddleware
from scrapy.exceptions import IgnoreRequest


class OffsiteMiddleware(ScrapyOffsiteMiddleware):
    """Scrapy's own, and counts what it keeps out as ``newscrawl/skipped/offsite``."""

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise IgnoreRequest for what lies on another site."""
        try:
            super().process_request(request)
        except IgnoreRequest:
            self.stats.inc_value("newscrawl/skipped/offsite")
            raise
