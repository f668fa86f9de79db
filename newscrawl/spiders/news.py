"""The spider ``news``: articles from any mix of articles, sections, feeds, sitemaps and sites."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl import extract
from newscrawl.discovery import (
    MIN_LISTED,
    Link,
    announced_feeds,
    clean_url,
    document_kind,
    feed_links,
    is_front_page,
    is_listing,
    is_twin,
    listing_links,
    newest_first,
    news_first,
    site_of,
    sitemap_links,
    target_url,
    url_key,
    usual_places,
)
from newscrawl.errors import NotAPageError
from newscrawl.items import ARTICLE_KINDS, Article, Reject
from newscrawl.page import Page
from newscrawl.spiders.failures import failure_reason

Output = Iterator[Request | Article | Reject]

_PRIORITIES = {"feed": 20, "sitemap": 20, "section": 10, "article": 0}


class NewsSpider(Spider):
    """Crawls news: ``scrapy crawl news -a urls=https://example.org/ -O articles.jsonl``.

    Arguments: ``urls``, addresses with commas between, and ``urls_file``, a file with one a line
    (blank lines and lines that begin with ``#`` do not count). At least one address is needed.

    Each page that is fetched ends as an Article, as a Reject, as a listing (feed, sitemap,
    section) that was followed, or as a skip; the last two are counted in the stats under
    ``newscrawl/listings/KIND`` and ``newscrawl/skipped/REASON``.
    """

    name = "news"

    def __init__(self, urls: str | Iterable[str] = "", urls_file: str | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        listed = urls.split(",") if isinstance(urls, str) else list(urls)
        if urls_file:
            listed += read_urls(Path(urls_file))
        self.targets = list(dict.fromkeys(target_url(url) for url in listed if url.strip()))
        if not self.targets:
            raise ValueError("nothing to crawl: give -a urls=ADDRESS,... or -a urls_file=FILE")
        self.allowed_domains = list(dict.fromkeys(site_of(url) for url in self.targets))
        # Targets that could not be fetched or read, each with the reason: a word, a sentence.
        self.failed_targets: dict[str, tuple[str, str]] = {}
        self._hints: dict[str, dict[str, str]] = {}
        self._sitemaps: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of a crawler."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put the contact into the User-Agent, where the user set the one and not the other."""
        super().update_settings(settings)
        contact = settings.get("NEWSCRAWL_CONTACT")
        if contact and (settings.getpriority("USER_AGENT") or 0) <= SETTINGS_PRIORITIES["project"]:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests of the targets."""
        if not self.settings.get("NEWSCRAWL_CONTACT"):
            self.logger.warning(
                "NEWSCRAWL_CONTACT is not set: give an address where sites can reach you"
            )
        for url in self.targets:
            yield self._request(Link(url, "start"), anywhere=True)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the sitemaps that a robots.txt names; Scrapy has fetched it anyway."""
        parsed = getattr(robotparser, "rp", None)  # Protego's; other parsers do not tell
        self._sitemaps[_host_of(request.url)] = list(getattr(parsed, "sitemaps", ()))

    def parse(
        self,
        response: Response,
        link: Link,
        depth: int = 0,
        places: tuple[Link, ...] = (),
        discovered: bool = False,
    ) -> Output:
        """Follow what a response lists, or extract it.

        ``depth`` counts the sections on the way; ``places`` are the usual places still to be
        tried where this one is not what was hoped for; ``discovered`` says that the site
        announced this document and the user did not.
        """
        if link.target == "start":
            self._allow(response.url)
        content_type = _header(response, "Content-Type")
        stopped = "download_stopped" in response.flags
        kind = "other" if stopped else document_kind(response.body, content_type)
        if kind in ("feed", "sitemap"):
            yield from self._parse_listing(response, kind, link, depth, places, discovered)
        elif places or link.target in ("feed", "sitemap"):
            yield from self._skip(f"not_{link.target}", places)
        elif kind == "html":
            yield from self._parse_page(response, link, depth)
        else:
            yield self._reject(response, link, "not_html", f"Content-Type: {content_type}")

    def errback(self, failure: Failure) -> Output:
        """Turn a request that failed into a Reject, or into the next of the usual places."""
        request: Request = failure.request  # type: ignore[attr-defined]
        link: Link = request.cb_kwargs["link"]
        reason, detail = failure_reason(failure)
        if reason == "page_limit":
            yield from self._skip(reason)
            return
        if "places" in request.cb_kwargs:
            yield from self._skip("not_there", request.cb_kwargs["places"])
            return
        url = request.url
        if isinstance(failure.value, HttpError):
            url = failure.value.response.url
        if link.target == "start":
            self.failed_targets[link.url] = (reason, detail)
        yield Reject(url=url, reason=reason, detail=detail, fetched_at=_timestamp())

    def _parse_listing(
        self,
        response: Response,
        kind: str,
        link: Link,
        depth: int,
        places: tuple[Link, ...],
        discovered: bool,
    ) -> Output:
        read = feed_links if kind == "feed" else sitemap_links
        try:
            links: Iterable[Link] = read(
                response.body, response.url, _header(response, "Content-Type")
            )
            if discovered:
                links = self._newest(links)
            found = False
            for each in links:
                found = True
                yield from self._follow_listed(each, link, depth, discovered)
        except NotAPageError as error:
            yield self._reject(response, link, error.reason, error.detail)
            return
        if not found and places:
            yield from self._skip(f"not_{link.target}", places)
            return
        self._count(f"listings/{kind}")

    def _follow_listed(self, found: Link, source: Link, depth: int, discovered: bool) -> Output:
        # What the user names may list pages anywhere; what a site announces lists its own.
        anywhere = source.target == "start" or not discovered
        if found.target == "sitemap":
            if depth < self.settings.getint("NEWSCRAWL_SITEMAP_DEPTH"):
                yield self._request(
                    found, anywhere=anywhere, depth=depth + 1, discovered=discovered
                )
            else:
                self._count("skipped/depth")
            return
        if hints := found.hints():
            self._hints.setdefault(url_key(found.url), {}).update(hints)
        yield self._request(Link(found.url), anywhere=anywhere)

    def _newest(self, links: Iterable[Link]) -> list[Link]:
        """Return the newest links of a document that the site announced, up to the limits."""
        known = list(links)
        articles = newest_first(link for link in known if link.target == "article")
        sitemaps = news_first(link for link in known if link.target == "sitemap")
        kept = (
            articles[: self.settings.getint("NEWSCRAWL_ANNOUNCED_LINKS")]
            + sitemaps[: self.settings.getint("NEWSCRAWL_ANNOUNCED_SITEMAPS")]
        )
        self._count("skipped/older", len(known) - len(kept))
        return kept

    def _parse_page(self, response: Response, link: Link, depth: int) -> Output:
        try:
            if link.target == "article":
                yield from self._original(self._extract(response, link))
            else:
                yield from self._parse_start_or_section(response, link, depth)
        except NotAPageError as error:
            yield self._reject(response, link, error.reason, error.detail)

    def _parse_start_or_section(self, response: Response, link: Link, depth: int) -> Output:
        """Follow the links of a front or section page, or extract what is an article after all."""
        headers = _headers(response)
        page = Page(response.body, url=response.url, headers=headers)
        is_front = link.target == "start" and is_front_page(response.url)
        article = None if is_front or is_listing(page) else self._extract(response, link)
        requests = list(self._announced(page)) if is_front else []
        if article is None or _is_doubtful(article):
            requests += self._follow_page(page, depth)
        if article is None or len(requests) >= MIN_LISTED:
            self._count("listings/page")
            yield from requests
        else:
            yield from self._original(article)

    def _original(self, article: Article) -> Output:
        """Yield the article; in the place of an AMP or print page a request for what it copies."""
        original = article.canonical_url
        if (
            original
            and is_twin(article.url)
            and url_key(original) != url_key(article.url)
            and site_of(original) == site_of(article.url)
        ):
            self._count("skipped/duplicate")
            yield self._request(Link(original))
        else:
            yield article

    def _extract(self, response: Response, link: Link) -> Article:
        hints = self._hints.pop(url_key(link.url), None)
        return extract(
            response.body,
            url=response.url,
            content_type=_header(response, "Content-Type"),
            headers=_headers(response),
            fetched_at=datetime.now(UTC),
            hints=hints,
        )

    def _follow_page(self, page: Page, depth: int) -> Iterator[Request]:
        """Yield requests for the articles and sections that a page links to."""
        if "nofollow" in page.headers.get("x-robots-tag", "").lower():
            return
        for each in listing_links(page):
            if each.target == "article":
                yield self._request(each)
            elif depth < self.settings.getint("NEWSCRAWL_SECTION_DEPTH"):
                yield self._request(each, depth=depth + 1)

    def _announced(self, page: Page) -> Iterator[Request]:
        """Yield requests for a site's feeds and sitemaps, else for the first usual place."""
        feeds = list(announced_feeds(page))
        named = (clean_url(url, page.url) for url in self._sitemaps.get(_host_of(page.url), ()))
        sitemaps = news_first(Link(url, "sitemap") for url in named if url)
        for link in feeds + sitemaps[: self.settings.getint("NEWSCRAWL_ANNOUNCED_SITEMAPS")]:
            yield self._request(link, anywhere=True, discovered=True)
        if not feeds and not sitemaps:
            yield from self._try_next(usual_places(page.url))

    def _try_next(self, places: tuple[Link, ...]) -> Iterator[Request]:
        if places:
            yield self._request(places[0], discovered=True, places=places[1:])

    def _request(self, link: Link, *, anywhere: bool = False, **kwargs: Any) -> Request:
        """Return the request of a link; ``anywhere`` lets it leave the sites of the targets."""
        return Request(
            link.url,
            callback=self.parse,
            errback=self.errback,
            priority=_PRIORITIES.get(link.target, 0),
            meta={"allow_offsite": True} if anywhere else {},
            cb_kwargs={"link": link, **kwargs},
        )

    def _allow(self, url: str) -> None:
        """Let the crawl go on at the site that a target redirects to."""
        if (site := site_of(url)) not in self.allowed_domains:
            self.allowed_domains.append(site)

    def _skip(self, reason: str, places: tuple[Link, ...] = ()) -> Iterator[Request]:
        self._count(f"skipped/{reason}")
        yield from self._try_next(places)

    def _count(self, name: str, count: int = 1) -> None:
        if count:
            self.crawler.stats.inc_value(f"newscrawl/{name}", count)

    def _reject(self, response: Response, link: Link, reason: str, detail: str) -> Reject:
        if link.target == "start":
            self.failed_targets[link.url] = (reason, detail)
        return Reject(url=response.url, reason=reason, detail=detail, fetched_at=_timestamp())


def read_urls(path: Path) -> list[str]:
    """Return the addresses of a file, one a line, without blank lines and ``#`` comments.

    Raises OSError, or UnicodeDecodeError for what is not UTF-8.
    """
    lines = (line.strip() for line in path.read_text("utf-8-sig").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _is_doubtful(article: Article) -> bool:
    """Tell whether a page that may be a list of articles had better be read as one."""
    if article.kind not in ARTICLE_KINDS:
        return article.kind in ("index", "other")
    return not article.headline or not article.body


def _headers(response: Response) -> Mapping[str, str]:
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def _host_of(url: str) -> str:
    return url.split("/", 3)[2] if url.count("/") >= 2 else ""


def _timestamp() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
