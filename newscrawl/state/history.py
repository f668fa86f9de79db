"""The runs of a state, read without a part in it: nothing is locked, changed or made."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from newscrawl.state import statements as sql
from newscrawl.state.errors import StateError, in_words
from newscrawl.state.memories import RunRecord
from newscrawl.state.schema import APPLICATION_ID, MIGRATIONS


def read_runs(path: Path, last: int = 500) -> list[RunRecord]:
    """Return the last runs that a state remembers, the oldest first.

    Raises StateError for a file that is missing, in use by a run, of a newer version, damaged or
    no state at all.
    """
    if not path.is_file():
        raise StateError(f"{path} is no file: name the state of the crawl")
    with in_words(path):
        address = f"file:{quote(str(path.absolute()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            _check(connection, path)
            runs = connection.execute(sql.RUNS, {"last": last}).fetchall()
            return [
                RunRecord(begun, ended, json.loads(summary), _sites_of(connection, run))
                for run, begun, ended, summary in reversed(runs)
            ]


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StateError(f"{path} is no state of newscrawl: name the state of the crawl")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StateError(f"{path} was written by a newer newscrawl: read it with that one")


def _sites_of(connection: sqlite3.Connection, run: int) -> dict[str, dict[str, object]]:
    rows = connection.execute(sql.SITES_OF_RUN, (run,))
    return {site: json.loads(figures) for site, figures in rows}
