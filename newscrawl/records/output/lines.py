"""Records as lines: how one is written, and how one is told from what is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Record = dict[str, Any]
"""A record as JSON has it."""

LONGEST_LINE = 128 * 1024 * 1024
"""Bytes; twice the largest page that is fetched. What is longer is no line of ours."""

_BEGINNING = b'{"url"'
"""Every line of ours begins so: the order of a record's keys is fixed."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_line(record: Mapping[str, Any]) -> bytes:
    """Return a record as a line of UTF-8 with its line end.

    Raises UnicodeEncodeError for a lone surrogate, TypeError for what JSON cannot hold.
    """
    return _encode(record).encode() + b"\n"


def to_record(line: bytes) -> Record | None:
    """Return the record that a line holds, or None."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(record, dict) and isinstance(record.get("url"), str)
    return record if is_ours else None


def may_be_torn(beginning: bytes) -> bool:
    """Return whether a line without an end may be one of ours that a kill tore.

    A power cut can leave zero bytes where a line was to be.
    """
    beginning = beginning.strip(b"\0")[: len(_BEGINNING)]
    return _BEGINNING.startswith(beginning)


def split_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the whole lines of a text that comes in pieces."""
    held: list[bytes] = []
    for piece in pieces:
        first, *rest = piece.split(b"\n")
        held.append(first)
        for line in rest:
            yield b"".join(held)
            held = [line]
