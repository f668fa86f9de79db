"""Errors of the state, with messages that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StateError(Exception):
    """The state cannot be opened, read or written; the message says why and what to do."""


RESTORE = "restore it from a backup, or move it away to start anew"
"""What to do about a file that cannot be used."""

# By the beginning of SQLite's name of the error; the first that fits counts.
_WORDS = (
    ("SQLITE_BUSY", "{path} is in use by another run: let that one end, or give each its own"),
    ("SQLITE_LOCKED", "{path} is in use by another run: let that one end, or give each its own"),
    ("SQLITE_NOTADB", f"{{path}} is no state of newscrawl: {RESTORE}"),
    ("SQLITE_CORRUPT", f"{{path}} is damaged ({{error}}): {RESTORE}"),
    ("SQLITE_FULL", "{path} cannot grow, the disk is full: make room and run again"),
    ("SQLITE_READONLY", "{path} cannot be written: make the file and its folder writable"),
    ("SQLITE_PERM", "{path} cannot be written: make the file and its folder writable"),
    ("SQLITE_CANTOPEN", "{path} cannot be opened: see that its folder exists and is writable"),
    ("SQLITE_IOERR", "{path} cannot be read or written ({error}): see to the disk and run again"),
)


@contextmanager
def readable_errors(path: Path) -> Iterator[None]:
    """Raise errors of SQLite and the file system about ``path`` as StateError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StateError(_words(path, error)) from error
    except OSError as error:
        raise StateError(f"{path} cannot be used: {error.strerror or error}") from error


def _words(path: Path, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    for beginning, words in _WORDS:
        if name.startswith(beginning):
            return words.format(path=path, error=error)
    return f"{path}: {error}"
