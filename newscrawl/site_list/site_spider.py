"""The interface between a spider that crawls sites and the components that serve it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from newscrawl.discovery.scope import Scope
from newscrawl.site_list.site_list import SiteEntry


class SharedRun(Protocol):
    """A run that several workers share."""

    token: str
    """Proof that this worker is in the run, for the state that all share."""

    worker: str
    """The name of this worker."""


class SiteSpider(Spider):
    """A spider whose requests belong to entries of a site list.

    Components take these attributes from the spider of a crawl, see `site_spider`; a spider of
    another class works without what needs them.
    """

    entries: dict[str, SiteEntry]
    """The sites of the crawl, by name."""

    hints: dict[str, dict[str, str]]
    """What feeds and sitemaps say of pages not yet fetched, by `url_key`."""

    failed_targets: dict[str, tuple[str, str]]
    """Start addresses that could not be fetched or read: the reason as a word and a sentence."""

    scope: Scope
    """The articles that were asked for."""

    max_articles: int = 0
    """Records after which the crawl ends; 0 for no limit."""

    frontier: SharedRun | None = None
    """The shared run; None for a run of one process."""

    all_started = True
    """Whether all start addresses have been handed to the scheduler."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.entries = {}
        self.hints = {}
        self.failed_targets = {}
        self.scope = Scope()

    def may_follow(self, request: Request) -> bool:  # noqa: ARG002
        """Return whether a request stays within the hosts of its site."""
        return True

    def request_context(self, request: Request) -> dict[str, Any] | None:  # noqa: ARG002
        """Return what another worker must know of a request and does not find in it."""
        return None

    def restore_context(self, request: Request, context: Mapping[str, Any]) -> None:
        """Take over what another worker knew of a request."""


def site_spider(crawler: Crawler) -> SiteSpider | None:
    """Return the spider of a crawl if it is a `SiteSpider`, else None."""
    return crawler.spider if isinstance(crawler.spider, SiteSpider) else None


def entries_of(crawler: Crawler) -> Mapping[str, SiteEntry]:
    """Return the sites of a crawl by name; none if its spider knows of none."""
    spider = site_spider(crawler)
    return spider.entries if spider is not None else {}
