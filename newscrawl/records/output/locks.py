"""Files that one process at a time may write: flock, which ends with the process."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from newscrawl.records.output.errors import InUseError, OutputError

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC


def open_locked(path: Path, output: Path) -> int:
    """Open a file for appending, made if need be, and return its descriptor, locked.

    Raises OutputError, in the name of ``output``, if it is locked already or cannot be opened.
    """
    while True:
        try:
            fd = os.open(path, _FLAGS, 0o666)
        except OSError as error:
            raise OutputError.of(path, error) from error
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_still(fd, path):
                return fd
        except BlockingIOError as error:
            os.close(fd)
            raise InUseError(
                f"{output} is being written by another process; wait for it to end, "
                "or write to another file"
            ) from error
        except OSError as error:
            os.close(fd)
            raise OutputError.of(path, error) from error
        # It was renamed or removed before it was locked.
        os.close(fd)


def _is_still(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except FileNotFoundError:
        return False


def sync_directory(directory: Path) -> None:
    """Make a file's creation, renaming or removal durable. Raises OSError."""
    fd = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        # Some network file systems know no such thing, and need none.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(fd)
