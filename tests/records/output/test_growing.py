"""The file that grows: appended to, repaired, refused, known up to a length."""

from __future__ import annotations

import gzip
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newscrawl.items import Article
from newscrawl.records.output import Output, OutputError, open_output, to_line
from tests.records.output.reading import NAMES, line, records_of, text_of, urls_of


def at(length: int | None) -> Callable[[str], int | None]:
    return lambda _: length


def write(path: Path, *urls: str, known: int | None = None) -> int:
    output = open_output(path, known=at(known))
    for url in urls:
        output.write(line(url))
    (length,) = output.sync().values()
    output.close()
    return length


def unknown(path: Path, known: int | None) -> list[str]:
    output = open_output(path, known=at(known))
    found = [record["url"] for record in output.unknown_records()]
    output.close()
    return found


@pytest.fixture(params=NAMES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / request.param


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return tmp_path / "news.jsonl"


def test_a_record_is_a_line_in_the_schemas_order() -> None:
    text = to_line(Article("https://a.example/ü", headline="„Halle“\u2028").to_dict())
    assert text.startswith(
        '{"url": "https://a.example/ü", "headline": "„Halle“\u2028", "date": null'.encode()
    )
    assert text.count(b"\n") == 1


def test_every_run_appends(path: Path) -> None:
    assert write(path, "a", "b") == path.stat().st_size
    assert write(path, "c") == path.stat().st_size
    assert urls_of(path) == ["a", "b", "c"]


def test_the_lengths_are_named_by_the_absolute_path(path: Path) -> None:
    (path.parent / "link").symlink_to(path.parent)
    asked = []
    output = open_output(path.parent / "link" / path.name, known=asked.append)
    assert output.sync() == {os.path.realpath(path): 0}
    assert asked == [os.path.realpath(path)]
    output.close()


def test_what_is_synced_can_be_read_while_the_file_is_open(path: Path) -> None:
    output = open_output(path)
    for number in range(5):
        output.write(line(str(number)))
        assert list(output.sync().values()) == [path.stat().st_size]
        assert len(records_of(path)) == number + 1
    output.sync()
    output.close()
    assert len(records_of(path)) == 5


def test_a_torn_end_is_cut_off_wherever_it_is_torn(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = write(path, "a", "b")
    whole = write(path, "c")
    data = path.read_bytes()
    for end in range(first + 1, whole):
        path.write_bytes(data[:end])
        caplog.clear()
        output = open_output(path)
        output.write(line("d"))
        output.sync()
        output.close()
        # Without its line end alone, a plain line is whole.
        lost = path.suffix != ".jsonl" or end < whole - 1
        assert urls_of(path) == (["a", "b", "d"] if lost else ["a", "b", "c", "d"])
        assert output.repaired == 1
        assert ("torn" if lost else "completed") in caplog.text


def test_a_file_torn_in_its_first_line_begins_anew(path: Path) -> None:
    whole = write(path, "a")
    data = path.read_bytes()
    for end in range(1, whole - 1):
        path.write_bytes(data[:end])
        write(path, "b")
        assert urls_of(path) == ["b"]


def test_zeros_that_a_power_cut_left_are_cut_off(path: Path) -> None:
    write(path, "a")
    with path.open("ab") as file:
        file.write(bytes(5000))
    write(path, "b")
    assert urls_of(path) == ["a", "b"]


def test_a_whole_file_is_not_changed(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(path, "a", "b")
    before = path.read_bytes()
    output = open_output(path)
    output.close()
    assert path.read_bytes() == before
    assert output.repaired == 0
    assert caplog.text == ""


@pytest.mark.parametrize(
    "content",
    [
        b"Dear diary,\n",
        b"Dear diary",
        b'{\n  "url": "https://a.example/"\n}\n',
        b'[{"url": "https://a.example/"}]\n',
        b'{"name": "a", "url": null}\n',
        b'{"name": "a"}',
        b"\x1f\x8b\x08\0 not gzip",
        b"\n",
        b"[" * 100_000,
        b"[" * 100_000 + b"\n",
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(OutputError, match="left as it is"):
        open_output(path)
    assert path.read_bytes() == content


def test_a_compressed_file_of_something_else_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "notes.gz"
    path.write_bytes(gzip.compress(b"Dear diary,\n"))
    with pytest.raises(OutputError, match=r"notes\.gz does not begin with a record"):
        open_output(path)
    assert gzip.decompress(path.read_bytes()) == b"Dear diary,\n"


def test_overwrite_begins_anew_whatever_is_there(path: Path) -> None:
    path.write_bytes(b"Dear diary")
    output = open_output(path, overwrite=True)
    output.write(line("a"))
    output.sync()
    output.close()
    assert urls_of(path) == ["a"]


def test_what_another_program_compressed_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl.gz"
    text = b"".join(line(str(number)) for number in range(3)).rstrip(b"\n")
    path.write_bytes(gzip.compress(text))
    write(path, "d")
    assert urls_of(path) == ["0", "1", "2", "d"]


def test_records_beyond_the_known_length_are_handed_over(path: Path) -> None:
    known = write(path, "a", "b")
    write(path, "c", "d")
    end = write(path, "e")
    assert unknown(path, known) == ["c", "d", "e"]
    assert unknown(path, 0) == ["a", "b", "c", "d", "e"]
    assert unknown(path, end) == []
    assert unknown(path, None) == []


def test_a_torn_line_is_not_handed_over(path: Path) -> None:
    known = write(path, "a")
    write(path, "b")
    whole = write(path, "c")
    os.truncate(path, whole - 5)
    assert unknown(path, known) == ["b"]


def test_records_are_handed_over_before_anything_is_written(path: Path) -> None:
    known = write(path, "a")
    write(path, "b")
    output = open_output(path, known=at(known))
    records = output.unknown_records()
    output.write(line("c"))
    output.sync()
    assert [record["url"] for record in records] == ["b"]
    output.close()


def test_a_file_shorter_than_known_is_another_file(path: Path) -> None:
    known = write(path, "a", "b")
    path.unlink()
    assert unknown(path, known) == []
    write(path, "c")
    assert unknown(path, known) == []
    write(path, "d", known=known)
    assert urls_of(path) == ["c", "d"]


def test_a_known_length_within_a_line_is_accepted(path: Path) -> None:
    known = write(path, "a")
    write(path, "b")
    assert unknown(path, known - 3) == []
    assert urls_of(path) == ["a", "b"]


def test_a_line_that_is_no_record_is_passed_over_and_left(
    plain: Path, caplog: pytest.LogCaptureFixture
) -> None:
    known = write(plain, "a")
    with plain.open("ab") as file:
        file.write(b"# by hand\n" + line("b"))
    assert unknown(plain, known) == ["b"]
    assert "is no record" in caplog.text
    assert text_of(plain) == line("a") + b"# by hand\n" + line("b")


def test_a_long_line_is_repaired_across_blocks(plain: Path) -> None:
    long = b'{"url": "long", "body": "%s"}\n' % (b"x" * 300_000)
    plain.write_bytes(line("a") + long + long[:200_000])
    write(plain, "b")
    assert urls_of(plain) == ["a", "long", "b"]


@pytest.mark.parametrize("name", NAMES[1:])
def test_of_a_large_compressed_file_only_the_end_is_read(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / name
    noise = random.Random(4).randbytes(600_000).hex()
    output = open_output(path)
    for number in range(12):
        output.write(b'{"url": "%d", "body": "%s"}\n' % (number, noise.encode()))
        output.sync()
    output.close()
    size = path.stat().st_size
    assert size > 6_000_000
    with path.open("ab") as file:
        file.write(path.read_bytes()[:1000])
    read = 0
    pread = os.pread

    def counted(fd: int, length: int, offset: int) -> bytes:
        nonlocal read
        data = pread(fd, length, offset)
        read += len(data)
        return data

    monkeypatch.setattr(os, "pread", counted)
    write(path, "last")
    # The beginning, a window of 1 MiB, and the members in it.
    assert read < 3_000_000
    assert len(records_of(path)) == 13
    read = 0
    assert unknown(path, size) == ["last"]
    assert read < 1_000_000


def test_a_second_writer_is_refused_until_the_first_is_gone(path: Path) -> None:
    first = open_output(path)
    first.write(line("a"))
    with pytest.raises(OutputError, match=f"{path.name} is being written by another process"):
        open_output(path)
    first.sync()
    first.close()
    write(path, "b")
    assert urls_of(path) == ["a", "b"]


def test_the_lock_follows_links_to_the_same_file(path: Path) -> None:
    link = path.with_name(f"link-{path.name}")
    link.symlink_to(path)
    first = open_output(path)
    with pytest.raises(OutputError, match="another process"):
        open_output(link)
    first.close()


def test_the_directory_is_made(tmp_path: Path) -> None:
    write(tmp_path / "new" / "deep" / "news.jsonl", "a")
    assert urls_of(tmp_path / "new" / "deep" / "news.jsonl") == ["a"]


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="Is a directory"):
        open_output(tmp_path)


def test_a_file_in_place_of_the_directory_is_refused(plain: Path) -> None:
    plain.write_bytes(b"")
    with pytest.raises(OutputError, match="Not a directory"):
        open_output(plain / "news.jsonl")


def test_a_rotation_by_copying_leaves_no_hole(plain: Path) -> None:
    output = open_output(plain)
    output.write(line("a"))
    output.sync()
    os.truncate(plain, 0)
    output.write(line("b"))
    assert list(output.sync().values()) == [len(line("b"))]
    output.close()
    assert urls_of(plain) == ["b"]


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    output: Output = open_output(path)
    output.write(line("a"))
    assert output.sync() == {}
    output.close()
    assert os.read(reader, 1000) == line("a")
    os.close(reader)


def test_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output = open_output(Path("-"))
    output.write(line("a"))
    output.close()
    assert capsysbinary.readouterr().out == line("a")


def test_zstd_without_a_package_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("backports.zstd", "compression.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delattr("backports.zstd", raising=False)
    with pytest.raises(OutputError, match=r"pip install 'newscrawl\[zstd\]'"):
        open_output(tmp_path / "news.jsonl.zst")
