"""The examples of docs/analysts.md over what ``newscrawl demo`` writes: dates come out as dates."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from newscrawl.cli import main
from tests.docs.pages import DOCS, Block, blocks_of

pytestmark = pytest.mark.slow

MARKDOWN = (DOCS / "analysts.md").read_text(encoding="utf-8")
BLOCKS = [
    block
    for block in blocks_of(MARKDOWN)
    if block.value == "tests/records/export/test_one_liners.py"
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "newscrawl", "demo", "-o", "news.jsonl"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    for name in ("parquet", "duckdb"):
        words = ["--to", name, "-o", str(folder / f"news.{name}")]
        assert main(["export", str(folder / "news.jsonl"), *words]) == 0
    return folder


@pytest.fixture(autouse=True)
def in_demo(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(demo)


@pytest.fixture
def records(demo: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (demo / "news.jsonl").open(encoding="utf-8")]


def block_with(*words: str) -> Block:
    (found,) = (block for block in BLOCKS if all(word in block.text for word in words))
    return found


def run(*words: str) -> dict[str, Any]:
    """Run the one block with these words; return its variables."""
    names: dict[str, Any] = {}
    exec(compile(block_with(*words).text, "docs/analysts.md", "exec"), names)
    return names


def days_of(records: list[dict[str, Any]]) -> list[date]:
    return sorted(date.fromisoformat(each["date"][:10]) for each in records)


def instants_of(records: list[dict[str, Any]]) -> list[datetime]:
    dates = [each["date"] for each in records if re.search(r"T.*(Z|[+-]\d\d:\d\d)$", each["date"])]
    assert 20 < len(dates) < len(records)  # some are days alone
    return sorted(datetime.fromisoformat(text).astimezone(UTC) for text in dates)


def test_every_example_is_run_here():
    assert len(BLOCKS) == 7
    tools = [re.search(r"^import (\w+)", block.text)[1] for block in BLOCKS]
    assert set(tools) == {"duckdb", "pandas", "polars"}


def test_duckdb_from_lines(records):
    found = run("read_ndjson")["days"]
    assert [str(each) for each in found.types] == ["DATE", "VARCHAR", "TIMESTAMP WITH TIME ZONE"]
    in_october = [each for each in records if each["date"].startswith("2025-10")]
    rows = found.fetchall()
    assert sorted(day for day, *_ in rows) == days_of(in_october)
    assert {headline for _, headline, _ in rows} == {each["headline"] for each in in_october}
    instants = [instant.astimezone(UTC) for *_, instant in rows if instant]
    assert set(instants) <= set(instants_of(records))


def test_pandas_from_lines(records):
    news = run("read_json")["news"]
    assert str(news["day"].dtype).startswith("datetime64[")
    assert re.fullmatch(r"datetime64\[\ws, UTC\]", str(news["instant"].dtype))
    assert sorted(day.date() for day in news["day"]) == days_of(records)
    assert sorted(each.to_pydatetime() for each in news["instant"].dropna()) == instants_of(records)


def test_polars_from_lines(records):
    news = run("scan_ndjson")["news"].collect()
    assert news.schema["day"] == pl.Date
    assert news.schema["instant"] == pl.Datetime("us", "UTC")
    assert news["day"].sort().to_list() == days_of(records)
    assert news["instant"].drop_nulls().sort().to_list() == instants_of(records)


def test_lines_can_be_split_as_spark_does(demo, records):
    """A line ends at any of three line ends, and a part of a file at the first one behind it."""
    data = (demo / "news.jsonl").read_bytes()
    cut = data.index(b"\n", len(data) // 2) + 1
    parts = [re.split(rb"\r\n|\r|\n", part) for part in (data[:cut], data[cut:])]
    assert [part.pop() for part in parts] == [b"", b""]
    assert all(parts)
    assert [json.loads(line) for part in parts for line in part] == records


def test_duckdb_from_parquet(records):
    months = run("date_trunc")["months"]
    types = [str(each) for each in months.types]
    assert types == ["DATE", "BIGINT", "BIGINT", "TIMESTAMP WITH TIME ZONE"]
    rows = months.fetchall()
    assert sum(count for _, count, *_ in rows) == len(records)
    from_json_ld = sum(each["sources"].get("date") == "json-ld" for each in records)
    assert sum(count for *_, count, _ in rows) == from_json_ld > 0


def test_pandas_from_parquet(records):
    news = run("read_parquet")["news"]
    assert news.dtypes["published_at"].pyarrow_dtype == pa.timestamp("us", tz="UTC")
    assert news.dtypes["published_on"].pyarrow_dtype == pa.date32()
    assert sorted(news["published_on"]) == days_of(records)


def test_polars_from_parquet(records):
    pictures = run("scan_parquet")["pictures"].collect()
    assert pictures.schema["published_on"] == pl.Date
    found = pictures["images"].struct.field("url").drop_nulls().to_list()
    assert sorted(found) == sorted(image["url"] for each in records for image in each["images"])


def test_the_search_of_duckdb():
    assert run("search(")["found"] == [
        (date(2025, 10, 13), "Harbour ferry returns after eleven months in dry dock")
    ]
