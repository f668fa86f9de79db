"""The TDM Reservation Protocol's file of a host, ``/.well-known/tdmrep.json``."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from newscrawl.middlewares.host_files import HostFiles, split_address
from newscrawl.middlewares.robots_parser import PathPattern

logger = logging.getLogger(__name__)

PATH = "/.well-known/tdmrep.json"
TIMEOUT = 10.0
"""Seconds; articles wait for it."""

MAX_AGE = 24 * 3600.0
"""Seconds for which an answer is kept from run to run."""

MAX_BYTES = 256 * 1024
"""A longer file is none."""

MAX_RULES = 1_000
"""So many rules of a file are read."""

_MAX_POLICY = 2_083
_PRIORITY = 900


@dataclass(frozen=True, slots=True)
class _Rule:
    location: PathPattern
    reservation: str
    policy: str | None


class TdmFile:
    """The reservations of a host; the first rule that matches an address counts.

    >>> file = TdmFile.parse(b'[{"location": "/news/", "tdm-reservation": 1}]')
    >>> file.rights("https://example.org/news/a")
    {'tdm_reservation': {'value': '1', 'source': 'tdmrep.json'}}
    """

    def __init__(self, rules: tuple[_Rule, ...] = ()) -> None:
        self._rules = rules

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Return the rules of a file; what is no rule, or no file at all, is left out."""
        try:
            entries = json.loads(body)
        except (ValueError, RecursionError):
            return cls()
        if isinstance(entries, dict):
            entries = [entries]
        if not isinstance(entries, list):
            return cls()
        return cls(tuple(filter(None, map(_rule, entries[:MAX_RULES]))))

    def rights(self, url: str) -> dict[str, dict[str, str]]:
        """Return what is reserved for an address, in the form of a record's ``rights``."""
        for rule in self._rules:
            if rule.location.matches(url):
                found = {"tdm_reservation": rule.reservation, "tdm_policy": rule.policy}
                return {
                    name: {"value": value, "source": "tdmrep.json"}
                    for name, value in found.items()
                    if value is not None
                }
        return {}


def _rule(entry: Any) -> _Rule | None:
    if not isinstance(entry, dict):
        return None
    location, reservation = entry.get("location"), entry.get("tdm-reservation")
    if not isinstance(location, str) or not location.startswith(("/", "*")):
        return None
    if reservation not in (0, 1, "0", "1"):
        return None
    policy = entry.get("tdm-policy")
    policy = policy.strip() if isinstance(policy, str) else ""
    # Of a line break or "#" the pattern's parser would make something else.
    pattern = PathPattern(location.split("#")[0].split()[0])
    return _Rule(pattern, str(int(reservation)), policy if 0 < len(policy) <= _MAX_POLICY else None)


class TdmFileMiddleware:
    """Asks each host for its tdmrep.json, once a run, before the first of its articles.

    The protocol wants the file to be known before a host is mined. A host that does not have it
    takes no part: nothing depends on the answer, which is waited for TIMEOUT seconds at most.
    Counted as ``newscrawl/tdmrep/asked`` and ``found``.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEWSCRAWL_TDMREP"):
            raise NotConfigured
        self.crawler = crawler
        self._files: dict[str, asyncio.Task[TdmFile]] = {}
        self._kept = HostFiles(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait for the file of an article's host."""
        link = request.cb_kwargs.get("link")
        if link is not None and link.target == "article" and request.callback is not NO_CALLBACK:
            await self.file(request.url)

    async def file(self, url: str) -> TdmFile:
        """Return the rules of an address's origin."""
        parts = split_address(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._files:
            self._files[origin] = asyncio.ensure_future(self._fetch(f"{origin}{PATH}"))
        return await asyncio.shield(self._files[origin])

    async def _fetch(self, url: str) -> TdmFile:
        meta = {
            "allow_offsite": True,
            "dont_retry": True,
            "download_maxsize": MAX_BYTES,
            "download_timeout": TIMEOUT,
        }
        if (kept := self._kept.get(url, MAX_AGE)) is not None:
            return TdmFile.parse(kept[1])
        self.crawler.stats.inc_value("newscrawl/tdmrep/asked")
        try:
            response = await self.crawler.engine.download_async(
                Request(url, callback=NO_CALLBACK, priority=_PRIORITY, meta=meta)
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, there is no such file
            logger.debug("No answer for %s: %s", url, error)
            return TdmFile()
        body = response.body if response.status == 200 else b""
        if response.status < 500:
            self._kept.put(url, response.status, body)
        if response.status != 200:
            return TdmFile()
        self.crawler.stats.inc_value("newscrawl/tdmrep/found")
        return TdmFile.parse(response.body)
