"""Turn one archived response into its outcome: a record, a part of one, a reject or a skip."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from newscrawl.archive.capture import Capture, page_bytes
from newscrawl.archive.notes import Note
from newscrawl.archive.options import ALL, Options
from newscrawl.discovery import document_kind, is_list, links_instead, original_of, refreshes_to
from newscrawl.discovery.link import Target
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.identity import identities_of
from newscrawl.extraction.record import (
    USUAL,
    FetchedPage,
    RecordOptions,
    add_rights,
    finish_record,
    parse_page,
    read_page,
)
from newscrawl.items import Article, Reject
from newscrawl.page.page import Page
from newscrawl.records.output import to_line
from newscrawl.text.dates import utc_timestamp

_LISTS: dict[str, Target] = {"start": "start", "section": "section"}


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
    """The outcome of a response; of line, part, reject and skipped just one is set."""

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


def judge(capture: Capture, options: Options) -> Outcome:
    """Return what becomes of a response; never raises."""
    try:
        return _judge(capture, options)
    except NotAPageError as error:
        return rejected(capture, error.reason, error.detail)
    except Exception as error:  # noqa: BLE001 - a bug on one page must not cost the others
        detail = f"{type(error).__name__}: {error}"[:500]
        return replace(rejected(capture, "internal", detail), traceback=traceback.format_exc())


def _judge(capture: Capture, options: Options) -> Outcome:
    note: Note = capture.note  # type: ignore[assignment]
    if note.get("target") in ("feed", "sitemap", "file") or _is_robots_txt(capture.url):
        return skipped(capture, "not_html")
    body = page_bytes(capture)
    if reason := _left_unread(capture, note, body):
        return skipped(capture, reason)
    asked, visited = note.get("asked", []), note.get("visited", [])
    fetched = FetchedPage(
        body, capture.url, capture.headers, capture.fetched_at, note.get("hints", {}),
        (*visited, *asked, capture.url),
    )  # fmt: skip
    article, next_url = read_page(fetched)
    if note and (reason := _left_for_others(article, fetched, note)):
        return skipped(capture, reason)
    if visited or (next_url is not None and record_options(note).most_pages > 1):
        part = Part(article, next_url, (capture.url, *asked), not visited, note)
        return Outcome(capture.url, capture.offset, part=part)
    return finish([article], capture.offset, note, options)


def finish(parts: Sequence[Article], offset: int, note: Note, options: Options) -> Outcome:
    """Return the outcome of an article whose pages, in order, say this."""
    shape = record_options(note, options)
    article = finish_record(parts, shape)
    language = parts[0].language or shape.defaults.get("language")
    if options.languages and not _is_in(language, options.languages):
        return Outcome(article.url, offset, skipped="language")
    if isinstance(article, Reject):
        return Outcome(article.url, offset, reject=article)
    keys = _keys(article, note.get("run"))
    add_rights(article, shape)
    record = article.to_dict()
    filled = tuple(name for name, value in record.items() if value not in (None, [], {}))
    return Outcome(article.url, offset, to_line(record), filled, keys)


def record_options(note: Note, options: Options = ALL) -> RecordOptions:
    """Return what shapes the records of a crawl's own archive, as in that crawl."""
    return RecordOptions(
        defaults=note.get("defaults", {}),
        host_rights=note.get("rights", {}),
        withhold=tuple(dict.fromkeys((*note.get("withhold", ()), *options.withhold))),
        refresh_delay=note.get("refresh_delay", USUAL.refresh_delay),
        most_pages=note.get("most_pages", USUAL.most_pages),
    )


def rejected(capture: Capture, reason: str, detail: str) -> Outcome:
    """Return the outcome of a response that gives no record."""
    fetched = utc_timestamp(capture.fetched_at) if capture.fetched_at else None
    reject = Reject(capture.url, reason, detail, fetched_at=fetched)
    return Outcome(capture.url, capture.offset, reject=reject)


def skipped(capture: Capture, reason: str) -> Outcome:
    """Return the outcome of a response that is not wanted."""
    return Outcome(capture.url, capture.offset, skipped=reason)


def _left_unread(capture: Capture, note: Note, body: bytes) -> str | None:
    """Return why a response is not read as an article; of a crawl's own, why it did not."""
    content_type = capture.headers.get("content-type")
    kind = document_kind(body, content_type)
    if note and kind == "other":
        raise NotAPageError("not_html", f"Content-Type: {content_type}")
    if kind != "html":
        return "not_html"
    delay = record_options(note).refresh_delay
    if note and refreshes_to(body, capture.url, content_type, delay):
        return "moved"
    target = _list_target(note)
    if target and is_list(Page(body, url=capture.url, headers=capture.headers), target):
        return "listing"
    return None


def _left_for_others(article: Article, fetched: FetchedPage, note: Note) -> str | None:
    """Return why a crawl, once it had read a page, went on to others in its place."""
    target = _list_target(note)
    if target and links_instead(article, parse_page(fetched), target, note.get("hosts", ())):
        return "listing"
    return "duplicate" if original_of(article) else None


def _list_target(note: Note) -> Target | None:
    """Return what a page was asked for as, where it could have been a list of articles."""
    return _LISTS.get(note.get("target", ""))


def _is_in(language: str | None, languages: Collection[str]) -> bool:
    found = (language or "").lower()
    return found in languages or found.partition("-")[0] in languages


def _is_robots_txt(url: str) -> bool:
    try:
        return urlsplit(url).path == "/robots.txt"
    except ValueError:
        return False


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
