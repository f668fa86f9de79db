"""Records as batches of Arrow columns, for Parquet and DuckDB."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pyarrow as pa

from newscrawl.items import Article, Image
from newscrawl.records.export.columns import COLUMNS, ColumnKind
from newscrawl.records.export.writers import Entry

_SOURCE_NAMES = [field.name for field in fields(Article)]

_TYPES: dict[ColumnKind, pa.DataType] = {
    "text": pa.string(),
    "instant": pa.timestamp("us", tz="UTC"),
    "day": pa.date32(),
    "number": pa.int32(),
    "texts": pa.list_(pa.string()),
    "images": pa.list_(pa.struct([(field.name, pa.string()) for field in fields(Image)])),
    "sources": pa.struct([(name, pa.string()) for name in _SOURCE_NAMES]),
    "json": pa.string(),
}

BATCH_RECORDS = 20_000
BATCH_CHARACTERS = 16 * 1024 * 1024
"""Of bodies, the one long field: a batch ends with the first limit that is reached."""


_NUMBERS = [("article", pa.int64()), ("is_latest", pa.bool_())]


class Batches:
    """Collects the rows of entries until they make a batch.

    ``numbered``: with ``article`` and ``is_latest`` of each entry as the first columns.
    """

    def __init__(self, *, numbered: bool = False) -> None:
        columns = [(column.name, _TYPES[column.kind]) for column in COLUMNS]
        self.schema = pa.schema([*(_NUMBERS if numbered else ()), *columns])
        self._numbered = numbered
        self._values: list[list[Any]] = [[] for _ in self.schema]
        self._rows = 0
        self._characters = 0

    def add(self, entry: Entry) -> pa.RecordBatch | None:
        """Take an entry; return a batch if that fills one."""
        record = entry.record
        row = [column.value(record) for column in COLUMNS]
        if self._numbered:
            row = [entry.article, entry.is_latest, *row]
        for values, value in zip(self._values, row, strict=True):
            values.append(value)
        self._rows += 1
        self._characters += len(record.get("body") or "")
        is_full = self._rows >= BATCH_RECORDS or self._characters >= BATCH_CHARACTERS
        return self.take() if is_full else None

    def take(self) -> pa.RecordBatch | None:
        """Return what has been collected, None if that is nothing."""
        if not self._rows:
            return None
        arrays = [
            pa.array(values, type=field.type)
            for values, field in zip(self._values, self.schema, strict=True)
        ]
        for values in self._values:
            values.clear()
        self._rows = self._characters = 0
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)
