"""Records go to a durable file: synced every second, and only then remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem, NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

from newscrawl.exporters import end_crawl, report_output_error
from newscrawl.items import Article
from newscrawl.records.output import (
    DurableOutput,
    KnownLength,
    Output,
    Record,
    open_output,
    to_line,
    upload_finished,
)
from newscrawl.site_list.site_spider import site_spider


class OutputPipeline(DurableOutput):
    """Writes articles to the file of NEWSCRAWL_OUTPUT, as Scrapy's JSON Lines would be.

    Counts ``newscrawl/output/synced``, records made durable; ``newscrawl/output/bytes``, the
    bytes of the file that they take; ``newscrawl/output/repaired``, files whose torn end was put
    right; ``newscrawl/output/uploaded``, files copied to NEWSCRAWL_OUTPUT_STORE. An output that
    cannot be opened or written ends the crawl, see `end_crawl`.

    A memory between runs hooks in before the spider is opened, best in the ``open_spider`` of a
    pipeline with a lower number, by ``crawler.get_item_pipeline(OutputPipeline)``:

    - `adopt`: takes the records that a killed run wrote and could not remember.
    - `after_write`: called with each article as it is written, with nothing in between.
    - `after_sync`: called once all that was written is durable. After an error of the output it
      is not called again, so what is not in the file is never remembered.
    """

    def __init__(self, crawler: Crawler, path: Path) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.path = path
        self.per_run = settings.getbool("NEWSCRAWL_OUTPUT_PER_RUN")
        spider = site_spider(crawler)
        shared = spider.frontier if spider is not None else None
        self.worker = shared.worker if shared is not None else ""
        self.overwrite = settings.getbool("NEWSCRAWL_OUTPUT_OVERWRITE")
        self.store = settings.get("NEWSCRAWL_OUTPUT_STORE", "")
        self.sync_seconds = settings.getfloat("NEWSCRAWL_SYNC_SECONDS", 1.0)
        self.sync_records = settings.getint("NEWSCRAWL_SYNC_RECORDS", 100)
        self.output: Output | None = None
        self.failed = False
        self.unsynced = 0
        self._known: KnownLength | None = None
        self._adopt: Callable[[Iterator[Record]], None] | None = None
        self._after_write: list[Callable[[Article], None]] = []
        self._after_sync: list[Callable[[dict[str, int]], None]] = []
        self._ticking: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured where there is no output."""
        name = crawler.settings.get("NEWSCRAWL_OUTPUT")
        if not name:
            raise NotConfigured
        return cls(crawler, Path(name))

    def adopt(self, known: KnownLength, receiver: Callable[[Iterator[Record]], None]) -> None:
        """Hand the records beyond the ``known`` length of each file to a receiver, when opened."""
        self._known, self._adopt = known, receiver

    def after_write(self, callback: Callable[[Article], None]) -> None:
        """Call back with every article that was written."""
        self._after_write.append(callback)

    def after_sync(self, callback: Callable[[dict[str, int]], None]) -> None:
        """Call back with the files' durable lengths, by absolute path, after every sync.

        The first comes before the first record, and has what was adopted in it; then every
        NEWSCRAWL_SYNC_SECONDS, whether or not there were records. The lengths of a stream are {}.
        """
        self._after_sync.append(callback)

    def open_spider(self) -> None:
        """Open the output; raises CloseSpider, after saying why, if that cannot be done."""
        try:
            self.output = open_output(
                self.path, per_run=self.per_run, overwrite=self.overwrite, worker=self.worker,
                known=self._known,
            )  # fmt: skip
            self.crawler.stats.inc_value("newscrawl/output/repaired", self.output.repaired)
            if self._adopt is not None:
                self._adopt(self.output.unknown_records())
            self._sync(self.output)
            self.output.publish()
        except OSError as error:
            self.failed = True
            report_output_error(self.crawler, error)
            raise CloseSpider("output_error") from error
        if self.sync_seconds > 0:
            self._ticking = create_looping_call(self._tick)
            self._ticking.start(self.sync_seconds, now=False)

    def process_item(self, item: Any) -> Any:
        """Write an Article; raises DropItem once one could not be written."""
        if not isinstance(item, Article):
            return item
        if self.failed or self.output is None:
            raise DropItem(f"Not written: {item.url}", log_level="DEBUG")
        try:
            self.output.write(to_line(item.to_dict()))
        except OSError as error:
            self._fail(error)
            raise DropItem(f"Not written: {item.url}", log_level="ERROR") from error
        self.unsynced += 1
        for callback in self._after_write:
            callback(item)
        if 0 < self.sync_records <= self.unsynced:
            self._tick()
        return item

    def close_spider(self) -> None:
        """Sync and close the output; a run's own file gets its name if all went well."""
        if self._ticking is not None and self._ticking.running:
            self._ticking.stop()
        if self.output is None:
            return
        self._tick()
        output, self.output = self.output, None
        try:
            output.close(complete=not self.failed)
            if self.store:
                copied = upload_finished(self.path, self.store)
                self.crawler.stats.inc_value("newscrawl/output/uploaded", copied)
        except OSError as error:
            report_output_error(self.crawler, error)

    def _tick(self) -> None:
        if self.output is None or self.failed:
            return
        try:
            self._sync(self.output)
        except OSError as error:
            self._fail(error)

    def _sync(self, output: Output) -> None:
        lengths = output.sync()
        stats = self.crawler.stats
        stats.inc_value("newscrawl/output/synced", self.unsynced)
        stats.set_value("newscrawl/output/bytes", output.written)
        self.unsynced = 0
        for callback in self._after_sync:
            callback(lengths)

    def _fail(self, error: OSError) -> None:
        self.failed = True
        end_crawl(self.crawler, error)
