"""Scrapy item pipelines: normalise, validate, drop duplicates, set rejects apart.

What passes them all is an Article that fits its schema; Scrapy's feed exports write it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from newscrawl.acceptance import reject_for
from newscrawl.dates import normalise_date
from newscrawl.discovery import site_of, url_key
from newscrawl.feeds import end_crawl
from newscrawl.items import Article, Image, Reject
from newscrawl.text import clean_line, clean_text, content_hash

_LINES = (
    "headline", "caption", "description", "credit", "date_raw", "section", "language",
    "publisher", "canonical_url",
)  # fmt: skip
_ISO_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?"
)


class NormalisePipeline:
    """Gives every text one form, every date ISO 8601, and the record its content hash."""

    def process_item(self, item: Any) -> Any:
        """Return an Article with every field in its normal form, other items as they are."""
        if not isinstance(item, Article):
            return item
        for name in _LINES:
            setattr(item, name, _clean(getattr(item, name), clean_line))
        item.body = _clean(item.body, clean_text)
        item.authors = _clean_all(item.authors)
        item.tags = _clean_all(item.tags)
        item.images = [_clean_image(image) for image in item.images]
        if item.date and not _ISO_DATE.fullmatch(item.date):
            item.date_raw = item.date_raw or item.date
            item.date = normalise_date(item.date, language=item.language)
        if item.date_modified and not _ISO_DATE.fullmatch(item.date_modified):
            item.date_modified = normalise_date(item.date_modified, language=item.language)
        item.content_hash = content_hash(item.headline, item.body, item.caption)
        return item


class ValidatePipeline:
    """Makes a Reject of an Article that is no article, lacks headline or body, or is invalid."""

    def process_item(self, item: Any) -> Any:
        """Return a Reject in the place of an Article that is no record."""
        if isinstance(item, Article) and (reject := reject_for(item)):
            return reject
        return item


class DuplicatesPipeline:
    """Lets an article through once a run, whatever addresses it was found under.

    Two records are one article if they have the same address, or the same canonical address and
    the same headline. The rest is counted as ``newscrawl/skipped/duplicate``.
    """

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats
        self.seen: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Raise DropItem for an article that has been here."""
        if not isinstance(item, Article):
            return item
        headline = (item.headline or "").casefold()
        canonical = item.canonical_url
        if canonical is None or site_of(canonical) != site_of(item.url):
            canonical = item.url
        # Some sites call their front page, or one address, the canonical one of all pages.
        identities = {
            (url_key(item.url), ""),
            (url_key(canonical, fold_twins=True), headline),
        }
        if identities & self.seen:
            self.stats.inc_value("newscrawl/skipped/duplicate")
            raise DropItem(f"Duplicate of {canonical}: {item.url}", log_level="DEBUG")
        self.seen |= identities
        return item


class RejectsPipeline:
    """Appends rejects to the file of NEWSCRAWL_REJECTS, a JSON object a line, and drops them.

    Each is counted as ``newscrawl/rejects/REASON``. A file that cannot be written ends the crawl.
    """

    def __init__(self, path: Path | None, crawler: Crawler) -> None:
        self.path = path
        self.crawler = crawler
        self.file: IO[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        name = crawler.settings.get("NEWSCRAWL_REJECTS")
        pipeline = cls(Path(name) if name else None, crawler)
        crawler.signals.connect(pipeline.item_error, signals.item_error)
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Write and drop a Reject."""
        if not isinstance(item, Reject):
            return item
        self._set_apart(item)
        raise DropItem(f"Rejected, {item.reason}: {item.url}", log_level="DEBUG")

    def item_error(self, item: Any, failure: Failure) -> None:
        """Keep trace of an Article that an error in a pipeline lost."""
        if isinstance(item, Article):
            detail = f"{type(failure.value).__name__}: {failure.value}"[:500]
            self._set_apart(Reject(item.url, "internal", detail, fetched_at=item.fetched_at))

    def close_spider(self) -> None:
        """Close the file."""
        if self.file is not None:
            self.file.close()

    def _set_apart(self, reject: Reject) -> None:
        self.crawler.stats.inc_value(f"newscrawl/rejects/{reject.reason}")
        try:
            self._write(reject)
        except OSError as error:
            end_crawl(self.crawler, error)

    def _write(self, reject: Reject) -> None:
        if self.path is None:
            return
        if self.file is None:
            self.file = self.path.open("a", encoding="utf-8", errors="replace")
        self.file.write(json.dumps(reject.to_dict(), ensure_ascii=False) + "\n")
        self.file.flush()


def _clean(text: str | None, cleaner: Callable[[str], str]) -> str | None:
    return (cleaner(text) or None) if text is not None else None


def _clean_all(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(cleaned for text in texts if (cleaned := clean_line(text))))


def _clean_image(image: Image) -> Image:
    return Image(
        url=clean_line(image.url),
        caption=_clean(image.caption, clean_line),
        credit=_clean(image.credit, clean_line),
        alt=_clean(image.alt, clean_line),
    )
