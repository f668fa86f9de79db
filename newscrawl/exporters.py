"""JSON Lines exporter that stops the crawl on write errors."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exporters import JsonLinesItemExporter
from scrapy.utils.defer import deferred_from_coro

logger = logging.getLogger(__name__)


class JsonLinesExporter(JsonLinesItemExporter):
    """Scrapy's exporter; flushes after each record, and ends the crawl when it cannot write.

    The error is then in the stats as ``newscrawl/output_error``, and the crawl's finish reason is
    ``output_error``.
    """

    def __init__(self, file: BytesIO, crawler: Crawler, **kwargs: Any) -> None:
        super().__init__(file, **kwargs)
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler, file: BytesIO, **kwargs: Any) -> Self:
        """Return the component of a crawler."""
        return cls(file, crawler, **kwargs)

    def export_item(self, item: Any) -> None:
        """Write one record; raises OSError, after asking the crawl to end."""
        try:
            super().export_item(item)
            self.file.flush()
        except OSError as error:
            end_crawl(self.crawler, error)
            raise


def end_crawl(crawler: Crawler, error: OSError) -> None:
    """Let a crawl drain and end because a file of its output cannot be written."""
    if report_output_error(crawler, error):
        deferred_from_coro(crawler.engine.close_spider_async(reason="output_error"))


def report_output_error(crawler: Crawler, error: OSError) -> bool:
    """Log an error of the output and put it in the stats; tell whether it is the crawl's first."""
    if crawler.stats.get_value("newscrawl/output_error"):
        return False
    crawler.stats.set_value("newscrawl/output_error", str(error))
    logger.error("The output cannot be written: %s", error)
    return True
