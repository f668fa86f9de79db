"""A file a run: its name, its end, what killed runs left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.records.output import Output, OutputError, open_output
from tests.records.output.reading import line, urls_of

MORNING = 1_714_979_289  # 2024-05-06, 07:08:09 UTC


def opened(
    path: Path, seconds: float = MORNING, known: Callable[[str], int | None] = lambda _: None
) -> Output:
    return open_output(path, per_run=True, clock=lambda: seconds, known=known)


def run(path: Path, *urls: str, seconds: float = MORNING) -> None:
    output = opened(path, seconds)
    output.publish()
    for url in urls:
        output.write(line(url))
    output.sync()
    output.close()


def kill(path: Path, *urls: str, seconds: float = MORNING, lost: int = 0) -> int:
    """Leave what a kill would leave, its last bytes lost; returns the synced length."""
    output = opened(path, seconds)
    for url in urls:
        output.write(line(url))
    (length,) = output.sync().values()
    output.close(complete=False)
    (part,) = path.parent.glob("*.part")
    os.truncate(part, length - lost)
    return length


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("news.jsonl", "news-20240506T070809Z.jsonl"),
        ("news.jsonl.gz", "news-20240506T070809Z.jsonl.gz"),
        ("news.v2.jsonl.zst", "news.v2-20240506T070809Z.jsonl.zst"),
        ("news", "news-20240506T070809Z"),
    ],
)
def test_a_run_is_named_by_its_start_at_its_end(tmp_path: Path, name: str, written: str) -> None:
    output = opened(tmp_path / name)
    output.write(line("a"))
    assert list(output.sync()) == [os.path.realpath(tmp_path / written)]
    assert names(tmp_path) == [f".{name}.lock", f"{written}.part"]
    output.close()
    assert names(tmp_path) == [written]
    assert urls_of(tmp_path / written) == ["a"]


def test_a_run_without_records_leaves_no_file(tmp_path: Path) -> None:
    run(tmp_path / "news.jsonl.gz")
    assert names(tmp_path) == []


def test_a_clock_that_stands_still_writes_over_nothing(tmp_path: Path) -> None:
    for url in "abc":
        run(tmp_path / "news.jsonl", url)
    assert names(tmp_path) == [
        "news-20240506T070809Z-2.jsonl",
        "news-20240506T070809Z-3.jsonl",
        "news-20240506T070809Z.jsonl",
    ]
    assert urls_of(tmp_path / "news-20240506T070809Z-3.jsonl") == ["c"]


def test_what_a_kill_left_is_repaired_and_named(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    kill(path, "a", "b", lost=4)
    output = opened(path, MORNING + 300)
    assert output.repaired == 1
    # It has its name only once its records are remembered.
    assert not (tmp_path / "news-20240506T070809Z.jsonl").exists()
    output.publish()
    output.close()
    assert names(tmp_path) == ["news-20240506T070809Z.jsonl"]
    assert urls_of(tmp_path / "news-20240506T070809Z.jsonl") == ["a"]


def test_records_that_a_kill_left_are_handed_over(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    kill(path, "a", "b")
    asked = []

    def known(name: str) -> int:
        asked.append(name)
        return 0

    output = opened(path, MORNING + 300, known)
    left = os.path.realpath(tmp_path / "news-20240506T070809Z.jsonl.gz")
    now = os.path.realpath(tmp_path / "news-20240506T071309Z.jsonl.gz")
    assert asked == [left]
    assert [record["url"] for record in output.unknown_records()] == ["a", "b"]
    assert output.sync() == {
        left: (tmp_path / "news-20240506T070809Z.jsonl.gz.part").stat().st_size,
        now: 0,
    }
    output.publish()
    assert list(output.sync()) == [now]
    output.close()


def test_a_run_that_failed_is_left_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    output = opened(path)
    output.write(line("a"))
    output.sync()
    output.close(complete=False)
    assert names(tmp_path) == ["news-20240506T070809Z.jsonl.part"]
    run(path, "b")
    assert urls_of(tmp_path / "news-20240506T070809Z.jsonl") == ["a"]
    assert urls_of(tmp_path / "news-20240506T070809Z-2.jsonl") == ["b"]


def test_an_empty_part_goes(tmp_path: Path) -> None:
    kill(tmp_path / "news.jsonl", "a", lost=5)
    run(tmp_path / "news.jsonl", seconds=MORNING + 300)
    assert names(tmp_path) == []


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    others = ["news-old.jsonl.part", "news.jsonl", "other-20240506T070809Z.jsonl.part"]
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    run(tmp_path / "news.jsonl", "a")
    assert names(tmp_path) == sorted([*others, "news-20240506T070809Z.jsonl"])


def test_a_file_put_in_the_way_is_not_written_over(tmp_path: Path) -> None:
    output = opened(tmp_path / "news.jsonl")
    output.write(line("a"))
    output.sync()
    (tmp_path / "news-20240506T070809Z.jsonl").write_bytes(b"mine")
    output.close()
    assert (tmp_path / "news-20240506T070809Z.jsonl").read_bytes() == b"mine"
    assert urls_of(tmp_path / "news-20240506T070809Z-2.jsonl") == ["a"]


def test_a_second_run_at_once_is_refused(tmp_path: Path) -> None:
    first = opened(tmp_path / "news.jsonl")
    with pytest.raises(OutputError, match=r"news\.jsonl is being written by another process"):
        opened(tmp_path / "news.jsonl", MORNING + 300)
    beside = opened(tmp_path / "sport.jsonl")
    beside.close()
    first.close()
    run(tmp_path / "news.jsonl", "b")
