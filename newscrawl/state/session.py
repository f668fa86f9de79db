"""One transaction after another on the state's file, and the time of a run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from newscrawl.state.database import open_database
from newscrawl.state.errors import StateError, in_words


class Session:
    """A locked file: what is told stands in one transaction until it is committed.

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
        """Whether anything was told since the last commit."""
        return self._connection.in_transaction

    def now(self) -> int:
        """Return the clock's seconds since 1970; they never go back."""
        self._latest = max(self._latest, int(self._clock()))
        return self._latest

    def ask(self, statement: str, values: Any = ()) -> list[Any]:
        """Return the rows of a query; it sees what was told and not committed yet."""
        return self._do(statement, values)

    def tell(self, statement: str, values: Any = ()) -> int:
        """Change the database and return the number of the row that was added, if one was."""
        if not self._connection.in_transaction:
            self._do("BEGIN IMMEDIATE", ())
        self._do(statement, values)
        return self._cursor.lastrowid or 0

    def commit(self) -> None:
        """Put into the file, durably, what was told since the last commit."""
        if self._connection.in_transaction:
            self._do("COMMIT", ())

    def roll_back(self) -> None:
        """Drop what was told since the last commit."""
        if self._connection.in_transaction:
            self._do("ROLLBACK", ())

    def close(self) -> None:
        """Release the file. What was not committed is dropped."""
        with in_words(self._path):
            self._connection.close()

    def _do(self, statement: str, values: Any) -> list[Any]:
        if self._failure is not None:
            raise self._failure
        try:
            with in_words(self._path):
                self._cursor = self._connection.execute(statement, values)
                return self._cursor.fetchall()
        except StateError as error:
            self._failure = error
            raise
