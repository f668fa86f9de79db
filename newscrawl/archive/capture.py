"""A response as an archive holds it: its headers, and its body as a browser would have seen it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newscrawl.archive.reading import Record
from newscrawl.downloader.content_coding import is_known, unpack
from newscrawl.downloader.errors import BadEncodingError, CutShortError
from newscrawl.exceptions import NotAPageError
from newscrawl.page.page import MAX_BYTES

_STATUS_LINE = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})(?=[ \r\n])")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_ALGORITHMS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256",
               "sha512": "sha512", "sha-512": "sha512", "md5": "md5"}  # fmt: skip
_NO_CODING = frozenset({"", "identity", "none"})


@dataclass(frozen=True, slots=True)
class Capture:
    """A response that may be a page."""

    url: str
    fetched_at: datetime | None
    status: int
    headers: Mapping[str, str]
    """Those of HTTP, under lower-case names."""
    body: bytes
    """As it was stored, with its codings."""
    offset: int
    """Of its record in the file."""
    record: Mapping[str, str]
    """The headers of its WARC record, under lower-case names."""
    head: bytes = b""
    """Status line and headers as they were stored, with the blank line after them."""
    note: Mapping[str, Any] = field(default_factory=dict)
    """What newscrawl noted when it crawled the page, see `newscrawl.archive.notes`."""


def capture_of(record: Record, note: Mapping[str, Any] | None = None) -> Capture:
    """Return the response that a record holds; raises ValueError for a block that holds none."""
    block = record.block or b""
    status_line = _STATUS_LINE.match(block)
    if status_line is None:
        raise ValueError(f"no HTTP response: it begins with {block[:20]!r}")
    blank = _BLANK_LINE.search(block)
    end = blank.end() if blank else len(block)
    return Capture(
        url=address_of(record.headers),
        fetched_at=_moment(record.headers.get("warc-date", "")),
        status=int(status_line[1]),
        headers=_headers(block[:end]),
        body=block[end:],
        offset=record.offset,
        record=record.headers,
        head=block[:end],
        note=note or {},
    )


def address_of(headers: Mapping[str, str]) -> str:
    """Return the address of a record; some writers put it in angle brackets, as WARC/1.0 says."""
    return headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def page_bytes(capture: Capture) -> bytes:
    """Return the body of a response without its transfer and content codings.

    Many archives hold a body decoded and its header as it was sent: one that does not begin as
    its coding does is taken as it is, unless newscrawl wrote the archive, which keeps bodies as
    they were sent, and refused this one when it crawled it. A coding that nobody knows is left
    alone, as in browsers (Fetch Standard, "handle content codings") and in a crawl.

    Raises NotAPageError: ``cut_short`` for a body that is not whole, ``digest`` for bytes that
    are not those which were archived, ``too_large`` for one that unpacks to more than a page may
    be, ``bad_encoding`` for one that is not of the coding that its header names.
    """
    if truncated := capture.record.get("warc-truncated"):
        raise NotAPageError("cut_short", f"only a part is archived, WARC-Truncated: {truncated}")
    if "warc-segment-number" in capture.record:
        raise NotAPageError("cut_short", "the archive has it in segments")
    body = capture.body
    if "chunked" in capture.headers.get("transfer-encoding", "").lower():
        body = without_chunks(body)
    _check_digests(capture, body)
    codings = [
        coding
        for part in capture.headers.get("content-encoding", "").split(",")
        if (coding := part.strip().lower()) not in _NO_CODING
    ]
    was_coded, decoded = bool(codings), body
    while codings and is_known(codings[-1]):
        decoded = _unpacked(decoded, codings.pop(), as_sent=bool(capture.note))
    if not was_coded and len(body) < _stated_length(capture):
        raise NotAPageError("cut_short", "the body is shorter than its Content-Length says")
    return decoded


def without_chunks(body: bytes) -> bytes:
    """Return the body behind the transfer coding ``chunked``, RFC 9112; as it is if it has none.

    Raises NotAPageError for one that breaks off.
    """
    pieces: list[bytes] = []
    at = 0
    while True:
        chunk = _CHUNK.match(body, at)
        if chunk is None:
            if not pieces:
                return body
            raise NotAPageError("cut_short", "the body ends before its last chunk")
        size, start = int(chunk[1], 16), chunk.end()
        if not size:
            return b"".join(pieces)
        if start + size > len(body):
            raise NotAPageError("cut_short", "the body ends within a chunk")
        pieces.append(body[start : start + size])
        at = start + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _unpacked(body: bytes, coding: str, *, as_sent: bool) -> bytes:
    try:
        return unpack(body, coding, MAX_BYTES)
    except CutShortError as error:
        raise NotAPageError(error.reason, error.detail) from None
    except ValueError:
        detail = f"the {coding} unpacks to more than {MAX_BYTES} bytes"
        raise NotAPageError("too_large", detail) from None
    except OSError as error:
        if b"<" in body[:1024] and not as_sent:
            return body
        refusal = BadEncodingError(coding, str(error))
        raise NotAPageError(refusal.reason, refusal.detail) from None


def _stated_length(capture: Capture) -> int:
    stated = capture.headers.get("content-length", "")
    return int(stated) if stated.isdecimal() and len(stated) < 16 else 0


def _check_digests(capture: Capture, dechunked: bytes) -> None:
    block = capture.record.get("warc-block-digest", "")
    if block:
        if _differs(block, (capture.head, capture.body)):
            raise NotAPageError("digest", f"its bytes do not have the digest {block[:100]}")
        return
    # The standard leaves open whether the transfer coding is part of a payload.
    payload = capture.record.get("warc-payload-digest", "")
    if payload and _differs(payload, (capture.body,)) and _differs(payload, (dechunked,)):
        raise NotAPageError("digest", f"its bytes do not have the digest {payload[:100]}")


def _differs(stated: str, pieces: tuple[bytes, ...]) -> bool:
    name, _, value = stated.strip().partition(":")
    algorithm = _ALGORITHMS.get(name.strip().lower())
    if algorithm is None:
        return False
    made = hashlib.new(algorithm, usedforsecurity=False)
    for piece in pieces:
        made.update(piece)
    value = value.strip()
    base32 = base64.b32encode(made.digest()).decode().rstrip("=")
    return value.lower() != made.hexdigest() and value.upper().rstrip("=") != base32
