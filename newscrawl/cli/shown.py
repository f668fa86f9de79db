"""Find the article to show: in a file of records, a saved page, or at an address."""

from __future__ import annotations

import io
import sys
import zlib
from dataclasses import dataclass
from itertools import islice
from typing import cast

from rich.table import Table
from rich.text import Text

from newscrawl.cli.article_view import console_for, plain
from newscrawl.cli.console import fail, say, warn
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.cli.record_options import Problems
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.inputs import Input
from newscrawl.extraction.record import FetchedPage, extract_page, make_record
from newscrawl.extraction.saved import saved_page, words_of
from newscrawl.items import Article
from newscrawl.records.output import Record
from newscrawl.records.reading import RECORD_SUFFIXES, RecordReader, age_of, article_key
from newscrawl.records.reading.files import STDIN
from newscrawl.records.reading.streams import TextStream

_LISTED = 50


@dataclass(frozen=True, slots=True)
class Found:
    """An article to be shown."""

    record: Record | None = None
    is_incomplete: bool = False
    """Whether something could not be read, or the page would not become a record."""


def find_article(target: str, which: str, *, url: str = "", contact: str = "") -> Found:
    """Return the article; ends the command in words where there is none."""
    if "://" in target:
        return _of_page(_fetched(target, contact), target)
    if not holds_records(target):
        return _of_page(_saved(target, url), target)
    problems = Problems()
    reader = RecordReader([target], on_problem=problems)
    chosen = _chosen(reader, which) if which else _only_one(reader)
    problems.say_rest()
    if chosen is None and which:
        fail(f"{target}: no article {which}; newscrawl show {target} lists them", ExitCode.NOTHING)
    if chosen is None and not reader.records:
        fail(f"{target}: no record in it", ExitCode.NOTHING)
    return Found(chosen, is_incomplete=reader.lost > 0)


def revisions_of(reader: RecordReader, url: str) -> list[Record]:
    """Return the records of an article, the earliest revision first."""
    key = article_key(url)
    found = [record for _, record in reader if article_key(record["url"]) == key]
    return sorted(found, key=age_of)


def holds_records(target: str) -> bool:
    """Return whether a file holds records, not a page. Ends the command if it cannot be opened."""
    if target != STDIN and _is_named_so(target):
        return True
    try:
        beginning = _beginning(target)
    except OSError as error:
        fail(f"cannot read {target}: {error.strerror or error}", ExitCode.NOTHING)
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith(b"{")


def _beginning(target: str) -> bytes:
    if target == STDIN:
        return cast("io.BufferedReader", sys.stdin.buffer).peek(1)
    with TextStream(target) as text:
        return text.read(512) or b""


def _is_named_so(target: str) -> bool:
    name = target.lower().removesuffix(".gz").removesuffix(".zst")
    return name.endswith(RECORD_SUFFIXES)


def _chosen(reader: RecordReader, which: str) -> Record | None:
    if which.isdecimal():
        return next((record for place, record in reader if place.line == int(which)), None)
    return next(reversed(revisions_of(reader, which)), None)


def _only_one(reader: RecordReader) -> Record | None:
    """Return the record of a reader that has one; list them if there are more."""
    first = list(islice(reader, _LISTED + 1))
    if len(first) == 1:
        return first[0][1]
    if first:
        table = Table("line", "date", "headline", box=None, pad_edge=False, header_style="dim")
        for place, record in first[:_LISTED]:
            day = plain(record.get("date"))[:10]
            table.add_row(str(place.line), day, Text(plain(record.get("headline"))))
        console_for().print(table)
        if len(first) > _LISTED:
            say("and more; name one by its address or line")
    return None


def _of_page(page: FetchedPage, name: str) -> Found:
    try:
        record = make_record(page)
        if isinstance(record, Article):
            return Found(record.to_dict())
        warn(f"{record.url or 'the page'} would be rejected: {record.reason}: {record.detail}")
        return Found(extract_page(page).to_dict(), is_incomplete=True)
    except NotAPageError as error:
        fail(f"{name}: {error.reason}: {error.detail}", ExitCode.NOTHING)


def _fetched(url: str, contact: str) -> FetchedPage:
    from newscrawl.cli.fetch import FetchError, fetch_page

    try:
        return fetch_page(url, contact=contact)
    except FetchError as error:
        fail(f"could not fetch {url}: {error}", ExitCode.NOTHING)


def _saved(path: str, url: str) -> FetchedPage:
    try:
        return saved_page(Input(path, url))
    except NotAPageError as error:
        fail(f"{path}: {error.reason}: {error.detail}", ExitCode.NOTHING)
    except (OSError, EOFError, zlib.error) as error:
        fail(f"cannot read {path}: {words_of(error)}", ExitCode.NOTHING)
