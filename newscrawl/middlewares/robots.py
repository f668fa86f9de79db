"""robots.txt, as RFC 9309 has it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self
from urllib.parse import ParseResult, SplitResult

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import (
    RobotsTxtMiddleware as ScrapyRobotsTxtMiddleware,
)
from scrapy.exceptions import DownloadConnectionRefusedError, IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from newscrawl.downloader.failures import Refusal, error_reason
from newscrawl.middlewares.host_files import HostFiles, split_address
from newscrawl.middlewares.robots_parser import MAX_BYTES

PATH = "/robots.txt"
ASK_AGAIN = 600.0
"""Seconds after which a robots.txt that could not be reached is asked for again."""

_PROBE = "newscrawl_robots"
# These say that the host cannot be asked for anything, and so why its pages were not.
_REASONS_OF_THE_HOST = frozenset({"dns", "tls", "refused_address", "refused_scheme", "paused"})


@dataclass
class _Probe:
    """One fetch of a robots.txt, redirects and retries included."""

    origin: str
    url: str = ""
    received: int = 0


@dataclass
class _Answer:
    """The outcome of fetching a host's robots.txt."""

    outcome: str
    parser: RobotParser | None
    refusal: tuple[str, str] | None
    good_until: float


class RobotsTxtMiddleware(ScrapyRobotsTxtMiddleware):
    """Scrapy's own, with every outcome of RFC 9309; each request waits for its origin's file.

    - 2xx: its rules hold, those of the first 500 KiB; no more is read.
    - 4xx but 429, redirected more often than REDIRECT_MAX_TIMES or in a loop: unavailable, all
      may be crawled (2.3.1.2, 2.3.1.3).
    - 5xx, no answer, and 429 (the RFC leaves open whether that is "unavailable"; a host that has
      too much already is not one to crawl without rules): unreachable, nothing may be crawled
      (2.3.1.4), reason ``robots_unreachable``; ``dns``, ``tls``, ``connection`` and the like where
      the host itself cannot be reached.

    An answer is kept for NEWSCRAWL_ROBOTS_MAX_AGE seconds (2.4: no more than a day), with a state
    from run to run; rules longer while the file is unreachable. Counted as
    ``newscrawl/robots/rules``, ``unavailable``,
    ``unreachable``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._max_age = crawler.settings.getfloat("NEWSCRAWL_ROBOTS_MAX_AGE")
        self._files = HostFiles(crawler)
        self._answers: dict[str, asyncio.Task[_Answer]] = {}
        self.hosts_answered: set[str] = set()
        """Hosts whose robots.txt has come to something, be it that they cannot be reached."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.bytes_received, signals.bytes_received)
        return middleware

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise IgnoreRequest for what robots.txt forbids or keeps open."""
        probe: _Probe | None = request.meta.get(_PROBE)
        if probe is not None:
            probe.url, probe.received = request.url, 0
            return
        await super().process_request(request)

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Stop reading a robots.txt at the limit; what was read is its body."""
        probe: _Probe | None = request.meta.get(_PROBE)
        if probe is not None:
            probe.received += len(data)
            if probe.received > MAX_BYTES:
                raise StopDownload(fail=False)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules for a request's origin; raises Refusal where it is unreachable."""
        answer = await self._answer(request)
        if answer.refusal is not None:
            raise Refusal(*answer.refusal)
        return answer.parser

    def known_parser(self, url: str) -> RobotParser | None:
        """Return the rules for an address's origin if they have been fetched."""
        task = self._answers.get(_origin(split_address(url)))
        return task.result().parser if task is not None and _is_answered(task) else None

    async def _answer(self, request: Request) -> _Answer:
        origin = _origin(urlparse_cached(request))
        task = self._answers.get(origin)
        if task is None or (task.done() and not _is_good(task)):
            last = task.result() if task is not None and _is_answered(task) else None
            task = asyncio.ensure_future(self._ask(origin, request, last))
            self._answers[origin] = task
        return await asyncio.shield(task)

    async def _ask(self, origin: str, request: Request, last: _Answer | None) -> _Answer:
        answer = self._kept(origin) or await self._fetch(origin, last)
        self.hosts_answered.add(urlparse_cached(request).hostname or "")
        self._stats.inc_value(f"newscrawl/robots/{answer.outcome}")
        if answer.parser is not None:
            await self.crawler.signals.send_catch_log_async(
                signal=signals.robots_parsed, robotparser=answer.parser, request=request
            )
        return answer

    def _kept(self, origin: str) -> _Answer | None:
        """Return the answer that an earlier run has had, if it is young enough."""
        kept = self._files.get(f"{origin}{PATH}", self._max_age)
        if kept is None:
            return None
        status, body, age = kept
        answer = self._rules("rules" if status == 200 else "unavailable", body)
        answer.good_until -= age
        return answer

    async def _fetch(self, origin: str, last: _Answer | None) -> _Answer:
        probe = _Probe(origin)
        self._stats.inc_value("robotstxt/request_count")
        try:
            response = await self.crawler.engine.download_async(_robots_request(probe))
        except Exception as error:  # noqa: BLE001 - whatever keeps the file from us
            answer = self._failed(error, probe)
        else:
            answer = self._read(response)
            if answer.parser is not None:
                status = 200 if answer.outcome == "rules" else 404
                body = response.body if answer.outcome == "rules" else b""
                self._files.put(f"{origin}{PATH}", status, body)
        if answer.outcome == "unreachable" and last is not None and last.parser is not None:
            answer = _Answer("stale", last.parser, None, answer.good_until)
        return answer

    def _read(self, response: Response) -> _Answer:
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if 200 <= response.status < 300:
            return self._rules("rules", response.body)
        if 300 <= response.status < 500 and response.status != 429:
            return self._rules("unavailable", b"")
        return self._unreachable(f"robots.txt: the server answered {response.status}")

    def _failed(self, error: Exception, probe: _Probe) -> _Answer:
        reason, detail = error_reason(error)
        if isinstance(error, IgnoreRequest) and reason == "redirects":
            return self._rules("unavailable", b"")
        self._stats.inc_value(f"robotstxt/exception_count/{type(error).__name__}")
        host_itself = reason in _REASONS_OF_THE_HOST or isinstance(
            error, DownloadConnectionRefusedError
        )
        if host_itself and _origin(split_address(probe.url or probe.origin)) == probe.origin:
            return self._unreachable(detail, reason)
        return self._unreachable(f"robots.txt: {detail}")

    def _rules(self, outcome: str, body: bytes) -> _Answer:
        parser = build_from_crawler(self._parserimpl, self.crawler, body)
        return _Answer(outcome, parser, None, monotonic() + self._max_age)

    def _unreachable(self, detail: str, reason: str = "robots_unreachable") -> _Answer:
        good_until = monotonic() + min(ASK_AGAIN, self._max_age)
        return _Answer("unreachable", None, (reason, detail), good_until)


def _robots_request(probe: _Probe) -> Request:
    meta: dict[str, Any] = {"dont_obey_robotstxt": True, "allow_offsite": True, _PROBE: probe}
    return Request(
        f"{probe.origin}{PATH}",
        # Compressed, the first 500 KiB could not be told from the rest.
        headers={"Accept-Encoding": "identity"},
        priority=RobotsTxtMiddleware.DOWNLOAD_PRIORITY,
        callback=NO_CALLBACK,
        meta=meta,
    )


def _origin(parts: SplitResult | ParseResult) -> str:
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _is_answered(task: asyncio.Task[_Answer]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


def _is_good(task: asyncio.Task[_Answer]) -> bool:
    return _is_answered(task) and task.result().good_until > monotonic()
