"""Records and files of them for the tests of what reads them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newscrawl.items import Article
from newscrawl.records.output import to_line


def record(number: int = 1, **fields: Any) -> dict[str, Any]:
    """Return a whole record; ``fields`` replace its own."""
    made = Article(
        url=f"https://www.example.org/news/{number}",
        headline=f"Headline {number}",
        date="2024-05-06T07:08:09+02:00",
        body=f"First paragraph of {number}.\n\nSecond paragraph.",
        content_hash=f"{number:032x}",
        fetched_at="2024-05-06T06:00:00Z",
    )
    return {**made.to_dict(), **fields}


def line(number: int = 1, **fields: Any) -> bytes:
    return to_line(record(number, **fields))


def write(path: Path, pieces: Iterable[bytes]) -> str:
    """Write the pieces to a file, gzip if it is named so; return its name."""
    text = b"".join(pieces)
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return str(path)


def old_line(number: int = 1) -> bytes:
    """Return a line as it was before records carried the version of their schema."""
    made = record(number)
    del made["schema_version"]
    return json.dumps(made).encode() + b"\n"
