"""Files that a piece's records are written to: lines, plain or compressed, and Parquet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from newscrawl.records.output import OutputError
from newscrawl.records.output.compression import compression_of
from newscrawl.records.output.file import RecordFile

_AT_ONCE = 256 * 1024
"""Bytes of lines that are written together: a piece counts once it is whole, so nothing is lost."""


class Sink(Protocol):
    """A file being written. Raises OutputError."""

    def write(self, line: bytes) -> None:
        """Add a record, or another object, as a line of JSON."""

    def complete(self) -> None:
        """Write the file's end and make all durable."""

    def close(self) -> None:
        """Let go of the file, complete or not."""


def open_sink(part: Path, path: Path) -> Sink:
    """Open ``part``, which is to take the place of ``path``; that says how it is written."""
    return _Parquet(part, path) if path.suffix == ".parquet" else _Lines(part, path)


class _Lines:
    def __init__(self, part: Path, path: Path) -> None:
        self._file = RecordFile(part, compression_of(path), overwrite=True, output=path)
        self.close = self._file.close
        self._held = bytearray()

    def write(self, line: bytes) -> None:
        self._held += line
        if len(self._held) >= _AT_ONCE:
            self._write_held()

    def complete(self) -> None:
        self._write_held()
        self._file.sync()

    def _write_held(self) -> None:
        if self._held:
            self._file.write(bytes(self._held))
            self._held.clear()


class _Parquet:
    def __init__(self, part: Path, path: Path) -> None:
        from newscrawl.records.export.parquet import ParquetWriter

        self._part = part
        self._path = path
        self._is_open = True
        with self._errors():
            self._writer = ParquetWriter(part)

    def write(self, line: bytes) -> None:
        from newscrawl.records.export import Entry

        with self._errors():
            self._writer.write(Entry(json.loads(line)))

    def complete(self) -> None:
        with self._errors():
            self._writer.close()
            self._is_open = False
            fd = os.open(self._part, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)

    def close(self) -> None:
        if self._is_open:
            self._writer.abort()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError.of(self._path, error) from error
