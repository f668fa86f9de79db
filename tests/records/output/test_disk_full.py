"""A full disk and other refusals of the system: loud, and the file ends on a whole line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.records.output import Output, OutputError, open_output
from tests.records.output.reading import NAMES, line, records_of, urls_of

ROOT = Path(__file__).parents[2]

# Argument: the path. Prints what it was told had been synced; ends with the error.
LIMITED = """
import random, resource, sys
from pathlib import Path
from newscrawl.records.output import OutputError, open_output, to_line
output = open_output(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
synced = 0
try:
    for number in range(1000):
        output.write(to_line({"url": str(number), "body": random.randbytes(4000).hex()}))
        if number % 3 == 2:
            output.sync()
            synced = number + 1
except OutputError as error:
    print(synced, error, sep="\\n")
    for again in (lambda: output.write(b"{}\\n"), output.sync):
        try:
            again()
        except OutputError:
            continue
        print("not refused")
    output.close(complete=False)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    directory = tmp_path / "disk"
    directory.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(directory)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    yield directory
    subprocess.run(["umount", str(directory)], check=True)


def fill(output: Output) -> None:
    for number in range(1000):
        output.write(b'{"url": "%d", "body": "%s"}\n' % (number, os.urandom(4000).hex().encode()))
        output.sync()


@pytest.mark.parametrize("name", NAMES)
def test_a_size_limit_leaves_whole_lines(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    synced, message = done.stdout.splitlines()
    assert message == f"{path}: File too large"
    numbers = [int(url) for url in urls_of(path)]
    assert numbers == list(range(len(numbers)))
    assert 30 < int(synced) <= len(numbers) <= int(synced) + 3


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_whole_lines_and_goes_on_when_there_is_room(
    small_disk: Path, name: str
) -> None:
    path = small_disk / name
    output = open_output(path)
    with pytest.raises(OutputError, match="No space left on device"):
        fill(output)
    size = path.stat().st_size
    with pytest.raises(OutputError):
        output.write(line("after"))
    with pytest.raises(OutputError):
        output.sync()
    output.close(complete=False)
    assert path.stat().st_size == size
    assert len(records_of(path)) > 30

    os.truncate(path, 0)
    output = open_output(path)
    output.write(line("a"))
    output.sync()
    output.close()
    assert urls_of(path) == ["a"]


def test_a_run_on_a_full_disk_stays_a_part(small_disk: Path) -> None:
    output = open_output(small_disk / "news.jsonl", per_run=True)
    with pytest.raises(OutputError, match="No space left on device"):
        fill(output)
    output.close(complete=False)
    (part,) = small_disk.iterdir()
    assert part.name.endswith(".jsonl.part")
    assert len(records_of(part)) > 100


def test_a_failed_fsync_leaves_what_was_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.jsonl"
    output = open_output(path)
    output.write(line("a"))
    output.sync()
    output.write(line("b"))

    def broken(fd: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OutputError, match="Input/output error"):
        output.sync()
    monkeypatch.undo()
    with pytest.raises(OutputError, match="Input/output error"):
        output.sync()
    output.close()
    assert urls_of(path) == ["a"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device(tmp_path: Path) -> None:
    output = open_output(Path("/dev/full"))
    with pytest.raises(OutputError, match="/dev/full: No space left on device"):
        output.write(line("a"))
    with pytest.raises(OutputError):
        output.sync()
    output.close(complete=False)


@pytest.mark.skipif(not os.geteuid(), reason="root may write everything")
def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.touch(mode=0o400)
    with pytest.raises(OutputError, match="Permission denied"):
        open_output(path)
