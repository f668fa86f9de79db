"""Files of records in every state: what can be read is read, the rest has a place and a reason."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.items import SCHEMA_VERSION
from newscrawl.records.output import compression, open_output
from newscrawl.records.reading import Problem, RecordReader
from tests.records.reading.records import line, old_line, write


class Read:
    """What a reader made of its targets."""

    def __init__(self, *targets: str, **options) -> None:
        said: list[Problem] = []
        kept: list[bytes] = []
        self.reader = RecordReader(targets, on_problem=said.append, bad=kept.append, **options)
        found = list(self.reader)
        self.headlines = [record["headline"] for _, record in found]
        self.places = [str(place) for place, _ in found]
        self.lost = [str(problem) for problem in said if problem.is_loss]
        self.remarks = [str(problem) for problem in said if not problem.is_loss]
        self.bad = b"".join(kept)
        assert self.reader.records == len(found)
        assert self.reader.lost == len(self.lost)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_several_files_come_in_their_order_with_their_places():
    write(Path("b.jsonl"), [line(1), line(2)])
    write(Path("a.jsonl"), [line(3)])
    read = Read("b.jsonl", "a.jsonl")
    assert read.headlines == ["Headline 1", "Headline 2", "Headline 3"]
    assert read.places == ["b.jsonl:1", "b.jsonl:2", "a.jsonl:1"]
    assert (read.lost, read.remarks, read.bad) == ([], [], b"")


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz", "news.jsonl.zst"])
def test_what_an_output_wrote_can_be_read(name):
    output = open_output(Path(name))
    for number in range(1, 4):
        output.write(line(number))
        output.sync()  # a member of its own
    output.close()
    assert Read(name).headlines == ["Headline 1", "Headline 2", "Headline 3"]


def test_the_bytes_tell_the_compression_not_the_name():
    Path("news.jsonl").write_bytes(gzip.compress(line(1)))
    Path("news.jsonl.gz").write_bytes(line(2))
    assert Read("news.jsonl", "news.jsonl.gz").headlines == ["Headline 1", "Headline 2"]


def test_folders_and_patterns(folder):
    (folder / "deep" / "er").mkdir(parents=True)
    write(Path("deep/2.jsonl"), [line(2)])
    write(Path("deep/er/3.ndjson"), [line(3)])
    write(Path("deep/1.jsonl.gz"), [line(1)])
    write(Path("deep/notes.txt"), [b"no records\n"])
    write(Path("deep/news.state"), [b"no records\n"])
    assert Read("deep").places == ["deep/1.jsonl.gz:1", "deep/2.jsonl:1", "deep/er/3.ndjson:1"]
    assert Read("deep/**/*.ndjson").headlines == ["Headline 3"]


def test_standard_input_and_pipes(monkeypatch):
    class Stdin:
        buffer = io.BufferedReader(io.BytesIO(line(1) + line(2)))

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert Read("-").places == ["standard input:1", "standard input:2"]
    os.mkfifo("pipe")
    with subprocess.Popen([sys.executable, "-c", f"open('pipe', 'wb').write({line(3)!r})"]):
        read = Read("pipe")
    assert read.headlines == ["Headline 3"]
    assert RecordReader(["pipe"]).size is None


def test_what_is_not_there():
    Path("empty").mkdir()
    assert Read("gone.jsonl", "empty", "*.jsonl").lost == [
        "gone.jsonl: unreadable: no such file or folder",
        "empty: unreadable: no records in this folder (.jsonl, .ndjson)",
        "*.jsonl: unreadable: no file matches this pattern",
    ]


def test_an_empty_file_is_worth_a_remark():
    write(Path("empty.jsonl"), [])
    write(Path("empty.jsonl.gz"), [])
    read = Read("empty.jsonl", "empty.jsonl.gz")
    assert read.lost == []
    assert read.remarks == [
        "empty.jsonl: empty: nothing in this file",
        "empty.jsonl.gz: empty: nothing in this file",
    ]


def test_a_last_line_without_its_end():
    write(Path("whole.jsonl"), [line(1), line(2).rstrip()])
    assert Read("whole.jsonl").headlines == ["Headline 1", "Headline 2"]
    write(Path("torn.jsonl"), [line(1), line(2)[:70]])
    read = Read("torn.jsonl")
    assert read.headlines == ["Headline 1"]
    assert read.lost[0].startswith("torn.jsonl:2: torn: the file ends within this line (no JSON")
    assert read.bad == line(2)[:70] + b"\n"


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.jsonl.zst"])
def test_a_compressed_file_cut_short(name):
    whole = b"".join(line(number, body=os.urandom(300).hex()) for number in range(1, 200))
    compress = compression.compression_of(Path(name)).compress
    Path(name).write_bytes(compress(whole)[:-2000])
    read = Read(name)
    assert 50 < len(read.headlines) < 199
    last = len(read.headlines) + 1
    assert read.lost == [f"{name}:{last}: torn: the compressed file is cut short here"]
    assert whole.startswith(b"".join(whole.splitlines(keepends=True)[: last - 1]) + read.bad[:-1])


def test_damaged_bytes_in_a_compressed_file():
    packed = gzip.compress(line(1)) + b"damage" + gzip.compress(line(2))
    Path("news.jsonl.gz").write_bytes(packed)
    read = Read("news.jsonl.gz")
    assert read.headlines == ["Headline 1"]
    assert read.lost[0].startswith("news.jsonl.gz:2: damaged: no more can be unpacked (")


def test_lines_that_are_none_lie_between_others():
    lines = {
        "not_json": b"<html>\n",
        "foreign": b'[{"url": "https://www.example.org/"}]\n',
        "not_utf8": line(1).replace(b"Headline", "Ärger".encode("latin-1")),
        "nul_bytes": b"\0" * 20 + b"\n",
        "invalid": line(1, headline=3),
        "reject": b'{"url": "https://www.example.org/", "reason": "no_body", "detail": null}\n',
        "summary": b'{"started": "2024-05-06T07:08:09Z", "finish_reason": "finished"}\n',
        "future_schema": line(1, schema_version="9.0.0", headline=3),
    }
    write(Path("mixed.jsonl"), [each for bad in lines.values() for each in (line(7), bad)])
    read = Read("mixed.jsonl")
    assert read.headlines == ["Headline 7"] * len(lines)
    assert dict(read.reader.problems) == dict.fromkeys(lines, 1)
    places = [problem.split(": ")[0] for problem in read.lost]
    assert places == [f"mixed.jsonl:{2 * number}" for number in range(1, len(lines) + 1)]
    assert read.bad == b"".join(lines.values())


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b'{"url": 3}', "foreign: a JSON object without a url"),
        (b'{"title": "x"}', "foreign: a JSON object without a url"),
        (b'"text"', "foreign: a JSON value; JSON Lines has one object"),
        (b'{"url": "a", "revision": NaN}', "not_json: no JSON: NaN is no JSON"),
        (b'{"url": "a", "revision": ' + b"9" * 5000 + b"}", "not_json: no JSON: Exceeds"),
        (b'{"url": "a", "revision": 9999999999999}', "invalid: revision: 9999999999999 is greater"),
        (b'{"url": "a", "rights": ' + b'{"a":' * 99_999, "not_json: JSON nested too deep"),
        (b'{"url": "a", "headline": "\\ud800"}', "invalid: half a surrogate pair"),
        (b'{"url": "a", "date": "yesterday"}', "invalid: date: "),
        (b'{"url": "a", "kind": "podcast"}', "invalid: kind: "),
        (b'{"url": "a", "images": [{"url": ""}]}', "invalid: images.0.url: "),
        (b'{"url": "a", "kind": "story", "revision": 0}', "invalid: kind: "),
        (b'{"url": "a"} {"url": "b"}', "not_json: no JSON: Extra data, character 14"),
        (line(1).rstrip() + b"\0\0", "nul_bytes: zero bytes within the line"),
    ],
)
def test_each_reason_is_said(bad, said):
    write(Path("bad.jsonl"), [bad, b"\n", line(2)])
    read = Read("bad.jsonl")
    assert read.headlines == ["Headline 2"]
    assert read.lost[0].startswith(f"bad.jsonl:1: {said}")


def test_a_long_line_is_not_held():
    long = line(1, body="x" * 5_000_000)
    write(Path("long.jsonl"), [line(2), long, line(3), long.rstrip()])
    read = Read("long.jsonl", longest=100_000)
    assert read.headlines == ["Headline 2", "Headline 3"]
    assert read.lost == [
        "long.jsonl:2: too_long: a line of more than 100000 bytes",
        "long.jsonl:4: too_long: a line of more than 100000 bytes",
    ]
    assert read.bad == long * 2


def test_byte_order_mark_blank_lines_and_other_line_ends():
    crlf = line(1).replace(b"\n", b"\r\n")
    write(Path("edited.jsonl"), [b"\xef\xbb\xbf", crlf, b"\r\n", b"  \n", line(2)])
    read = Read("edited.jsonl")
    assert read.places == ["edited.jsonl:1", "edited.jsonl:4"]
    assert read.lost == []


def test_files_of_rejects_and_summaries_in_a_folder_are_passed_over(folder):
    (folder / "runs").mkdir()
    reject = b'{"url": "https://www.example.org/", "reason": "no_body", "detail": null}\n'
    write(Path("runs/news.jsonl"), [line(1)])
    write(Path("runs/rejects.jsonl"), [reject] * 3)
    write(Path("runs/summary.jsonl"), [b'{"started": "", "finish_reason": "finished"}\n'])
    read = Read("runs")
    assert read.headlines == ["Headline 1"]
    assert read.lost == []
    assert read.remarks == [
        "runs/rejects.jsonl: passed_over: it begins with a page that was rejected, no article",
        "runs/summary.jsonl: passed_over: it begins with the figures of a run, no article",
    ]
    assert len(Read("runs/rejects.jsonl").lost) == 3


def test_files_of_other_schema_versions_say_so_once():
    major, minor = map(int, SCHEMA_VERSION.split(".")[:2])
    newer = f"{major}.{minor + 1}.0"
    write(Path("old.jsonl"), [old_line(1), old_line(2)])
    write(Path("newer.jsonl"), [line(3, schema_version=newer, mood="glad", kind="podcast")] * 2)
    write(Path("future.jsonl"), [line(4, schema_version=f"{major + 1}.0.0")])
    read = Read("old.jsonl", "newer.jsonl", "future.jsonl")
    assert read.headlines == ["Headline 1", "Headline 2", "Headline 3", "Headline 3"]
    old, new = read.remarks
    assert old.startswith("old.jsonl:1: other_schema: no schema_version: written before there were")
    assert new.startswith(f"newer.jsonl:1: other_schema: schema {newer}, newer than ")
    (future,) = read.lost
    assert future.startswith(f"future.jsonl:1: future_schema: a record of schema {major + 1}.0.0; ")
    assert dict(read.reader.versions) == {"": 2, newer: 2}


def test_reading_again_counts_again():
    write(Path("news.jsonl"), [line(1), b"torn"])
    reader = RecordReader(["news.jsonl"])
    for _ in range(2):
        assert len(list(reader)) == 1
        assert (reader.records, dict(reader.problems)) == (1, {"torn": 1})
    assert reader.position == reader.size == Path("news.jsonl").stat().st_size


GROWTH = """
import resource, sys
from newscrawl.records.reading import RecordReader
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert sum(1 for _ in RecordReader(["little.jsonl"])) == 100
before = peak()
print(sum(1 for _ in RecordReader(["much.jsonl.gz"])), peak() - before)
"""


def test_memory_does_not_grow_with_the_input():
    lines = [line(number, body="word " * 2000) for number in range(100)]
    write(Path("little.jsonl"), lines)
    with gzip.open("much.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(100):
            file.writelines(lines)  # 100 MB
    asked = [sys.executable, "-c", GROWTH]
    answer = subprocess.run(asked, check=True, capture_output=True, text=True)
    records, kilobytes = map(int, answer.stdout.split())
    assert records == 10_000
    assert kilobytes < 16_000
