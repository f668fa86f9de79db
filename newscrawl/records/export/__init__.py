"""Records in the formats that analysts and other newsrooms read.

::

    reader = RecordReader(["news.jsonl"], again=True)
    with export_file(Path("news.parquet"), find_format("parquet")) as writer:
        for entry in Selection(reader):
            writer.write(entry)
"""

from __future__ import annotations

from newscrawl.records.export.formats import all_formats, export_file, find_format
from newscrawl.records.export.selection import Filters, Selection
from newscrawl.records.export.writers import Entry, ExportError, Format, FormatError, Writer

__all__ = [
    "Entry",
    "ExportError",
    "Filters",
    "Format",
    "FormatError",
    "Selection",
    "Writer",
    "all_formats",
    "export_file",
    "find_format",
]
