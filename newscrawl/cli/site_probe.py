"""A look at a site: what it announces, and a trial of its articles, by a small real crawl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.cli.crawl_run import run_spider
from newscrawl.discovery import (
    Link,
    document_kind,
    is_front_page,
    read_feed,
    read_sitemap,
    url_key,
)
from newscrawl.downloader.responses import header_of
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.record import extract_page
from newscrawl.items import Article
from newscrawl.spiders.articles import AsyncOutput, fetched_page
from newscrawl.spiders.news import NewsSpider

TRIAL = 5
"""Articles to extract."""

_SETTINGS: dict[str, Any] = {
    "NEWSCRAWL_MAX_PAGES": 40,
    "NEWSCRAWL_SECTION_DEPTH": 0,
    "NEWSCRAWL_SITEMAP_DEPTH": 2,
    "NEWSCRAWL_ANNOUNCED_SITEMAPS": 3,
    "NEWSCRAWL_ANNOUNCED_LINKS": 2 * TRIAL,
    "NEWSCRAWL_REJECTS": "",
    "NEWSCRAWL_OUTPUT": "",
    "CLOSESPIDER_ITEMCOUNT": TRIAL,
}
"""Small, whatever the site: the newest of what it announces, and no more pages than a reader."""

_MAX_STARTS = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed, a sitemap or a page that lists articles."""

    url: str
    kind: Literal["feed", "news sitemap", "sitemap", "sitemap index", "page"]
    links: int | None = None
    """What it lists: articles; of an index, sitemaps; None for a page, whose links vary."""


@dataclass(slots=True)
class SiteFindings:
    """Findings about a site."""

    url: str
    """The address that was looked at, after redirects."""

    name: str = ""
    language: str | None = None
    listings: list[Listing] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    rejects: dict[str, int] = field(default_factory=dict)
    """Pages that gave no record, by reason."""

    problem: str | None = None
    """Why the address could not be read; None where it could."""

    @property
    def start(self) -> list[Listing]:
        """Start addresses for a crawl: the feeds and news sitemaps of a site, else the page."""
        given = Listing(self.url, "page")
        if not is_front_page(self.url):
            known = [each for each in self.listings if url_key(each.url) == url_key(self.url)]
            return known or [given]
        found = [each for each in self.listings if each.kind in ("feed", "news sitemap")]
        return found[:_MAX_STARTS] or [given]

    @property
    def others(self) -> list[Listing]:
        """Listings found beside the start addresses."""
        chosen = {url_key(each.url) for each in self.start}
        page = [Listing(self.url, "page")]
        return [each for each in [*page, *self.listings] if url_key(each.url) not in chosen]


def probe_site(url: str, settings: Mapping[str, Any]) -> SiteFindings:
    """Look at a site with a few dozen requests, as politely as any crawl; once a process.

    ``url`` is a web address, ``settings`` win over the project's and over those of a small crawl.
    """
    crawler = run_spider(_ProbeSpider, {**_SETTINGS, **settings}, urls=[url])
    spider = crawler.spider
    assert isinstance(spider, _ProbeSpider)  # noqa: S101 - the one that has just run
    findings = spider.findings
    for _, detail in spider.failed_targets.values():
        findings.problem = detail
    prefix = "newscrawl/rejects/"
    stats = crawler.stats.get_stats()
    findings.rejects = {
        name.removeprefix(prefix): n for name, n in stats.items() if name.startswith(prefix)
    }
    _name_site(findings, spider.front)
    return findings


class _ProbeSpider(NewsSpider):
    """The spider itself, which notes the listings and articles that it meets."""

    name = "probe"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        (entry,) = self.entries.values()
        self.findings = SiteFindings(entry.start[0])
        self.front: Article | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.item_scraped, signals.item_scraped)
        return spider

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Article) and len(self.findings.articles) < TRIAL:
            self.findings.articles.append(item)

    async def parse(  # type: ignore[override]
        self, response: Response, link: Link, **arguments: Any
    ) -> AsyncOutput:
        content_type = header_of(response, "Content-Type")
        kind = document_kind(response.body, content_type)
        if link.target == "start":
            self.findings.url = response.url
            if kind == "html":
                self.front = _front_page(response)
        if kind in ("feed", "sitemap"):
            self._note(response, kind, content_type)
        async for each in super().parse(response, link, **arguments):
            yield each

    def _note(self, response: Response, kind: str, content_type: str | None) -> None:
        read = read_feed if kind == "feed" else read_sitemap
        try:
            links = read(response.body, response.url, content_type).links
        except NotAPageError:
            return
        if links:
            self.findings.listings.append(_listing(response.url, kind, links))


def _listing(url: str, kind: str, links: list[Link]) -> Listing:
    if kind == "feed":
        return Listing(url, "feed", len(links))
    if any(link.target == "sitemap" for link in links):
        return Listing(url, "sitemap index", len(links))
    is_news = any(link.headline or link.date for link in links)
    return Listing(url, "news sitemap" if is_news else "sitemap", len(links))


def _front_page(response: Response) -> Article | None:
    try:
        return extract_page(fetched_page(response))
    except NotAPageError:
        return None


def _name_site(findings: SiteFindings, front: Article | None) -> None:
    """Fill in name and language, as most of the articles have them, else as the page does."""
    pages = [*findings.articles, *([front] if front else [])]
    host = (urlsplit(findings.url).hostname or "").removeprefix("www.")
    findings.name = _commonest(page.publisher for page in pages) or host
    findings.language = _commonest(page.language for page in pages)


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None
