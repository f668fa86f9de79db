"""Whatever a line may hold that fits the schema, every format can hold it, too."""

from __future__ import annotations

import csv
import json
import sqlite3
import tempfile
from pathlib import Path

import duckdb
import jsonschema_rs
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.records.export import Selection, all_formats, export_file
from newscrawl.records.output import to_line
from newscrawl.records.reading import RecordReader
from tests.records.export.ninjs_schema import NINJS

VALIDATOR = jsonschema_rs.validator_for(NINJS, validate_formats=True)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
TEXT = st.one_of(st.none(), TEXTS)
DATES = st.sampled_from(
    [
        None, "0000-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999999-14:00",
        "2024-02-30", "2024-05-06T25:61", "2024-05-06", "2024-05-06T07:08:09.1+05:30",
        "2024-05-06T07:08:09+99:99",
    ]
)  # fmt: skip
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), TEXTS), st.lists, max_leaves=3
)
RECORDS = st.fixed_dictionaries(
    {"url": st.one_of(TEXTS, st.just("http://[bad"), st.just("https://example.org:99999/ü"))},
    optional={
        **dict.fromkeys(("headline", "body", "caption", "section", "publisher"), TEXT),
        **dict.fromkeys(("date", "date_modified", "fetched_at"), DATES),
        "authors": st.lists(TEXTS, max_size=3),
        "images": st.lists(st.fixed_dictionaries({"url": TEXTS, "alt": TEXT}), max_size=2),
        "sources": st.dictionaries(TEXTS, TEXTS, max_size=2),
        "rights": st.dictionaries(TEXTS, JSON, max_size=2),
        "revision": st.integers(1, 2**31 - 1),
        "mood": JSON,
    },
)


@pytest.mark.parametrize("name", all_formats())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records=st.lists(RECORDS, min_size=1, max_size=4))
def test_any_record_can_be_exported(name, records):
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out")
        source.write_bytes(b"".join(map(to_line, records)))
        reader = RecordReader([str(source)], again=True)
        written = 0
        with export_file(target, all_formats()[name]) as writer:
            for entry in Selection(reader):
                writer.write(entry)
                written += 1
        assert reader.lost == 0
        assert written == rows_of(name, target)


def rows_of(name: str, path: Path) -> int:
    if name == "parquet":
        return pq.read_table(path).num_rows
    if name == "sqlite":
        return sqlite3.connect(path).execute("SELECT count(*) FROM article").fetchall()[0][0]
    if name == "duckdb":
        with duckdb.connect(str(path), read_only=True) as database:
            return database.execute("SELECT count(*) FROM article").fetchall()[0][0]
    if name == "csv":
        with path.open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))
    objects = [json.loads(line) for line in path.read_bytes().splitlines()]
    if name == "ninjs":
        for each in objects:
            assert [error.message for error in VALIDATOR.iter_errors(each)] == []
    return len(objects)
