"""Take content codings off bodies: to their end or not at all, and never beyond a limit."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from io import BytesIO

from newscrawl.downloader.errors import CutShortError

# Those that Scrapy itself depends on.
try:
    import brotli
except ImportError:
    import brotlicffi as brotli
if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Deflate unpacks to at most 1,032 times as much; the others are told how much to give at once.
_PIECE = 16_384
_GZIP = b"\x1f\x8b\x08"
_GZIP_TRAILER = 8


def is_known(coding: str) -> bool:
    """Return whether `unpack` can take off a content coding, named in lower case."""
    return coding in _UNPACKERS


def unpack(body: bytes, coding: str, max_size: int = 0) -> bytes:
    """Return the bytes behind a content coding: ``gzip``, ``deflate``, ``br``, ``zstd``.

    Checksums are not looked at, and what follows the end is left out. Raises CutShortError,
    OSError for what is of another coding or broken, ValueError beyond ``max_size`` (0: none).
    """
    if not body:
        return body
    unpacked = BytesIO()
    try:
        for piece in _UNPACKERS[coding](body):
            unpacked.write(piece)
            if max_size and unpacked.tell() > max_size:
                raise ValueError(f"it unpacks to more than {max_size} bytes")
    except CutShortError:
        raise CutShortError(f"the body breaks off within its {coding}") from None
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise OSError(f"no {coding}: {error}") from None
    return unpacked.getvalue()


def _gunzip(data: bytes) -> Iterator[bytes]:
    if not data.startswith(_GZIP):
        raise OSError("no gzip")
    while data.startswith(_GZIP):
        rest = yield from _inflate(data, _gzip_header(data))
        data = rest[_GZIP_TRAILER:]


def _gzip_header(data: bytes) -> int:
    """Return the length of a gzip header, RFC 1952."""
    flags, end = data[3] if len(data) > 3 else 0, 10
    if flags & 4:
        end += 2 + int.from_bytes(data[end : end + 2], "little")
    for flag in (8, 16):  # file name, comment: until a NUL
        if flags & flag:
            end = data.find(b"\0", end) + 1
            if not end:
                raise CutShortError
    return end + 2 if flags & 2 else end


def _undeflate(data: bytes) -> Iterator[bytes]:
    # RFC 9110 means zlib's format; some servers send the bare stream.
    is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    yield from _inflate(data, 2 if is_zlib else 0)


def _inflate(data: bytes, start: int) -> Generator[bytes, None, bytes]:
    """Yield what a deflate stream unpacks to; return what follows it."""
    inflater = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
    for at in range(start, len(data), _PIECE):
        piece = inflater.decompress(data[at : at + _PIECE])
        yield piece
        if inflater.eof:
            return inflater.unused_data + data[at + _PIECE :]
    raise CutShortError


def _unbrotli(data: bytes) -> Iterator[bytes]:
    decompressor = brotli.Decompressor()
    yield decompressor.process(data, output_buffer_limit=_PIECE)
    while not decompressor.is_finished():
        piece = decompressor.process(b"", output_buffer_limit=_PIECE)
        if not piece:
            raise CutShortError
        yield piece


def _unzstd(data: bytes) -> Iterator[bytes]:
    while data:
        decompressor = zstd.ZstdDecompressor()
        while not decompressor.eof:
            if data == b"" and decompressor.needs_input:
                raise CutShortError
            piece = decompressor.decompress(data, max_length=_PIECE)
            data = b""
            yield piece
        data = decompressor.unused_data


_UNPACKERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
