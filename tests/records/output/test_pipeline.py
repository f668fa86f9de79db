"""OutputPipeline in real crawls: what is written, synced, remembered, and what ends a crawl."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newscrawl.records.output import open_output
from tests.records.output.reading import line, records_of, urls_of

ROOT = Path(__file__).parents[2]
CHILD = Path(__file__).with_name("crawl_child.py")


class Crawl:
    """What a crawl was told, and its stats."""

    def __init__(self, numbers: Sequence[int], settings: dict[str, Any]) -> None:
        done = subprocess.run(
            [sys.executable, str(CHILD), json.dumps(list(numbers)), json.dumps(settings)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            timeout=30,
            check=True,
        )
        self.log = done.stderr.decode()
        *self.written, told = done.stdout.splitlines()
        self.events: list[list[Any]] = json.loads(told)["events"]
        self.stats: dict[str, Any] = json.loads(told)["stats"]

    def of(self, what: str) -> list[Any]:
        return [value for event, value in self.events if event == what]


def crawl(output: Path | str, *numbers: int, **settings: Any) -> Crawl:
    return Crawl(numbers, {"NEWSCRAWL_OUTPUT": str(output)} | settings)


def url(number: int) -> str:
    return f"https://a.example/{number}"


def test_the_bytes_are_those_of_scrapys_feed_export(tmp_path: Path) -> None:
    output, feed = tmp_path / "news.jsonl", tmp_path / "feed.jsonl"
    done = crawl(output, 1, 2, 3, FEEDS={str(feed): {"format": "jsonlines"}})
    assert urls_of(output) == [url(1), url(2), url(3)]
    assert output.read_bytes() == feed.read_bytes()
    assert done.stats["output/synced"] == done.stats["articles"] == 3
    assert done.stats["output/bytes"] == output.stat().st_size
    assert done.stats["output/repaired"] == 0
    assert done.log == ""


def test_without_a_name_there_is_no_output_and_feeds_work(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    done = crawl("", 1, FEEDS={str(feed): {"format": "jsonlines"}})
    assert urls_of(feed) == [url(1)]
    assert [name for name in done.stats if name.startswith("output")] == []
    assert done.log == ""


def test_standard_output() -> None:
    done = crawl("-", 1, 2, NEWSCRAWL_SYNC_SECONDS=0)
    assert [json.loads(text)["url"] for text in done.written] == [url(1), url(2)]
    assert done.of("sync") == [[], []]


def test_every_run_appends_and_a_file_is_begun_anew_on_request(tmp_path: Path) -> None:
    output = tmp_path / "news.jsonl.gz"
    crawl(output, 1)
    crawl(output, 2)
    assert urls_of(output) == [url(1), url(2)]
    crawl(output, 3, NEWSCRAWL_OUTPUT_OVERWRITE=True)
    assert urls_of(output) == [url(3)]


def test_a_file_a_run(tmp_path: Path) -> None:
    for number in (1, 2):
        crawl(tmp_path / "news.jsonl", number, NEWSCRAWL_OUTPUT_PER_RUN=True)
    first, second = sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert first.name.startswith("news-20")
    assert (urls_of(first), urls_of(second)) == ([url(1)], [url(2)])


def test_a_record_is_remembered_after_it_is_written_and_durable(tmp_path: Path) -> None:
    output = tmp_path / "news.jsonl"
    done = crawl(output, 1, 2, 3, NEWSCRAWL_SYNC_RECORDS=2, NEWSCRAWL_SYNC_SECONDS=0)
    lengths = [0]
    for text in output.read_bytes().splitlines(keepends=True):
        lengths.append(lengths[-1] + len(text))
    assert done.events == [
        ["sync", [0]],
        ["write", url(1)],
        ["write", url(2)],
        ["sync", [lengths[2]]],
        ["write", url(3)],
        ["sync", [lengths[3]]],
        ["close", None],
    ]


def test_records_are_synced_by_the_clock(tmp_path: Path) -> None:
    output = tmp_path / "news.jsonl"
    done = crawl(output, *range(4), PAUSE=0.1, NEWSCRAWL_SYNC_SECONDS=0.02)
    # By count there would be the first and the last alone.
    assert len(done.of("sync")) > 2
    assert done.of("sync") == sorted(done.of("sync"))
    assert done.of("sync")[-1] == [output.stat().st_size]


def test_what_a_killed_run_wrote_is_adopted_before_anything_is_written(tmp_path: Path) -> None:
    output = tmp_path / "news.jsonl"
    output.write_bytes(line("a") + line("b") + line("c")[:-9])
    done = crawl(output, 1, KNOWN=len(line("a")))
    assert done.events[:3] == [
        ["adopt", ["b"]],
        ["sync", [len(line("a") + line("b"))]],
        ["write", url(1)],
    ]
    assert urls_of(output) == ["a", "b", url(1)]
    assert done.stats["output/repaired"] == 1


def test_what_a_killed_run_left_as_part_is_adopted_and_named(tmp_path: Path) -> None:
    (tmp_path / "news-20240506T070809Z.jsonl.gz.part").write_bytes(gzip.compress(line("a")))
    done = crawl(tmp_path / "news.jsonl.gz", 1, KNOWN=0, NEWSCRAWL_OUTPUT_PER_RUN=True)
    assert done.events[0] == ["adopt", ["a"]]
    old, new = sorted(tmp_path.iterdir())
    assert old.name == "news-20240506T070809Z.jsonl.gz"
    assert (urls_of(old), urls_of(new)) == (["a"], [url(1)])


@pytest.mark.parametrize("per_run", [False, True])
def test_a_second_crawl_on_the_same_output_ends_before_it_fetches(
    tmp_path: Path, per_run: bool
) -> None:
    output = tmp_path / "news.jsonl"
    first = open_output(output, per_run=per_run)
    done = crawl(output, 1, NEWSCRAWL_OUTPUT_PER_RUN=per_run)
    assert "news.jsonl is being written by another process" in done.stats["output_error"]
    assert done.stats["finish_reason"] == "output_error"
    assert done.events == [["close", None]]
    assert "Traceback" not in done.log
    first.close()
    assert crawl(output, 1, NEWSCRAWL_OUTPUT_PER_RUN=per_run).stats["output/synced"] == 1


def test_a_file_that_is_not_ours_ends_the_crawl_and_is_left(tmp_path: Path) -> None:
    output = tmp_path / "diary.txt"
    output.write_bytes(b"Dear diary,\n")
    done = crawl(output, 1)
    assert done.stats["finish_reason"] == "output_error"
    assert "left as it is" in done.stats["output_error"]
    assert output.read_bytes() == b"Dear diary,\n"


@pytest.mark.skipif(bool(os.geteuid()), reason="needs to mount a file system")
@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_a_full_disk_ends_the_crawl_and_nothing_more_is_remembered(
    tmp_path: Path, name: str
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=True)
    try:
        numbers = range(400)
        done = crawl(disk / name, *numbers, LENGTH=4000, NEWSCRAWL_SYNC_RECORDS=5)
        records = records_of(disk / name)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert done.stats["finish_reason"] == "output_error"
    assert "No space left on device" in done.stats["output_error"]
    assert done.events[-1] == ["close", None]
    assert len(done.of("write")) < 400
    assert done.stats["output/synced"] <= len(records)
    assert [record["url"] for record in records] == [url(number) for number in range(len(records))]
    assert done.stats.get("internal_errors", 0) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_is_full_ends_the_crawl() -> None:
    done = crawl("/dev/full", *range(5), PAUSE=0.02)
    assert done.stats["output_error"] == "/dev/full: No space left on device"
    assert done.stats["finish_reason"] == "output_error"
    assert done.of("write") == []
    assert "articles" not in done.stats
    assert done.log.count("No space left on device") == 1
