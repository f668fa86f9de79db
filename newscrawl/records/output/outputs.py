"""The interface of outputs; a file that grows; a stream that is no file."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from newscrawl.items import Article
from newscrawl.records.output.compression import compression_of
from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.file import RecordFile
from newscrawl.records.output.lines import Record

KnownLength = Callable[[str], int | None]
"""The length in bytes up to which an output's records are remembered; None if it is not known."""


class DurableOutput:
    """An output of a crawl that says what is durable, for a memory between runs."""

    failed: bool
    """Whether it could not be opened or written; set, it writes no more."""

    def adopt(self, known: KnownLength, receiver: Callable[[Iterator[Record]], None]) -> None:
        """Hand the records beyond the ``known`` length of each file to a receiver, when opened."""
        raise NotImplementedError

    def after_write(self, callback: Callable[[Article], None]) -> None:
        """Call back with every article that was written."""
        raise NotImplementedError

    def after_sync(self, callback: Callable[[dict[str, int]], None]) -> None:
        """Call back with the files' durable lengths, by absolute path, after every sync."""
        raise NotImplementedError


class Output(ABC):
    """The interface of an output for records.

    First `unknown_records`, `sync` and `publish`; then `write` and `sync` as often as there is
    something to write; at the end `sync` and `close`.
    """

    repaired: int = 0
    """Files whose end was torn when they were opened."""

    written: int = 0
    """Bytes that this process has made durable."""

    @abstractmethod
    def unknown_records(self) -> Iterator[Record]:
        """Yield what the outputs hold beyond their known lengths."""

    @abstractmethod
    def write(self, line: bytes) -> None:
        """Write a line, its line end included. Raises OutputError, now and ever after."""

    @abstractmethod
    def sync(self) -> dict[str, int]:
        """Make all that was written durable; return the files' lengths in bytes, by name.

        The names are absolute paths without links. Raises OutputError.
        """

    def publish(self) -> None:  # noqa: B027 - most have nothing to publish
        """Give the files of runs that were killed their names: their records are remembered.

        Raises OutputError.
        """

    @abstractmethod
    def close(self, *, complete: bool = True) -> None:
        """Let go of everything; ``complete`` says that all was written and synced.

        Raises OutputError.
        """


class GrowingOutput(Output):
    """A file that every run appends to."""

    def __init__(self, path: Path, known: KnownLength, *, overwrite: bool = False) -> None:
        self.name = os.path.realpath(path)
        self.file = RecordFile(
            path, compression_of(path), known=known(self.name), overwrite=overwrite
        )
        self.repaired = int(self.file.repaired)

    def unknown_records(self) -> Iterator[Record]:
        """Yield what the file holds beyond its known length."""
        return self.file.unknown_records()

    def write(self, line: bytes) -> None:
        """Append a line."""
        self.file.write(line)

    def sync(self) -> dict[str, int]:
        """Make the file durable."""
        length = self.file.sync()
        self.written = length - self.file.began
        return {self.name: length}

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002 - the same either way
        """Close the file."""
        self.file.close()


class StreamOutput(Output):
    """Standard output, a pipe, a device: nothing to sync, repair, lock or remember."""

    def __init__(self, path: Path, stream: BinaryIO | None = None) -> None:
        self.path = path
        try:
            self.stream = stream or path.open("wb", buffering=0)
        except OSError as error:
            raise OutputError.of(path, error) from error
        self.owned = stream is None
        self.failed: OutputError | None = None

    def unknown_records(self) -> Iterator[Record]:
        """Yield nothing."""
        return iter(())

    def write(self, line: bytes) -> None:
        """Write a line and flush it."""
        if self.failed is not None:
            raise self.failed
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self.stream.write(rest) :]
            self.stream.flush()
        except OSError as error:
            self.failed = OutputError.of(self.path, error)
            raise self.failed from error
        self.written += len(line)

    def sync(self) -> dict[str, int]:
        """Return no lengths: a stream has none."""
        if self.failed is not None:
            raise self.failed
        return {}

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002 - the same either way
        """Close the stream, unless it is standard output."""
        if self.owned:
            self.stream.close()
