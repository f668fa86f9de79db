"""Scrapy's HTTP handler, with a guard at the very call that opens a connection."""

from __future__ import annotations

from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from zope.interface import directlyProvides, providedBy

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.errors import DeadlineError
from newscrawl.downloader.scrapy_internals import ReactorDownloadHandler

SECONDS_SPENT = "newscrawl_seconds_spent"
"""Key of a request's meta: what it has used of NEWSCRAWL_DEADLINE."""

IDLE = 30
"""Seconds that a connection is kept without a request; Twisted's 240 are too many for thousands of
hosts, each of which is asked once."""


class GuardedDownloadHandler(ReactorDownloadHandler):
    """Connects to allowed addresses only, and gives a page no more than its time.

    An address is checked when and where it is connected to, after a name has been resolved, for
    each of its addresses: between check and connection no second look-up can change it. It
    holds for whatever is requested: pages, redirects, robots.txt, feeds, sitemaps, retries.

    Connections to a proxy are not checked, it is the user's own choice; the proxy resolves the
    names then, and is the one to guard what it connects to.

    NEWSCRAWL_DEADLINE is for a page with its redirects and retries, time in queues not counted;
    DOWNLOAD_TIMEOUT is for each whole answer among them. An answer that is longer than it says is
    as incomplete as one that is shorter.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler, idle_seconds=IDLE)
        self._guard = AddressGuard.from_settings(crawler.settings)
        self._deadline = crawler.settings.getfloat("NEWSCRAWL_DEADLINE")

    async def download_request(self, request: Request) -> Response:
        """Return the answer to a request.

        Raises RefusedAddressError, DeadlineError, and what Scrapy's own handler raises.
        """
        if not self._deadline:
            return await self.download(request)
        spent = request.meta.get(SECONDS_SPENT, 0.0)
        timeout = request.meta.get("download_timeout")
        remaining = self._deadline - spent
        if remaining <= 0:
            raise DeadlineError(self._deadline)
        is_last = timeout is None or remaining <= timeout
        if is_last:
            request.meta["download_timeout"] = remaining
        started = monotonic()
        try:
            return await self.download(request)
        except DownloadTimeoutError:
            if is_last:
                raise DeadlineError(self._deadline) from None
            raise
        finally:
            # Retries and redirects copy the meta of their request.
            request.meta[SECONDS_SPENT] = spent + monotonic() - started
            request.meta["download_timeout"] = timeout

    def reactor_for(self, request: Request, reactor: Any) -> Any:
        """Return the reactor whose connections are guarded."""
        return _GuardedReactor(reactor, self._guard, urlparse_cached(request).hostname or "")


class _GuardedReactor:
    """Twisted's reactor, except that it connects to no address that the guard refuses.

    ``host`` is the one that the request names; what it resolves to comes to `connectTCP`.
    """

    def __init__(self, reactor: Any, guard: AddressGuard, host: str) -> None:
        self._reactor = reactor
        self._guard = guard
        self._host = host
        directlyProvides(self, providedBy(reactor))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(  # noqa: N802 - Twisted's name
        self, host: str, port: int, factory: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """Connect to a resolved address; raises RefusedAddressError."""
        self._guard.check_address(self._host, host, port)
        return self._reactor.connectTCP(host, port, factory, *args, **kwargs)
