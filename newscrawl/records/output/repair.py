"""Repair the end of an output that a killed run left torn, before appending to it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from newscrawl.records.output.compression import LARGEST_TORN, Compression, good_end, read_members
from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.lines import LONGEST_LINE, may_be_torn, to_record

logger = logging.getLogger(__name__)

_BLOCK = 64 * 1024


def repair(fd: int, path: Path, compression: Compression | None, known: int | None) -> bool:
    """Let a file end on a whole line and, compressed, a whole member; tell whether it did not.

    ``known`` is the length up to which the file is known to be whole; only what lies beyond is
    read, and the beginning. Without it a plain file's last line is read, a compressed one's last
    megabytes. Raises OutputError for a file that is not JSON Lines of ours, OSError for one that
    cannot be read or changed.
    """
    size = os.fstat(fd).st_size
    if not size:
        return False
    _refuse_what_is_not_ours(fd, path, compression, size)
    if compression is None:
        return _repair_lines(fd, path, size)
    return _repair_members(fd, path, compression, size, known)


def texts(fd: int, compression: Compression | None, start: int, end: int) -> Iterator[bytes]:
    """Yield the text between two offsets of a file in pieces, decompressed."""
    if compression is not None:
        yield from (text for text, _ in read_members(fd, compression, start, end))
        return
    while start < end and (block := os.pread(fd, min(_BLOCK, end - start), start)):
        start += len(block)
        yield block


def _refuse_what_is_not_ours(
    fd: int, path: Path, compression: Compression | None, size: int
) -> None:
    if compression is not None and not compression.begins_at(fd, 0):
        raise OutputError(f"{path} is not {compression.name}; it is left as it is")
    line, is_whole = _first_line(texts(fd, compression, 0, size))
    if to_record(line) is None and (is_whole or not may_be_torn(line)):
        raise OutputError(
            f"{path} does not begin with a record as a line of JSON; it is left as it is, "
            "write to another file"
        )


def _first_line(pieces: Iterator[bytes]) -> tuple[bytes, bool]:
    held, length = [], 0
    for piece in pieces:
        first, newline, _ = piece.partition(b"\n")
        held.append(first)
        length += len(first)
        if newline or length > LONGEST_LINE:
            return b"".join(held), True
    return b"".join(held), False


def _repair_lines(fd: int, path: Path, size: int) -> bool:
    end = _after_last_line(fd, path, size)
    if end == size:
        return False
    if to_record(os.pread(fd, size - end, end)) is not None:
        _complete(fd, path, b"\n")
    else:
        _cut(fd, path, size, end)
    return True


def _after_last_line(fd: int, path: Path, size: int) -> int:
    start = size
    while start > 0:
        if size - start > LONGEST_LINE:
            raise OutputError(
                f"{path} has no line end in its last {LONGEST_LINE} bytes; it is left as it is"
            )
        length = min(_BLOCK, start)
        start -= length
        found = os.pread(fd, length, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
    return 0


def _repair_members(
    fd: int, path: Path, compression: Compression, size: int, known: int | None
) -> bool:
    end, last = good_end(fd, compression, size, known)
    if size - end > LARGEST_TORN:
        raise OutputError(
            f"{path} cannot be read as {compression.name} after byte {end}, and that is more "
            "than a kill can tear; it is left as it is"
        )
    if end < size:
        _cut(fd, path, size, end)
    if last not in {b"", b"\n"}:
        _complete(fd, path, compression.compress(b"\n"))
    return end < size or last not in {b"", b"\n"}


def _cut(fd: int, path: Path, size: int, end: int) -> None:
    logger.warning("%s: cut off %d bytes that were torn at its end", path, size - end)
    os.ftruncate(fd, end)
    os.fsync(fd)


def _complete(fd: int, path: Path, line_end: bytes) -> None:
    logger.warning("%s: completed its last line, whose end was missing", path)
    if os.write(fd, line_end) != len(line_end):
        raise OutputError(f"{path}: No space left on device")
    os.fsync(fd)
