"""Records of a WARC file, one after the other; what is broken costs itself and nothing more.

FastWARC reads, and stops for good at the first byte that it cannot make sense of, as warcio does.
Here such a place is looked at: is it the last record that is broken, or what follows it? Then the
next record's beginning is searched for, and reading goes on from there. A record is handed out
once it is known to end where it says. Records that FastWARC does not read as they are meant, with
``content-length`` in another case or lines that end with LF alone, are read here.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Literal

from fastwarc import ArchiveIterator, WarcRecord

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST_BLOCK = 26_000_000
"""Bytes of a record's block that are read: `newscrawl.page.page.MAX_BYTES`, and headers."""

_WINDOW = 1 << 20
_HEAD = 16_384
_END = b"\r\n\r\n"
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Of the frame before all others that holds a dictionary: IIPC's "WARC zstd" specification."""
_LZ4 = b"\x04\x22\x4d\x18"
_BEGINNING = b"WARC/"
_PLAIN = re.compile(rb"(?:\A|\n)(WARC/[01]\.\d+\r?\n(?:[^\r\n]+\r?\n){0,99}?WARC-Type:)", re.I)

Form = Literal["plain", "gzip", "zstd", "other"]
Wants = Callable[[str, Mapping[str, str]], bool]
"""Whether a record's block is wanted, by its type and its headers (lower-case names)."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record that is whole."""

    offset: int
    """In bytes of the file, of the compressed member that holds the record."""
    type: str
    """``response``, ``request``, ``revisit`` …"""
    headers: Mapping[str, str]
    """Under lower-case names."""
    length: int
    """Of the block, in bytes."""
    block: bytes | None
    """None where it is not wanted, or larger than LARGEST_BLOCK."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A place that no whole record could be read at."""

    offset: int
    detail: str
    url: str | None = None
    """The address of the broken record, where its headers can be read."""


class NoWarcError(ValueError):
    """A file holds no record at all; the message says what it is."""


def read_records(path: Path, wants: Wants) -> Iterator[Record | Damage]:
    """Yield what a WARC file holds, plain or compressed (gzip, zstd, LZ4), in its order.

    Raises OSError for a file that cannot be read, NoWarcError for one that is no WARC.
    """
    with path.open("rb") as file:
        yield from _Reader(file, path, wants).records()


class _Reader:
    def __init__(self, file: BufferedReader, path: Path, wants: Wants) -> None:
        self.file = file
        self.form = _form(file, path)
        self.size = os.fstat(file.fileno()).st_size
        self.wants = wants
        # Of the round of reading under way: the last record's, and the record if it is readable.
        self._offset: int | None = None
        self._headers: dict[str, str] = {}
        self._held: Record | None = None
        self._damage: Damage | None = None
        self._is_beyond = False
        """Whether the damage comes after a good record."""
        self._is_odd = False
        """Whether the last record was read here and not by FastWARC."""

    def records(self) -> Iterator[Record | Damage]:
        start: int | None = 0
        found = False
        beyond: Damage | None = None
        while start is not None:
            for record in self._round(start):
                if beyond is not None:
                    yield beyond
                    beyond = None
                found = True
                yield record
            if self._is_odd and self._offset is not None:
                start = self._next_start(self._offset + 1)
                continue
            if self._damage is None:
                break
            start = self._next_start(self._damage.offset + 1)
            if not self._is_beyond and (found or start is not None):
                yield self._damage
            # What follows a good record is told of once: as a broken one, if it is one.
            beyond = self._damage if self._is_beyond else None
        if not found:
            raise NoWarcError("the file is empty" if not self.size else "this is no WARC file")
        if beyond is not None:
            yield beyond

    def _round(self, start: int) -> Iterator[Record]:
        """Yield records as long as they can be read; note the damage that ends it."""
        self._offset = self._held = self._damage = None
        self._is_odd = False
        error: OSError | None = None
        self.file.seek(start)
        try:
            for warc_record in ArchiveIterator(self.file, parse_http=False):
                if self._held is not None:
                    yield self._held
                self._held = None
                self._offset = warc_record.stream_pos
                self._headers = {
                    name.lower(): value for name, value in warc_record.headers.to_dict().items()
                }
                if self._is_misread(warc_record):
                    self._is_odd = self._read_here(self._offset)
                    break
                self._held = self._taken(warc_record)
        except OSError as problem:
            error = problem
            self._is_odd = self._offset is None and self._read_here(start)
        if not self._is_odd:
            self._note_damage(start, error)
        if self._held is not None:
            yield self._held

    def _is_misread(self, record: WarcRecord) -> bool:
        """Return whether FastWARC takes a record to be longer or shorter than it says."""
        return self._headers.get("content-length", "").strip() != str(record.content_length)

    def _note_damage(self, start: int, error: OSError | None) -> None:
        """Note what ended a round that began at ``start``; drop the last record if it is broken."""
        detail = str(error) if error else "it ends before its Content-Length says"
        if self._offset is None:
            if error is not None:
                self._is_beyond = False
                self._damage = Damage(start, f"broken record: {detail}")
            return
        self._is_beyond = self._ends_where_it_says(self._offset)
        if not self._is_beyond:
            url = self._headers.get("warc-target-uri")
            self._damage = Damage(self._offset, f"broken record: {detail}", url)
            self._held = None
        elif error is not None:
            self._damage = Damage(self._offset, f"what follows this record is none: {detail}")

    def _taken(self, record: WarcRecord) -> Record | None:
        headers, length = self._headers, record.content_length
        kind = headers.get("warc-type", "unknown").strip().lower()
        block = None
        if length <= LARGEST_BLOCK and self.wants(kind, headers):
            block = record.reader.read()
            if len(block) != length:
                return None
        return Record(self._offset or 0, kind, headers, length, block)

    def _ends_where_it_says(self, offset: int) -> bool:
        """Return whether the record at an offset is as long as it says, and followed by its end.

        FastWARC fails over what follows a record, too, when it reads ahead; the block is read
        here then. A record that cannot be reached by itself, inside of a member that holds
        several, is taken as it is if its block was as long as it says.
        """
        if not self._begins(os.pread(self.file.fileno(), _HEAD, offset), 0):
            return self._held is not None
        mine = self._headers.get("warc-record-id", "")
        pieces = self._member(offset)
        try:
            head = self._read_head(pieces)
            if head is None:
                return False
            fields, length, rest = head
            if fields.get("warc-record-id", "") != mine:
                return self._held is not None
            return self._read_block(rest, length, pieces)
        except (zlib.error, zstd.ZstdError):
            return False

    def _read_here(self, offset: int) -> bool:
        """Read the record at an offset without FastWARC; tell whether it is whole."""
        if not self._begins(os.pread(self.file.fileno(), _HEAD, offset), 0):
            return False
        pieces = self._member(offset)
        self._held = None
        try:
            head = self._read_head(pieces)
            if head is None:
                return False
            self._offset = offset
            self._headers, length, rest = head
            return self._read_block(rest, length, pieces)
        except (zlib.error, zstd.ZstdError):
            return False

    def _read_head(self, pieces: Iterator[bytes]) -> tuple[dict[str, str], int, bytes] | None:
        """Return a record's headers, its length and what was read of its block, None for none."""
        text = bytearray()
        while not (end := _BLANK_LINE.search(text)) and len(text) < 4 * _HEAD:
            piece = next(pieces, b"")
            if not piece:
                return None
            text += piece
        if end is None:
            return None
        lines = text[: end.start()].decode("utf-8", "replace").split("\n")[1:]
        pairs = (line.partition(":") for line in lines)
        fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
        stated = fields.get("content-length", "")
        if not stated.isascii() or not stated.isdigit() or len(stated) > 18:
            return None
        return fields, int(stated), bytes(text[end.end() :])

    def _read_block(self, beginning: bytes, length: int, pieces: Iterator[bytes]) -> bool:
        """Return whether a block has its length and its end; hold the record if it is wanted."""
        is_small = length <= LARGEST_BLOCK
        window, start = bytearray(beginning), 0
        while start + len(window) < length + len(_END) and (piece := next(pieces, b"")):
            if not is_small:
                start += max(0, len(window) - len(_END))
                del window[: max(0, len(window) - len(_END))]
            window += piece
        # Some writers end a record with line feeds alone, or the last of a file with nothing.
        end = bytes(window[length - start : length - start + len(_END)])
        is_cut = start + len(window) < length
        if is_cut or (end != _END and not end.startswith(b"\n\n") and end.strip(b"\r\n")):
            return False
        if self._held is None and self._offset is not None:
            kind = self._headers.get("warc-type", "unknown").strip().lower()
            wanted = is_small and self.wants(kind, self._headers)
            block = bytes(window[:length]) if wanted else None
            self._held = Record(self._offset, kind, self._headers, length, block)
        return True

    def _member(self, offset: int) -> Iterator[bytes]:
        """Yield the text of the member at an offset, or that of a plain file from there on.

        Raises zlib.error and ZstdError.
        """
        fd = self.file.fileno()
        if self.form == "plain":
            while piece := os.pread(fd, _WINDOW, offset):
                offset += len(piece)
                yield piece
            return
        gunzip, unzstd = zlib.decompressobj(wbits=31), zstd.ZstdDecompressor()
        while data := os.pread(fd, _HEAD, offset):
            offset += len(data)
            if self.form == "gzip":
                while data and not gunzip.eof:
                    yield gunzip.decompress(data, _WINDOW)
                    data = gunzip.unconsumed_tail
            else:
                yield unzstd.decompress(data, _WINDOW)
                while not (unzstd.eof or unzstd.needs_input):
                    yield unzstd.decompress(b"", _WINDOW)
            if gunzip.eof or unzstd.eof:
                return

    def _next_start(self, offset: int) -> int | None:
        """Return where the next record begins, or the member that holds it; None if none does."""
        magic = {"gzip": _GZIP, "zstd": _ZSTD, "plain": b"WARC/"}.get(self.form)
        while magic is not None and offset < self.size:
            # A window reaches into the next one as far as a beginning can be long.
            window = os.pread(self.file.fileno(), _WINDOW + _HEAD, offset)
            at = window.find(magic)
            while 0 <= at < _WINDOW:
                if self._begins(window, at):
                    return offset + at
                at = window.find(magic, at + 1)
            offset += _WINDOW
        return None

    def _begins(self, window: bytes, at: int) -> bool:
        if self.form == "plain":
            return _PLAIN.match(window, at - 1 if at else 0) is not None
        piece = window[at : at + _HEAD]
        try:
            if self.form == "gzip":
                text = zlib.decompressobj(wbits=31).decompress(piece, len(_BEGINNING))
            else:
                text = zstd.ZstdDecompressor().decompress(piece, len(_BEGINNING))
        except (zlib.error, zstd.ZstdError):
            return False
        return text == _BEGINNING


def _form(file: BufferedReader, path: Path) -> Form:
    """Return how a file is compressed, by its first bytes; by its name where those are damaged."""
    first = file.read(4)
    if first.startswith(_GZIP):
        return "gzip"
    if first in (_ZSTD, _ZSTD_DICTIONARY):
        return "zstd"
    if first == _LZ4:
        return "other"
    if first == _BEGINNING[:4]:
        return "plain"
    by_name: dict[str, Form] = {".gz": "gzip", ".zst": "zstd"}
    return by_name.get(path.suffix.lower(), "plain")
