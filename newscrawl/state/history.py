"""The runs of a state, read without a part in it: nothing is locked, changed or made."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newscrawl.state import statements as sql
from newscrawl.state.dialect import SQLITE
from newscrawl.state.errors import StateError, readable_errors
from newscrawl.state.memories import RunRecord
from newscrawl.state.schema import APPLICATION_ID, MIGRATIONS
from newscrawl.state.session import is_postgresql

Rows = list[tuple[Any, dict[str, str]]]


def read_runs(where: Path | str, last: int = 500) -> list[RunRecord]:
    """Return the last runs that a state remembers, the oldest first.

    ``where`` is its file or its address of PostgreSQL. Raises StateError for a file that is
    missing or in use by a run, and for what is of a newer version, damaged or no state at all.
    """
    rows = _postgresql(str(where), last) if is_postgresql(str(where)) else _file(Path(where), last)
    return [
        RunRecord(
            begun,
            ended,
            json.loads(summary),
            {site: json.loads(figures) for site, figures in sites.items()},
        )
        for (_, begun, ended, summary), sites in reversed(rows)
    ]


def _postgresql(where: str, last: int) -> Rows:
    try:
        from newscrawl.state.postgresql_history import read_rows
    except ImportError as error:
        raise StateError(
            f"a state in PostgreSQL needs psycopg: pip install 'newscrawl[postgresql]' ({error})"
        ) from error
    return read_rows(where, last)


def _file(path: Path, last: int) -> Rows:
    if not path.is_file():
        raise StateError(f"{path} is no file: name the state of the crawl")
    with readable_errors(path):
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            _check(connection, path)
            runs = connection.execute(SQLITE.statement(sql.RUNS), {"last": last}).fetchall()
            sites = SQLITE.statement(sql.SITES_OF_RUN)
            return [(run, dict(connection.execute(sites, (run[0],)).fetchall())) for run in runs]


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StateError(f"{path} is no state of newscrawl: name the state of the crawl")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StateError(f"{path} was written by a newer newscrawl: read it with that one")
