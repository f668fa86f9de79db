"""The bytes of a page behind the codings and claims of its record."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib

import brotli
import pytest

from newscrawl.archive.capture import Capture, capture_of, page_bytes, without_chunks
from newscrawl.archive.reading import Record
from newscrawl.exceptions import NotAPageError
from tests.archive.warcs import zstd

PAGE = "<!doctype html><p>Größe".encode() * 50


def capture(
    body: bytes, http: dict[str, str] | None = None, record: dict[str, str] | None = None
) -> Capture:
    head = "HTTP/1.1 200 OK\r\n" + "".join(f"{n}: {v}\r\n" for n, v in (http or {}).items())
    headers = {
        "warc-target-uri": "<https://a.example/>",
        "warc-date": "2024-05-06T07:08:09.123456Z",
        **(record or {}),
    }
    block = head.encode("latin-1") + b"\r\n" + body
    return capture_of(Record(0, "response", headers, len(block), block))


def reason(given: Capture) -> str:
    with pytest.raises(NotAPageError) as caught:
        page_bytes(given)
    return caught.value.reason


def test_a_response_is_read_as_a_crawl_reads_it() -> None:
    made = capture(PAGE, {"Content-Type": "text/html", "X-Robots-Tag": "noai"})
    assert (made.url, made.status, made.body) == ("https://a.example/", 200, PAGE)
    assert made.headers == {"content-type": "text/html", "x-robots-tag": "noai"}
    assert made.fetched_at is not None
    assert made.fetched_at.isoformat() == "2024-05-06T07:08:09.123456+00:00"


def test_a_header_that_comes_twice_is_one_with_a_comma() -> None:
    block = b"HTTP/1.1 200\r\nX-Robots-Tag: noindex\r\nx-robots-tag: noai\r\n\r\n"
    made = capture_of(Record(0, "response", {}, len(block), block))
    assert made.headers == {"x-robots-tag": "noindex, noai"}


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"GET / HTTP/1.1\r\n"])
def test_a_block_that_is_no_response(block: bytes) -> None:
    with pytest.raises(ValueError, match="no HTTP response"):
        capture_of(Record(0, "response", {}, len(block), block))


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstd.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE, mtime=0))),
        ("identity", PAGE),
        ("rot13", PAGE),  # known to nobody, and not true
        ("gzip", PAGE),  # decoded by the archiver, who left the header
    ],
)
def test_content_codings(coding: str, packed: bytes) -> None:
    length = str(len(packed) if packed != PAGE else 100)
    http = {"Content-Encoding": coding, "Content-Length": length}
    assert page_bytes(capture(packed, http)) == PAGE


def test_a_bomb_is_cut_at_the_limit() -> None:
    bomb = gzip.compress(b"<p>" * 20_000_000)
    assert reason(capture(bomb, {"Content-Encoding": "gzip"})) == "too_large"


def test_codings_that_break_off_or_are_none() -> None:
    half = gzip.compress(PAGE, mtime=0)[:-30]
    assert reason(capture(half, {"Content-Encoding": "gzip"})) == "cut_short"
    assert reason(capture(b"\0" * 99, {"Content-Encoding": "gzip"})) == "bad_encoding"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"4\r\n<p>a\r\n2;x=1\r\nbc\r\n0\r\n\r\n", b"<p>abc"),
        (b"4\r\n<p>a\r\n0\r\nTrailer: x\r\n\r\n", b"<p>a"),
        (b"<p>not chunked", b"<p>not chunked"),
    ],
)
def test_chunks(body: bytes, expected: bytes) -> None:
    assert page_bytes(capture(body, {"Transfer-Encoding": "chunked"})) == expected


@pytest.mark.parametrize("body", [b"4\r\n<p>a\r\n", b"4\r\n<p>a\r\nff\r\nxx", b"ffff\r\n<p>"])
def test_chunks_that_break_off(body: bytes) -> None:
    with pytest.raises(NotAPageError, match="ends"):
        without_chunks(body)


def test_half_a_page_is_none() -> None:
    assert reason(capture(PAGE, record={"warc-truncated": "length"})) == "cut_short"
    assert reason(capture(PAGE, record={"warc-segment-number": "1"})) == "cut_short"
    assert reason(capture(PAGE, {"Content-Length": "99999"})) == "cut_short"


def digests(data: bytes) -> list[str]:
    sha1, sha256 = hashlib.sha1(data), hashlib.sha256(data)
    return [
        f"sha1:{base64.b32encode(sha1.digest()).decode()}",
        f"sha1:{sha1.hexdigest()}",
        f"sha256:{sha256.hexdigest().upper()}",
        f"sha-256:{base64.b32encode(sha256.digest()).decode().lower()}",
    ]


def test_digests_in_every_spelling() -> None:
    for right, wrong in zip(digests(PAGE), digests(PAGE + b"x"), strict=True):
        assert page_bytes(capture(PAGE, record={"warc-payload-digest": right})) == PAGE
        assert reason(capture(PAGE, record={"warc-payload-digest": wrong})) == "digest"
    unknown = {"warc-payload-digest": "blake9:00"}
    assert page_bytes(capture(PAGE, record=unknown)) == PAGE


def test_a_block_digest_counts_before_that_of_the_payload() -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + PAGE
    other = digests(b"other")[0]
    both = {"warc-block-digest": digests(block)[0], "warc-payload-digest": other}
    assert page_bytes(capture(PAGE, record=both)) == PAGE
    assert reason(capture(PAGE, record={"warc-block-digest": other})) == "digest"


def test_a_payload_digest_with_or_without_the_chunks() -> None:
    chunked, http = b"3\r\n<p>\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}
    for data in (chunked, b"<p>"):
        record = {"warc-payload-digest": digests(data)[0]}
        assert page_bytes(capture(chunked, http, record)) == b"<p>"
