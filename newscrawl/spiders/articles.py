"""Read articles: a response becomes a record, an article of several pages one record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.discovery import Link, url_key
from newscrawl.discovery.order import PART_PRIORITY
from newscrawl.downloader.failures import LEASE, failure_reason
from newscrawl.downloader.responses import arrival, headers_of
from newscrawl.exceptions import NotAPageError
from newscrawl.extensions.no_memory import NoMemory
from newscrawl.extraction.record import (
    DEFAULTS,
    FetchedPage,
    ReadPage,
    RecordOptions,
    finish_record,
)
from newscrawl.items import ARTICLE_KINDS, Article, Reject
from newscrawl.site_list.site_spider import SiteSpider
from newscrawl.spiders.readers import Readers
from newscrawl.stats.site_stats import SITE, count
from newscrawl.text.dates import utc_timestamp

Item = Article | Reject
Output = Iterator[Request | Item]
AsyncOutput = AsyncIterator[Request | Item]

NOT_MODIFIED = 304
VALIDATORS = ("If-None-Match", "If-Modified-Since")
REFUSALS_OF_CONDITIONS = frozenset({400, 403, 412})
"""Statuses by which servers answer conditional requests that they do not understand."""

PLAIN = "newscrawl_plain"
"""Key of a request's meta: it was asked again without validators."""


class ArticleSpider(SiteSpider):
    """Reads the pages of articles and yields records; `NewsSpider` finds them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.memory = NoMemory()
        self.readers = Readers(0, 0)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of a crawler."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.engine_stopped, signals.engine_stopped)
        return spider

    def engine_stopped(self) -> None:
        """End the processes that read pages."""
        self.readers.close()

    async def read(self, response: Response, link: Link) -> ReadPage:
        """Return what a page says, with what its link said; raises NotAPageError."""
        hints = self.hints.pop(url_key(link.url), None)
        return await self.readers.read(fetched_page(response, hints))

    def first_part(self, response: Response, link: Link, read: ReadPage) -> Request | Item:
        """Return an article, or the request of its next page."""
        self.memory.expect(response, link, response.meta[SITE])
        visited = (*response.meta.get("redirect_urls", ()), response.url)
        return self._next_part((read.article,), read.next_url, visited, response)

    async def parse_part(
        self, response: Response, parts: tuple[Article, ...], visited: tuple[str, ...]
    ) -> AsyncOutput:
        """Read a further page of an article; yield the next one's request, or the whole."""
        fetched = fetched_page(response, visited=visited)
        try:
            read = await self.readers.read(fetched)
        except NotAPageError:
            yield self._whole(parts, response.meta[SITE], complete=False)
            return
        if read.article.kind not in ARTICLE_KINDS or not read.article.body:
            yield self._whole(parts, response.meta[SITE], complete=False)
            return
        yield self._next_part((*parts, read.article), read.next_url, fetched.visited, response)

    def part_failed(self, failure: Failure) -> Output:
        """Join what there is of an article whose next page cannot be had."""
        request: Request = failure.request  # type: ignore[attr-defined]
        if failure_reason(failure)[0] == LEASE:
            return
        yield self._whole(request.cb_kwargs["parts"], request.meta[SITE], complete=False)

    def _next_part(
        self, parts: tuple[Article, ...], url: str | None, visited: tuple[str, ...], of: Response
    ) -> Request | Item:
        """Return the request of an article's next page, or the whole article after its last."""
        site = of.meta[SITE]
        if url is None:
            return self._whole(parts, site)
        if len(parts) >= self.settings.getint("NEWSCRAWL_MAX_ARTICLE_PAGES"):
            return self._whole(parts, site, complete=len(parts) == 1)
        self.count("article_pages", site)
        return Request(
            url,
            callback=self.parse_part,
            errback=self.part_failed,
            dont_filter=True,
            priority=PART_PRIORITY,
            meta={SITE: site},
            cb_kwargs={"parts": parts, "visited": visited},
        )

    def _whole(self, parts: tuple[Article, ...], site: str, *, complete: bool = True) -> Item:
        if not complete:
            self.count("incomplete_articles", site)
        entry = self.entries[site]
        defaults = {name: getattr(entry, name) for name in DEFAULTS}
        return finish_record(parts, RecordOptions(defaults))

    def not_modified(self, response: Response, link: Link, site: str) -> Output:
        """Leave alone what has not changed; ask again, plainly, for what nobody has."""
        request: Request = response.request  # type: ignore[assignment]
        if known := self.memory.unchanged(link, site):
            self.count(f"skipped/{known}", site)
        elif again := plainly(request):
            yield again
        else:
            yield self.reject(response, link, "http_304", "not modified, says the server")

    def count(self, name: str, site: str, number: int = 1) -> None:
        """Count something for the run and for a site."""
        if number:
            count(self.crawler.stats, name, site, number)

    def reject(self, response: Response, link: Link, reason: str, detail: str) -> Reject:
        """Return the reject of a page that was fetched."""
        if link.target == "start":
            self.failed_targets[link.url] = (reason, detail)
        moment = utc_timestamp(arrival(response.meta))
        reject = Reject(url=response.url, reason=reason, detail=detail, fetched_at=moment)
        self.memory.expect_reject(reject, link, response.meta[SITE])
        return reject


def plainly(request: Request) -> Request | None:
    """Return a conditional request without its conditions; None if it was made so already."""
    if request.meta.get(PLAIN):
        return None
    again = request.replace(dont_filter=True, meta={**request.meta, PLAIN: True})
    for name in VALIDATORS:
        again.headers.pop(name, None)
    return again


def fetched_page(
    response: Response, hints: Mapping[str, str] | None = None, visited: tuple[str, ...] = ()
) -> FetchedPage:
    """Return what is to be read of a response that has just come."""
    asked = response.meta.get("redirect_urls", ())
    return FetchedPage(
        response.body, response.url, headers_of(response), arrival(response.meta), hints or {},
        (*visited, *asked, response.url),
    )  # fmt: skip
