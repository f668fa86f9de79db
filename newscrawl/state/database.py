"""Open the state in a SQLite file: create, lock, check, migrate."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from newscrawl.state.dialect import SQLITE
from newscrawl.state.errors import RESTORE, StateError, readable_errors
from newscrawl.state.schema import APPLICATION_ID, MIGRATIONS, Migration

_SMALLEST = 512  # bytes: SQLite's smallest page

_CHECKED_WHOLE = 16 * 2**20
"""Bytes up to which a file is read whole at its opening; a larger one shows damage in use."""

_CACHE = 16 * 1024
"""KiB of the database kept in memory; beyond it the operating system's cache serves."""

_ATTEMPTS = 4
_STEP = 0.005  # seconds; all attempts together take a third of a second at most

_LOG = 8_000
"""Pages of 4 KiB that the log holds before they go to their places: many are written often."""


def open_database(path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> sqlite3.Connection:
    """Return a connection that alone may use the file at ``path``, which is made if it is missing.

    What a killed run committed is recovered and an older version brought up to date. Raises
    StateError for a file that is in use, empty, damaged, of a newer version, no state at all.
    """
    with readable_errors(path):
        if not path.exists():
            _create(path, migrations)
        if path.is_dir():
            raise StateError(f"{path} is a folder: name a file for the state")
        # No more than its size may be asked: closing a file of our own drops SQLite's lock on it.
        size = path.stat().st_size
        if size == 0:
            raise StateError(f"{path} is empty, a state never is: {RESTORE}")
        if size < _SMALLEST:  # SQLite would take it for a new one
            raise StateError(f"{path} is no state of newscrawl, or the rest of one: {RESTORE}")
        connection = _locked(path)
        try:
            _check(connection, path, len(migrations))
            _migrate(connection, migrations)
            _tune(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _create(path: Path, migrations: Sequence[Migration]) -> None:
    # Under another name first: a run that is killed here leaves no half-made state behind.
    if not path.parent.is_dir():
        raise StateError(f"{path} cannot be made: there is no folder {path.parent}")
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    draft.touch()
    try:
        connection = _connect(draft)
        try:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(connection, migrations)
        finally:
            connection.close()
        try:
            os.link(draft, path)  # unlike a rename it never replaces what another run has made
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw makes no file; timeout 0 waits for no other process.
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)


def _locked(path: Path) -> sqlite3.Connection:
    # Two that come in the same instant may each keep the other out: both step back and try again.
    for attempt in range(_ATTEMPTS):
        connection = _connect(path)
        try:
            # Held until the connection is closed, or its process ends however it ends.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            connection.close()
            if error.sqlite_errorname != "SQLITE_BUSY" or attempt == _ATTEMPTS - 1:
                raise
            time.sleep((os.getpid() % 10 + 1) * _STEP * (attempt + 1))
        else:
            return connection
    raise AssertionError("the last attempt returns or raises")


def _check(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise StateError(f"{path} is a database of another program: name another file")
    version = _pragma(connection, "user_version")
    if version > newest:
        raise StateError(
            f"{path} was written by a newer newscrawl (version {version} of the state, this one "
            f"knows {newest}): use that one, or name another file"
        )
    if _pragma(connection, "page_count") * _pragma(connection, "page_size") <= _CHECKED_WHOLE:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StateError(f"{path} is damaged ({' '.join(found.split())}): {RESTORE}")


def _migrate(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> None:
    version = _pragma(connection, "user_version")
    if version == len(migrations):
        return
    connection.execute("BEGIN EXCLUSIVE")  # all steps or none
    try:
        for step in migrations[version:]:
            for statement in step:
                connection.execute(SQLITE.statement(statement))
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _tune(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # What commit() has returned from is on the disk.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
