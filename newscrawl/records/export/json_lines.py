"""JSON Lines of another vocabulary than ours: schema.org, ninjs."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from newscrawl.records.export.text_file import open_text_file
from newscrawl.records.export.writers import Entry
from newscrawl.records.output import Record

_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonLinesWriter:
    """Writes one JSON object a line, which ``convert`` makes of a record."""

    def __init__(self, path: Path, convert: Callable[[Record], dict[str, Any]]) -> None:
        self._convert = convert
        self._file = open_text_file(path)

    def write(self, entry: Entry) -> None:
        """Add an entry's record as a line."""
        self._file.write(_encode(self._convert(entry.record)) + "\n")

    def close(self) -> None:
        """Complete the file."""
        self._file.close()

    def abort(self) -> None:
        """Let go of the file."""
        # What is still in its buffer cannot be written where writing has failed.
        with suppress(OSError):
            self._file.close()


def without_empty(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
