"""Archives (WARC files) to records: what was stored once can be extracted again, and better.

`convert` makes a piece of one WARC file, for engines that spread such steps over machines;
`archived_records` yields its records. ``newscrawl archive`` does the same on all processors.
"""

from __future__ import annotations

from newscrawl.archive.converting import Conversion, archived_records, convert, plan
from newscrawl.archive.download import DownloadError
from newscrawl.archive.options import FORMATS, Options
from newscrawl.archive.pieces import OtherOptionsError
from newscrawl.archive.reading import NoWarcError

__all__ = [
    "FORMATS",
    "Conversion",
    "DownloadError",
    "NoWarcError",
    "Options",
    "OtherOptionsError",
    "archived_records",
    "convert",
    "plan",
]
