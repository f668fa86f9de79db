"""``newscrawl demo`` as a user runs it: every record is the one that a careful reader makes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.evaluation.demo import demo_dir
from newscrawl.evaluation.fixtures import Difference
from newscrawl.schema import schema_errors


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


EXPECTED = read_lines(demo_dir() / "expected.jsonl")
TRAPS = json.loads((demo_dir() / "traps.json").read_text(encoding="utf-8"))
FIELDS = (
    "headline", "date", "caption", "body", "description", "authors", "credit", "section",
)  # fmt: skip


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newscrawl", "demo", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def path_of(record: dict[str, Any]) -> str:
    """The path that a record is known by: an article's twins state the address of the first."""
    return urlsplit(record.get("canonical_url") or record["url"]).path.rstrip("/")


@dataclass(frozen=True)
class Demo:
    """One run of the demo and what it left."""

    ended: subprocess.CompletedProcess[str]
    folder: Path
    articles: list[dict[str, Any]]
    rejects: list[dict[str, Any]]

    def record(self, path: str) -> dict[str, Any]:
        """The one record of the article at ``path``."""
        found = [article for article in self.articles if path_of(article) == path]
        assert len(found) == 1, f"{path}: {len(found)} records"
        return found[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo")
    ended = run(folder)
    assert (folder / "articles.jsonl").is_file(), ended.stderr
    return Demo(
        ended, folder, read_lines(folder / "articles.jsonl"), read_lines(folder / "rejects.jsonl")
    )


def test_it_ends_well(demo: Demo) -> None:
    assert demo.ended.returncode == 0, demo.ended.stderr
    assert demo.ended.stdout == ""
    assert "Traceback" not in demo.ended.stderr


def test_it_shows_the_table_and_the_next_step(demo: Demo) -> None:
    shown = " ".join(demo.ended.stderr.split())
    assert f"articles {len(EXPECTED)}" in shown
    assert "with headline 100%" in shown
    assert "newscrawl crawl https://" in shown


def test_every_record_fits_the_schema(demo: Demo) -> None:
    wrong = {one["url"]: errors for one in demo.articles if (errors := schema_errors(one))}
    assert wrong == {}


def test_each_article_is_there_once_and_nothing_else(demo: Demo) -> None:
    found = Counter(path_of(article) for article in demo.articles)
    assert found == Counter(record["path"] for record in EXPECTED)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda record: record["path"])
def test_the_record_of_an_article(expected: dict[str, Any], demo: Demo) -> None:
    record = demo.record(expected["path"])
    compared = [name for name in FIELDS if name != "date" or "hours_ago" not in expected]
    differences = [
        str(Difference(name, expected[name], record[name]))
        for name in compared
        if record[name] != expected[name]
    ]
    assert not differences, "\n".join([expected["path"], *differences])
    assert record["kind"] == "article"


def test_a_date_that_counts_from_now(demo: Demo) -> None:
    (expected,) = [record for record in EXPECTED if "hours_ago" in record]
    record = demo.record(expected["path"])
    fetched_at = datetime.fromisoformat(record["fetched_at"])
    then = fetched_at - timedelta(hours=expected["hours_ago"])
    date = datetime.fromisoformat(record["date"])
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    assert abs(date - then) <= timedelta(hours=1)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["path"])
def test_a_trap_ends_as_it_must(trap: dict[str, str], demo: Demo) -> None:
    path = urlsplit(trap["path"]).path
    recorded = [one["url"] for one in demo.articles if urlsplit(one["url"]).path == path]
    rejected = [one["reason"] for one in demo.rejects if urlsplit(one["url"]).path == path]
    if "record" in trap:
        demo.record(trap["record"])
        assert rejected == [], trap["trap"]
    elif "reject" in trap:
        assert recorded == [], trap["trap"]
        assert rejected == [trap["reject"]], trap["trap"]
    else:
        assert (recorded, rejected) == ([], []), trap["trap"]


def test_nothing_is_rejected_but_the_traps(demo: Demo) -> None:
    rejected = {urlsplit(one["url"]).path for one in demo.rejects}
    assert rejected == {trap["path"] for trap in TRAPS if "reject" in trap}


def test_a_second_demo_begins_the_files_anew(demo: Demo) -> None:
    again = run(demo.folder)
    assert again.returncode == demo.ended.returncode, again.stderr
    assert len(read_lines(demo.folder / "articles.jsonl")) == len(demo.articles)
    assert len(read_lines(demo.folder / "rejects.jsonl")) == len(demo.rejects)


@pytest.mark.parametrize("name", ["articles.jsonl", "rejects.jsonl"])
@pytest.mark.parametrize("content", ['{"url": "https://example.org/a"}\n', "notes\n", "[1]\n"])
def test_a_file_that_is_not_a_demos_stays_as_it_is(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    ended = run(tmp_path)
    assert ended.returncode == 2
    assert name in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert (tmp_path / name).read_text(encoding="utf-8") == content


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    ended = run(tmp_path, "-o", str(tmp_path))
    assert ended.returncode == 5
    assert len(ended.stderr.splitlines()) == 1
    assert str(tmp_path) in ended.stderr


def test_records_on_standard_output(tmp_path: Path) -> None:
    ended = run(tmp_path, "-o", "-")
    assert len([json.loads(line) for line in ended.stdout.splitlines()]) == len(EXPECTED)
    assert not (tmp_path / "articles.jsonl").exists()
