"""One transaction after another in PostgreSQL, beside those of other workers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from newscrawl.state import statements as sql
from newscrawl.state.dialect import POSTGRESQL
from newscrawl.state.errors import StateError
from newscrawl.state.postgresql import open_database, readable_errors, without_password

_ATTEMPTS = 5

_Result = TypeVar("_Result")


class PostgreSQLSession:
    """A session whose statements stand in one transaction until it is committed, as in `Session`.

    Changes are sent together, before the next query. In a deadlock of two workers PostgreSQL
    aborts the transaction of one, which then executes its changes again, if the articles that it
    had claimed are unchanged. After any other failure every call raises that StateError.

    ``clock`` None is PostgreSQL's own, so that workers have one time.
    """

    def __init__(
        self, where: str, clock: Callable[[], float] | None, *, shared: bool = False
    ) -> None:
        self._shown = without_password(where)
        self._latest = 0
        self._failure: StateError | None = None
        self._connection = open_database(where, shared=shared)
        self._clock = clock or _clock_of(self._connection)
        self._waiting: list[tuple[str, Any]] = []
        self._executed: list[tuple[str, Any]] = []
        self._claims: list[tuple[str, list[Any]]] = []
        self._begun = False

    @property
    def changed(self) -> bool:
        """Whether anything was changed since the last commit."""
        return bool(self._waiting or self._executed)

    def now(self) -> int:
        """Return the clock's seconds since 1970; they never go back."""
        self._latest = max(self._latest, int(self._clock()))
        return self._latest

    def query(self, statement: str, values: Any = ()) -> list[Any]:
        """Return the rows of a query, which sees changes that are not committed yet."""
        return self._do(lambda: self._rows(POSTGRESQL.statement(statement), values))

    def execute(self, statement: str, values: Any = ()) -> None:
        """Change the database; the change is durable from the next commit on."""
        if self._failure is not None:
            raise self._failure
        self._waiting.append((POSTGRESQL.statement(statement), values))

    def claim(self, hashes: Iterable[int]) -> None:
        """Lock articles of these identities until the commit.

        Waits for a worker that has one of them. The lock ends with the transaction, and so with
        the worker.
        """
        wanted = json.dumps(sorted(hashes))
        self._claims.append((wanted, self._do(lambda: self._claim(wanted))))

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        if self.changed or self._begun:
            self._do(lambda: self._connection.execute("COMMIT"))
        self._forget()

    def roll_back(self) -> None:
        """Drop the changes since the last commit."""
        if self._begun and self._failure is None:
            with readable_errors(self._shown):
                self._connection.execute("ROLLBACK")
        self._forget()

    def close(self) -> None:
        """Close the connection. Changes that are not committed are dropped."""
        try:
            if not self._connection.closed and self._failure is None:
                self._connection.execute("ROLLBACK")
                self._connection.execute("SELECT pg_advisory_unlock_all()")
        except psycopg.Error:
            pass  # the connection is gone, and its locks with it
        finally:
            self._connection.close()

    def _do(self, action: Callable[[], _Result]) -> _Result:
        if self._failure is not None:
            raise self._failure
        try:
            with readable_errors(self._shown):
                for attempt in range(_ATTEMPTS):
                    try:
                        self._send()
                        return action()
                    except errors.DeadlockDetected:
                        if attempt == _ATTEMPTS - 1:
                            raise
                        self._start_over()
        except StateError as error:
            self._failure = error
            raise
        raise AssertionError("the last attempt returns or raises")

    def _send(self) -> None:
        if not self._waiting:
            return
        self._begin()
        with self._connection.pipeline():
            for query, values in self._waiting:
                self._connection.execute(query, values)
        self._executed += self._waiting
        self._waiting = []

    def _begin(self) -> None:
        if not self._begun:
            self._connection.execute("BEGIN")
            self._begun = True

    def _rows(self, query: str, values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _claim(self, wanted: str) -> list[Any]:
        self._begin()
        self._connection.execute(
            "SELECT pg_advisory_xact_lock(CAST(value AS bigint)) "
            "FROM json_array_elements_text(CAST(%s AS json)) AS each (value)",
            (wanted,),
        )
        return self._rows(POSTGRESQL.statement(sql.ARTICLES_OF_IDENTITIES), {"wanted": wanted})

    def _start_over(self) -> None:
        self._connection.execute("ROLLBACK")
        self._begun = False
        self._waiting = self._executed + self._waiting
        self._executed = []
        for wanted, rows in self._claims:
            if self._claim(wanted) != rows:
                raise StateError(
                    f"{self._shown}: another worker has written an article of this one's: run again"
                )

    def _forget(self) -> None:
        self._waiting, self._executed, self._claims, self._begun = [], [], [], False


def _clock_of(connection: psycopg.Connection) -> Callable[[], float]:
    row = connection.execute("SELECT extract(epoch FROM clock_timestamp())::float8").fetchone()
    ahead = (row[0] if row else time.time()) - time.time()
    return lambda: time.time() + ahead
