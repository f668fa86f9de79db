"""One page in the browser, from the document that was fetched to what its scripts made of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.failures import Refusal
from newscrawl.rendering.names import addresses_of
from newscrawl.rendering.page_requests import PageRequests
from newscrawl.rendering.proxy import PageProxy

logger = logging.getLogger(__name__)

# Ways to the network that have no use for a proxy; the browser's own options close them, too.
_NO_DATAGRAMS = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"])
  delete window[name];
"""

CLOSE_TIMEOUT = 10.0
"""Seconds after which a page that cannot be closed is ended together with the browser."""

# Read in a world of its own, where no script of the page can have changed what these words mean.
_MARKUP = """
(document.doctype ? '<!DOCTYPE html>' : '')
+ (document.documentElement ? document.documentElement.outerHTML.slice(0, %d) : '')
"""


class BrowserError(Refusal):
    """The browser could not be started, broke down, or could not show the page."""

    def __init__(self, error: Exception) -> None:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        detail = (lines[0] if lines else type(error).__name__)[:200]
        if "No usable sandbox" in str(error):
            detail += "; this system has no sandbox for it: -s NEWSCRAWL_BROWSER_SANDBOX=0"
        super().__init__("browser", f"the browser failed: {detail}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The outcome of rendering a page: its markup, or the address that its scripts led to."""

    html: str
    led_to: str | None
    refused: tuple[str, ...]
    """Hosts that it asked for and that were not connected to."""


class Renderer:
    """Chromium by way of scrapy-playwright, a context of its own for each page.

    So nothing goes from page to page: no cookies, storage, cache or worker; and what a page
    receives is known to be its own. ``wait`` is the number of seconds after which a page that is
    still loading is taken as it is.
    """

    def __init__(self, crawler: Crawler, *, wait: float, max_bytes: int) -> None:
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._guard = AddressGuard.from_settings(crawler.settings)
        self._wait = wait
        self._max_bytes = max_bytes
        self._names = (f"page-{number}" for number in count(1))

    async def render(
        self,
        document: Response,
        *,
        seconds: float,
        is_allowed: Callable[[str], bool],
        received: Callable[[bytes], None],
    ) -> Rendered:
        """Return what the browser makes of a document within ``seconds``.

        ``received`` is called with the bytes that the page's own requests bring. Raises
        DownloadTimeoutError, BrowserError, and Refusal for what is too large.
        """
        requests = PageRequests(document, is_allowed)
        proxy = PageProxy(self._guard, addresses_of, max_bytes=self._max_bytes, received=received)
        name = next(self._names)
        async with proxy:
            showing = asyncio.ensure_future(self._show(name, document.url, proxy, requests))
            try:
                async with asyncio.timeout(seconds):
                    # A page that leads elsewhere may never be one.
                    await asyncio.wait(
                        (showing, requests.led_to), return_when=asyncio.FIRST_COMPLETED
                    )
                html = "" if requests.led_to.done() else showing.result()
            except TimeoutError:
                raise DownloadTimeoutError from None
            except Exception as error:  # the driver of the browser raises bare ones, too
                raise BrowserError(error) from error
            finally:
                showing.cancel()
                await asyncio.gather(showing, return_exceptions=True)
                await self._close(name)
        if proxy.is_overrun or 0 < self._max_bytes < len(html):
            raise Refusal("too_large", "the page loads or makes more than DOWNLOAD_MAXSIZE")
        led_to = requests.led_to.result() if requests.led_to.done() else None
        return Rendered(html, led_to, tuple(proxy.refused))

    async def close(self) -> None:
        """End the browser."""
        await self._handler.close()

    async def _show(self, name: str, url: str, proxy: PageProxy, requests: PageRequests) -> str:
        page = await self._open(name, url, requests, proxy)
        return await self._markup(page, proxy)

    async def _open(self, name: str, url: str, requests: PageRequests, proxy: PageProxy) -> Page:
        async def prepare(page: Page, request: Request) -> None:  # noqa: ARG001
            # Routes of a page win over those of its context, the last one over the first;
            # scrapy-playwright, which has one of its own, goes on if this should fail.
            requests.begin()
            await page.context.route("**", lambda route: route.abort())
            await page.route("**", requests)
            await page.add_init_script(_NO_DATAGRAMS)
            page.on("popup", lambda popup: popup.close())

        request = Request(
            url,
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_context": name,
                "playwright_context_kwargs": {
                    "proxy": {"server": proxy.url, "bypass": "<-loopback>"},
                    "service_workers": "block",
                    "accept_downloads": False,
                },
                "playwright_page_init_callback": prepare,
                "playwright_page_goto_kwargs": {"wait_until": "commit", "timeout": 0},
            },
        )
        await self._handler.download_request(request)
        page: Page = request.meta["playwright_page"]
        return page

    async def _markup(self, page: Page, proxy: PageProxy) -> str:
        """Return a page's markup, once it asks for nothing more or has had its time."""
        try:
            await page.wait_for_load_state("networkidle", timeout=self._wait * 1000)
        except PlaywrightTimeoutError:
            # A script that does not come would keep back what stands after it.
            proxy.cut()
        await page.wait_for_load_state("domcontentloaded", timeout=0)
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"]}
        )
        longest = self._max_bytes + 1 if self._max_bytes else 1 << 30
        answer = await session.send(
            "Runtime.evaluate",
            {
                "expression": _MARKUP % longest,
                "contextId": world["executionContextId"],
                "returnByValue": True,
            },
        )
        return str(answer["result"]["value"])

    async def _close(self, name: str) -> None:
        """Close a page's context; a browser that does not obey is ended as a whole."""
        wrapper = self._handler.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await wrapper.context.close()
        except TimeoutError:
            logger.warning("A page could not be closed; the browser is started anew")
            await self._handler.browser.close()
        except Error as error:
            logger.debug("A page was closed already: %s", error)
