"""How the tests read an output: with the standard library and the command line's tools alone."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NAMES = ("news.jsonl", "news.jsonl.gz", "news.jsonl.zst")


def text_of(path: Path) -> bytes:
    """Return a file's text, decompressed whole; fails on a torn member."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data) if data else b""
    return zstd.decompress(data) if path.suffix == ".zst" else data


def records_of(path: Path) -> list[dict[str, Any]]:
    text = text_of(path)
    assert not text or text.endswith(b"\n")
    return [json.loads(line) for line in text.splitlines()]


def urls_of(path: Path) -> list[str]:
    return [record["url"] for record in records_of(path)]


def line(url: str) -> bytes:
    return b'{"url": "%s", "headline": "A new hall"}\n' % url.encode()
