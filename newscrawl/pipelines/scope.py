"""Keep a crawl to the articles that were asked for, and to so many of them."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.defer import deferred_from_coro

from newscrawl.discovery.scope import Scope
from newscrawl.items import Article
from newscrawl.site_list.site_spider import site_spider
from newscrawl.stats.site_stats import Dropped


class ScopePipeline:
    """Drops articles outside of the spider's scope, as ``newscrawl/skipped/out_of_scope``."""

    def __init__(self, crawler: Crawler, scope: Scope) -> None:
        self.crawler = crawler
        self.scope = scope

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured where all is asked for."""
        spider = site_spider(crawler)
        if spider is None or spider.scope == Scope():
            raise NotConfigured
        return cls(crawler, spider.scope)

    def process_item(self, item: Any) -> Any:
        """Raise Dropped for an Article that was not asked for."""
        if isinstance(item, Article) and not self.scope.admits(item):
            self.crawler.stats.inc_value("newscrawl/skipped/out_of_scope")
            raise Dropped("skipped/out_of_scope", f"Not asked for: {item.url}")
        return item


class ArticleLimitPipeline:
    """Ends the crawl after the spider's ``max_articles`` records; drops those that come then.

    They are counted as ``newscrawl/skipped/article_limit``, and come in the next run.
    """

    def __init__(self, crawler: Crawler, most: int) -> None:
        self.crawler = crawler
        self.most = most
        self.number = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured without a limit."""
        spider = site_spider(crawler)
        if spider is None or not spider.max_articles:
            raise NotConfigured
        return cls(crawler, spider.max_articles)

    def process_item(self, item: Any) -> Any:
        """Return an Article within the limit; raise Dropped for one beyond it."""
        if not isinstance(item, Article):
            return item
        self.number += 1
        if self.number > self.most:
            self.crawler.stats.inc_value("newscrawl/skipped/article_limit")
            raise Dropped("skipped/article_limit", f"Beyond the limit: {item.url}")
        if self.number == self.most:
            deferred_from_coro(self.crawler.engine.close_spider_async(reason="article_limit"))
        return item
