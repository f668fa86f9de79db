"""Bodies unpacked whole or not at all, with the compressors that servers use."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from backports import zstd

from newscrawl.downloader.content_coding import unpack
from newscrawl.downloader.errors import CutShortError

TEXT = "".join(f"Line {n} of a story that is told at some length.\n" for n in range(3_000)).encode()


def bare_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:]),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT[:999]) + zstd.compress(TEXT[999:]),
}


@pytest.mark.parametrize("coding", PACKED)
def test_a_whole_body(coding: str) -> None:
    assert unpack(PACKED[coding], coding) == TEXT
    assert unpack(b"", coding) == b""


def test_forms_of_headers_and_ends() -> None:
    assert unpack(bare_deflate(TEXT), "deflate") == TEXT
    name_and_comment = b"\x1f\x8b\x08\x18" + b"\0" * 6 + b"a.html\0" + b"a page\0"
    assert unpack(name_and_comment + bare_deflate(TEXT), "gzip") == TEXT
    extra_and_checksum = b"\x1f\x8b\x08\x06" + b"\0" * 6 + b"\x03\0abc" + b"\0\0"
    assert unpack(extra_and_checksum + bare_deflate(TEXT), "gzip") == TEXT
    wrong_checksum = PACKED["gzip"][:-8] + b"\0" * 8
    assert unpack(wrong_checksum + b"what follows the end", "gzip") == TEXT


@pytest.mark.parametrize("coding", PACKED)
@pytest.mark.parametrize("kept", [1, 3, 11, 100, 0.5, 0.98])
def test_a_body_cut_short(coding: str, kept: float) -> None:
    packed = PACKED[coding]
    part = packed[: int(kept if kept >= 1 else len(packed) * kept)]
    with pytest.raises((CutShortError, OSError)) as raised:
        unpack(part, coding)
    if len(part) > 3:
        assert raised.type is CutShortError


@pytest.mark.parametrize("coding", PACKED)
def test_no_such_coding(coding: str) -> None:
    with pytest.raises(OSError, match="no "):
        unpack(b"<!doctype html><p>A page that is not packed at all.</p>", coding)


@pytest.mark.parametrize("coding", PACKED)
def test_more_than_the_limit(coding: str) -> None:
    assert unpack(PACKED[coding], coding, len(TEXT)) == TEXT
    with pytest.raises(ValueError, match="unpacks to more than"):
        unpack(PACKED[coding], coding, len(TEXT) - 1)
