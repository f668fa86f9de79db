"""A format of another package, registered by an entry point, in the command and in the API."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.records.reading.records import line, write

MODULE = """
from newscrawl.records.export import Format

class Headlines:
    def __init__(self, path):
        self.file = open(path, "w", encoding="utf-8")
    def write(self, entry):
        print(entry.record["headline"], file=self.file)
    def close(self):
        self.file.close()
    def abort(self):
        self.file.close()

HEADLINES = Format("headlines", "Headlines, a line each", Headlines, is_text=True)
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a folder with an installed package that registers a format."""
    (tmp_path / "site" / "other.dist-info").mkdir(parents=True)
    (tmp_path / "site" / "other_formats.py").write_text(MODULE, "utf-8")
    info = tmp_path / "site" / "other.dist-info"
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n", "utf-8")
    return tmp_path


def run(package: Path, entry: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    (package / "site" / "other.dist-info" / "entry_points.txt").write_text(
        f"[newscrawl.formats]\nheadlines = {entry}\n", "utf-8"
    )
    code = (
        f"import sys; sys.path.insert(0, {str(package / 'site')!r}); "
        "from newscrawl.cli import main; sys.exit(main())"
    )
    return subprocess.run(
        [sys.executable, "-c", code, "export", *arguments],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_takes_a_registered_format(package: Path) -> None:
    write(package / "news.jsonl", [line(1), line(2)])
    done = run(
        package, "other_formats:HEADLINES", "news.jsonl", "--to", "headlines", "-o", "out.txt"
    )
    assert done.returncode == 0, done.stderr
    assert len((package / "out.txt").read_text("utf-8").splitlines()) == 2


def test_an_unknown_format_is_refused_with_those_that_there_are(package: Path) -> None:
    write(package / "news.jsonl", [line(1)])
    done = run(package, "other_formats:HEADLINES", "news.jsonl", "--to", "xml", "-o", "out.xml")
    assert done.returncode == 2
    assert "'xml' is no format: choose from parquet, csv" in done.stderr
    assert "headlines" in done.stderr


@pytest.mark.parametrize("entry", ["other_formats:GONE", "not_there:X", "other_formats:Headlines"])
def test_a_format_that_cannot_be_loaded_is_named(package: Path, entry: str) -> None:
    write(package / "news.jsonl", [line(1)])
    done = run(package, entry, "news.jsonl", "--to", "csv", "-o", "out.csv")
    assert done.returncode == 2
    assert entry in done.stderr
    assert "Traceback" not in done.stderr
