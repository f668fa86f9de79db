"""State of a host (pauses, budget, delay) that moves with its site from worker to worker."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from time import monotonic
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.discovery import site_of
from newscrawl.middlewares.limits import BudgetMiddleware
from newscrawl.middlewares.retry_after import STATUSES, RetryAfterMiddleware
from newscrawl.scheduler.frontier import Frontier


class Hosts:
    """Hands on the pace of hosts, their pauses, and what was spent of their budgets.

    A host belongs to one worker at a time, so in between Scrapy's own slots keep its pace. A
    worker that gets one waits a whole delay before its first request: the last one of the worker
    before it was no later than that.
    """

    def __init__(self, crawler: Crawler, frontier: Frontier) -> None:
        self._crawler = crawler
        self._frontier = frontier
        self._pauses = crawler.get_downloader_middleware(RetryAfterMiddleware)
        self._budget = crawler.get_downloader_middleware(BudgetMiddleware)
        self._default = crawler.settings.getfloat("DOWNLOAD_DELAY")
        # Host to its pace, and when it came to us.
        self._known: dict[str, tuple[float, float]] = {}
        self._asked: set[str] = set()
        self.ahead = 0.0
        """Seconds that the time in Redis is ahead of the monotonic clock."""
        connect = crawler.signals.connect
        connect(self.request_reached_downloader, signals.request_reached_downloader)
        connect(self.response_downloaded, signals.response_downloaded)

    def adopt(self, host: str) -> None:
        """Take over what holds for a host, before the first of its requests is made."""
        if host in self._known:
            return
        text = self._frontier.host(host)
        about: dict[str, Any] = json.loads(text) if text else {}
        self._known[host] = (about.get("delay", 0.0), monotonic())
        if about.get("token") == self._frontier.token:
            if self._pauses is not None and about.get("until"):
                self._pauses.adopt(host, about["until"] - self.ahead, about["in_a_row"])
            if self._budget is not None:
                self._budget.adopt(host, about["pages"], about["bytes"])
        self._frontier.put_hosts({host: self._text(host)})

    def forget(self, sites: Iterable[str]) -> None:
        """Let go of the hosts of sites, with what is known of them put down."""
        lost = set(sites)
        hosts = [host for host in self._known if site_of(f"//{host}") in lost]
        for host in hosts:
            del self._known[host]
            self._asked.discard(host)

    def save(self) -> None:
        """Put down what has changed."""
        changed, self._asked = self._asked & self._known.keys(), set()
        self._frontier.put_hosts({host: self._text(host) for host in changed})

    def request_reached_downloader(self, request: Request) -> None:
        """Give a slot that may be new the pace of its host."""
        key = request.meta.get("download_slot", "")
        if key not in self._known:
            return
        self._asked.add(key)
        delay, since = self._known[key]
        slot: Slot = self._crawler.engine.downloader.slots[key]
        slot.delay = max(slot.delay, delay)
        slot.lastseen = max(slot.lastseen, since)

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Put down a pause at once: it must outlive this worker."""
        key = request.meta.get("download_slot", "")
        if key in self._known and response.status in STATUSES:
            self._frontier.put_hosts({key: self._text(key)})

    def _text(self, host: str) -> str:
        slot = self._crawler.engine.downloader.slots.get(host)
        delay = max(slot.delay if slot else self._default, self._known[host][0])
        until, in_a_row = self._pauses.state_of(host) if self._pauses is not None else (0.0, 0)
        pages, size = self._budget.spent(host) if self._budget is not None else (0, 0)
        return json.dumps({
            "token": self._frontier.token, "delay": delay, "pages": pages, "bytes": size,
            "until": until and until + (0.0 if math.isinf(until) else self.ahead),
            "in_a_row": in_a_row,
        })  # fmt: skip
