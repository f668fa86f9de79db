"""A response read as an article: its record, and where the article goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from scrapy.http import Response

from newscrawl.extraction.article import Extraction
from newscrawl.extraction.pagination.next_page import next_page
from newscrawl.items import ARTICLE_KINDS, Article
from newscrawl.page.page import Page
from newscrawl.spiders.responses import headers_of

FETCHED_AT = "newscrawl_fetched_at"
"""Key of a request's meta: when the answer arrived, an aware datetime, where that was noted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is to be read: all that an extraction needs of a response, and nothing of Scrapy."""

    body: bytes
    url: str
    headers: Mapping[str, str]
    fetched_at: datetime | None
    hints: Mapping[str, str]
    visited: tuple[str, ...]
    """Addresses of the article's pages so far, this one's own and those that led to it too."""


class ReadPage(NamedTuple):
    """What was read."""

    article: Article
    next_url: str | None
    """The article's next page, or all of it on one page."""


def reading_of(
    response: Response, hints: Mapping[str, str] | None = None, visited: tuple[str, ...] = ()
) -> Reading:
    """Return what is to be read of a response that has just come."""
    asked = response.meta.get("redirect_urls", ())
    arrived = response.meta.get(FETCHED_AT) or datetime.now(UTC)
    return Reading(
        response.body, response.url, headers_of(response), arrived, hints or {},
        (*visited, *asked, response.url),
    )  # fmt: skip


def read(reading: Reading) -> ReadPage:
    """Return a page's record and the address of the article's next page.

    Raises NotAPageError for what can hold no article.
    """
    page = Page(
        reading.body, url=reading.url, headers=reading.headers, fetched_at=reading.fetched_at
    )
    article = Extraction(page, reading.hints).record()
    is_article = article.kind in ARTICLE_KINDS
    return ReadPage(article, next_page(page, reading.visited) if is_article else None)
