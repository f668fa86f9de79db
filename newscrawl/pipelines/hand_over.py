"""Hand records and rejects over to the process that started the crawl."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.exporters import end_crawl
from newscrawl.items import Article, Reject
from newscrawl.records.output import DurableOutput, KnownLength, Record


class HandOverPipeline(DurableOutput):
    """Writes each item as a line of JSON to the file descriptor NEWSCRAWL_HAND_OVER.

    A record counts as durable, for the state, once the other side has said that it took it: by
    `taken`. A pipe that nobody reads any more ends the crawl.
    """

    def __init__(self, crawler: Crawler, descriptor: int) -> None:
        self.crawler = crawler
        self.descriptor = descriptor
        self.failed = False
        self.written = 0
        self._after_write: list[Callable[[Article], None]] = []
        self._after_sync: list[Callable[[dict[str, int]], None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured without a descriptor."""
        descriptor = crawler.settings.getint("NEWSCRAWL_HAND_OVER", -1)
        if descriptor < 0:
            raise NotConfigured
        pipeline = cls(crawler, descriptor)
        crawler.signals.connect(pipeline.item_dropped, signals.item_dropped)
        return pipeline

    def adopt(self, known: KnownLength, receiver: Callable[[Iterator[Record]], None]) -> None:
        """Do nothing: what was handed over before is not here any more."""

    def after_write(self, callback: Callable[[Article], None]) -> None:
        """Call back with every article that was handed over."""
        self._after_write.append(callback)

    def after_sync(self, callback: Callable[[dict[str, int]], None]) -> None:
        """Call back once all that was handed over has been taken."""
        self._after_sync.append(callback)

    def process_item(self, item: Any) -> Any:
        """Hand over an Article."""
        if isinstance(item, Article):
            self._write({"article": item.to_dict()})
            if not self.failed:
                self.written += 1
                for callback in self._after_write:
                    callback(item)
        return item

    def item_dropped(self, item: Any) -> None:
        """Hand over a Reject; RejectsPipeline drops them."""
        if isinstance(item, Reject):
            self._write({"reject": item.to_dict()})

    def taken(self, number: int) -> None:
        """Take note that the first ``number`` records were taken; may be called from a thread."""
        # Imported here: whoever imports it first chooses the reactor.
        from twisted.internet import reactor

        reactor.callFromThread(self._taken, number)

    def _taken(self, number: int) -> None:
        if number >= self.written:
            for callback in self._after_sync:
                callback({})

    def _write(self, event: dict[str, Any]) -> None:
        if self.failed:
            return
        line = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            while line:
                line = line[os.write(self.descriptor, line) :]
        except OSError as error:
            self.failed = True
            end_crawl(self.crawler, error)
