"""Records read back from JSON Lines, one at a time, from any number of files.

::

    reader = RecordReader(["news.jsonl.gz", "archive/"], on_problem=lambda problem: print(problem))
    for place, record in reader:
        print(place, record["headline"])  # news.jsonl.gz:1 Parliament opens …
    print(reader.records, reader.lost, reader.problems)

What yields no record is a Problem with its file and line; the rest is still read.
"""

from __future__ import annotations

from newscrawl.records.reading.articles import age_of, article_key
from newscrawl.records.reading.files import RECORD_SUFFIXES, find_record_files
from newscrawl.records.reading.lines import LineError, read_line
from newscrawl.records.reading.problems import Place, Problem
from newscrawl.records.reading.reader import RecordReader

__all__ = [
    "RECORD_SUFFIXES",
    "LineError",
    "Place",
    "Problem",
    "RecordReader",
    "age_of",
    "article_key",
    "find_record_files",
    "read_line",
]
