"""Requests of a host that cannot be asked now wait in the queue, not in the downloader."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderInterface

from newscrawl.downloader.scrapy_internals import SlotAwareQueue
from newscrawl.middlewares.retry_after import RetryAfterMiddleware
from newscrawl.middlewares.robots import RobotsTxtMiddleware

LOOK_AHEAD = 5.0
"""Seconds within which a host must be ready for a request to leave the queue; Scrapy's engine
looks at its queue at least this often."""


class HostAwareQueue(SlotAwareQueue):
    """Scrapy's own, and passes over the hosts that pause, wait or have enough to do.

    Scrapy's setting SCHEDULER_PRIORITY_QUEUE. Without this, a host that is slow or pauses would
    fill all CONCURRENT_REQUESTS with requests that wait, and no other host would be asked; and a
    host whose requests all waited for its robots.txt would get them at once, whatever
    CONCURRENT_REQUESTS_PER_DOMAIN says. A host that has not answered for its robots.txt yet gets
    one request to wait with. Next is the host that was served the longest ago of those that have
    nothing to do, else the one that has the least.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        self._hosts = _ReadyHosts(crawler)
        self.set_downloader_interface(self._hosts)

    def pop(self) -> Request | None:
        """Return the next request of a host that can be asked now, or None."""
        request = super().pop()
        slot = self.last_slot
        if request is not None and slot is not None:
            self._hosts.taken(slot, request)
            if slot in self.pqueues:  # to the end of the line
                self.pqueues[slot] = self.pqueues.pop(slot)
        return request


class _ReadyHosts(DownloaderInterface):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pauses = crawler.get_downloader_middleware(RetryAfterMiddleware)
        self._robots = crawler.get_downloader_middleware(RobotsTxtMiddleware)
        # Those that wait for a robots.txt are in no slot of the downloader yet.
        self._taken: dict[str, list[Request]] = {}

    def taken(self, slot: str, request: Request) -> None:
        """Remember that a request has left the queue."""
        self._taken.setdefault(slot, []).append(request)

    def stats(self, possible_slots: Iterable[str]) -> list[tuple[int, str]]:
        """Return the slot that is next, as the only choice, with what it has to do."""
        now = time.monotonic()
        best: tuple[int, str] | None = None
        for slot in possible_slots:
            busy = self._busy(slot)
            if (best is None or busy < best[0]) and self._has_room(slot, busy, now):
                best = busy, slot
                if not busy:
                    break
        return [best] if best else []

    def _has_room(self, key: str, busy: int, now: float) -> bool:
        wait = self._pauses.seconds_left(key) if self._pauses else 0.0
        if math.isinf(wait):  # given up: its requests leave the queue to be refused
            return True
        slot = self.downloader.slots.get(key)
        if slot is not None and slot.delay:
            wait = max(wait, slot.lastseen + slot.delay - now)
        if wait > LOOK_AHEAD:
            return False
        if slot is None or (self._robots and key not in self._robots.hosts_answered):
            return busy < 1
        return busy < slot.concurrency and not (wait > 0 and busy > len(slot.transferring))

    def _busy(self, key: str) -> int:
        taken = self._taken.get(key)
        if not taken:
            return 0
        taken[:] = [request for request in taken if request in self.downloader.active]
        return len(taken)
