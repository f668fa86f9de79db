"""Rejects go to a file of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawl.exporters import end_crawl
from newscrawl.items import Article, Reject
from newscrawl.records.output import Journal
from newscrawl.state import StateError
from newscrawl.stats.site_stats import Dropped


class RejectsPipeline:
    """Appends rejects to the file of NEWSCRAWL_REJECTS, a JSON object a line, and drops them.

    Each is counted as ``newscrawl/rejects/REASON``. A file that cannot be written ends the crawl.
    """

    def __init__(self, path: Path | None, crawler: Crawler) -> None:
        self.path = path
        self.crawler = crawler
        self.journal: Journal | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        name = crawler.settings.get("NEWSCRAWL_REJECTS")
        pipeline = cls(Path(name) if name else None, crawler)
        crawler.signals.connect(pipeline.item_error, signals.item_error)
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Write and drop a Reject."""
        if not isinstance(item, Reject):
            return item
        self._set_apart(item)
        raise Dropped(f"rejects/{item.reason}", f"Rejected, {item.reason}: {item.url}")

    def item_error(self, item: Any, failure: Failure) -> None:
        """Keep trace of an Article that an error in a pipeline lost.

        Not of one that the state failed under: the run ends, and the next one looks at it again.
        """
        if isinstance(item, Article) and not isinstance(failure.value, StateError):
            detail = f"{type(failure.value).__name__}: {failure.value}"[:500]
            self._set_apart(Reject(item.url, "internal", detail, fetched_at=item.fetched_at))

    def close_spider(self) -> None:
        """Close the file."""
        if self.journal is not None:
            self.journal.close()

    def _set_apart(self, reject: Reject) -> None:
        self.crawler.stats.inc_value(f"newscrawl/rejects/{reject.reason}")
        try:
            self._write(reject)
        except OSError as error:
            end_crawl(self.crawler, error)

    def _write(self, reject: Reject) -> None:
        if self.path is None:
            return
        if self.journal is None:
            self.journal = Journal(self.path)
        line = json.dumps(reject.to_dict(), ensure_ascii=False)
        self.journal.append(line.encode(errors="replace") + b"\n")
