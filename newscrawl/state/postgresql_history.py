"""The runs of a state in PostgreSQL, read while others may be writing."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg

from newscrawl.state import statements as sql
from newscrawl.state.dialect import POSTGRESQL
from newscrawl.state.errors import StateError
from newscrawl.state.postgresql import readable_errors, without_password
from newscrawl.state.schema import MIGRATIONS

_TIMEOUT = 10  # seconds to connect


def read_rows(where: str, last: int) -> list[tuple[Any, dict[str, str]]]:
    """Return (row of the run, its sites' figures as JSON) for the last runs, the newest first.

    Raises StateError for a database that cannot be reached, is no state or a newer version's.
    """
    shown = without_password(where)
    with readable_errors(shown):
        connection = psycopg.connect(
            where,
            autocommit=True,
            connect_timeout=_TIMEOUT,
            options="-c default_transaction_read_only=on",
        )
        with closing(connection):
            _check(connection, shown)
            runs = _rows(connection, sql.RUNS, {"last": last})
            return [(run, dict(_rows(connection, sql.SITES_OF_RUN, (run[0],)))) for run in runs]


def _check(connection: psycopg.Connection, shown: str) -> None:
    found = connection.execute("SELECT to_regclass('newscrawl_state') IS NOT NULL").fetchone()
    if found != (True,):
        raise StateError(f"{shown} is no state of newscrawl: name the state of the crawl")
    rows = connection.execute("SELECT max(version) FROM newscrawl_state").fetchone()
    if rows and rows[0] and rows[0] > len(MIGRATIONS):
        raise StateError(f"{shown} was written by a newer newscrawl: read it with that one")


def _rows(connection: psycopg.Connection, statement: str, values: Any) -> list[Any]:
    return connection.execute(POSTGRESQL.statement(statement), values).fetchall()
