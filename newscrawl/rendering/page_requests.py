"""Decide which requests of a page in the browser are let through, by their kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from playwright.async_api import Error, Request, Route
from scrapy.http import Response

NOT_LOADED = frozenset(
    {"image", "media", "font", "texttrack", "manifest", "ping", "cspviolationreport"}
)
"""Playwright's resource types that bring no text."""

# Of the connection that brought the document, or no page's own to say any more.
_LEFT_OUT = frozenset(
    {
        "connection",
        "content-disposition",
        "content-encoding",
        "content-length",
        "keep-alive",
        "transfer-encoding",
    }
)


class PageRequests:
    """Answers a page's first request with the document that was fetched already.

    Of what follows only what brings text is asked for, and nothing that ``is_allowed`` says no
    to. Another document in its place is not loaded: ``led_to`` gets its address, and whether to
    go there is decided where all such decisions are made, not in the browser.
    """

    def __init__(self, document: Response, is_allowed: Callable[[str], bool]) -> None:
        self.led_to: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._document = document
        self._is_allowed = is_allowed
        self._is_delivered = False

    def begin(self) -> None:
        """Answer the next document's request; where the browser died, the page is opened again."""
        self._is_delivered = False

    async def __call__(self, route: Route, request: Request) -> None:
        """Decide about one request; Playwright calls this."""
        try:
            if not _is_document_of_page(request):
                await self._decide(route, request)
            elif self._is_delivered:
                if not self.led_to.done():
                    self.led_to.set_result(request.url)
                await route.abort("aborted")
            else:
                self._is_delivered = True
                await route.fulfill(
                    status=self._document.status,
                    headers=_headers(self._document),
                    body=self._document.body,
                )
        except Error:  # the page has been closed meanwhile
            return

    async def _decide(self, route: Route, request: Request) -> None:
        if request.resource_type in NOT_LOADED or not self._is_allowed(request.url):
            await route.abort("blockedbyclient")
        else:
            await route.continue_()


def refuse(request: Request) -> bool:  # noqa: ARG001 - scrapy-playwright's interface
    """Let no request pass that PageRequests has not decided about."""
    return True


def _is_document_of_page(request: Request) -> bool:
    return request.is_navigation_request() and request.frame.parent_frame is None


def _headers(response: Response) -> dict[str, str]:
    headers = {"content-type": "text/html"}
    for name, values in response.headers.items():
        key = name.decode("latin-1").lower()
        if key not in _LEFT_OUT:
            between = "\n" if key == "set-cookie" else ", "
            headers[key] = between.join(value.decode("latin-1") for value in values)
    return headers
