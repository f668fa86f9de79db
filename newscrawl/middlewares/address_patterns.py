"""Traps: calendars without end, paths that repeat themselves, links that grow."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.downloader.failures import Refusal
from newscrawl.items import ARTICLE_KINDS, Article, Reject
from newscrawl.stats.site_stats import count, site_of_request

MAX_STEPS = 40
"""Steps of a path; no news site has a quarter as many."""

MAX_REPEATS = 2
"""So often may a step, or a run of steps, follow upon itself."""

MAX_PATTERNS = 10_000
"""Patterns that are remembered at a time."""

_DIGITS = re.compile(r"\d+")
_SLUG_LENGTH = 24
_CHECKED = frozenset({"article", "section"})


def address_pattern(url: str) -> str:
    """Return what an address has in common with others made by the same rule.

    Digits, and steps as long as a headline, count for nothing; of the query the names count.

    >>> address_pattern("https://example.org/2024/05/06/a-very-long-slug-of-a-story?id=7")
    'example.org/0/0/0/*?id'
    """
    parts = urlsplit(url)
    steps = (
        "*" if len(step) >= _SLUG_LENGTH else _DIGITS.sub("0", step)
        for step in parts.path.split("/")
    )
    names = sorted({_DIGITS.sub("0", name) for name, _ in parse_qsl(parts.query, True)})
    query = f"?{'&'.join(names)}" if names else ""
    return f"{parts.netloc}{'/'.join(steps)}{query}"


def repeats_itself(url: str) -> bool:
    """Return whether a path goes on and on: one run of steps three times over, or 40 steps.

    A run of digits alone may be a date.

    >>> repeats_itself("https://example.org/a/b/a/b/a/b/"), repeats_itself("https://e.org/1/1/1/1")
    (True, False)
    """
    steps = [step for step in urlsplit(url).path.split("/") if step]
    if len(steps) > MAX_STEPS:
        return True
    for length in range(1, len(steps) // (MAX_REPEATS + 1) + 1):
        for start in range(len(steps) - length * (MAX_REPEATS + 1) + 1):
            run = steps[start : start + length]
            if all(step.isdigit() for step in run):
                continue
            end = start + length * (MAX_REPEATS + 1)
            if steps[start:end] == run * (MAX_REPEATS + 1):
                return True
    return False


class PatternLimitMiddleware:
    """Stops asking for addresses of a kind that has led to no article for too long.

    When NEWSCRAWL_PATTERN_LIMIT pages of one pattern (see `address_pattern`) have come in a row
    without an article, and where a path repeats itself, no more are asked for: counted as
    ``newscrawl/skipped/pattern_limit``. A section counts as it comes, any other page once it has
    been read, since many may wait for that. What the user names is always asked for, feeds and
    sitemaps have limits of their own.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats
        self._limit = crawler.settings.getint("NEWSCRAWL_PATTERN_LIMIT")
        self._fruitless: OrderedDict[str, int] = OrderedDict()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(middleware.item_scraped, signals.item_scraped)
        crawler.signals.connect(middleware.item_dropped, signals.item_dropped)
        return middleware

    def request_scheduled(self, request: Request) -> None:
        """Keep a request out of the queue; raises IgnoreRequest."""
        if self._is_trap(request):
            count(self.stats, "skipped/pattern_limit", site_of_request(request))
            raise IgnoreRequest("pattern limit")

    def process_request(self, request: Request) -> None:
        """Refuse what was queued before its pattern was known; raises Refusal."""
        if self._is_trap(request):
            raise Refusal("pattern_limit", "too many addresses of this pattern led to no article")

    def process_response(self, request: Request, response: Response) -> Response:
        """Count a section; return the response."""
        if _target(request) == "section" and response.status != 304:
            self._count(request)
        return response

    def item_scraped(self, item: Any, response: Response | None) -> None:
        """Begin to count anew for the pattern that led to a record."""
        if isinstance(item, Article):
            self._has_borne_fruit(item, response)

    def item_dropped(self, item: Any, response: Response | Failure | None) -> None:
        """Count a page that became a reject; begin anew for an article that is known already."""
        is_article = isinstance(item, Article) and item.kind in ARTICLE_KINDS
        if is_article and item.headline and item.body:
            self._has_borne_fruit(item, response)
        elif isinstance(item, (Article, Reject)):
            request = _answered_request(response)
            if request is not None and _target(request) == "article":
                self._count(request)

    def _count(self, request: Request) -> None:
        pattern = address_pattern(request.url)
        self._fruitless[pattern] = self._fruitless.get(pattern, 0) + 1
        self._fruitless.move_to_end(pattern)
        if len(self._fruitless) > MAX_PATTERNS:
            self._fruitless.popitem(last=False)

    def _has_borne_fruit(self, item: Article, response: Response | Failure | None) -> None:
        # An article of several pages has the address of its first and comes with its last.
        for url in (item.url, response.url if isinstance(response, Response) else item.url):
            self._fruitless.pop(address_pattern(url), None)

    def _is_trap(self, request: Request) -> bool:
        if not _is_checked(request):
            return False
        if repeats_itself(request.url):
            return True
        return 0 < self._limit <= self._fruitless.get(address_pattern(request.url), 0)


def _is_checked(request: Request) -> bool:
    return request.callback is not NO_CALLBACK and _target(request) in _CHECKED


def _target(request: Request) -> str:
    link = request.cb_kwargs.get("link")
    return str(link.target) if link is not None else "article"


def _answered_request(response: Response | Failure | None) -> Request | None:
    """Return the request of an answer, of one with an error's status too."""
    if isinstance(response, Failure):
        response = response.value.response if isinstance(response.value, HttpError) else None
    return response.request if response is not None else None
