"""Requests of a host that cannot be asked now wait in the queue, not in the downloader."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface

from newscrawl.middlewares.retry_after import RetryAfterMiddleware

LOOK_AHEAD = 5.0
"""Seconds within which a host must be ready for a request to leave the queue; Scrapy's engine
looks at its queue at least this often."""


class HostAwareQueue(DownloaderAwarePriorityQueue):
    """Scrapy's own, and passes over the hosts that pause, wait or have enough to do.

    Scrapy's setting SCHEDULER_PRIORITY_QUEUE. Without this, a host that is slow or pauses would
    fill all CONCURRENT_REQUESTS with requests that wait, and no other host would be asked; and a
    host whose requests all waited for its robots.txt would get them at once, whatever
    CONCURRENT_REQUESTS_PER_DOMAIN says.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._downloader_interface = _ReadyHosts(crawler)


class _ReadyHosts(DownloaderInterface):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pauses = crawler.get_downloader_middleware(RetryAfterMiddleware)

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """Return (requests in the downloader, slot) of the hosts that can take one more."""
        busy = Counter(map(self.get_slot_key, self.downloader.active))
        return [(busy[slot], slot) for slot in possible_slots if self._has_room(slot, busy[slot])]

    def _has_room(self, key: str, busy: int) -> bool:
        slot = self.downloader.slots.get(key)
        wait = self._pauses.seconds_left(key) if self._pauses else 0.0
        if math.isinf(wait):  # given up: its requests leave the queue to be refused
            return True
        if slot is None:
            return wait <= LOOK_AHEAD and busy < self.downloader.domain_concurrency
        if slot.delay:
            wait = max(wait, slot.lastseen + slot.delay - time.monotonic())
        if wait > LOOK_AHEAD or (wait > 0 and busy > len(slot.transferring)):
            return False
        return busy < slot.concurrency
