"""Unpack gzip files: all members, within a limit, as far as they can be read."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from newscrawl.exceptions import NotAPageError

GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = zlib.MAX_WBITS | 16


class Unpacked(NamedTuple):
    """Bytes behind gzip."""

    data: bytes
    is_whole: bool
    """False where the file breaks off within a member."""


def unpack_gzip(body: bytes, max_bytes: int) -> Unpacked:
    """Return the content of all members of a gzip file; what is not gzip is returned as it is.

    A file may hold several members (RFC 1952, 2.2), as appended logs and sitemaps do. Zeros and
    other bytes after the last member are left out, as ``gzip -d`` does. Of a damaged file the
    bytes before the damage are returned.

    Raises NotAPageError: ``too_large`` beyond ``max_bytes`` (of the body, too, where it is not
    gzip), ``binary`` where nothing can be unpacked.

    >>> import gzip
    >>> unpack_gzip(gzip.compress(b"news") + gzip.compress(b"crawl"), 100)
    Unpacked(data=b'newscrawl', is_whole=True)
    """
    if not body.startswith(GZIP_MAGIC):
        _check_size(len(body), max_bytes)
        return Unpacked(body, is_whole=True)
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest.startswith(GZIP_MAGIC):
        member = zlib.decompressobj(wbits=_GZIP_WINDOW)
        data, error = _decompress(member, rest, max_bytes - size + 1)
        parts.append(data)
        size += len(data)
        _check_size(size, max_bytes)
        if error or not member.eof:
            if error and size == 0:
                raise NotAPageError("binary", f"a gzip archive that cannot be read: {error}")
            return Unpacked(b"".join(parts), is_whole=False)
        rest = member.unused_data
    return Unpacked(b"".join(parts), is_whole=True)


def gzip_head(body: bytes, size: int) -> bytes:
    """Return the first bytes of a body, unpacked if it is gzip; empty where that fails."""
    if not body.startswith(GZIP_MAGIC):
        return body[:size]
    head = b""
    rest = body
    while rest.startswith(GZIP_MAGIC) and len(head) < size:
        member = zlib.decompressobj(wbits=_GZIP_WINDOW)
        data, error = _decompress(member, rest, size - len(head))
        head += data
        if error or not member.eof:
            break
        rest = member.unused_data
    return head


_STEP = 65_536


def _decompress(
    member: zlib._Decompress, data: bytes, max_bytes: int
) -> tuple[bytes, zlib.error | None]:
    """Return what a member holds, up to the limit, and the error that ended it early.

    In steps: zlib gives nothing of a call that meets an error.
    """
    parts: list[bytes] = []
    wanted = max_bytes
    try:
        while data and wanted > 0 and not member.eof:
            parts.append(member.decompress(data, min(wanted, _STEP)))
            wanted -= len(parts[-1])
            data = member.unconsumed_tail
            if not parts[-1] and not data:
                break
    except zlib.error as error:
        return b"".join(parts), error
    return b"".join(parts), None


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise NotAPageError("too_large", f"over {max_bytes} bytes")
