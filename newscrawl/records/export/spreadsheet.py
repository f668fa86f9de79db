"""CSV for spreadsheets: one row a record, nothing that a program would run as a formula."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from newscrawl.records.export.columns import COLUMNS, ColumnKind, utc_text
from newscrawl.records.export.text_file import open_text_file
from newscrawl.records.export.writers import Entry

# OWASP, "CSV Injection": what a cell must not begin with, and the wide forms that some programs
# take for the same.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BETWEEN = "; "


class CsvWriter:
    """Writes RFC 4180 in UTF-8, with a byte-order mark if ``bom``, which Excel needs.

    A text that begins as a formula does gets an apostrophe before it. Lists are joined by "; ";
    of the images there are their number and the lead's address.
    """

    def __init__(self, path: Path, *, bom: bool = False) -> None:
        self._file = open_text_file(path, "utf-8-sig" if bom else "utf-8")
        self._rows = csv.writer(self._file, lineterminator="\r\n")
        self._rows.writerow([*(column.name for column in COLUMNS), "lead_image"])

    def write(self, entry: Entry) -> None:
        """Add an entry's record as a row."""
        record = entry.record
        images = record.get("images") or [{}]
        cells = [_CELLS[column.kind](column.value(record)) for column in COLUMNS]
        self._rows.writerow([*cells, safe(images[0].get("url") or "")])

    def close(self) -> None:
        """Complete the file."""
        self._file.close()

    def abort(self) -> None:
        """Let go of the file."""
        # What is still in its buffer cannot be written where writing has failed.
        with suppress(OSError):
            self._file.close()


def safe(text: str) -> str:
    r"""Return a text that no spreadsheet takes for a formula.

    >>> safe('=HYPERLINK("https://example.org")'), safe("Two = one")
    ('\\'=HYPERLINK("https://example.org")', 'Two = one')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(value: Any) -> str:
    return "" if value is None else safe(str(value))


def _instant(value: datetime | None) -> str:
    return "" if value is None else utc_text(value)


def _joined(values: list[str]) -> str:
    return safe(_BETWEEN.join(values))


def _sources(values: dict[str, str]) -> str:
    return _joined([f"{name}: {source}" for name, source in values.items()])


_CELLS: dict[ColumnKind, Callable[[Any], str | int]] = {
    "text": _text,
    "json": _text,
    "day": _text,
    "instant": _instant,
    "number": int,
    "texts": _joined,
    "sources": _sources,
    "images": len,
}

open_with_mark = partial(CsvWriter, bom=True)
