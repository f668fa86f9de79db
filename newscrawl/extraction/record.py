"""From the bytes of a page to its record: the one way, whoever asks.

The steps, always in this order: `read_page` extracts what the page says; `finish_record` joins the
pages of an article, fills in the defaults of its site, normalises every field, and decides whether
that is a record; `add_rights` adds what the host reserves and leaves out a body that is to be
withheld. `make_record` takes all of them for a page at hand. A crawl takes them one by one, since
the pages of an article and the rights of a host come over the network in between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from newscrawl import settings
from newscrawl.extraction.acceptance import reject_for
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.dump import extract_text
from newscrawl.extraction.joining import join_pages
from newscrawl.extraction.normalise import normalise
from newscrawl.extraction.pagination.next_page import next_page
from newscrawl.extraction.rights import add_host_rights, withhold_body
from newscrawl.items import ARTICLE_KINDS, Article, Reject
from newscrawl.page.decoding import decode
from newscrawl.page.page import Page

DEFAULTS = ("language", "section", "publisher")
"""Fields that a site's entry may fill where the page says nothing."""


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page to be read, with all that is known of it and it does not say itself."""

    body: bytes | str
    """As it was served, without content codings; or its text."""

    url: str = ""
    """After redirects."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the response, names in lower case."""

    fetched_at: datetime | None = None
    """An aware datetime: relative dates count from it, and no date is later."""

    hints: Mapping[str, str] = field(default_factory=dict)
    """``headline`` and ``date`` that a feed or sitemap gave."""

    visited: tuple[str, ...] = ()
    """Addresses of the article's pages so far, this one's and those that led to it among them."""

    stored_at: str = ""
    """Address of the file that it was saved in: stands in for one that is not known."""

    is_text: bool = False
    """Whether it is a plain-text dump of a page, not HTML."""


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What shapes a record beside its page. The defaults are those of every command."""

    defaults: Mapping[str, str | None] = field(default_factory=dict)
    """Values of DEFAULTS, from the site's entry in the site list."""

    host_rights: Mapping[str, Any] = field(default_factory=dict)
    """What robots.txt and tdmrep.json reserve, in the form of a record's ``rights``."""

    withhold: Sequence[str] = tuple(settings.NEWSCRAWL_WITHHOLD_BODY)
    """Reservations for which a body is left out, of `newscrawl.extraction.rights.WITHHELD_FOR`."""

    refresh_delay: float = settings.METAREFRESH_MAXDELAY
    """Seconds: a page that refreshes to another address sooner only sends its reader on."""

    most_pages: int = settings.NEWSCRAWL_MAX_ARTICLE_PAGES
    """Pages of one article that are joined."""


USUAL = RecordOptions()


class ReadPage(NamedTuple):
    """The record that a page gives, and where the article goes on."""

    article: Article
    next_url: str | None
    """The article's next page; None where all of it stands on this one."""


def parse_page(fetched: FetchedPage) -> Page:
    """Return the parsed page. Raises NotAPageError: ``empty``, ``binary``, ``too_large``."""
    return Page(
        fetched.body, url=fetched.url, headers=fetched.headers, fetched_at=fetched.fetched_at
    )


def read_page(fetched: FetchedPage) -> ReadPage:
    """Return what a page says, and where its article goes on.

    Raises NotAPageError as `parse_page` does.
    """
    page = None if fetched.is_text else parse_page(fetched)
    article = _read(fetched, page)
    if page is None or article.kind not in ARTICLE_KINDS:
        return ReadPage(article, None)
    return ReadPage(article, next_page(page, fetched.visited))


def _read(fetched: FetchedPage, page: Page | None) -> Article:
    """Return what a page says; ``page`` is None for a dump."""
    if page is not None:
        article = Extraction(page, fetched.hints).record()
    else:
        text = decode(fetched.body)[1] if isinstance(fetched.body, bytes) else fetched.body
        article = extract_text(text, url=fetched.url, fetched_at=fetched.fetched_at)
    article.url = article.url or fetched.stored_at
    return article


def finish_record(parts: Sequence[Article], options: RecordOptions = USUAL) -> Article | Reject:
    """Return the record of an article whose pages, in order, say this; or why it is none.

    See `newscrawl.extraction.acceptance.reject_for` for the reasons. An article of one page is
    changed in place.
    """
    article = join_pages(parts) if len(parts) > 1 else parts[0]
    for name in DEFAULTS:
        value = options.defaults.get(name)
        if value and not getattr(article, name):
            setattr(article, name, value)
            article.sources[name] = "site"
    normalise(article)
    return reject_for(article) or article


def add_rights(article: Article, options: RecordOptions) -> str | None:
    """Add what the host reserves to a record, and leave out its body where that is asked for.

    Return the reservation for which the body was left out, None where it was not. What tells
    duplicates by their text comes before this.
    """
    add_host_rights(article.rights, options.host_rights)
    return withhold_body(article, options.withhold)


def make_record(fetched: FetchedPage, options: RecordOptions = USUAL) -> Article | Reject:
    """Return the record of a page at hand, or the reason why it is none.

    Raises NotAPageError as `parse_page` does.

    >>> found = make_record(FetchedPage("<h1>A hall</h1>", "https://example.org/a"))
    >>> found.reason
    'kind_other'
    """
    article = _read(fetched, None if fetched.is_text else parse_page(fetched))
    record = finish_record([article], options)
    if isinstance(record, Article):
        add_rights(record, options)
    return record


def extract_page(fetched: FetchedPage) -> Article:
    """Return what a page says in the form of a record, be it fit for one or not.

    Raises NotAPageError as `parse_page` does.
    """
    article = _read(fetched, None if fetched.is_text else parse_page(fetched))
    normalise(article)
    return article


def extract(
    html: bytes | str,
    *,
    url: str = "",
    content_type: str | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    hints: Mapping[str, str] | None = None,
) -> Article:
    """Return what one page says as a record, be it fit for one or not.

    `make_record` also says why a page is none.

    ``html`` is the page's bytes as they were served, or its text. ``url`` is its address after
    redirects; without one the address that the page declares stands in the record. ``content_type``
    and ``headers`` (lower-case names) are those of the response. ``fetched_at`` is an aware
    datetime that relative dates count from, and later than which no date is credible; without it
    the header ``date`` serves, and without both a date may be of any day up to the year 2100.
    ``hints`` may hold a ``headline`` and a ``date`` that a feed or sitemap gave; they serve only
    where the page says nothing.

    Raises `NotAPageError` for input that can hold no article; its ``reason`` is ``empty``,
    ``binary`` or ``too_large``.

    >>> article = extract("<h1>A new hall</h1><p>It opened on Monday with a long speech.</p>")
    >>> article.headline
    'A new hall'
    """
    known = dict(headers or {})
    if content_type:
        known["content-type"] = content_type
    return extract_page(FetchedPage(html, url, known, fetched_at, hints or {}))
