"""One file of records: locked, repaired, appended to a whole line at a time."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from newscrawl.records.output.compression import Compression
from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.lines import Record, split_lines, to_record
from newscrawl.records.output.locks import open_locked, sync_directory
from newscrawl.records.output.repair import repair, texts

logger = logging.getLogger(__name__)

_MEMBER = 8 * 1024 * 1024
"""Bytes of text after which a compressed member is ended though nobody asks for a sync."""


class RecordFile:
    """A file open for appending. It holds whole lines alone, whenever it can be helped.

    ``known``: the length up to which its records are known, None where nothing is;
    ``repaired``: whether it ended on a torn line; ``synced``: its durable length in bytes.
    ``output`` is what it is called where it is refused. Raises OutputError.
    """

    def __init__(
        self,
        path: Path,
        compression: Compression | None,
        *,
        known: int | None = None,
        overwrite: bool = False,
        output: Path | None = None,
    ) -> None:
        self.path = path
        self.compression = compression
        self.known = known
        self.pending = bytearray()
        self.failed: OutputError | None = None
        self.fd = open_locked(path, output or path)
        try:
            if overwrite:
                os.ftruncate(self.fd, 0)
            self.repaired = repair(self.fd, path, compression, known)
            self.began = self.synced = self._size()
            os.fsync(self.fd)
            sync_directory(path.resolve().parent)
        except OutputError:
            os.close(self.fd)
            raise
        except OSError as error:
            os.close(self.fd)
            raise OutputError.of(path, error) from error

    def unknown_records(self) -> Iterator[Record]:
        """Yield the records that the file held beyond its known length when it was opened.

        None if it was shorter than that (then it is another file, as after a rotation), or if
        the known length is not where a line ends.
        """
        if self.known is None or not self._ends_a_line(self.known):
            return
        for line in split_lines(texts(self.fd, self.compression, self.known, self.began)):
            record = to_record(line)
            if record is None:
                logger.warning("%s: a line beyond byte %d is no record", self.path, self.known)
            else:
                yield record

    def write(self, line: bytes) -> None:
        """Append a line, its line end included; compressed ones are gathered until a sync.

        Raises OutputError, now and ever after, once one could not be written.
        """
        if self.failed is not None:
            raise self.failed
        if self.compression is None:
            self._append(line)
            return
        self.pending += line
        if len(self.pending) >= _MEMBER:
            self._append_member()

    def sync(self) -> int:
        """Make all that was written durable; return the file's length in bytes.

        Raises OutputError; then the file is cut back to what is surely durable.
        """
        if self.failed is not None:
            raise self.failed
        self._append_member()
        size = self._size()
        if size != self.synced:
            try:
                os.fsync(self.fd)
            except OSError as error:
                # What a failed fsync leaves behind cannot be known, so none of it may stay.
                raise self._fail(error, self.synced) from error
            self.synced = size
        return size

    def close(self) -> None:
        """Let go of the file and its lock; what was not synced may be lost."""
        os.close(self.fd)

    def _append_member(self) -> None:
        if self.compression is not None and self.pending:
            text, self.pending = bytes(self.pending), bytearray()
            self._append(self.compression.compress(text))

    def _append(self, data: bytes) -> None:
        before = self._size()
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self.fd, rest) :]
        except OSError as error:
            raise self._fail(error, before) from error

    def _fail(self, error: OSError, good: int) -> OutputError:
        self.failed = OutputError.of(self.path, error)
        try:
            if self._size() > good:
                os.ftruncate(self.fd, good)
                os.fsync(self.fd)
        except OSError as second:
            logger.error("%s: its torn end could not be cut off: %s", self.path, second.strerror)
        return self.failed

    def _size(self) -> int:
        # Asked for, not counted: a rotation by copying cuts the file under our hands.
        return os.fstat(self.fd).st_size

    def _ends_a_line(self, offset: int) -> bool:
        if offset > self.began:
            return False
        if self.compression is not None:
            return self.compression.begins_at(self.fd, offset)
        return not offset or os.pread(self.fd, 1, offset - 1) == b"\n"
