"""Records in the formats that analysts and other newsrooms read.

::

    reader = RecordReader(["news.jsonl"], again=True)
    with export_file(Path("news.parquet"), FORMATS["parquet"]) as writer:
        for entry in Selection(reader):
            writer.write(entry)
"""

from __future__ import annotations

from newscrawl.records.export.formats import FORMATS, export_file
from newscrawl.records.export.selection import Filters, Selection
from newscrawl.records.export.writers import Entry, ExportError, Format, Writer

__all__ = [
    "FORMATS",
    "Entry",
    "ExportError",
    "Filters",
    "Format",
    "Selection",
    "Writer",
    "export_file",
]
