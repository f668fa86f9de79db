"""Archives that are made to do harm, kills, full disks."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from newscrawl.cli.exit_codes import ExitCode
from tests.archive.running import numbers, rejects, run, snapshot
from tests.archive.warcs import HTML, response, story, write_warc
from tests.hostile.server import article

pytestmark = pytest.mark.slow


def test_pages_that_cost_too_much_are_cut_off(tmp_path: Path) -> None:
    deep = article("Deep").replace("<article>", "<div>" * 100_000 + "<article>")
    bomb = [HTML, ("Content-Encoding", "gzip")]
    warc = write_warc(
        tmp_path / "a.warc.gz",
        [
            response("https://www.post.example/2024/deep-1", deep),
            response("https://a.example/bomb", gzip.compress(b"<p>" * 30_000_000), bomb),
            story(2),
        ],
    )
    assert run(warc, "-o", tmp_path / "out") == ExitCode.OK
    assert numbers(tmp_path / "out" / "a.jsonl") == [1, 2]
    assert rejects(tmp_path / "out" / "a.jsonl") == [("too_large", "https://a.example/bomb")]


def test_a_record_of_a_gigabyte_is_passed_by_in_flat_memory(tmp_path: Path) -> None:
    head, body = story(0).split(b"\r\n\r\n", 1)
    path = tmp_path / "a.warc"
    size = 1_000_000_000
    with path.open("wb") as file:
        file.write(story(1))
        lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
        file.write(b"\r\n".join([*lines, b"Content-Length: %d" % size]) + b"\r\n\r\n")
        file.write(body[: body.index(b"\r\n\r\n") + 4])
        file.truncate(file.tell() + size - body.index(b"\r\n\r\n") - 4)
        file.seek(0, os.SEEK_END)
        file.write(b"\r\n\r\n" + story(2))
    code = (
        "import re, sys; from pathlib import Path; from newscrawl.cli import main;"
        "code = main(sys.argv[1:]); status = Path('/proc/self/status').read_text();"
        "print(re.search(r'VmHWM:\\s+(\\d+)', status)[1]); sys.exit(code)"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, "archive", str(path), "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert finished.returncode == ExitCode.OK, finished.stderr
    assert int(finished.stdout) < 300_000  # kB
    assert numbers(tmp_path / "out" / "a.jsonl") == [1, 2]
    assert [reason for reason, _ in rejects(tmp_path / "out" / "a.jsonl")] == ["too_large"]


def test_a_kill_costs_no_more_than_the_piece_under_way(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        first = ord(name) * 1000
        write_warc(tmp_path / "in" / f"{name}.warc.gz", [story(first + n) for n in range(60)])
    assert run(tmp_path / "in", "-o", tmp_path / "expected") == ExitCode.OK
    out = tmp_path / "out"
    command = [sys.executable, "-m", "newscrawl", "archive", tmp_path / "in", "-o", out]
    for piece in ("a", "b"):
        with subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL) as process:
            until = time.monotonic() + 120
            while not (out / "finished" / f"{piece}.json").exists() and process.poll() is None:
                assert time.monotonic() < until
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert run(tmp_path / "in", "-o", out) == ExitCode.OK
    assert snapshot(out) == snapshot(tmp_path / "expected")


def test_a_full_disk_is_said_and_costs_the_piece_under_way(tmp_path: Path, capfd: Any) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    try:
        small = write_warc(tmp_path / "a.warc.gz", [story(n) for n in range(5)])
        large = write_warc(tmp_path / "b.warc.gz", [story(n) for n in range(5, 200)])
        assert run(small, large, "-o", disk) == ExitCode.OUTPUT
        assert "No space left on device; what is finished stays" in capfd.readouterr().err
        assert [path.name for path in disk.glob("*.jsonl")] == ["a.jsonl"]
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        assert run(small, large, "-o", disk) == ExitCode.OK
        assert numbers(disk / "a.jsonl") + numbers(disk / "b.jsonl") == list(range(200))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
