"""newscrawl export: what a user sees, and what becomes of the files."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from newscrawl.cli import main
from newscrawl.items import SCHEMA_VERSION
from newscrawl.records.export import formats
from newscrawl.records.output import to_line
from tests.records.export.records import LINES, revision
from tests.records.reading.records import line, old_line, write

TEXT_FORMATS = ["csv", "json-ld", "ninjs"]
ALL_FORMATS = ["parquet", *TEXT_FORMATS, "duckdb", "sqlite"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("news.jsonl").write_bytes(LINES)
    return tmp_path


def run(*words: str) -> int:
    return main(["export", *words])


def left_over() -> list[str]:
    return sorted(path.name for path in Path().iterdir() if path.name != "news.jsonl")


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_each_format_says_what_it_wrote(name, capsys):
    assert run("news.jsonl", "--to", name, "-o", f"out.{name}") == 0
    said = capsys.readouterr().err
    assert re.search(r"records read +4 .*\nwritten +4 ", said)
    assert f"out.{name}, " in said
    assert left_over() == [f"out.{name}"]


def test_the_summary_as_json(capsys):
    lines = [to_line(revision(1, 1)), to_line(revision(1, 2)), old_line(3), b"torn\n", line(4)]
    write(Path("mixed.jsonl"), lines)
    asked = ("mixed.jsonl", "--to", "parquet", "-o", "out.parquet", "--json", "--bad", "bad.jsonl")
    assert run(*asked, "--until", "2024-05-06", "--kind", "article") == 3
    *said, summary = capsys.readouterr().err.splitlines()
    assert said[0].startswith("mixed.jsonl:3: other_schema: no schema_version")
    assert said[1].startswith("newscrawl: mixed.jsonl:4: not_json: no JSON")
    summary = json.loads(summary)
    assert summary.pop("seconds") > 0
    assert summary == {
        "output": "out.parquet", "format": "parquet", "read": 4, "written": 3, "superseded": 1,
        "filtered": {}, "lost": {"not_json": 1}, "schema_versions": {SCHEMA_VERSION: 3, "": 1},
        "bytes": Path("out.parquet").stat().st_size,
    }  # fmt: skip
    assert Path("bad.jsonl").read_bytes() == b"torn\n"
    assert pq.read_table("out.parquet").num_rows == 3


def test_many_problems_of_a_kind_are_said_in_short(capsys):
    write(Path("bad.jsonl"), [line(1), *[b"none\n"] * 50])
    assert run("bad.jsonl", "--to", "csv", "-o", "out.csv") == 3
    said = capsys.readouterr().err
    assert said.count("not_json: no JSON") == 20
    assert "newscrawl: not_json: 30 more" in said


def test_a_target_is_not_replaced_unless_forced(capsys):
    Path("out.csv").write_text("mine")
    assert run("news.jsonl", "--to", "csv", "-o", "out.csv") == 2
    assert "newscrawl: out.csv is there and stays as it is; replace it with --force" in (
        capsys.readouterr().err
    )
    assert Path("out.csv").read_text() == "mine"
    assert run("news.jsonl", "--to", "csv", "-o", "out.csv", "--force") == 0
    assert Path("out.csv").read_text().startswith("url,site,")


def test_a_target_that_appears_meanwhile_is_not_replaced(monkeypatch):
    target = formats.all_formats()["csv"]
    with pytest.raises(FileExistsError), formats.export_file(Path("out.csv"), target):
        Path("out.csv").write_text("mine")
    assert Path("out.csv").read_text() == "mine"
    assert left_over() == ["out.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "parquet", "-o", "-"], "--to parquet is no text; name a file with -o"),
        (["--to", "csv", "-o", "."], ". is a folder; name a file with -o"),
        (
            ["--to", "csv", "-o", "news.jsonl", "--force"],
            "news.jsonl is read and cannot be written",
        ),
        (
            ["--to", "csv", "-o", "out", "--bad", "out"],
            "--bad out is the output, too",
        ),
        (["--to", "parquet", "-o", "/dev/null"], "--to parquet is no text; name a file with -o"),
        (["--to", "csv", "-o", "out", "--bad", "news.jsonl"], "news.jsonl is read and cannot be"),
        (
            ["--to", "csv", "-o", "out", "--since", "May"],
            "--since May: no day; write it as in 2024",
        ),
        (["--to", "csv", "-o", "out", "--kind", "story"], "--kind story: no such kind; there are"),
        (["--to", "csv", "-o", "out", "--site", "https://"], "--site https://: no name of a host"),
        (
            ["--to", "csv", "-o", "out", "--since", "2024-05-06", "--until", "2024-05-05"],
            "--since 2024-05-06 is after --until 2024-05-05",
        ),
        (["--to", "yaml", "-o", "out"], "--to: 'yaml' is no format: choose from parquet"),
    ],
)
def test_a_command_line_that_makes_no_sense(capsys, words, said):
    assert run("news.jsonl", *words) == 2
    assert said in capsys.readouterr().err
    assert left_over() == []
    assert Path("news.jsonl").read_bytes() == LINES


def test_a_folder_that_is_not_there(capsys):
    assert run("news.jsonl", "--to", "csv", "-o", "gone/out.csv") == 5
    assert "gone: no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_a_file_system_without_links(monkeypatch, number):
    def link(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", link)
    assert run("news.jsonl", "--to", "csv", "-o", "out.csv") == 0
    assert left_over() == ["out.csv"]
    target = formats.all_formats()["csv"]
    with pytest.raises(FileExistsError), formats.export_file(Path("new.csv"), target):
        Path("new.csv").write_text("mine")
    assert Path("new.csv").read_text() == "mine"


def test_what_a_database_leaves_is_removed():
    with formats.export_file(Path("out.csv"), formats.all_formats()["csv"]):
        (partial,) = (path for path in Path().iterdir() if path.name.endswith(".partial"))
        Path(f"{partial}.tmp").mkdir()
        Path(f"{partial}.tmp", "spilled").touch()
        Path(f"{partial}.wal").touch()
    assert left_over() == ["out.csv"]


@pytest.mark.parametrize(
    "words", [["gone.jsonl"], ["news.jsonl", "--site", "example.net"], ["empty.jsonl"]]
)
def test_nothing_to_export_leaves_the_target_alone(capsys, words):
    Path("empty.jsonl").touch()
    Path("out.csv").write_text("mine")
    assert run(*words, "--to", "csv", "-o", "out.csv", "--force") == 4
    assert "no record to export; nothing was written" in capsys.readouterr().err
    assert Path("out.csv").read_text() == "mine"


def test_a_missing_package_is_named(capsys, monkeypatch):
    monkeypatch.setattr("newscrawl.records.export.formats.find_spec", lambda name: None)
    assert run("news.jsonl", "--to", "duckdb", "-o", "out.duckdb") == 2
    assert (
        "--to duckdb needs duckdb and pyarrow: pip install 'newscrawl[export]'"
        in capsys.readouterr().err
    )
    assert run("news.jsonl", "--to", "sqlite", "-o", "out.sqlite") == 0


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_pipe_in_and_a_pipe_out(name):
    command = [sys.executable, "-m", "newscrawl", "export", "-", "--to", name, "-o", "-"]
    done = subprocess.run(command, input=LINES, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert run("news.jsonl", "--to", name, "-o", "out") == 0
    assert done.stdout == Path("out").read_bytes()


def test_a_named_pipe_stays_one():
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        assert run("news.jsonl", "--to", "ninjs", "-o", "pipe") == 0
        assert reader.stdout.read().count(b"\n") == 4
    assert Path("pipe").is_fifo()
    assert left_over() == ["pipe"]


def test_a_reader_that_goes_away_is_no_bug():
    write(Path("many.jsonl"), [line(number) for number in range(5_000)])
    command = f"{sys.executable} -m newscrawl export many.jsonl --to ninjs -o - | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert json.loads(done.stdout)["uri"] == "https://www.example.org/news/0"
    assert b"internal error" not in done.stderr


LIMITED = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
    "from newscrawl.cli import main; sys.exit(main())"
)


def big_lines() -> list[bytes]:
    # Random letters do not compress away.
    return [line(number, body=os.urandom(2_000).hex()) for number in range(400)]


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_every_file_has_a_limit(name):
    write(Path("big.jsonl"), big_lines())
    target = Path(f"out.{name}")
    target.write_text("mine")
    command = ["-c", LIMITED, "export", "big.jsonl", "--to", name, "-o", target.name, "--force"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    assert "the output could not be written" in done.stderr
    assert target.read_text() == "mine"
    assert left_over() == ["big.jsonl", target.name]


@pytest.mark.parametrize("name", ALL_FORMATS)
def test_a_full_disk(tmp_path, name):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    try:
        write(Path("big.jsonl"), big_lines())
        target = disk / f"out.{name}"
        target.write_text("mine")
        command = ["-m", "newscrawl", "export", "big.jsonl", "--to", name, "-o", str(target)]
        done = subprocess.run(
            [sys.executable, *command, "--force"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 5, done.stderr
        assert "what was there before is as it was" in done.stderr
        assert target.read_text() == "mine"
        assert [path.name for path in disk.iterdir()] == [target.name]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("name", ["json-ld", "csv", "parquet"])
def test_a_run_that_is_killed_leaves_the_target_as_it_was(name):
    target = Path(f"out.{name}")
    target.write_text("mine")
    os.mkfifo("pipe")  # which is never closed, so the run cannot end before it is killed
    command = ["-m", "newscrawl", "export", "pipe", "--to", name, "-o", target.name, "--force"]
    child = subprocess.Popen([sys.executable, *command, "--revisions", "all"])
    with child, open("pipe", "wb") as pipe:
        pipe.write(line(1) * 200)
        pipe.flush()
        while not any(path.name.endswith(".partial") for path in Path().iterdir()):
            assert child.poll() is None
        child.kill()
    assert target.read_text() == "mine"
    assert run("news.jsonl", "--to", name, "-o", target.name, "--force") == 0
    assert target.read_bytes() != b"mine"
