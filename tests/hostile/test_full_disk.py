"""Case 24: the disk is full in a crawl. Loud, whole lines, and what did not fit comes next time."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.hostile.kills import Crawls
from tests.hostile.outlets import Outlets

pytestmark = pytest.mark.slow

LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    with Outlets(datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 150 kB; what a crawl of the outlets writes takes more."""
    directory = tmp_path / "disk"
    directory.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=150k", "tmpfs", str(directory)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    yield directory
    subprocess.run(["umount", str(directory)], check=True)


def records(crawls: Crawls) -> int:
    """Return the number of lines, each of which must be a record."""
    lines = list(crawls.lines())
    assert all(line.endswith(b"\n") and json.loads(line)["url"] for line in lines)
    return len(lines)


def assert_all_there(crawls: Crawls) -> None:
    account = crawls.account()
    assert (account.lost, account.doubled, account.torn) == ([], [], [])
    assert account.wrong == []


@pytest.mark.parametrize(
    ("name", "size"), [("news.jsonl", "150k"), ("news.jsonl.gz", "12k")], ids=["lines", "gzip"]
)
def test_an_output_on_a_full_disk(
    tmp_path: Path, outlets: Outlets, small_disk: Path, name: str, size: str
) -> None:
    resize(small_disk, size)
    crawls = Crawls(tmp_path, outlets, f"disk/{name}")
    crawls.settings["NEWSCRAWL_SYNC_RECORDS"] = 20
    assert crawls.run() == 5
    assert f"the output could not be written: disk/{name}: No space left" in crawls.said
    assert 0 < records(crawls) < len(outlets.articles)
    resize(small_disk, "20m")
    assert crawls.run() == 0
    assert_all_there(crawls)


def test_a_state_on_a_full_disk(tmp_path: Path, outlets: Outlets, small_disk: Path) -> None:
    crawls = Crawls(tmp_path, outlets, state="disk/news.state")
    assert crawls.run() == 5
    assert "disk/news.state cannot grow, the disk is full" in crawls.said
    records(crawls)
    resize(small_disk, "20m")
    assert crawls.run() == 0
    assert_all_there(crawls)


def test_every_file_has_a_limit(tmp_path: Path, outlets: Outlets) -> None:
    crawls = Crawls(tmp_path, outlets, prelude=LIMITED.format(size=120_000))
    assert crawls.run() == 5
    assert records(crawls) < len(outlets.articles)
    crawls.prelude = ""
    assert crawls.run() == 0
    assert_all_there(crawls)


def resize(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)
