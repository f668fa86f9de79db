"""Open the state in PostgreSQL: connect, check whose database it is, migrate, lock."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import errors, sql

from newscrawl.items import SCHEMA_VERSION
from newscrawl.state.dialect import POSTGRESQL
from newscrawl.state.errors import StateError
from newscrawl.state.schema import APPLICATION_ID, MIGRATIONS, Migration

OLDEST = 13
"""The oldest major version of PostgreSQL that the state is used with."""

LEASE = 45
"""Seconds that a worker may hold an open transaction and do nothing. It commits every second or so;
one that is stopped, or cut off, is rolled back then, and others get what it held."""

_WAIT = 10.0  # seconds for another one that is just opening the state
_TIMEOUT = 10  # seconds to connect
# What another program's table of such a name would be mistaken for.
_MARK = "newscrawl_state"
_GONE = "the connection to PostgreSQL was lost ({error}): see that it runs, then run again"
_WORDS: tuple[tuple[type[psycopg.Error], str], ...] = (
    (errors.OutOfMemory, "{error}: raise max_locks_per_transaction, or sync more often"),
    (errors.DiskFull, "the disk of PostgreSQL is full: make room and run again"),
    (errors.ReadOnlySqlTransaction, "the database is read-only: name the primary server"),
    (errors.InsufficientPrivilege, "{error}: give the user the right to create tables and write"),
    (
        errors.IdleInTransactionSessionTimeout,
        "this process did nothing for too long, others may have gone on in its place: run again",
    ),
    (errors.DeadlockDetected, "workers wait for each other's articles again and again: run again"),
    (errors.OperationalError, _GONE),
    (errors.InterfaceError, _GONE),
)


def without_password(where: str) -> str:
    """Return an address as it may be shown.

    >>> without_password("postgresql://me:secret@db/news?sslmode=require")
    'postgresql://me@db/news'
    """
    parts = urlsplit(where)
    user, at, host = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{user.partition(':')[0]}{at}{host}{parts.path}"


@contextmanager
def readable_errors(shown: str) -> Iterator[None]:
    """Raise errors of PostgreSQL as StateError."""
    try:
        yield
    except psycopg.Error as error:
        said = " ".join((error.diag.message_primary or str(error)).split()) or type(error).__name__
        words = next((words for kind, words in _WORDS if isinstance(error, kind)), "{error}")
        raise StateError(f"{shown}: {words.format(error=said)}") from error


def open_database(
    where: str, *, shared: bool, migrations: Sequence[Migration] = MIGRATIONS
) -> psycopg.Connection:
    """Return a connection that commits by itself, to a database whose tables are up to date.

    A database belongs to one process, or, ``shared``, to any number of the same version. Raises
    StateError for one that cannot be reached or is another program's, a newer or older version's.
    """
    shown = without_password(where)
    connection = _connected(where, shown)
    try:
        with readable_errors(shown):
            _check_server(connection, shown)
            alone = _lock(connection, shown, shared=shared)
            _check_owner(connection, shown)
            _bring_up_to_date(connection, shown, migrations, alone=alone)
            if shared and alone:
                connection.execute("SELECT pg_advisory_lock_shared(%s)", (APPLICATION_ID,))
                connection.execute("SELECT pg_advisory_unlock(%s)", (APPLICATION_ID,))
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(where: str, shown: str) -> psycopg.Connection:
    # Seconds or milliseconds by the name: a peer that is gone is found out soon.
    settings = (
        f"-c idle_in_transaction_session_timeout={LEASE}s -c client_encoding=UTF8 "
        "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    )
    try:
        given = psycopg.conninfo.conninfo_to_dict(where)
        options = f"{given.get('options', '')} {settings}".strip()
        timeout = int(given.get("connect_timeout") or _TIMEOUT)
        return psycopg.connect(
            where, autocommit=True, options=options, connect_timeout=timeout,
            application_name="newscrawl",
        )  # fmt: skip
    except psycopg.Error as error:
        said = re.sub(r"^connection failed: ", "", " ".join(str(error).split()))
        raise StateError(f"{shown} cannot be opened: {said}") from error


def _check_server(connection: psycopg.Connection, shown: str) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise StateError(f"{shown} is PostgreSQL {version}: the state needs {OLDEST} or newer")
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StateError(
            f"{shown} has the encoding {encoding}: make one with createdb -E UTF8 -T template0"
        )


def _check_owner(connection: psycopg.Connection, shown: str) -> None:
    if _exists(connection, _MARK):
        return
    if taken := [name for name in ("progress", "pages", "runs") if _exists(connection, name)]:
        raise StateError(
            f"{shown} has a table {taken[0]} of another program: give the state a database of its "
            "own"
        )


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return _value(connection, "SELECT to_regclass(%s) IS NOT NULL", name) is True


def _lock(connection: psycopg.Connection, shown: str, *, shared: bool) -> bool:
    """Lock the state until the connection ends; return whether no other process has it."""
    end = time.monotonic() + _WAIT
    while True:
        if _value(connection, "SELECT pg_try_advisory_lock(%s)", APPLICATION_ID):
            return True
        query = "SELECT pg_try_advisory_lock_shared(%s)"
        if shared and _value(connection, query, APPLICATION_ID):
            return False
        if time.monotonic() > end or not shared:
            raise StateError(
                f"{shown} is in use by another run: let that one end, or give each its own"
            )
        time.sleep(0.1)


def _bring_up_to_date(
    connection: psycopg.Connection, shown: str, migrations: Sequence[Migration], *, alone: bool
) -> None:
    with connection.transaction():
        version, schema = 0, SCHEMA_VERSION
        if _exists(connection, _MARK):
            rows = connection.execute("SELECT version, record_schema FROM newscrawl_state")
            version, schema = rows.fetchone() or (0, "")
        if version > len(migrations):
            raise StateError(
                f"{shown} was written by a newer newscrawl (version {version} of the state, this "
                f"one knows {len(migrations)}): use that one, or name another database"
            )
        if not alone and (version < len(migrations) or schema != SCHEMA_VERSION):
            raise StateError(
                f"{shown} is in use by workers of another newscrawl, whose records have "
                f"schema {schema} (this one: {SCHEMA_VERSION}): let them end, then start all "
                "of them with one version"
            )
        for step in migrations[version:]:
            for text in step:
                connection.execute(sql.SQL(POSTGRESQL.statement(text)))
        if alone:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS newscrawl_state (version INT, record_schema TEXT)"
            )
            connection.execute("DELETE FROM newscrawl_state")
            connection.execute(
                "INSERT INTO newscrawl_state VALUES (%s, %s)", (len(migrations), SCHEMA_VERSION)
            )


def _value(connection: psycopg.Connection, query: str, *values: object) -> object:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
