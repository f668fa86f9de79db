"""Files that several runs append to: whole lines alone."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.records.output import Journal, OutputError

ROOT = Path(__file__).parents[2]


def append(path: Path, *lines: bytes) -> None:
    journal = Journal(path)
    for line in lines:
        journal.append(line)
    journal.close()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b"{}\n"),
        (b'{"a": 1}\n', b'{"a": 1}\n{}\n'),
        (b'{"a": 1}\n{"b', b'{"a": 1}\n{}\n'),
        (b'{"a', b"{}\n"),
    ],
)
def test_a_line_follows_the_last_whole_one(tmp_path: Path, before: bytes, after: bytes) -> None:
    path = tmp_path / "rejects.jsonl"
    path.write_bytes(before)
    append(path, b"{}\n")
    assert path.read_bytes() == after


def test_runs_share_a_file_and_their_lines_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    code = "import sys; from newscrawl.records.output import Journal; from pathlib import Path\n"
    code += "j = Journal(Path(sys.argv[1]))\n"
    code += "for n in range(200): j.append(sys.argv[2].encode() * 20_000 + b'\\n')"
    children = [
        subprocess.Popen([sys.executable, "-c", code, str(path), name], cwd=ROOT) for name in "ab"
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    lines = path.read_bytes().split(b"\n")
    assert sorted({line for line in lines if line}) == [b"a" * 20_000, b"b" * 20_000]
    assert len(lines) == 401


def test_what_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "rejects.jsonl"
    append(path, b"{}\n")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OutputError, match=r"rejects\.jsonl: File too large"):
            append(path, b"x" * 2000 + b"\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"{}\n"


def test_a_device_is_written_to_as_it_is(tmp_path: Path) -> None:
    append(Path("/dev/null"), b"{}\n")
    with pytest.raises(OutputError, match="No such file"):
        Journal(tmp_path / "none" / "rejects.jsonl")
