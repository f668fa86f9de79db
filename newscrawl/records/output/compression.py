"""Compressed outputs: gzip members and zstd frames, each whole in itself.

What is synced is a whole number of members, so a kill can only tear the one after them. Both
formats read as one text when members follow each other.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from newscrawl.records.output.errors import OutputError

LARGEST_TORN = 128 * 1024 * 1024
"""Bytes of a torn member that may be cut off; one of ours is far smaller."""

_BLOCK = 64 * 1024
_TAILS = (1024 * 1024, 16 * 1024 * 1024)
"""Bytes from the end to look for a member's beginning in; ours hold some 8 MB of text each."""

_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class Decompressor(Protocol):
    """Reads one member."""

    @property
    def eof(self) -> bool:
        """Whether the member has been read to its end."""

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end of the member."""

    def decompress(self, data: bytes, /) -> bytes:
        """Return the text of the next bytes."""


@dataclass(frozen=True)
class Compression:
    """A format: its name, how its members begin, how they are made and read."""

    name: str
    magic: bytes
    """How a member of any writer begins."""
    beginning: bytes
    """How a member of ours begins."""
    compress: Callable[[bytes], bytes]
    decompressor: Callable[[], Decompressor]
    open: Callable[[BinaryIO], BinaryIO]
    """Gives a file of the text that a file of members holds."""
    error: type[Exception]

    def begins_at(self, fd: int, offset: int) -> bool:
        """Return whether a member, whole or torn, may begin at an offset of a file."""
        start = os.pread(fd, len(self.magic), offset)
        return self.magic.startswith(start)


def compression_of(path: Path) -> Compression | None:
    """Return the compression that a file's name asks for: ``.gz``, ``.zst``, or None.

    Raises OutputError for zstd where no package for it is installed.
    """
    if path.suffix == ".gz":
        return _GZIP
    return _zstd(path) if path.suffix == ".zst" else None


def compression_by_magic(beginning: bytes, path: Path) -> Compression | None:
    """Return the compression whose members begin as a file does, whatever its name, or None.

    Raises OutputError for zstd where no package for it is installed.
    """
    if beginning.startswith(_GZIP.magic):
        return _GZIP
    return _zstd(path) if beginning.startswith(_ZSTD_MAGIC) else None


def read_members(
    fd: int, compression: Compression, start: int, end: int
) -> Iterator[tuple[bytes, int | None]]:
    """Yield (piece of text, None) and, where a member ends, (piece, offset after that member).

    Ends before a member that is torn or damaged, after its readable pieces.
    """
    while start < end:
        decompressor = compression.decompressor()
        while not decompressor.eof:
            block = os.pread(fd, min(_BLOCK, end - start), start)
            if not block:
                return
            try:
                text = decompressor.decompress(block)
            except compression.error:
                return
            start += len(block)
            if decompressor.eof:
                start -= len(decompressor.unused_data)
            yield text, start if decompressor.eof else None


def good_end(fd: int, compression: Compression, size: int, known: int | None) -> tuple[int, bytes]:
    """Return (the offset after the last whole member, the last byte of its text if there is any).

    ``known`` is an offset that is trusted to be such a border. Without one the file is read from
    a member near its end, or, where none is found, from its beginning.
    """
    if known is not None and known <= size and compression.begins_at(fd, known):
        return _walk(fd, compression, known, size)
    for tail in _TAILS:
        window = os.pread(fd, tail, max(0, size - tail)) if size > tail else b""
        found = window.find(compression.beginning)
        while found >= 0:
            start = size - len(window) + found
            end, last = _walk(fd, compression, start, size)
            if end > start:
                return end, last
            found = window.find(compression.beginning, found + 1)
    return _walk(fd, compression, 0, size)


def _walk(fd: int, compression: Compression, start: int, size: int) -> tuple[int, bytes]:
    end, last, running = start, b"", b""
    for text, border in read_members(fd, compression, start, size):
        running = text[-1:] or running
        if border is not None:
            end, last = border, running
    return end, last


def _gunzip() -> Decompressor:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


_GZIP = Compression(
    "gzip",
    magic=b"\x1f\x8b\x08",
    # No flags and no time: one run's members begin as another's do.
    beginning=b"\x1f\x8b\x08\0\0\0\0\0",
    compress=lambda text: gzip.compress(text, 6, mtime=0),
    decompressor=_gunzip,
    open=lambda members: cast("BinaryIO", gzip.GzipFile(fileobj=members, mode="rb")),
    error=zlib.error,
)


def _zstd(path: Path) -> Compression:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError as error:
        raise OutputError(
            f"{path}: no zstd package is installed; pip install 'newscrawl[zstd]', "
            "or name the file .gz"
        ) from error
    options = {int(zstd.CompressionParameter.checksum_flag): 1}
    return Compression(
        "zstd",
        magic=_ZSTD_MAGIC,
        beginning=_ZSTD_MAGIC,
        compress=lambda text: zstd.compress(text, options=options),
        decompressor=zstd.ZstdDecompressor,
        open=lambda members: cast("BinaryIO", zstd.ZstdFile(members, mode="r")),
        error=zstd.ZstdError,
    )
