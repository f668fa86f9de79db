"""Turn one archived response into its outcome: a record, a part of one, a reject or a skip."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from w3lib.html import get_meta_refresh

from newscrawl.archive.capture import Capture, page_bytes
from newscrawl.archive.notes import Note
from newscrawl.discovery import document_kind, is_front_page, is_listing, is_twin, site_of, url_key
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.identity import identities_of
from newscrawl.extraction.record import (
    REFRESH_DELAY,
    FetchedPage,
    add_rights,
    finish_record,
    read_page,
)
from newscrawl.items import Article, Reject
from newscrawl.page.page import Page
from newscrawl.records.output import to_line

_REFRESH_HEAD = 4096  # bytes, as Scrapy's MetaRefreshMiddleware has it


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an article that has, or may have, several."""

    article: Article
    next_url: str | None
    addresses: tuple[str, ...]
    """Its own, and those that redirected to it."""
    is_first: bool
    note: Note


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a response; of line, part, reject and skipped just one is set."""

    url: str
    offset: int
    """Of its record in the file, in bytes."""
    line: bytes | None = None
    """The record as JSON in UTF-8, with its line end."""
    filled: tuple[str, ...] = ()
    """Names of the record's fields that hold something."""
    keys: tuple[int, ...] = ()
    """Numbers of 64 bits; a record that shares one with another is the same article."""
    part: Part | None = None
    reject: Reject | None = None
    skipped: str | None = None
    """Why it was left out, in one word."""
    traceback: str | None = None
    """Of an exception that extraction must not raise: a bug."""


def judge(capture: Capture, languages: Collection[str] = frozenset()) -> Outcome:
    """Return what becomes of a response; never raises.

    ``languages`` are those that are wanted, in lower case, all if there is none; ``en`` stands
    for ``en-GB``, too.
    """
    try:
        return _judge(capture, languages)
    except NotAPageError as error:
        return rejected(capture, error.reason, error.detail)
    except Exception as error:  # noqa: BLE001 - a bug on one page must not cost the others
        detail = f"{type(error).__name__}: {error}"[:500]
        return replace(rejected(capture, "internal", detail), traceback=traceback.format_exc())


def _judge(capture: Capture, languages: Collection[str]) -> Outcome:
    note: Note = capture.note  # type: ignore[assignment]
    if note.get("target") in ("feed", "sitemap", "file") or _is_robots_txt(capture.url):
        return skipped(capture, "not_html")
    body = page_bytes(capture)
    if (reason := _no_article(capture, note, body)) is not None:
        return skipped(capture, reason)
    asked, visited = note.get("asked", []), note.get("visited", [])
    fetched = FetchedPage(
        body, capture.url, capture.headers, capture.fetched_at, note.get("hints", {}),
        (*visited, *asked, capture.url),
    )  # fmt: skip
    article, next_url = read_page(fetched)
    if note and _is_copy(article):
        return skipped(capture, "duplicate")
    if visited or next_url is not None:
        part = Part(article, next_url, (capture.url, *asked), not visited, note)
        return Outcome(capture.url, capture.offset, part=part)
    return finish([article], capture.offset, note, languages)


def finish(
    parts: Sequence[Article], offset: int, note: Note, languages: Collection[str] = frozenset()
) -> Outcome:
    """Return the outcome of an article whose pages, in order, say this."""
    article = finish_record(parts, note.get("defaults"))
    language = article.language if isinstance(article, Article) else parts[0].language
    if languages and not _is_in(language, languages):
        return Outcome(article.url, offset, skipped="language")
    if isinstance(article, Reject):
        return Outcome(article.url, offset, reject=article)
    keys = _keys(article, note.get("run"))
    add_rights(article, note.get("rights", {}), note.get("withhold", ()))
    record = article.to_dict()
    filled = tuple(name for name, value in record.items() if value not in (None, [], {}))
    return Outcome(article.url, offset, to_line(record), filled, keys)


def rejected(capture: Capture, reason: str, detail: str) -> Outcome:
    """Return the outcome of a response that gives no record."""
    fetched = capture.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ") if capture.fetched_at else None
    reject = Reject(capture.url, reason, detail, fetched_at=fetched)
    return Outcome(capture.url, capture.offset, reject=reject)


def skipped(capture: Capture, reason: str) -> Outcome:
    """Return the outcome of a response that is not wanted."""
    return Outcome(capture.url, capture.offset, skipped=reason)


def _no_article(capture: Capture, note: Note, body: bytes) -> str | None:
    """Return why a response is not read as an article; of a crawl's own, why it did not."""
    if document_kind(body, capture.headers.get("content-type")) != "html":
        return "not_html"
    if note.get("target") in ("start", "section") and _is_followed(capture, body):
        return "listing"
    delay = float(note.get("refresh_delay", REFRESH_DELAY))
    return "moved" if note and _leads_on(body, capture.url, delay) else None


def _is_in(language: str | None, languages: Collection[str]) -> bool:
    found = (language or "").lower()
    return found in languages or found.partition("-")[0] in languages


def _is_robots_txt(url: str) -> bool:
    try:
        return urlsplit(url).path == "/robots.txt"
    except ValueError:
        return False


def _is_followed(capture: Capture, body: bytes) -> bool:
    """Tell whether the crawl took a page for a list of articles, as `NewsSpider` does."""
    if capture.note.get("target") == "start" and is_front_page(capture.url):
        return True
    return is_listing(Page(body, url=capture.url, headers=capture.headers))


def _leads_on(body: bytes, url: str, delay: float) -> bool:
    """Tell whether the crawl went on to where a page's ``<meta http-equiv=refresh>`` leads."""
    head = body[:_REFRESH_HEAD].decode("latin-1")
    seconds, target = get_meta_refresh(head, url, ignore_tags=("script", "noscript"))
    return bool(target) and seconds is not None and seconds < delay


def _is_copy(article: Article) -> bool:
    """Tell an AMP or print page in whose place the crawl asked for the original."""
    original = article.canonical_url
    return bool(
        original
        and is_twin(article.url)
        and url_key(original) != url_key(article.url)
        and site_of(original) == site_of(article.url)
    )


def _keys(article: Article, run: str | None) -> tuple[int, ...]:
    """Return the numbers that another record of the same text of the same article has, too.

    In a run of a crawl an article is one however its text may differ, as in that crawl's output.
    """
    identities = identities_of(article)
    keys = [_number("text", identity, article.content_hash or "") for identity in identities]
    if run:
        keys += [_number("run", identity, run) for identity in identities]
    return tuple(keys)


def _number(*parts: str) -> int:
    text = "\0".join(parts).encode(errors="replace")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def wanted_languages(names: Iterable[str]) -> frozenset[str]:
    """Return languages as `judge` takes them."""
    return frozenset(name.strip().lower() for name in names if name.strip())
