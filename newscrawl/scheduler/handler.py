"""A page is asked for only while its site is this worker's."""

from __future__ import annotations

from typing import cast

from scrapy import Request
from scrapy.http import Response

from newscrawl.downloader.failures import LEASE, Refusal
from newscrawl.downloader.handler import GuardedDownloadHandler
from newscrawl.scheduler.shared import SharedScheduler


class LeasedDownloadHandler(GuardedDownloadHandler):
    """The guarded handler, and looks at the lease at the very moment of sending.

    A worker that stood still may find its sites in other hands when it goes on.
    """

    async def download_request(self, request: Request) -> Response:
        """Return the answer; raises Refusal for a page that is another worker's by now."""
        scheduler = cast("SharedScheduler", self._crawler.engine.scheduler)
        if not scheduler.may_ask(request):
            raise Refusal(LEASE, "the site is another worker's by now")
        return await super().download_request(request)
