"""Parquet: typed columns, zstd, one row group a batch."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.items import SCHEMA_VERSION
from newscrawl.records.export.arrow import Batches
from newscrawl.records.export.writers import Entry

# Few values, each in many rows.
_DICTIONARIES = ["site", "section", "language", "publisher", "kind", "access", "schema_version"]


class ParquetWriter:
    """Writes the records of entries; the file's metadata names the version of their schema."""

    def __init__(self, path: Path) -> None:
        self._batches = Batches()
        schema = self._batches.schema.with_metadata({"newscrawl.schema_version": SCHEMA_VERSION})
        self._file = pq.ParquetWriter(
            path, schema, compression="zstd", use_dictionary=_DICTIONARIES, write_statistics=True
        )

    def write(self, entry: Entry) -> None:
        """Add an entry's record."""
        self._write(self._batches.add(entry))

    def close(self) -> None:
        """Write what is left and the file's end."""
        self._write(self._batches.take())
        self._file.close()

    def abort(self) -> None:
        """Let go of the file."""
        # Closing writes the file's end, which fails where writing has failed.
        with suppress(OSError):
            self._file.close()

    def _write(self, batch: pa.RecordBatch | None) -> None:
        if batch is not None:
            self._file.write_batch(batch, row_group_size=batch.num_rows)
