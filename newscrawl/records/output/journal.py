"""Files that several runs may append to: rejects, summaries. Whole lines, whatever ends a run."""

from __future__ import annotations

import fcntl
import os
import stat
from pathlib import Path

from newscrawl.records.output.errors import OutputError

_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
_TAIL = 16 * 1024 * 1024
"""Bytes from the end in which the last line begins; the summary of 1,000 sites takes one."""


class Journal:
    """A file open for appending lines, each at once, so that those of several runs do not mix.

    What a kill or a full disk left of a line is cut off before the next one is written. Unlike an
    output it is not synced. Raises OutputError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._fd = os.open(path, _FLAGS, 0o666)
            self._is_file = stat.S_ISREG(os.fstat(self._fd).st_mode)
        except OSError as error:
            raise OutputError.of(path, error) from error

    def append(self, line: bytes) -> None:
        """Write a line, its line end included."""
        try:
            if self._is_file:
                self._append(line)
                return
            rest = memoryview(line)
            while rest:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            raise OutputError.of(self.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._fd)

    def _append(self, line: bytes) -> None:
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        try:
            end = self._cut_torn_line()
            try:
                rest = memoryview(line)
                while rest:
                    rest = rest[os.write(self._fd, rest) :]
            except OSError:
                os.ftruncate(self._fd, end)
                raise
        finally:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def _cut_torn_line(self) -> int:
        """Return the file's length without the torn end that it may have had."""
        size = os.fstat(self._fd).st_size
        if not size or os.pread(self._fd, 1, size - 1) == b"\n":
            return size
        tail = os.pread(self._fd, _TAIL, max(0, size - _TAIL))
        end = size - len(tail) + tail.rfind(b"\n") + 1
        if end == size - len(tail) and end:
            # No line of ours is so long: somebody else's, which is not ours to cut.
            os.write(self._fd, b"\n")
            return size + 1
        os.ftruncate(self._fd, end)
        return end
