"""Two outputs against each other: articles that came, went, and changed, and in which fields."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from newscrawl.records.changes import COMPARED
from newscrawl.records.export.selection import Selection
from newscrawl.records.export.writers import ExportError
from newscrawl.records.output import Record
from newscrawl.records.reading import RecordReader, article_key

_HASH = 8


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that is not the same in both outputs."""

    kind: Literal["added", "removed", "changed"]
    url: str
    headline: str | None
    fields: tuple[str, ...] = ()
    """Those that differ, of a changed article."""


@dataclass(slots=True)
class Comparison:
    """Iterating compares: it yields the changes, those of the newer output first, and counts.

    Of each article the latest revision counts. Memory does not grow with the outputs: of the
    older one a hash of each field lies in a temporary file.
    """

    old: RecordReader
    new: RecordReader
    counts: Counter[str] = field(default_factory=Counter)
    """Articles by ``added``, ``removed``, ``changed``, ``same``."""
    fields: Counter[str] = field(default_factory=Counter)
    """Changed articles by field."""

    def __iter__(self) -> Iterator[ArticleChange]:
        try:
            for change in self._changes():
                self.counts[change.kind] += 1
                self.fields.update(change.fields)
                yield change
        except sqlite3.Error as error:
            raise ExportError(f"the list of articles, in a temporary file: {error}") from error

    def _changes(self) -> Iterator[ArticleChange]:
        database = sqlite3.connect("", isolation_level=None)
        try:
            database.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;"
                "CREATE TABLE old (article BLOB PRIMARY KEY, url TEXT, headline TEXT, hashes BLOB,"
                " is_there INTEGER DEFAULT 0) WITHOUT ROWID;"
                "BEGIN;"
            )
            for entry in Selection(self.old):
                record = entry.record
                row = (
                    article_key(record["url"]),
                    record["url"],
                    record.get("headline"),
                    _hashes(record),
                )
                database.execute(
                    "INSERT INTO old (article, url, headline, hashes) VALUES (?, ?, ?, ?)", row
                )
            for entry in Selection(self.new):
                yield from self._compared(database, entry.record)
            for url, headline in database.execute(
                "SELECT url, headline FROM old WHERE NOT is_there ORDER BY url"
            ):
                yield ArticleChange("removed", url, headline)
        finally:
            database.close()

    def _compared(self, database: sqlite3.Connection, record: Record) -> Iterator[ArticleChange]:
        key, url, headline = article_key(record["url"]), record["url"], record.get("headline")
        found = database.execute("SELECT hashes FROM old WHERE article = ?", (key,)).fetchone()
        if found is None:
            yield ArticleChange("added", url, headline)
            return
        database.execute("UPDATE old SET is_there = 1 WHERE article = ?", (key,))
        before, after = found[0], _hashes(record)
        if before == after:
            self.counts["same"] += 1
            return
        starts = range(0, len(before), _HASH)
        changed = (
            name
            for name, start in zip(COMPARED, starts, strict=True)
            if before[start : start + _HASH] != after[start : start + _HASH]
        )
        yield ArticleChange("changed", url, headline, tuple(changed))


def _hashes(record: Record) -> bytes:
    values = (record.get(name) or None for name in COMPARED)
    return b"".join(
        blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=_HASH).digest()
        for value in values
    )
