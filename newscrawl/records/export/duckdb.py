"""A DuckDB database: articles, their images and revisions, typed, and a search by words.

===================  =======================================================================
name                 what it is
===================  =======================================================================
``article``          table: the latest revision of each article
``image``            table: the pictures of the articles, the lead at ``position`` 1
``superseded``       table: the earlier revisions, where all were asked for
``revision``         view: every revision with its text, the latest and the earlier ones
``search('words')``  macro: the articles that hold all of the words, the most hits first
===================  =======================================================================

DuckDB's own full-text index is an extension that DuckDB downloads and that no package carries, so
the search reads all texts; case and accents make no difference to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from newscrawl.records.export.arrow import Batches
from newscrawl.records.export.sqlite import REVISION_COLUMNS
from newscrawl.records.export.writers import Entry, ExportError

_KEPT = ", ".join(REVISION_COLUMNS)
_CONFIG: dict[str, Any] = {"memory_limit": "512MB", "preserve_insertion_order": "false"}

_SET_UP = (
    """
    CREATE TABLE article AS SELECT article AS id, * EXCLUDE (article, is_latest, images, rights),
        rights::JSON AS rights FROM batch WHERE false
    """,
    """
    CREATE TABLE image (article BIGINT NOT NULL, position INTEGER NOT NULL,
        url VARCHAR NOT NULL, caption VARCHAR, credit VARCHAR, alt VARCHAR)
    """,
    f"CREATE TABLE superseded AS SELECT article, {_KEPT} FROM batch WHERE false",
    f"""
    CREATE VIEW revision AS
        SELECT id AS article, {_KEPT}, true AS is_latest FROM article
        UNION ALL SELECT article, {_KEPT}, false FROM superseded
    """,
    # RE2, so letters and digits of every script.
    r"""
    CREATE MACRO tokens(text) AS list_filter(
        regexp_split_to_array(strip_accents(lower(coalesce(text, ''))), '[^\pL\pN]+'),
        lambda word: word != '')
    """,
    """
    CREATE MACRO search(words) AS TABLE
        -- Quick, and leaves few texts to be cut into words.
        WITH candidates AS MATERIALIZED (
            SELECT id, site, published_on, headline, text FROM (
                SELECT *, strip_accents(lower(
                    concat_ws(' ', headline, description, caption, body))) AS text FROM article)
            WHERE len(list_filter(tokens(words), lambda word: NOT contains(text, word))) = 0),
        hit AS MATERIALIZED (
            SELECT * EXCLUDE (text),
                list_filter(tokens(text), lambda word: list_contains(tokens(words), word)) AS hits
            FROM candidates)
        SELECT * EXCLUDE (hits), len(hits) AS hits FROM hit
        WHERE len(list_distinct(hits)) = len(list_distinct(tokens(words))) AND len(hits) > 0
        ORDER BY len(hits) DESC, id
    """,
)
_INSERTS = (
    """
    INSERT INTO article BY NAME SELECT article AS id, * EXCLUDE (article, is_latest, images)
        FROM batch WHERE is_latest
    """,
    """
    INSERT INTO image BY NAME SELECT article, position, image.* FROM (
        SELECT article, unnest(images) AS image, generate_subscripts(images, 1) AS position
        FROM batch WHERE is_latest)
    """,
    f"INSERT INTO superseded SELECT article, {_KEPT} FROM batch WHERE NOT is_latest",
)
# A later revision may have failed a filter that an earlier one passed.
_COMPLETE = ("DELETE FROM superseded WHERE article NOT IN (SELECT id FROM article)", "CHECKPOINT")


class DuckdbWriter:
    """Fills the tables, a batch at a time."""

    def __init__(self, path: Path) -> None:
        with self._errors():
            self._database = duckdb.connect(str(path), config=_CONFIG)
        self._batches = Batches(numbered=True)
        self._run(_SET_UP, self._batches.schema.empty_table())

    def write(self, entry: Entry) -> None:
        """Add an entry's record to the tables."""
        batch = self._batches.add(entry)
        if batch is not None:
            self._run(_INSERTS, pa.table(batch))

    def close(self) -> None:
        """Write what is left and close the database."""
        batch = self._batches.take()
        if batch is not None:
            self._run(_INSERTS, pa.table(batch))
        with self._errors():
            for statement in _COMPLETE:
                self._database.execute(statement)
            self._database.close()

    def abort(self) -> None:
        """Let go of the database."""
        # Closing writes a checkpoint, which fails where writing has failed.
        with suppress(duckdb.Error):
            self._database.close()

    def _run(self, statements: tuple[str, ...], table: pa.Table) -> None:
        with self._errors():
            self._database.register("batch", table)
            for statement in statements:
                self._database.execute(statement)
            self._database.unregister("batch")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise ExportError(f"DuckDB: {error}") from error
