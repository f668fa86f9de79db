"""The memory of scheduled crawls as a Scrapy extension: it owns the state of a run."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from newscrawl.discovery import Link, url_key
from newscrawl.extensions.no_memory import NoMemory
from newscrawl.extensions.origin import Origin, validators_of
from newscrawl.extensions.validators import HeldValidators
from newscrawl.extraction.identity import identities_of
from newscrawl.extraction.near_duplicates import SAME, Signature, bands, signature, similarity
from newscrawl.items import Article, Reject
from newscrawl.records.output import DurableOutput, Record
from newscrawl.site_list.site_spider import site_spider
from newscrawl.state import (
    Bounds,
    ListingMemory,
    PageMemory,
    State,
    StateError,
    is_passing,
    next_check,
    published_at,
)
from newscrawl.state.interval import next_due
from newscrawl.stats.site_stats import Dropped, count, site_of_request

logger = logging.getLogger(__name__)

_MOST_DUE = 1_000
"""Pages of a site that a run looks at again; those that are due longest come first."""
_BATCH = 500


class Memory(NoMemory):
    """Keeps the state of NEWSCRAWL_STATE for a run: asked by the spider, told by the pipelines.

    A page counts as seen when its record is durable: `written` notes it as the record goes to the
    output, and the output commits the state once it has synced. Without an output of ours
    (Scrapy's own feed exports) the state is committed every second.

    Raises StateError where the state cannot be used; what then goes wrong later ends the crawl,
    with ``newscrawl/state_error`` in the stats.
    """

    def __init__(self, crawler: Crawler, where: Path | str, token: str | None = None) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.state = State(where, token=token)
        self.bounds = Bounds(
            settings.getfloat("NEWSCRAWL_LISTING_SHORTEST"),
            settings.getfloat("NEWSCRAWL_LISTING_LONGEST"),
        )
        self.broken = False
        self._origins: dict[str, Origin] = {}
        self._held = HeldValidators()
        self._output: DurableOutput | None = None
        self._signatures: dict[str, Signature] = {}
        self._ticking: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured where there is no state."""
        name = crawler.settings.get("NEWSCRAWL_STATE")
        if not name:
            raise NotConfigured
        spider = site_spider(crawler)
        shared = spider.frontier if spider is not None else None
        memory = cls(crawler, name, shared.token if shared is not None else None)
        for receiver, signal in (
            (memory.request_dropped, signals.request_dropped),
            (memory.item_dropped, signals.item_dropped),
            (memory.item_error, signals.item_error),
        ):
            crawler.signals.connect(receiver, signal)
        return memory

    def attach(self, output: DurableOutput | None) -> None:
        """Let the output say what is durable; without one the clock does."""
        self._output = output
        if output is None:
            self._ticking = create_looping_call(self.commit)
            self._ticking.start(1.0, now=False)
            return
        output.adopt(self.state.output_length, self.adopt)
        output.after_write(self.written)
        output.after_sync(self.commit)

    # What the spider asks.

    def due_links(self, site: str) -> list[Link]:
        """Return a site's listings and pages that are due, the listings first."""
        due = [Link(known.url, _target(known.kind)) for known in self._due_listings(site)]
        return due + [Link(page.url) for page in self.state.due_pages(site, _MOST_DUE)]

    def is_due(self, listing: Link, pause: float | None = None) -> bool:
        """Return whether to look at a listing now.

        ``pause`` is the least time between two looks, in seconds, less a tenth; see `next_due`.
        """
        known = self.state.listing(url_key(listing.url))
        if known is None:
            return True
        if pause is not None:
            now = self.state.now()
            return now < known.last_seen or next_due(pause, known.last_seen) <= now
        return known.is_due(self.state.now())

    def wanted(self, links: Iterable[Link], site: str) -> list[Link]:
        """Return the articles that are not known, or due; all of them are remembered as found."""
        kept: list[Link] = []
        for batch in _batches(links, _BATCH):
            keys = [url_key(link.url) for link in batch]
            known = self.state.pages(keys)
            now = self.state.now()
            for key, link in zip(keys, batch, strict=True):
                page = known.get(key)
                if page is None:
                    self.state.remember_page(key, url=link.url, site=site, outcome="found")
                if page is None or page.is_due(now) or page.outcome == "found":
                    kept.append(link)
                else:
                    count(self.crawler.stats, "skipped/known", site)
        return kept

    def validators(self, link: Link) -> Mapping[str, str]:
        """Return If-None-Match and If-Modified-Since for what was received before."""
        key = url_key(link.url)
        known: ListingMemory | PageMemory | None = self.state.listing(key)
        known = known or self.state.pages([key]).get(key)
        if known is None:
            return {}
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in headers.items() if value}

    def _due_listings(self, site: str) -> list[ListingMemory]:
        now = self.state.now()
        return [known for known in self.state.listings(site) if known.is_due(now)]

    # What the spider tells.

    def expect(self, response: Response, link: Link, site: str) -> None:
        """Take note of where the item of a response's address comes from."""
        self._origins[response.url] = Origin.of(response, link, site)

    def origin(self, url: str) -> Origin | None:
        """Return where the item of a response's address comes from, if it is expected."""
        return self._origins.get(url)

    def set_origin(self, url: str, origin: Origin) -> None:
        """Expect an item as another worker does."""
        self._origins[url] = origin

    def expect_reject(self, reject: Reject, link: Link, site: str) -> None:
        """Take note of where a reject comes from; it counts once it has been written."""
        if link.target == "article":
            self._origins[reject.url] = Origin((link.url,), site)
        elif is_passing(reject.reason):
            self._held.left_out(site)

    def failed(self, link: Link, site: str, reason: str) -> None:
        """Take note of a page that gave neither a record nor a reject."""
        if link.target == "article":
            self._remember(Origin((link.url,), site), reason)
        elif is_passing(reason):
            self._held.left_out(site)

    def unchanged(self, link: Link, site: str) -> str:
        """Take note of a 304 for a listing or page that is known."""
        key = url_key(link.url)
        if listing := self.state.listing(key):
            self.state.remember_listing(
                key, url=link.url, site=site, kind=listing.kind, changed=False, bounds=self.bounds
            )
            return "not_modified"
        page = self.state.pages([key]).get(key)
        if page is None or page.article_id is None:
            return ""
        self._remember(Origin((link.url,), site), "unchanged")
        return "unchanged"

    def read_listing(
        self,
        response: Response,
        link: Link,
        site: str,
        kind: str,
        links: Iterable[Link],
        *,
        whole: bool = True,
    ) -> None:
        """Take note of a listing, and whether it lists anything else than before.

        Of a listing that could not be read whole no validators are kept, so that the next run
        gets it again.
        """
        digest = hashlib.blake2b(digest_size=16)
        names_others = link.target == "start" and kind == "page"
        for each in links:
            names_others = names_others or each.target != "article"
            digest.update(f"{each.url} {each.modified or each.date or ''}\n".encode())
        listed, key = digest.hexdigest(), url_key(link.url)
        known = self.state.listing(key)
        etag, last_modified = validators_of(response) if whole else (None, None)
        if names_others and whole:
            self._held.hold(key, site, etag, last_modified)
            etag = last_modified = None
        self.state.remember_listing(
            key, url=link.url, site=site, kind=kind, etag=etag, last_modified=last_modified,
            content_hash=listed, changed=known is None or known.content_hash != listed,
            bounds=self.bounds,
        )  # fmt: skip

    # What the pipelines ask and tell.

    def revise(self, article: Article) -> None:
        """Give an article its revision and cluster; raises Dropped for one that says nothing new.

        It is known if its address, or its canonical address with its headline, is. Then another
        content hash makes it a revision, but not under an address that is new: that is a twin.
        """
        if self.broken:
            raise DropItem(f"Not written, the state failed: {article.url}", log_level="DEBUG")
        origin = self._origin(article.url, article.url)
        identities = identities_of(article)
        self.state.claim(identities)
        known = self.state.articles(identities)
        if not known:
            article.cluster = self._cluster(article)
            return
        first = known[0]
        same_page = any(found.id == first.id for found in self.state.articles(identities[:1]))
        if same_page and first.content_hash != article.content_hash:
            article.revision = first.revision + 1
            article.cluster = first.cluster or self._cluster(article)
            return
        self._origins.pop(article.url, None)
        self._remember(origin, article.kind, article, first.id, again=same_page)
        own = url_key(article.url) == origin.key
        what = "unchanged" if own and same_page else "duplicate"
        self.crawler.stats.inc_value(f"newscrawl/skipped/{what}")
        raise Dropped(f"skipped/{what}", f"{what.capitalize()} of {first.url}: {article.url}")

    def rejected(self, reject: Reject) -> None:
        """Take note of an article that became a reject on its way."""
        origin = self._origins.pop(reject.url, None)
        if origin is not None:
            self._remember(origin, reject.reason)

    def written(self, article: Article) -> None:
        """Take note of a record that went to the output."""
        origin = self._origins.pop(article.url, None) or self._origin(article.url, article.url)
        if article.revision > 1:
            count(self.crawler.stats, "revised", origin.site)
        mark = self._signatures.pop(article.url, None) or signature(article.body or "")
        number = self.state.remember_article(
            identities=identities_of(article), url=article.url, site=origin.site,
            content_hash=article.content_hash or "", revision=article.revision,
            published=published_at(article.date), cluster=article.cluster,
            signature=mark, bands=bands(mark),
        )  # fmt: skip
        self._remember(origin, article.kind, article, number, changed=article.revision > 1)

    def adopt(self, records: Iterator[Record]) -> None:
        """Take note of the records that a killed run wrote and could not remember."""
        adopted = 0
        for record in records:
            article = _article(record)
            known = self.state.articles(identities_of(article))
            if not known or known[0].revision < article.revision:
                pages = self.state.pages([url_key(article.url)])
                site = next((page.site for page in pages.values()), "")
                self._origins[article.url] = self._origin(article.url, article.url, site)
                self.written(article)
                adopted += 1
        if adopted:
            self.crawler.stats.inc_value("newscrawl/output/adopted", adopted)
            logger.info("%d records of a run that was cut off are remembered", adopted)

    def commit(self, outputs: Mapping[str, int] | None = None) -> None:
        """Make what is remembered durable, after the output is."""
        if self.broken:
            return
        try:
            self.state.commit(outputs)
        except StateError as error:
            self.fail(error)

    def fail(self, error: StateError) -> None:
        """End the crawl because the state cannot be read or written."""
        if self.broken:
            return
        self.broken = True
        self.crawler.stats.set_value("newscrawl/state_error", str(error))
        logger.error("The state cannot be written: %s", error)
        if self.state.shared and self._output is not None:
            # What was not committed may be another worker's by now: it must not count.
            self._output.failed = True
        deferred_from_coro(self.crawler.engine.close_spider_async(reason="state_error"))

    def finish(self, reason: str) -> None:
        """Take note of how the run ended, before its summary is remembered.

        What is not durable in the output is forgotten. Raises StateError.
        """
        if self._output is not None and self._output.failed:
            self.state.forget()
        elif reason == "finished" and not self.state.shared:
            # What other workers left out is not known here.
            self._held.release(self.state)

    def close(self) -> None:
        """Commit and let go of the state."""
        if self._ticking is not None and self._ticking.running:
            self._ticking.stop()
        self.state.close()

    # What Scrapy tells.

    def request_dropped(self, request: Request) -> None:
        """Take note of a page that redirects to one that is known."""
        if request.meta.get("redirect_times"):
            self._duplicate(request, site_of_request(request) or "")

    def item_dropped(self, item: Any, exception: Exception) -> None:
        """Take note of a page that repeats another one of this run."""
        self._signatures.pop(getattr(item, "url", ""), None)
        if not isinstance(exception, Dropped):
            return
        origin = self._origins.pop(getattr(item, "url", ""), None)
        reason = exception.count.removeprefix("skipped/")
        if origin is not None and reason in ("duplicate", "out_of_scope"):
            self._remember(origin, reason)

    def item_error(self, failure: Failure) -> None:
        """End the crawl where the state failed under an item."""
        if isinstance(failure.value, StateError):
            self.fail(failure.value)

    def _duplicate(self, request: Request, site: str) -> None:
        for url in request.meta.get("redirect_urls", ()):
            self._remember(Origin((url,), site), "duplicate")

    def _origin(self, response_url: str, url: str, site: str = "") -> Origin:
        return self._origins.get(response_url) or Origin((url,), site)

    def _remember(
        self,
        origin: Origin,
        outcome: str,
        article: Article | None = None,
        number: int | None = None,
        *,
        changed: bool = False,
        again: bool = True,
    ) -> None:
        """Remember a page and when to look at it again, and the pages that led to it.

        Of the addresses of an article only its own is looked at again, of a page that gave none
        the one that was asked for.
        """
        now = self.state.now()
        own = url_key(article.url) if article is not None else origin.key
        page = self.state.pages([own]).get(own)
        kind = page.outcome if page is not None and outcome == "unchanged" else outcome
        published, last_changed = self._times(article, page)
        due = None
        if again and outcome != "duplicate":
            due = next_check(
                kind, now=now, first_seen=page.first_seen if page else now, published=published,
                last_changed=last_changed, changed=changed,
                failures=(page.failures if page else 0) + 1,
            )  # fmt: skip
        for url in origin.urls if article is not None else origin.urls[:1]:
            key = url_key(url)
            self.state.remember_page(
                key, url=url, site=origin.site, outcome=outcome,
                etag=origin.etag, last_modified=origin.last_modified, article_id=number,
                next_check=due if key == own else None,
            )  # fmt: skip

    def _times(
        self, article: Article | None, page: PageMemory | None
    ) -> tuple[float | None, float | None]:
        """Return when an article was published, and when it last changed."""
        number = page.article_id if page is not None else None
        known = self.state.articles(ids=[number]) if number is not None else []
        last_changed = known[0].last_written if known else None
        if article is not None:
            return published_at(article.date), last_changed
        return (known[0].published if known else None), last_changed

    def _cluster(self, article: Article) -> str | None:
        """Return the cluster of an earlier article with the same text at another site."""
        # Kept until it is written: making one costs as much as all else here.
        mark = self._signatures[article.url] = signature(article.body or "")
        site = self._origin(article.url, article.url).site
        best, found = SAME, None
        for other in self.state.similar(bands(mark)) if mark else ():
            likeness = similarity(mark, Signature(other.signature))
            if likeness >= best and other.site != site:
                best, found = likeness, other
        return (found.cluster or found.content_hash) if found is not None else None


def _target(kind: str) -> Any:
    return kind if kind in ("feed", "sitemap") else "section"


def _article(record: Record) -> Article:
    """Return what the memory needs of a record that was read back."""
    return Article(
        url=record["url"], date=record.get("date"), kind=record.get("kind", "article"),
        canonical_url=record.get("canonical_url"), content_hash=record.get("content_hash"),
        revision=record.get("revision", 1), cluster=record.get("cluster"),
        headline=record.get("headline"), body=record.get("body"),
    )  # fmt: skip


def _batches(links: Iterable[Link], size: int) -> Iterator[list[Link]]:
    batch: list[Link] = []
    for link in links:
        batch.append(link)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
