"""Crawl-delay: no host is asked more often than its robots.txt or our own settings say."""

from __future__ import annotations

from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached


class CrawlDelay:
    """Keeps a host's pace at the larger of its Crawl-delay and our own; a Scrapy extension.

    A Crawl-delay counts up to NEWSCRAWL_MAX_CRAWL_DELAY seconds; ours is the ``delay`` of
    DOWNLOAD_SLOTS, else DOWNLOAD_DELAY. AutoThrottle may slow a host down further, never go
    under it. ``newscrawl/crawl_delays`` counts the robots.txt that ask for one.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._limit = crawler.settings.getfloat("NEWSCRAWL_MAX_CRAWL_DELAY")
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._own_delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        # Slot to origin to seconds: a host may serve several origins, each with a file of its own.
        self._asked: dict[str, dict[str, float]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(
            extension.request_reached_downloader, signals.request_reached_downloader
        )
        # Connected after AutoThrottle, as EXTENSIONS orders them: it has the last word.
        crawler.signals.connect(extension.response_downloaded, signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the Crawl-delay of a host, the newest file's."""
        slot = self.crawler.engine.downloader.get_slot_key(request)
        origin = urlparse_cached(request).netloc
        asked = robotparser.crawl_delay(self._agent)
        if asked:
            self.crawler.stats.inc_value("newscrawl/crawl_delays")
            self._asked.setdefault(slot, {})[origin] = min(asked, self._limit)
        elif slot in self._asked:
            self._asked[slot].pop(origin, None)

    def request_reached_downloader(self, request: Request) -> None:
        """Set the pace of a slot that may be new."""
        self._keep(request)

    def response_downloaded(self, request: Request) -> None:
        """Set the pace that AutoThrottle may have changed."""
        self._keep(request)

    def _keep(self, request: Request) -> None:
        downloader = self.crawler.engine.downloader
        key = request.meta.get("download_slot", "")
        slot: Slot | None = downloader.slots.get(key)
        if slot is None:
            return
        asked = max(self._asked.get(key, {}).values(), default=0.0)
        ours = downloader.per_slot_settings.get(key, {}).get("delay", self._own_delay)
        if asked > ours:
            slot.jitter = 0.0  # it would take up to half of the delay away
        slot.delay = max(slot.delay, asked, ours)
