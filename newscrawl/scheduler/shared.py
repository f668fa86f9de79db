"""Scrapy's scheduler, with its requests in the shared frontier until they are done."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from newscrawl.discovery import site_of
from newscrawl.downloader.scrapy_internals import ask_scheduler
from newscrawl.extensions.memory import Memory
from newscrawl.middlewares.limits import BudgetMiddleware
from newscrawl.records.output import DurableOutput
from newscrawl.scheduler.errors import FrontierError
from newscrawl.scheduler.fingerprints import leads_to_itself
from newscrawl.scheduler.frontier import Frontier, Tick, gone
from newscrawl.scheduler.hosts import Hosts
from newscrawl.scheduler.leases import Hand
from newscrawl.scheduler.serialising import from_text, to_text
from newscrawl.site_list.site_spider import SiteSpider

logger = logging.getLogger(__name__)

_TICK = 0.5
"""Seconds between two looks at the frontier."""

_AT_HAND = 50
"""Requests of a site that wait in this process."""

_SOONEST = 0.05  # seconds between two looks for more requests


class SharedScheduler(Scheduler):
    """Keeps requests in Redis, and the next ones of this worker's sites in Scrapy's own queue.

    A request is done once all that came of it is durable: what it led to is in the frontier, its
    record is synced in the output and remembered by the state. Until then it stays in Redis, and
    goes to another worker if this one ends or its lease runs out.

    The crawl ends when the run does, for all workers. A frontier that fails ends it at once, with
    ``newscrawl/frontier_error`` in the stats, and nothing is done any more.
    """

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Begin to take part in the run."""
        opened = super().open(spider)
        self._crawler: Crawler = spider.crawler
        self._stats = spider.crawler.stats
        if not isinstance(spider, SiteSpider) or not isinstance(spider.frontier, Frontier):
            raise FrontierError("only a spider with a shared frontier can take part in a run")
        self.site_spider: SiteSpider = spider
        self.frontier = spider.frontier
        self.hosts = Hosts(self._crawler, self.frontier)
        self.hand = Hand()
        self.held: set[str] = set()
        self.finished = self.broken = False
        self._lease_ends = 0.0
        self._last_fill = 0.0
        self._reported = (0, 0)
        self._crawler.signals.connect(self.spider_opened, signals.spider_opened)
        self._leaving: set[str] = set()
        self._ticking = create_looping_call(self.tick)
        self._tick()
        return opened

    def spider_opened(self) -> None:
        """Begin to look at the frontier; what the output has synced, and the state knows, is done.

        The output is open by now, and calls the memory first.
        """
        if (output := self._crawler.get_item_pipeline(DurableOutput)) is not None:
            output.after_sync(self.synced)
        self._ticking.start(_TICK, now=False)

    def close(self, reason: str) -> Deferred[None] | None:
        """Leave what is not done to others."""
        if self._ticking.running:
            self._ticking.stop()
        if not self.finished:
            try:
                self.hosts.save()
                self.frontier.leave()
            except FrontierError as error:
                logger.warning("Not left in order, others wait for the lease to end: %s", error)
        self.frontier.close()
        return super().close(reason)

    def has_pending_requests(self) -> bool:
        """Return whether the run goes on, here or elsewhere."""
        return not (self.finished or self.broken)

    def enqueue_request(self, request: Request) -> bool:
        """Put a request into the frontier; return False for one that was asked for before."""
        if self.broken or self.finished:
            return True  # what led to it is never done, and comes again with it
        filtered = not request.dont_filter and not leads_to_itself(request)
        context = self._context(request)
        text = to_text(request, self.spider, context)
        site = site_of(request.url)
        try:
            said, number = self.frontier.add(
                site, request.priority, text, self._fingerprint(request) if filtered else ""
            )
            if not said:
                self.df.log(request, self.spider)
                return False
            self._count("scheduler/enqueued")
            is_here = said > 1 and site in self.held and site not in self._leaving
            if is_here and self.hand.waiting(site) < _AT_HAND:
                self._take(site, number, request, context)
        except FrontierError as error:
            self._fail(error)
        return True

    def next_request(self) -> Request | None:
        """Return the next request of the sites of this worker."""
        if self.broken or self.finished:
            return None
        request = self._next_at_hand()
        if request is None and monotonic() - self._last_fill > _SOONEST:
            self._try(self._fill)
            request = self._next_at_hand()
        return request

    def may_ask(self, request: Request) -> bool:
        """Return whether this worker still has the site of a request that is about to be sent."""
        if self.broken or not self.hand.has(request):
            return not self.hand.is_ours(request)
        if site_of(request.url) in self.held and monotonic() < self._lease_ends:
            return True
        self.hand.drop(request)  # it is still in Redis
        return False

    def synced(self, lengths: Mapping[str, int]) -> None:  # noqa: ARG002 - of the output
        """Take out of the frontier what has been durable since the output was synced."""
        memory = self._crawler.get_extension(Memory)
        output = self._crawler.get_item_pipeline(DurableOutput)
        if self.broken or (memory and memory.broken) or (output and output.failed):
            return
        slot = self._crawler.engine._slot
        if finished := self.hand.finished(slot.inprogress if slot is not None else ()):
            self._try(lambda: self.frontier.done(finished))

    def tick(self) -> None:
        """Renew the lease, take and leave sites, and see to it that there is something at hand."""
        if not (self.broken or self.finished):
            self._try(self._tick)
            ask_scheduler(self._crawler.engine)

    def _tick(self) -> None:
        began = monotonic()
        budget = self._crawler.get_downloader_middleware(BudgetMiddleware)
        pages, size = budget.spent_in_run if budget else (0, 0)
        new_pages, new_size = pages - self._reported[0], size - self._reported[1]
        said = self.frontier.tick(
            starting=not self.site_spider.all_started, status=self._status(),
            pages=new_pages, bytes_=new_size,
        )  # fmt: skip
        if said.word == "gone":
            raise FrontierError(gone(self.frontier.shown))
        if said.word == "finished":
            self.finished = True
            return
        if budget is not None:
            budget.set_spent_in_run(said.pages, said.bytes)
        self._reported = said.pages, said.bytes
        self.hosts.ahead = said.seconds - monotonic()
        if said.lost:
            logger.warning("The lease had run out: others go on with what was at hand")
            self._count("newscrawl/frontier/leases_lost")
            self._forget(list(self.held))
        self._lease_ends = began + self.frontier.lease
        self.held.update(said.taken)
        self._fill()
        self._share(said)
        self.hosts.save()

    def _share(self, said: Tick) -> None:
        """Leave sites to a worker that has fewer, and those that have nothing more to do."""
        idle = {site for site in self.held if not self.hand.has_any(site)}
        surplus = max(0, (len(self.held) - said.fewest) // 2 - len(idle))
        busy = self.held - idle

        def cost(site: str) -> tuple[bool, int]:
            return site not in self._leaving, self.hand.under_way(site)

        # What is under way there comes to its end first.
        self._leaving = set(sorted(busy, key=cost)[:surplus])
        for site in self._leaving:
            self.hand.put_back(site)
        if idle:
            self.hosts.save()
            self._forget(idle)
            self.frontier.let_go(idle)

    def _fill(self) -> None:
        self._last_fill = monotonic()
        wanted = {
            site: self.hand.size(site) + _AT_HAND - waiting
            for site in self.held - self._leaving
            if (waiting := self.hand.waiting(site)) < _AT_HAND // 2
        }
        found: list[tuple[str, str]] = []
        for site, numbers in self.frontier.next(wanted).items():
            found += [(site, number) for number in numbers if not self.hand.knows(site, number)]
        texts = self.frontier.requests([number for _, number in found])
        for site, number in found:
            if number in texts:
                request, context = from_text(texts[number], self.spider)
                self._take(site, number, request, context)

    def _take(self, site: str, number: str, request: Request, context: Any) -> None:
        self.hosts.adopt(urlparse_cached(request).hostname or "")
        if context:
            self.site_spider.restore_context(request, context)
        self.hand.take(site, number, request)
        self.mqs.push(request)

    def _next_at_hand(self) -> Request | None:
        while (request := self.mqs.pop()) is not None:
            if self.hand.start(request):
                self._count("scheduler/dequeued")
                return request
        return None

    def _forget(self, sites: Iterable[str]) -> None:
        for site in sites:
            self.held.discard(site)
            self.hand.forget(site)
        self.hosts.forget(sites)

    def _context(self, request: Request) -> Any:
        return self.site_spider.request_context(request)

    def _fingerprint(self, request: Request) -> str:
        fingerprinter = self._crawler.request_fingerprinter
        return str(fingerprinter.fingerprint(request).hex()) if fingerprinter is not None else ""

    def _status(self) -> str:
        get = self._stats.get_value
        return json.dumps({
            "sites": len(self.held), "at_hand": self.hand.total,
            "pages": get("newscrawl/pages", 0), "articles": get("newscrawl/articles", 0),
        })  # fmt: skip

    def _count(self, name: str) -> None:
        self._stats.inc_value(name)

    def _try(self, action: Any) -> None:
        try:
            action()
        except FrontierError as error:
            self._fail(error)

    def _fail(self, error: FrontierError) -> None:
        if self.broken:
            return
        self.broken = True
        self._stats.set_value("newscrawl/frontier_error", str(error))
        logger.error("The frontier cannot be used: %s", error)
        engine = self._crawler.engine
        deferred_from_coro(engine.close_spider_async(reason="frontier_error"))
