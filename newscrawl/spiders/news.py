"""The spider ``news``: articles from any mix of articles, sections, feeds, sitemaps and sites."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.discovery import (
    Link,
    announced_feeds,
    clean_url,
    document_kind,
    is_front_page,
    is_list,
    is_within,
    links_instead,
    listing_links,
    newest_first,
    original_of,
    priority_of,
    read_feed,
    read_sitemap,
    site_of,
    sitemaps_newest_first,
    target_url,
    url_key,
    usual_places,
)
from newscrawl.discovery.scope import parse_scope
from newscrawl.downloader.failures import LEASE, LIMITS, failure_reason
from newscrawl.downloader.responses import arrival, header_of, headers_of, host_of
from newscrawl.exceptions import NotAPageError
from newscrawl.extensions.memory import Memory
from newscrawl.extensions.no_memory import NoMemory
from newscrawl.extraction.record import ReadPage
from newscrawl.items import Reject
from newscrawl.page.page import Page
from newscrawl.rendering.browser import apply_browser_settings
from newscrawl.site_list.site_list import SiteEntry, read_site_list
from newscrawl.spiders.articles import (
    NOT_MODIFIED,
    REFUSALS_OF_CONDITIONS,
    VALIDATORS,
    AsyncOutput,
    Output,
    plainly,
)
from newscrawl.spiders.readers import Readers
from newscrawl.spiders.sharing import SharedRunSpider, join_frontier
from newscrawl.spiders.starts import (
    apply_contact,
    apply_site_settings,
    interleaved,
    read_urls,
    sites_by_name,
)
from newscrawl.stats.run_summary import DAMAGED_LISTINGS, MAX_DAMAGED_LISTINGS
from newscrawl.stats.site_stats import SITE
from newscrawl.text.dates import utc_timestamp


class NewsSpider(SharedRunSpider):
    """Crawls news: ``scrapy crawl news -a urls=https://example.org/ -O articles.jsonl``.

    Arguments: ``urls``, addresses with commas between, and ``urls_file``, a file with one a line
    (blank lines and lines that begin with ``#`` do not count); ``sites``, the path of a site list,
    and ``only``, names of it with commas between. At least one address is needed. ``since``,
    ``until``, ``match``, ``exclude`` and ``language`` say which articles are asked for, see
    `newscrawl.discovery.scope.parse_scope`; the crawl ends after ``max_articles`` records. With
    ``only_pages`` the targets are articles, and nothing that they link to is followed.

    A request's meta ``newscrawl_site`` names the site that it belongs to: an entry of the site
    list, or the registrable domain of a target. Each keeps to its own hosts.

    Each page that is fetched ends as an Article, as a Reject, as a listing (feed, sitemap,
    section) that was followed, or as a skip; the last two are counted in the stats under
    ``newscrawl/listings/KIND`` and ``newscrawl/skipped/REASON``.
    """

    name = "news"

    def __init__(  # noqa: PLR0913 - the arguments of the spider
        self,
        urls: str | Iterable[str] = "",
        urls_file: str | None = None,
        sites: str | None = None,
        only: str | Iterable[str] = "",
        entries: Iterable[SiteEntry] = (),
        *,
        since: str = "",
        until: str = "",
        match: str | Sequence[str] = (),
        exclude: str | Sequence[str] = (),
        language: str | Iterable[str] = (),
        max_articles: int | str = 0,
        only_pages: bool = False,
        **kwargs: Any,
    ) -> None:
        """Read the targets; ``entries`` are those of a site list that has been read already.

        Raises ValueError for what is no address, and for a scope that cannot be read.
        """
        super().__init__(**kwargs)
        listed = _listed(urls)
        if urls_file:
            listed += read_urls(Path(urls_file))
        self.scope = parse_scope(
            since=since,
            until=until,
            match=(match,) if isinstance(match, str) and match else tuple(match),
            exclude=(exclude,) if isinstance(exclude, str) and exclude else tuple(exclude),
            language=_listed(language),
            now=time.time(),
        )
        self.max_articles = int(max_articles)
        self.only_pages = only_pages
        self.contact = ""
        chosen = list(entries)
        if sites:
            site_list = read_site_list(Path(sites))
            self.contact = site_list.contact
            chosen += site_list.chosen(_listed(only))
        self.entries = sites_by_name(chosen, map(target_url, listed))
        if not self.entries:
            raise ValueError(
                "nothing to crawl: give -a urls=ADDRESS,... or -a urls_file=FILE or -a sites=FILE"
            )
        self.domains = {name: set(entry.domains) for name, entry in self.entries.items()}
        self._sitemaps: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of a crawler, with the settings that its sites ask for."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        apply_contact(spider.contact, crawler.settings)
        apply_site_settings(spider.entries.values(), crawler.settings)
        apply_browser_settings(spider.entries.values(), crawler.settings)
        spider.frontier = join_frontier(crawler.settings, spider.entries.values())
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests of the targets."""
        if not self.settings.get("NEWSCRAWL_CONTACT"):
            self.logger.warning(
                "NEWSCRAWL_CONTACT is not set: give an address where sites can reach you"
            )
        self.readers = Readers(
            self.settings.getint("NEWSCRAWL_READERS"), self.settings.getint("NEWSCRAWL_READ_ALONE")
        )
        self.memory = self.crawler.get_extension(Memory) or NoMemory()
        for entry, url in interleaved(self.entries.values()):
            link = Link(url, "article" if self.only_pages else "start")
            if entry.every is None or self.memory.is_due(link, entry.every):
                yield self._request(link, entry.name, anywhere=True)
            else:
                self.count("skipped/not_due", entry.name)
        for entry in self.entries.values():
            for link in self.memory.due_links(entry.name):
                is_page = link.target == "article"
                if link.url not in entry.start and (is_page or self._is_due(link, entry.name)):
                    yield self._request_again(link, entry)
        self.all_started = True

    def _is_due(self, listing: Link, site: str) -> bool:
        """Return whether to look at a listing that the user did not name."""
        pause = self.entries[site].every
        if pause is not None and not self.memory.is_due(listing, pause):
            return False
        return self.memory.is_due(listing)

    def may_follow(self, request: Request) -> bool:
        """Return whether a request is within the hosts of its site."""
        host = urlsplit(request.url).hostname or ""
        domains = self.domains.get(request.meta.get(SITE, ""))
        if domains is None:
            return any(is_within(host, domains) for domains in self.domains.values())
        return is_within(host, domains)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the sitemaps that a robots.txt names; Scrapy has fetched it anyway."""
        if isinstance(robotparser, ProtegoRobotParser):  # other parsers do not tell
            self._sitemaps[host_of(request.url)] = list(robotparser.rp.sitemaps)

    async def parse(
        self,
        response: Response,
        link: Link,
        depth: int = 0,
        places: tuple[Link, ...] = (),
        discovered: bool = False,
    ) -> AsyncOutput:
        """Follow what a response lists, or extract it.

        ``depth`` counts the sections on the way; ``places`` are the usual places still to be
        tried where this one is not what was hoped for; ``discovered`` says that the site
        announced this document and the user did not.
        """
        site = response.meta[SITE]
        if response.status == NOT_MODIFIED:
            for each in self.not_modified(response, link, site):
                yield each
            return
        if link.target == "start":
            # The crawl may go on at the site that a target redirects to.
            self.domains[site].add(site_of(response.url))
        content_type = header_of(response, "Content-Type")
        stopped = "download_stopped" in response.flags
        kind = "other" if stopped else document_kind(response.body, content_type)
        if kind in ("feed", "sitemap") and not self.only_pages:
            for each in self._parse_listing(response, kind, link, depth, places, discovered):
                yield each
        elif places or link.target in ("feed", "sitemap"):
            for each in self._skip(f"not_{link.target}", site, places):
                yield each
        elif kind == "html":
            async for each in self._parse_page(response, link, depth):
                yield each
        else:
            yield self.reject(response, link, "not_html", f"Content-Type: {content_type}")

    def errback(self, failure: Failure) -> Output:
        """Turn a request that failed into a Reject, or into the next of the usual places."""
        request: Request = failure.request  # type: ignore[attr-defined]
        link: Link = request.cb_kwargs["link"]
        reason, detail = failure_reason(failure)
        if reason == LEASE:
            return
        if _refuses_conditions(failure, request) and (again := plainly(request)):
            yield again
            return
        if reason in LIMITS:
            self.memory.failed(link, request.meta[SITE], reason)
            yield from self._skip(reason, request.meta[SITE])
            return
        if "places" in request.cb_kwargs:
            self.memory.failed(link, request.meta[SITE], reason)
            yield from self._skip("not_there", request.meta[SITE], request.cb_kwargs["places"])
            return
        url = request.url
        if isinstance(failure.value, HttpError):
            url = failure.value.response.url
        if link.target == "start":
            self.failed_targets[link.url] = (reason, detail)
        moment = utc_timestamp(arrival(request.meta))
        reject = Reject(url=url, reason=reason, detail=detail, fetched_at=moment)
        self.memory.expect_reject(reject, link, request.meta[SITE])
        yield reject

    def _parse_listing(
        self,
        response: Response,
        kind: str,
        link: Link,
        depth: int,
        places: tuple[Link, ...],
        discovered: bool,
    ) -> Output:
        site = response.meta[SITE]
        read = read_feed if kind == "feed" else read_sitemap
        try:
            listing = read(response.body, response.url, header_of(response, "Content-Type"))
        except NotAPageError as error:
            yield self.reject(response, link, error.reason, error.detail)
            return
        links = listing.links
        if not links and places:
            yield from self._skip(f"not_{link.target}", site, places)
            return
        links = self._newest(links, site, limited=discovered)
        # What the user names may list pages anywhere; what a site announces lists its own.
        anywhere = link.target == "start" or not discovered
        articles = [each for each in links if each.target == "article"]
        for place, each in enumerate(self._wanted(articles, site)):
            if hints := each.hints():
                self.hints.setdefault(url_key(each.url), {}).update(hints)
            yield self._request(each, site, place, anywhere=anywhere)
        if depth < self.settings.getint("NEWSCRAWL_SITEMAP_DEPTH"):
            for each in links:
                if each.target == "sitemap" and self._is_due(each, site):
                    yield self._request(
                        each, site, anywhere=anywhere, depth=depth + 1, discovered=discovered
                    )
        else:
            self.count("skipped/depth", site, len(links) - len(articles))
        self.memory.read_listing(response, link, site, kind, links, whole=not listing.damage)
        self.count(f"listings/{kind}", site)
        if listing.damage:
            self._note_damage(response.url, listing.damage)

    def _note_damage(self, url: str, damage: str) -> None:
        """Name a listing that was read in part in the log and, if there are few, in the summary."""
        self.logger.warning("%s is damaged: %s; it is read again in the next run", url, damage)
        noted = self.crawler.stats.get_value(DAMAGED_LISTINGS, {})
        if len(noted) < MAX_DAMAGED_LISTINGS:
            self.crawler.stats.set_value(DAMAGED_LISTINGS, {**noted, url: damage})
        self.crawler.stats.inc_value("newscrawl/damaged")

    def _wanted(self, articles: Sequence[Link], site: str) -> list[Link]:
        """Return those of the articles that a listing names that are not known from before."""
        self.count("links", site, len(articles))
        admitted = [link for link in articles if self.scope.admits_link(link)]
        self.count("skipped/out_of_scope", site, len(articles) - len(admitted))
        return self.memory.wanted(admitted, site)

    def _newest(self, links: Sequence[Link], site: str, *, limited: bool) -> list[Link]:
        """Return a document's links, the newest first.

        ``limited`` is for a document that the site announced: no more than the settings allow.
        """
        articles = newest_first(link for link in links if link.target == "article")
        sitemaps = sitemaps_newest_first(link for link in links if link.target == "sitemap")
        if not limited:
            return articles + sitemaps
        kept = (
            articles[: self.settings.getint("NEWSCRAWL_ANNOUNCED_LINKS")]
            + sitemaps[: self.settings.getint("NEWSCRAWL_ANNOUNCED_SITEMAPS")]
        )
        self.count("skipped/older", site, len(links) - len(kept))
        return kept

    async def _parse_page(self, response: Response, link: Link, depth: int) -> AsyncOutput:
        try:
            if link.target == "article":
                found = self._original(response, link, await self.read(response, link))
            else:
                found = await self._parse_start_or_section(response, link, depth)
        except NotAPageError as error:
            found = iter([self.reject(response, link, error.reason, error.detail)])
        for each in found:
            yield each

    async def _parse_start_or_section(self, response: Response, link: Link, depth: int) -> Output:
        """Follow the links of a front or section page, or extract what is an article after all."""
        site, headers = response.meta[SITE], headers_of(response)
        page = Page(response.body, url=response.url, headers=headers)
        hosts = self.entries[site].allowed_hosts
        if is_list(page, link.target):
            links = listing_links(page, hosts)
        else:
            read = await self.read(response, link)
            links = links_instead(read.article, page, link.target, hosts)
            if not links:
                return self._original(response, link, read)
        is_front = link.target == "start" and is_front_page(response.url)
        announced = list(self._announced(page, site)) if is_front else []
        return self._follow_listing(response, link, links, announced, depth)

    def _follow_listing(
        self,
        response: Response,
        link: Link,
        links: Sequence[Link],
        announced: Sequence[Request],
        depth: int,
    ) -> Output:
        site = response.meta[SITE]
        yield from announced
        yield from self._follow_page(links, site, depth)
        self.memory.read_listing(response, link, site, "page", links)
        self.count("listings/page", site)

    def _original(self, response: Response, link: Link, read: ReadPage) -> Output:
        """Yield the article; in the place of an AMP or print page a request for what it copies."""
        site = response.meta[SITE]
        if original := original_of(read.article):
            self.count("skipped/duplicate", site)
            self.memory.failed(link, site, "duplicate")
            yield self._request(Link(original), site)
        else:
            yield self.first_part(response, link, read)

    def _follow_page(self, links: Sequence[Link], site: str, depth: int) -> Iterator[Request]:
        """Yield requests for the articles and sections that a page links to."""
        articles = [each for each in links if each.target == "article"]
        for place, each in enumerate(self._wanted(articles, site)):
            yield self._request(each, site, place)
        if depth < self._section_depth(self.entries[site]):
            for each in links:
                if each.target != "article" and self._is_due(each, site):
                    yield self._request(each, site, depth=depth + 1)

    def _section_depth(self, entry: SiteEntry) -> int:
        if entry.section_depth is not None:
            return entry.section_depth
        return self.settings.getint("NEWSCRAWL_SECTION_DEPTH")

    def _announced(self, page: Page, site: str) -> Iterator[Request]:
        """Yield requests for a site's feeds and sitemaps, else for the first usual place."""
        feeds = list(announced_feeds(page))
        named = (clean_url(url, page.url) for url in self._sitemaps.get(host_of(page.url), ()))
        sitemaps = sitemaps_newest_first(Link(url, "sitemap") for url in named if url)
        for link in feeds + sitemaps[: self.settings.getint("NEWSCRAWL_ANNOUNCED_SITEMAPS")]:
            if self._is_due(link, site):
                yield self._request(link, site, anywhere=True, discovered=True)
        if not feeds and not sitemaps:
            yield from self._try_next(site, usual_places(page.url))

    def _try_next(self, site: str, places: tuple[Link, ...]) -> Iterator[Request]:
        if places:
            yield self._request(places[0], site, discovered=True, places=places[1:])

    def _request(
        self, link: Link, site: str, place: int = 0, *, anywhere: bool = False, **kwargs: Any
    ) -> Request:
        """Return a site's request of a link.

        ``place`` is the position in the listing that names it; ``anywhere`` lets the request
        leave the site's hosts.
        """
        priority = priority_of(link, place, time.time())
        if link.target == "article":
            link = Link(link.url)  # the hints are kept apart
        return Request(
            link.url,
            callback=self.parse,
            errback=self.errback,
            priority=priority,
            headers=dict(self.memory.validators(link)),
            meta={
                SITE: site,
                "handle_httpstatus_list": [NOT_MODIFIED],
                **({"allow_offsite": True} if anywhere else {}),
            },
            cb_kwargs={"link": link, **kwargs},
        )

    def _request_again(self, link: Link, entry: SiteEntry) -> Request:
        """Return the request of a page or listing that an earlier run found."""
        if link.target == "article":
            return self._request(link, entry.name)
        depth = self._section_depth(entry)
        listing = {"discovered": True} if link.target != "section" else {"depth": depth}
        return self._request(link, entry.name, anywhere=True, **listing)

    def _skip(self, reason: str, site: str, places: tuple[Link, ...] = ()) -> Iterator[Request]:
        self.count(f"skipped/{reason}", site)
        yield from self._try_next(site, places)


def _listed(names: str | Iterable[str]) -> list[str]:
    """Return what a spider argument lists: text with commas between, or names already apart."""
    parts = names.split(",") if isinstance(names, str) else names
    return [part.strip() for part in parts if part.strip()]


def _refuses_conditions(failure: Failure, request: Request) -> bool:
    """Return whether a server may have refused the conditions of a request, not the request."""
    return (
        isinstance(failure.value, HttpError)
        and failure.value.response.status in REFUSALS_OF_CONDITIONS
        and any(name in request.headers for name in VALIDATORS)
    )
