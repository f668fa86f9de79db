"""The text of a file, plain or compressed, up to where it can be read."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

from newscrawl.records.output.compression import compression_by_magic
from newscrawl.records.reading.files import STDIN

_BLOCK = 256 * 1024
_MAGIC = 4


class TextStream(io.RawIOBase):
    """The bytes of a file of text, unpacked if its first bytes are those of gzip or zstd.

    It ends where the file does, or before what cannot be read; ``problem`` then is (reason,
    detail). ``file`` is what was opened already. Raises OSError for a file that cannot be opened.
    """

    def __init__(self, path: str, file: BinaryIO | None = None) -> None:
        super().__init__()
        self.problem: tuple[str, str] | None = None
        self.is_problem_told = False
        self._file = cast("io.BufferedReader", file or open_bytes(path))
        try:
            beginning = self._file.peek(_MAGIC)[:_MAGIC]
            self._compression = compression_by_magic(beginning, Path(path))
        except BaseException:
            self.close()
            raise
        source = cast("BinaryIO", self._file)
        self._text: Any = self._compression.open(source) if self._compression else self._file

    @property
    def position(self) -> int:
        """Bytes of the file that were read, compressed ones as they are; 0 for a pipe."""
        try:
            return self._file.raw.tell()
        except OSError:
            return 0

    def readable(self) -> bool:
        """Return True: the stream is readable."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what can be read at once; return how many bytes that was."""
        if self.problem is not None:
            return 0
        view = memoryview(buffer).cast("B")
        try:
            piece = self._text.read1(len(view))
        except EOFError:
            self.problem = ("torn", "the compressed file is cut short here")
            return 0
        except OSError as error:
            # gzip's own errors are OSErrors without a number.
            reason = "damaged" if error.errno is None else "unreadable"
            self.problem = (reason, error.strerror or f"no more can be unpacked ({error})")
            return 0
        except self._damage as error:
            self.problem = ("damaged", f"no more can be unpacked ({error})")
            return 0
        view[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Let go of the file; standard input stays open."""
        if self._file is not sys.stdin.buffer:
            self._file.close()
        super().close()

    @property
    def _damage(self) -> tuple[type[Exception], ...]:
        return (self._compression.error,) if self._compression else ()


def open_text(path: str, file: BinaryIO | None = None) -> tuple[TextStream, io.BufferedReader]:
    """Return the text of a file, and a buffered reader of it. Raises OSError."""
    stream = TextStream(path, file)
    return stream, io.BufferedReader(stream, _BLOCK)


def open_bytes(path: str) -> BinaryIO:
    """Open a file, or standard input for ``-``. Raises OSError."""
    return sys.stdin.buffer if path == STDIN else open(path, "rb", buffering=_BLOCK)
