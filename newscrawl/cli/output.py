"""Lines of data to a file or to standard output; a file is whole or is not there."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

Write = Callable[[bytes], None]


class OutputError(Exception):
    """The output could not be written; the message says where and why."""


@contextmanager
def line_output(path: Path | None) -> Iterator[Write]:
    """Give a function that writes bytes to the file, or to standard output for None or ``-``.

    A regular file is written beside its place and takes it only when all went well: until then
    an older file of that name stays as it was. Raises OutputError, and BrokenPipeError when the
    reader of standard output has gone.
    """
    if path is None or str(path) == "-":
        with _stdout() as write:
            yield write
    elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
        with _opened(path, path, "ab") as file:
            yield _writer(file, path)
    else:
        target = Path(os.path.realpath(path))
        partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
        try:
            with _opened(partial, path, "xb") as file:
                yield _writer(file, path)
                with _errors_of(path):
                    file.flush()
                    os.fsync(file.fileno())
            with _errors_of(path):
                partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


@contextmanager
def _opened(actual: Path, path: Path, mode: str) -> Iterator[BinaryIO]:
    with _errors_of(path):
        file = cast("BinaryIO", actual.open(mode))
    try:
        yield file
    finally:
        with _errors_of(path):
            file.close()


@contextmanager
def _stdout() -> Iterator[Write]:
    where = Path("standard output")
    try:
        yield _writer(sys.stdout.buffer, where)
        with _errors_of(where):
            sys.stdout.buffer.flush()
    except OutputError:
        discard_stdout()
        raise


def _writer(file: BinaryIO, path: Path) -> Write:
    def write(data: bytes) -> None:
        with _errors_of(path):
            file.write(data)

    return write


@contextmanager
def _errors_of(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error


def discard_stdout() -> None:
    """Send what standard output still holds nowhere, so that closing it cannot fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
