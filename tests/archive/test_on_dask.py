"""The archive's step on Dask: two real workers, one of them killed, and the example script."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from newscrawl.archive import Options, OtherOptionsError, archived_records, convert, plan
from newscrawl.archive.on_dask import convert_all
from newscrawl.items import Reject
from tests.archive.warcs import response, story, write_warc

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "examples" / "archives" / "on_dask.py"


def archives(folder: Path, files: int, stories: int) -> Path:
    for number in range(files):
        first = number * 1000
        write_warc(folder / f"part-{number}.warc.gz", [story(first + n) for n in range(stories)])
    return folder


def pieces(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


def test_two_workers_do_it_and_one_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    warcs = archives(tmp_path / "in", 6, 40)
    expected = tmp_path / "expected"
    for source, name in plan([str(warcs)]):
        assert convert(source, expected, name).counts["articles"] == 40
    out = tmp_path / "out"
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        victim = next(iter(cluster.workers.values())).pid
        assert victim
        results = convert_all(client, [str(warcs), str(tmp_path / "gone")], out)
        first = next(results)
        os.kill(victim, signal.SIGKILL)
        done = [first, *results]
        assert [each.problem for each in done if each.problem] == ["no such file"]
        again = list(convert_all(client, [str(warcs)], out))
    assert len(done) == 7
    assert sum(each.counts.get("articles", 0) for each in done) == 240
    assert all(each.was_finished for each in again)
    assert pieces(out) == pieces(expected)
    assert len(pieces(out)) == 6


def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    warcs = archives(tmp_path / "in", 2, 3)
    command = [sys.executable, EXAMPLE, warcs, "-o", tmp_path / "out"]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "files 2, articles 6" in done.stdout


def test_records_and_rejects_of_one_file(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc", [story(1), response("https://a.example/", " "), story(2)]
    )
    one, nothing, two = archived_records(path)
    assert isinstance(nothing, Reject)
    assert nothing.reason == "empty"
    assert isinstance(one, dict)
    assert isinstance(two, dict)
    assert one["url"].endswith("story-number-1")


def test_a_folder_of_other_options_is_refused(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc", [story(1)])
    convert(str(path), tmp_path / "out")
    with pytest.raises(OtherOptionsError, match="begun with other options"):
        convert(str(path), tmp_path / "out", options=Options.of(hosts=["a.example"]))


def test_a_file_that_is_no_warc_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_text("<html>")
    result = convert(str(path), tmp_path / "out")
    assert (result.piece, result.problem) == (None, "this is no WARC file")
