"""One line on standard error while a crawl runs."""

from __future__ import annotations

import time
from typing import Any

from rich.console import Console
from rich.status import Status
from scrapy import signals
from scrapy.crawler import Crawler

_PLAIN_INTERVAL = 10.0
"""Seconds between two lines where standard error is no terminal."""


class CrawlProgress:
    """Shows pages, articles and rejects as they come; a context manager around the crawl."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
        self._console = console
        self._status: Status | None = None
        self._shown_at = time.monotonic()
        self._pages = self._articles = self._dropped = 0
        crawler.signals.connect(self._page, signals.response_received)
        crawler.signals.connect(self._article, signals.item_scraped)
        crawler.signals.connect(self._reject, signals.item_dropped)

    def __enter__(self) -> CrawlProgress:
        if self._console.is_terminal:
            self._status = self._console.status("starting")
            self._status.start()
        return self

    def __exit__(self, *_: Any) -> None:
        if self._status is not None:
            self._status.stop()

    def _page(self) -> None:
        self._pages += 1
        self._show()

    def _article(self) -> None:
        self._articles += 1
        self._show()

    def _reject(self) -> None:
        self._dropped += 1

    def _show(self) -> None:
        line = f"{self._pages} answers, {self._articles} articles, {self._dropped} set apart"
        if self._status is not None:
            self._status.update(line)
        elif time.monotonic() - self._shown_at >= _PLAIN_INTERVAL:
            self._shown_at = time.monotonic()
            self._console.print(line, markup=False)
