"""Scrapy's downloader middleware that has pages finished by the browser."""

from __future__ import annotations

import asyncio
import html
from codecs import BOM_UTF8
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.http.request import NO_CALLBACK

from newscrawl.discovery import document_kind, url_key
from newscrawl.downloader.errors import DeadlineError
from newscrawl.downloader.failures import Refusal
from newscrawl.downloader.handler import SECONDS_SPENT
from newscrawl.extensions.memory import Memory
from newscrawl.middlewares.limits import BudgetMiddleware
from newscrawl.middlewares.robots import RobotsTxtMiddleware
from newscrawl.site_list.site_spider import entries_of
from newscrawl.stats.site_stats import SITE

if TYPE_CHECKING:
    from newscrawl.rendering.renderer import Rendered, Renderer

_A_DAY = 86_400.0


class RenderMiddleware:
    """Lets the browser finish the pages of sites with ``render = true``.

    It stands behind redirects and content codings: what it gets is a whole document that came by
    Scrapy's own way. Feeds, sitemaps and errors pass by. A document that has not changed says
    nothing of what its scripts bring, so pages are never asked for under a condition.

    What a page asks for is forbidden by the robots.txt of every host whose file is known, its own
    above all; what it gets counts for the bytes of the run and of the page's host.

    DOWNLOAD_TIMEOUT and NEWSCRAWL_DEADLINE hold, waiting for one of NEWSCRAWL_BROWSER_PAGES turns
    not counted. A page that leads elsewhere by script is one that refreshes there. Counted as
    ``newscrawl/rendered/pages``, ``bytes``, ``refused``, the last for hosts that the guard refused.
    """

    def __init__(self, crawler: Crawler, renderer: Renderer) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._renderer = renderer
        self._turns = asyncio.Semaphore(max(1, settings.getint("NEWSCRAWL_BROWSER_PAGES")))
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT") or _A_DAY
        self._deadline = settings.getfloat("NEWSCRAWL_DEADLINE")
        self._agent = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured if no site needs a browser."""
        if not any(entry.render for entry in entries_of(crawler).values()):
            raise NotConfigured
        from newscrawl.rendering.renderer import Renderer

        renderer = Renderer(
            crawler,
            wait=crawler.settings.getfloat("NEWSCRAWL_BROWSER_WAIT"),
            max_bytes=crawler.settings.getint("DOWNLOAD_MAXSIZE"),
        )
        crawler.signals.connect(renderer.close, signals.engine_stopped)
        return cls(crawler, renderer)

    def process_request(self, request: Request) -> None:
        """Take the validators off, unless a feed or sitemap is asked for."""
        if self._is_wanted(request) and not self._is_known_listing(request):
            for name in ("If-None-Match", "If-Modified-Since"):
                request.headers.pop(name, None)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the page as the browser shows it; raises Refusal, DeadlineError."""
        if not self._is_wanted(request) or not _is_page(response):
            return response
        async with self._turns:
            rendered = await self._render(request, response)
        stats = self._crawler.stats
        stats.inc_value("newscrawl/rendered/pages")
        if rendered.refused:
            stats.inc_value("newscrawl/rendered/refused", len(rendered.refused))
        markup = _refresh(rendered.led_to) if rendered.led_to else rendered.html
        headers = response.headers.copy()
        headers["Content-Type"] = "text/html; charset=utf-8"
        for name in ("ETag", "Last-Modified"):
            headers.pop(name, None)
        # The mark: what the document says of its encoding holds no longer.
        body = BOM_UTF8 + markup.encode("utf-8", "replace")
        return response.replace(cls=HtmlResponse, headers=headers, body=body, encoding="utf-8")

    def _is_wanted(self, request: Request) -> bool:
        entry = entries_of(self._crawler).get(request.meta.get(SITE, ""))
        if entry is None or not entry.render or request.callback is NO_CALLBACK:
            return False
        link = request.cb_kwargs.get("link")
        return link is None or link.target not in ("feed", "sitemap")

    def _is_known_listing(self, request: Request) -> bool:
        memory = self._crawler.get_extension(Memory)
        known = memory.state.listing(url_key(request.url)) if memory else None
        return known is not None and known.kind in ("feed", "sitemap")

    async def _render(self, request: Request, response: Response) -> Rendered:
        spent = request.meta.get(SECONDS_SPENT, 0.0)
        seconds = request.meta.get("download_timeout") or self._timeout
        is_last = 0 < self._deadline <= spent + seconds
        if is_last:
            seconds = self._deadline - spent
        robots = self._crawler.get_downloader_middleware(RobotsTxtMiddleware)
        budget = self._crawler.get_downloader_middleware(BudgetMiddleware)

        def is_allowed(url: str) -> bool:
            parser = robots.known_parser(url) if robots else None
            return parser is None or parser.allowed(url, self._agent)

        def received(data: bytes) -> None:
            self._crawler.stats.inc_value("newscrawl/rendered/bytes", len(data))
            if budget is not None:
                budget.bytes_received(data, request)

        started = monotonic()
        try:
            return await self._renderer.render(
                response, seconds=max(seconds, 0.0), is_allowed=is_allowed, received=received
            )
        except DownloadTimeoutError:
            if is_last:
                raise DeadlineError(self._deadline) from None
            raise Refusal("timeout", f"not rendered within {seconds:g} seconds") from None
        finally:
            request.meta[SECONDS_SPENT] = spent + monotonic() - started


def _is_page(response: Response) -> bool:
    if not 200 <= response.status < 300 or not response.body:
        return False
    content_type = response.headers.get("Content-Type", b"") or b""
    stopped = "download_stopped" in response.flags
    return not stopped and document_kind(response.body, content_type.decode("latin-1")) == "html"


def _refresh(url: str) -> str:
    return f'<meta http-equiv="refresh" content="0; url={html.escape(url)}">'
