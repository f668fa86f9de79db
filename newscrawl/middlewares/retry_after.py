"""Retry-After: a host that answers 429 or 503 is left alone for as long as it asks."""

from __future__ import annotations

import logging
import math
import re
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.downloader.failures import Refusal
from newscrawl.downloader.scrapy_internals import look_again

logger = logging.getLogger(__name__)

STATUSES = frozenset({429, 503})

_SECONDS = re.compile(r"\d{1,12}(?:\.\d*)?", re.ASCII)


def retry_after(value: str, now: float) -> float | None:
    """Return the seconds from ``now`` (Unix time) that a Retry-After asks for, or None.

    RFC 9110, 10.2.3: seconds or an HTTP date. What is neither, negative or past gives None.

    >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0)
    (120.0, 60.0)
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value) or None
    try:
        seconds = parsedate_to_datetime(value).timestamp() - now
    except (ValueError, TypeError, OverflowError):
        return None
    return seconds if seconds > 0 else None


@dataclass
class _Pause:
    """The pauses of one host."""

    until: float = 0.0
    """On the monotonic clock; infinity once the host is given up."""
    in_a_row: int = 0
    """Pauses since the last answer that was none of STATUSES."""
    in_flight: set[Request] = field(default_factory=set)
    """What was under way when the last pause began: its answers are the same refusal."""


class RetryAfterMiddleware:
    """Lets a host pause that answers 429 or 503; other hosts go on.

    The pause is what Retry-After asks for, else NEWSCRAWL_PAUSE seconds, doubled with each pause
    that follows without a good answer between. Where that would be more than NEWSCRAWL_MAX_PAUSE
    seconds, the host is given up: all its requests of this run are refused with the reason
    ``paused``. The request itself is asked again by Scrapy's RetryMiddleware, RETRY_TIMES times.

    Counted as ``newscrawl/pauses`` and ``newscrawl/hosts_given_up``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._first = crawler.settings.getfloat("NEWSCRAWL_PAUSE")
        self._limit = crawler.settings.getfloat("NEWSCRAWL_MAX_PAUSE")
        self._pauses: dict[str, _Pause] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.response_downloaded, signals.response_downloaded)
        crawler.signals.connect(
            middleware.request_reached_downloader, signals.request_reached_downloader
        )
        return middleware

    def seconds_left(self, slot_key: str) -> float:
        """Return how long a download slot still pauses; infinity if it is given up."""
        pause = self._pauses.get(slot_key)
        return max(0.0, pause.until - time.monotonic()) if pause else 0.0

    def state_of(self, slot_key: str) -> tuple[float, int]:
        """Return until when a slot pauses, on the monotonic clock, and its pauses in a row."""
        pause = self._pauses.get(slot_key)
        return (pause.until, pause.in_a_row) if pause else (0.0, 0)

    def adopt(self, slot_key: str, until: float, in_a_row: int) -> None:
        """Go on with the pauses of a slot that another worker has had."""
        self._pauses[slot_key] = _Pause(until, in_a_row)

    def process_request(self, request: Request) -> None:
        """Raise Refusal for a host that is given up."""
        if math.isinf(self.seconds_left(self.crawler.engine.downloader.get_slot_key(request))):
            raise self._refusal()

    def request_reached_downloader(self, request: Request) -> None:
        """Hold a slot that Scrapy has made anew while its host pauses."""
        key = request.meta["download_slot"]
        left = self.seconds_left(key)
        slot = self.crawler.engine.downloader.slots[key]
        if left and slot.latercall is None and not math.isinf(left):
            self._hold(slot, left)

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Begin or prolong a pause, before the slot can send its next request."""
        key = request.meta["download_slot"]
        slot: Slot = self.crawler.engine.downloader.slots[key]
        if response.status not in STATUSES:
            if key in self._pauses:
                self._pauses[key].in_a_row = 0
            return
        pause = self._pauses.setdefault(key, _Pause())
        header = response.headers.get("Retry-After") or b""
        asked = retry_after(header.decode("latin-1"), time.time())
        if request in pause.in_flight:
            self._prolong(key, slot, asked or 0.0)
            return
        pause.in_flight = set(slot.transferring)
        usual = self._first * 2**pause.in_a_row
        pause.in_a_row += 1
        self.crawler.stats.inc_value("newscrawl/pauses")
        self._prolong(key, slot, math.inf if usual > self._limit else asked or usual)

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response; raise Refusal where its host has just been given up."""
        key = request.meta.get("download_slot", "")
        if response.status in STATUSES and math.isinf(self.seconds_left(key)):
            raise self._refusal()
        return response

    def _prolong(self, key: str, slot: Slot, seconds: float) -> None:
        pause = self._pauses[key]
        given_up = seconds > self._limit
        until = math.inf if given_up else time.monotonic() + seconds
        if until <= pause.until:
            return
        pause.until = until
        if given_up:
            logger.info("Given up for this run, it asks for too long a pause: %s", key)
            self.crawler.stats.inc_value("newscrawl/hosts_given_up")
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(self._refusal())
        else:
            logger.info("Pausing %.1f seconds: %s", seconds, key)
            self._hold(slot, seconds)

    def _hold(self, slot: Slot, seconds: float) -> None:
        # A slot does nothing while its next look at its queue is planned.
        if slot.latercall is not None:
            slot.latercall.cancel()
        slot.latercall = look_again(self.crawler.engine.downloader, slot, seconds)

    def _refusal(self) -> Refusal:
        return Refusal("paused", f"the host asks for a pause of more than {self._limit:g} seconds")
