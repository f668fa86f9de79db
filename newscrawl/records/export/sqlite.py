"""An SQLite database: articles, their images and revisions, and full-text search.

===================  =======================================================================
name                 what it is
===================  =======================================================================
``article``          table: the latest revision of each article; lists and objects as JSON
``image``            table: the pictures of the articles, the lead at ``position`` 1
``superseded``       table: the earlier revisions, where all were asked for
``revision``         view: every revision with its text, the latest and the earlier ones
``article_search``   FTS5 over headline, description, caption and body; rowid is ``article.id``
===================  =======================================================================
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from newscrawl.records.export.columns import COLUMNS, ColumnKind, utc_text
from newscrawl.records.export.writers import Entry, ExportError
from newscrawl.records.output import Record

_TABLE_COLUMNS = tuple(column for column in COLUMNS if column.kind != "images")
REVISION_COLUMNS = (
    "revision", "url", "headline", "date", "caption", "body", "description", "date_modified",
    "fetched_at", "content_hash",
)  # fmt: skip
"""What is kept of an earlier revision."""

_IMAGE_KEYS = ("url", "caption", "credit", "alt")
_SEARCHED = "headline, description, caption, body"
_BATCH = 1_000

_SET_UP = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -65536;
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    {{article}}
);
CREATE TABLE image (
    article INTEGER NOT NULL REFERENCES article (id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL, caption TEXT, credit TEXT, alt TEXT,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE TABLE superseded (
    article INTEGER NOT NULL REFERENCES article (id),
    {{superseded}}
);
CREATE VIEW revision AS
    SELECT id AS article, {", ".join(REVISION_COLUMNS)}, 1 AS is_latest FROM article
    UNION ALL
    SELECT article, {", ".join(REVISION_COLUMNS)}, 0 FROM superseded;
CREATE VIRTUAL TABLE article_search USING fts5(
    {_SEARCHED}, content = 'article', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""
# A later revision may have failed a filter that an earlier one passed.
_COMPLETE = """
DELETE FROM superseded WHERE article NOT IN (SELECT id FROM article);
CREATE INDEX article_url ON article (url);
CREATE INDEX article_published_on ON article (published_on);
CREATE INDEX article_site ON article (site, published_on);
CREATE INDEX superseded_article ON superseded (article, revision);
INSERT INTO article_search (article_search) VALUES ('rebuild');
PRAGMA user_version = 1;
ANALYZE;
"""


class SqliteWriter:
    """Fills the tables; the indexes are made at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # No other thread or process knows of the file, and one that is torn is thrown away.
        self._database = sqlite3.connect(path, isolation_level=None)
        types = {column.name: _TYPES.get(column.kind, "TEXT") for column in _TABLE_COLUMNS}
        article = [f"{name} {kind}" for name, kind in types.items()]
        superseded = [f"{name} {types[name]}" for name in REVISION_COLUMNS]
        with self._errors():
            self._database.executescript(
                _SET_UP.format(article=", ".join(article), superseded=", ".join(superseded))
            )
            self._database.execute("BEGIN")
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _INSERTS}

    def write(self, entry: Entry) -> None:
        """Add an entry's record to the tables."""
        row = _row(entry.record)
        if entry.is_latest:
            self._rows["article"].append((entry.article, *row.values()))
            self._rows["image"].extend(
                (entry.article, position, *(image.get(key) for key in _IMAGE_KEYS))
                for position, image in enumerate(entry.record.get("images") or [], start=1)
            )
        else:
            kept = (row[name] for name in REVISION_COLUMNS)
            self._rows["superseded"].append((entry.article, *kept))
        if any(len(rows) >= _BATCH for rows in self._rows.values()):
            self._flush()

    def close(self) -> None:
        """Write what is left, make the indexes, and close the database."""
        self._flush()
        with self._errors():
            self._database.execute("COMMIT")
            self._database.executescript(_COMPLETE)
            self._database.close()

    def abort(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _flush(self) -> None:
        with self._errors():
            for name, rows in self._rows.items():
                self._database.executemany(_INSERTS[name], rows)
                rows.clear()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise ExportError(f"SQLite: {error}") from error


def _row(record: Record) -> dict[str, Any]:
    return {
        column.name: _AS_SQL.get(column.kind, _same)(column.value(record))
        for column in _TABLE_COLUMNS
    }


def _same(value: Any) -> Any:
    return value


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_utc(value: datetime | None) -> str | None:
    return utc_text(value) if value else None


def _as_day(value: date | None) -> str | None:
    return value.isoformat() if value else None


_TYPES: dict[ColumnKind, str] = {"number": "INTEGER"}
_AS_SQL: dict[ColumnKind, Callable[[Any], Any]] = {
    "texts": _as_json,
    "sources": _as_json,
    "instant": _as_utc,
    "day": _as_day,
}
_INSERTS = {
    "article": f"INSERT INTO article VALUES ({', '.join('?' * (len(_TABLE_COLUMNS) + 1))})",
    "image": "INSERT INTO image VALUES (?, ?, ?, ?, ?, ?)",
    "superseded": f"INSERT INTO superseded VALUES ({', '.join('?' * (len(REVISION_COLUMNS) + 1))})",
}
