"""A crawl's answers go into WARC files, too, so that its pages can be extracted again."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.settings import BaseSettings

from newscrawl.discovery import url_key
from newscrawl.downloader.responses import FETCHED_AT
from newscrawl.exporters import end_crawl, report_output_error
from newscrawl.extraction.record import DEFAULTS, USUAL
from newscrawl.middlewares.host_rights import host_rights
from newscrawl.site_list.site_spider import site_spider
from newscrawl.stats.site_stats import SITE

if TYPE_CHECKING:  # the extra "archive"
    from newscrawl.archive.notes import Note
    from newscrawl.archive.writing import WarcOutput

_SECRET = frozenset({b"Authorization", b"Cookie", b"Proxy-Authorization"})


class WarcMiddleware:
    """Writes every answer of a crawl to the WARC files of NEWSCRAWL_WARC, with its request.

    It stands next to the downloader, so bodies are as they came, before they are decompressed;
    of the request, headers that may hold a secret are left out. A thread packs and writes, and a
    page goes on to the spider once it is in the file. A file that cannot be written ends the
    crawl.

    Counted as ``newscrawl/warc/responses``, ``bytes``, ``files`` and ``repaired``; as
    ``newscrawl/warc/left_out`` answers that were stopped half-way, a PDF for instance.
    """

    def __init__(self, crawler: Crawler, output: WarcOutput, run: str) -> None:
        self.crawler = crawler
        self.output = output
        self.run = run
        self._failed = False
        self._unusual = _unusual_settings(crawler.settings)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="warc")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler.

        Raises NotConfigured without NEWSCRAWL_WARC, OutputError where it cannot be opened.
        """
        settings = crawler.settings
        if not settings.get("NEWSCRAWL_WARC"):
            raise NotConfigured
        from newscrawl.archive.writing import WarcOutput

        run = str(uuid.uuid4())
        info = {
            "software": settings["USER_AGENT"].partition(" ")[0],
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/"
            "warc-format/warc-1.1/",
            "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            "isPartOf": run,
        }
        if contact := settings.get("NEWSCRAWL_CONTACT"):
            info["operator"] = contact
        output = WarcOutput(
            Path(settings["NEWSCRAWL_WARC"]), settings.getint("NEWSCRAWL_WARC_SIZE"), info
        )
        middleware = cls(crawler, output, run)
        crawler.signals.connect(middleware.engine_stopped, signals.engine_stopped)
        crawler.stats.inc_value("newscrawl/warc/repaired", output.repaired)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Write an answer and hand it on as it is."""
        if "download_stopped" in response.flags or "cached" in response.flags:
            self.crawler.stats.inc_value("newscrawl/warc/left_out")
            return response
        arrived = request.meta[FETCHED_AT] = datetime.now(UTC)
        if self._failed:
            return response
        note = await self._note(request, response)
        from newscrawl.archive.writing import Exchange

        exchange = Exchange(
            url=request.url,
            method=request.method,
            request_headers=list(_pairs(request.headers)),
            status=response.status,
            protocol=response.protocol or "HTTP/1.1",
            headers=list(_pairs(response.headers)),
            body=response.body,
            arrived=arrived,
            address=str(response.ip_address) if response.ip_address is not None else None,
            note=note,
        )
        loop = asyncio.get_running_loop()
        try:
            size = await loop.run_in_executor(self._thread, self.output.write, exchange)
        except OSError as error:
            self._failed = True
            end_crawl(self.crawler, error)
            return response
        self.crawler.stats.inc_value("newscrawl/warc/responses")
        self.crawler.stats.inc_value("newscrawl/warc/bytes", size)
        return response

    def engine_stopped(self) -> None:
        """Write what is left and close the file."""
        self._thread.shutdown(wait=True)
        self.crawler.stats.set_value("newscrawl/warc/files", self.output.files)
        try:
            self.output.close()
        except OSError as error:
            report_output_error(self.crawler, error)

    async def _note(self, request: Request, response: Response) -> Note:
        """Return what this crawl knows of a page that the page does not say."""
        if not 200 <= response.status < 300:
            return {}
        note: Note = {"run": self.run, "target": "file"}
        if request.callback is NO_CALLBACK:
            return note
        link, spider = request.cb_kwargs.get("link"), site_spider(self.crawler)
        note["target"] = link.target if link is not None else "article"
        if asked := request.meta.get("redirect_urls"):
            note["asked"] = list(asked)
        if visited := request.cb_kwargs.get("visited"):
            note["visited"] = list(visited)
        hints = spider.hints.get(url_key(link.url)) if spider and link is not None else None
        if hints:
            note["hints"] = dict(hints)
        entry = spider.entries.get(request.meta.get(SITE, "")) if spider else None
        stated = {name: getattr(entry, name, None) for name in DEFAULTS}
        if defaults := {name: value for name, value in stated.items() if value}:
            note["defaults"] = defaults
        if entry is not None and entry.allowed_hosts and note["target"] in ("start", "section"):
            note["hosts"] = list(entry.allowed_hosts)
        note |= self._unusual
        is_page = b"html" in (response.headers.get("Content-Type") or b"").lower()
        if is_page and (rights := await host_rights(self.crawler, request.url)):
            note["rights"] = rights
        return note


def _unusual_settings(settings: BaseSettings) -> Note:
    """Return what of a note is the same for all pages: settings that are not the defaults."""
    note: Note = {}
    refreshes = settings.getbool("METAREFRESH_ENABLED")
    delay = settings.getint("METAREFRESH_MAXDELAY") if refreshes else 0
    if delay != USUAL.refresh_delay:
        note["refresh_delay"] = delay
    if (pages := settings.getint("NEWSCRAWL_MAX_ARTICLE_PAGES")) != USUAL.most_pages:
        note["most_pages"] = pages
    if withhold := settings.getlist("NEWSCRAWL_WITHHOLD_BODY"):
        note["withhold"] = withhold
    return note


def _pairs(headers: Headers) -> Iterator[tuple[str, str]]:
    for name, values in headers.items():
        if name not in _SECRET:
            for value in values:
                yield name.decode("latin-1"), value.decode("latin-1")
