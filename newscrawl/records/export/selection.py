"""Select records for export: the latest revision of each article or all, by conditions."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from newscrawl.records.export.columns import day_of, host_of
from newscrawl.records.export.writers import Entry, ExportError
from newscrawl.records.output import Record
from newscrawl.records.reading import Place, RecordReader, age_of, article_key
from newscrawl.text.urls import is_within

_BATCH = 5_000
_SHOWN_EVERY = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the records to export; an empty one or None holds for all."""

    sites: frozenset[str] = frozenset()
    """Hosts, each with its subdomains."""
    since: date | None = None
    """The first day of publication, as the page counts it; a record without a date fails."""
    until: date | None = None
    """The last day of publication."""
    languages: frozenset[str] = frozenset()
    """BCP 47 tags in lower case; ``en`` stands for ``en-GB``, too."""
    kinds: frozenset[str] = frozenset()

    def failed(self, record: Record) -> str | None:
        """Return the name of the first filter that a record does not pass, or None."""
        if self.sites and not is_within(host_of(record), self.sites):
            return "site"
        if self.since or self.until:
            day = day_of(record.get("date"))
            if (
                day is None
                or (self.since and day < self.since)
                or (self.until and day > self.until)
            ):
                return "date"
        if self.languages and not self._is_of_language((record.get("language") or "").lower()):
            return "language"
        if self.kinds and record.get("kind") not in self.kinds:
            return "kind"
        return None

    def _is_of_language(self, tag: str) -> bool:
        while tag not in self.languages:
            tag, hyphen, _ = tag.rpartition("-")
            if not hyphen:
                return False
        return True


@dataclass(slots=True)
class Selection:
    """The entries of a reader's records, in their order; counts what was left out.

    Records of one address are revisions of one article. The latest is the one with the highest
    ``revision``, among equals the one that was fetched last, among those the one that was read
    last. To find it the reader's files are read twice; what is kept of each record in between
    lies in a temporary database on disk, some 60 bytes a record.
    """

    reader: RecordReader
    filters: Filters = field(default_factory=Filters)
    all_revisions: bool = False
    numbered: bool = False
    """Whether entries need the number of their article although all revisions are wanted."""
    on_progress: Callable[[], None] | None = None
    """Called now and then while records are read."""
    superseded: int = 0
    """Records left out since there is a later revision."""
    filtered: Counter[str] = field(default_factory=Counter)
    """Records left out by each filter."""
    doing: str = ""
    """What is being done, for a person."""
    _done: int = 0

    @property
    def size(self) -> int | None:
        """Bytes to be read in all, None where a pipe is among them."""
        size = self.reader.size
        return None if size is None else size * (2 if self._is_read_twice else 1)

    @property
    def position(self) -> int:
        """Bytes read so far, of `size`."""
        return self._done + self.reader.position

    @property
    def _is_read_twice(self) -> bool:
        return not self.all_revisions or self.numbered

    def __iter__(self) -> Iterator[Entry]:
        entries: Iterator[Entry]
        if self._is_read_twice:
            entries = self._numbered_entries()
        else:
            entries = (Entry(record) for _, record in self._read("exporting"))
        for entry in entries:
            if not entry.is_latest and not self.all_revisions:
                self.superseded += 1
            elif reason := self.filters.failed(entry.record):
                self.filtered[reason] += 1
            else:
                yield entry
        self._say("completing the file")

    def _numbered_entries(self) -> Iterator[Entry]:
        with _Seen() as seen:
            for place, record in self._read("looking for revisions"):
                seen.add(place, record)
            superseded = seen.superseded()
            number, (next_number, latest) = 0, next(superseded, (0, 0))
            self.reader.on_problem = self.reader.bad = None
            self._done = self.reader.position
            for place, record in self._read("exporting"):
                if not seen.has(place):
                    continue  # the file has grown since
                number += 1
                if number == next_number:
                    yield Entry(record, latest, is_latest=False)
                    next_number, latest = next(superseded, (0, 0))
                else:
                    yield Entry(record, number)
            if number != seen.count:
                raise ExportError("the input has changed while it was read; export it again")

    def _read(self, doing: str) -> Iterator[tuple[Place, Record]]:
        for number, item in enumerate(self.reader):
            if not number % _SHOWN_EVERY:
                self._say(doing)
            yield item

    def _say(self, doing: str) -> None:
        self.doing = doing
        if self.on_progress is not None:
            self.on_progress()


class _Seen:
    """Records read in the first pass, numbered from 1."""

    def __init__(self) -> None:
        # A database without a name lies in a file that goes when it is closed.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
            "PRAGMA cache_size = -32768;"
            "CREATE TABLE seen"
            " (number INTEGER PRIMARY KEY, article BLOB, revision INT, fetched TEXT);"
        )
        self._rows: list[tuple[bytes, int, str]] = []
        self._last_lines: dict[str, int] = {}
        self.count = 0

    def __enter__(self) -> _Seen:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add(self, place: Place, record: Record) -> None:
        """Remember a record."""
        self.count += 1
        self._last_lines[place.path] = max(place.line, self._last_lines.get(place.path, 0))
        self._rows.append((article_key(record["url"]), *age_of(record)))
        if len(self._rows) == _BATCH:
            self._write()

    def has(self, place: Place) -> bool:
        """Return whether a place was there in the first pass."""
        return place.line <= self._last_lines.get(place.path, 0)

    def superseded(self) -> Iterator[tuple[int, int]]:
        """Yield (number, number of the article's latest revision) of all others, in order."""
        self._write()
        with _errors():
            yield from self._database.execute(
                "SELECT number, latest FROM ("
                " SELECT number, first_value(number) OVER ("
                "  PARTITION BY article ORDER BY revision DESC, fetched DESC, number DESC"
                " ) AS latest FROM seen"
                ") WHERE number != latest ORDER BY number"
            )

    def _write(self) -> None:
        with _errors():
            self._database.execute("BEGIN")
            self._database.executemany(
                "INSERT INTO seen (article, revision, fetched) VALUES (?, ?, ?)", self._rows
            )
            self._database.execute("COMMIT")
        self._rows.clear()


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ExportError(f"the list of revisions, in a temporary file: {error}") from error
