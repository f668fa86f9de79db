"""One transaction after another on the state, and the time of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from newscrawl.state.database import open_database
from newscrawl.state.dialect import SQLITE
from newscrawl.state.errors import StateError, readable_errors


class DatabaseSession(Protocol):
    """The interface of the state to its database, SQLite or PostgreSQL."""

    @property
    def changed(self) -> bool:
        """Whether anything was changed since the last commit."""

    def now(self) -> int:
        """Return the time in seconds since 1970; it never goes back."""

    def query(self, statement: str, values: Any = ()) -> list[Any]:
        """Return the rows of a query, which sees changes that are not committed yet."""

    def execute(self, statement: str, values: Any = ()) -> None:
        """Change the database; the change is durable from the next commit on."""

    def claim(self, hashes: Iterable[int]) -> None:
        """Lock articles of these identities until the commit; other workers wait."""

    def commit(self) -> None:
        """Make the changes since the last commit durable."""

    def roll_back(self) -> None:
        """Drop the changes since the last commit."""

    def close(self) -> None:
        """Close the connection. Changes that are not committed are dropped."""


def open_session(
    where: Path | str, clock: Callable[[], float] | None, *, shared: bool
) -> DatabaseSession:
    """Return the session of a file, or of the PostgreSQL that an address names.

    Raises StateError; also where psycopg is missing, or a file is to be shared.
    """
    if not is_postgresql(str(where)):
        if shared:
            raise StateError(f"{where} is a file, for one process: workers share a postgresql://")
        return Session(Path(where), clock or time.time)
    try:
        from newscrawl.state.postgresql_session import PostgreSQLSession
    except ImportError as error:
        raise StateError(
            f"a state in PostgreSQL needs psycopg: pip install 'newscrawl[postgresql]' ({error})"
        ) from error
    return PostgreSQLSession(str(where), clock, shared=shared)


def is_postgresql(where: str) -> bool:
    """Return whether a state is named by an address of PostgreSQL.

    >>> is_postgresql("postgresql://crawler@db/news"), is_postgresql("news.state")
    (True, False)
    """
    return where.startswith(("postgresql://", "postgres://"))


class Session:
    """A locked SQLite file; changes stand in one transaction until they are committed.

    After the first failure every call raises that StateError again: SQLite may have dropped the
    transaction, and a later one must not hold half of what belonged together.
    """

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._path = path
        self._clock = clock
        self._latest = 0
        self._failure: StateError | None = None
        self._connection = open_database(path)

    @property
    def changed(self) -> bool:
        """Whether anything was changed since the last commit."""
        return self._connection.in_transaction

    def now(self) -> int:
        """Return the clock's seconds since 1970; they never go back."""
        self._latest = max(self._latest, int(self._clock()))
        return self._latest

    def query(self, statement: str, values: Any = ()) -> list[Any]:
        """Return the rows of a query, which sees changes that are not committed yet."""
        return self._do(SQLITE.statement(statement), values)

    def execute(self, statement: str, values: Any = ()) -> None:
        """Change the database; the change is durable from the next commit on."""
        if not self._connection.in_transaction:
            self._do("BEGIN IMMEDIATE", ())
        self._do(SQLITE.statement(statement), values)

    def claim(self, hashes: Iterable[int]) -> None:
        """Do nothing: there are no other workers."""

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        if self._connection.in_transaction:
            self._do("COMMIT", ())

    def roll_back(self) -> None:
        """Drop the changes since the last commit."""
        if self._connection.in_transaction:
            self._do("ROLLBACK", ())

    def close(self) -> None:
        """Release the file. Changes that are not committed are dropped."""
        with readable_errors(self._path):
            self._connection.close()

    def _do(self, statement: str, values: Any) -> list[Any]:
        if self._failure is not None:
            raise self._failure
        try:
            with readable_errors(self._path):
                return self._connection.execute(statement, values).fetchall()
        except StateError as error:
            self._failure = error
            raise
