"""Records of WARC files, whole and broken: a broken one costs itself alone."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from fastwarc.stream_io import Lz4Writer

from newscrawl.archive.reading import Damage, NoWarcError, Record, read_records
from tests.archive.warcs import lying, packed, response, story, warcinfo, zstd

FORMS = (".warc", ".warc.gz", ".warc.zst")
RECORDS = [story(number) for number in range(6)]


def read(path: Path) -> list[str | Damage]:
    """Return the number of each record's story, and each damage."""
    found: list[str | Damage] = []
    for each in read_records(path, lambda kind, headers: True):
        if isinstance(each, Record):
            assert each.block is not None
            assert len(each.block) == each.length
            found.append(each.headers["warc-target-uri"].rsplit("-", 1)[1])
        else:
            found.append(each)
    return found


def flipped(member: bytes, at: int, number: int = 20) -> bytes:
    return member[:at] + bytes(b ^ 0x5A for b in member[at : at + number]) + member[at + number :]


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def file_of(tmp_path: Path, form: str, members: list[bytes]) -> Path:
    path = tmp_path / f"a{form}"
    path.write_bytes(b"".join(members))
    return path


def members(form: str) -> list[bytes]:
    return [packed(record, form) for record in RECORDS]


def test_every_record_with_its_offset(tmp_path: Path, form: str) -> None:
    made = members(form)
    path = file_of(tmp_path, form, made)
    found = [r for r in read_records(path, lambda kind, headers: False) if isinstance(r, Record)]
    assert [r.offset for r in found] == [len(b"".join(made[:n])) for n in range(6)]
    assert all(r.type == "response" and r.block is None for r in found)


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_a_file_compressed_as_a_whole(tmp_path: Path, pack) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(pack(b"".join(RECORDS)))
    assert read(path) == list("012345")


def test_a_damaged_member_costs_itself(tmp_path: Path) -> None:
    for form in FORMS[1:]:
        made = members(form)
        made[2] = flipped(made[2], len(made[2]) // 2)
        before, broken, *after = read(file_of(tmp_path, form, made))[1:]
        assert (before, after) == ("1", ["3", "4", "5"])
        assert isinstance(broken, Damage)
        assert broken.offset == len(made[0]) + len(made[1])


def test_damaged_members_side_by_side_are_told_of_one_by_one(tmp_path: Path) -> None:
    made = members(".warc.gz")
    made[1:3] = [flipped(made[1], len(made[1]) // 2), flipped(made[2], len(made[2]) // 2)]
    first, one, two, *after = read(file_of(tmp_path, ".warc.gz", made))
    assert (first, after) == ("0", ["3", "4", "5"])
    assert isinstance(one, Damage)
    assert isinstance(two, Damage)
    assert (one.offset, two.offset) == (len(made[0]), len(made[0]) + len(made[1]))


def test_a_damaged_beginning(tmp_path: Path, form: str) -> None:
    made = members(form)
    made[0] = flipped(made[0], 0, 4)
    broken, *after = read(file_of(tmp_path, form, made))
    assert isinstance(broken, Damage)
    assert (broken.offset, after) == (0, ["1", "2", "3", "4", "5"])


@pytest.mark.parametrize("more", [50, -50, 10**12])
def test_a_content_length_that_lies(tmp_path: Path, form: str, more: int) -> None:
    made = [packed(r, form) for r in (*RECORDS[:2], lying(RECORDS[2], more), *RECORDS[3:])]
    *before, broken, three, four, five = read(file_of(tmp_path, form, made))
    assert before == ["0", "1"]
    assert (three, four, five) == ("3", "4", "5")
    assert isinstance(broken, Damage)
    assert broken.offset == len(made[0]) + len(made[1])
    assert broken.url is not None
    assert broken.url.endswith("story-number-2")


def test_a_content_length_that_lies_of_a_record_nobody_reads(tmp_path: Path) -> None:
    path = file_of(tmp_path, ".warc", [RECORDS[0], lying(RECORDS[1], 10**9), *RECORDS[2:]])
    found = list(read_records(path, lambda kind, headers: False))
    assert [type(each) for each in found] == [Record, Damage, Record, Record, Record, Record]


def test_a_file_cut_short(tmp_path: Path, form: str) -> None:
    path = file_of(tmp_path, form, members(form))
    path.write_bytes(path.read_bytes()[:-40])
    *before, broken = read(path)
    assert before == ["0", "1", "2", "3", "4"]
    assert isinstance(broken, Damage)


def test_what_lies_between_records_is_told_of(tmp_path: Path) -> None:
    made = members(".warc.gz")
    path = file_of(tmp_path, ".warc.gz", [made[0], b"\0" * 100, *made[1:], b"\1" * 100])
    first, between, *rest, behind = read(path)
    assert [first, *rest] == list("012345")
    assert isinstance(between, Damage)
    assert isinstance(behind, Damage)
    assert "what follows" in between.detail


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"<html>" * 900, "no WARC"),
        (gzip.compress(b"<p>" * 900, mtime=0), "no WARC"),
    ],
)
def test_no_warc_at_all(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(data)
    with pytest.raises(NoWarcError, match=message):
        read(path)


def test_a_warcinfo_alone_is_a_warc(tmp_path: Path) -> None:
    path = file_of(tmp_path, ".warc", [warcinfo()])
    assert [r.type for r in read_records(path, lambda kind, headers: True) if isinstance(r, Record)]


def test_a_page_that_quotes_a_record_is_one_record(tmp_path: Path) -> None:
    quoting = response("https://a.example/quoting-1", b"\r\n\r\n" + RECORDS[0] + b"\r\n\r\n")
    assert read(file_of(tmp_path, ".warc", [quoting, RECORDS[2]])) == ["1", "2"]


def test_lz4(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.lz4"
    for record in RECORDS:
        out = io.BytesIO()
        with Lz4Writer(out) as writer:
            writer.write(record)
        with path.open("ab") as file:
            file.write(out.getvalue())
    assert read(path) == list("012345")


def test_zstd_with_a_dictionary(tmp_path: Path) -> None:
    dictionary = zstd.train_dict(RECORDS * 20, 4096).dict_content
    head = (0x184D2A5D).to_bytes(4, "little") + len(dictionary).to_bytes(4, "little")
    shared = zstd.ZstdDict(dictionary)
    frames = [zstd.compress(record, zstd_dict=shared) for record in RECORDS]
    path = tmp_path / "a.warc.zst"
    path.write_bytes(head + dictionary + b"".join(frames))
    assert read(path) == list("012345")
    path.write_bytes(head + dictionary + b"".join(frames[:2]) + b"\0" * 99 + frames[3])
    *whole, damage = read(path)
    assert whole == ["0", "1"]
    assert isinstance(damage, Damage)


def oddly_written(record: bytes, how: str) -> bytes:
    """Return a record as some writers would have it."""
    head, _, rest = record.partition(b"\r\n\r\n")
    block = rest.removesuffix(b"\r\n\r\n")
    version, *fields = head.split(b"\r\n")
    if how == "lines end with LF":
        return b"\n".join([version, *fields]) + b"\n\n" + block + b"\n\n"
    case = {"names in lower case": bytes.lower, "names in upper case": bytes.upper}[how]
    pairs = [field.partition(b":") for field in fields]
    fields = [case(name) + colon + value for name, colon, value in pairs]
    return b"\r\n".join([version, *fields]) + b"\r\n\r\n" + rest


@pytest.mark.parametrize("how", ["names in lower case", "names in upper case", "lines end with LF"])
def test_header_names_in_any_case_and_lines_that_end_with_lf(
    tmp_path: Path, form: str, how: str
) -> None:
    odd = [packed(oddly_written(record, how), form) for record in RECORDS]
    assert read(file_of(tmp_path, form, odd)) == list("012345")


@pytest.mark.parametrize("ended", [b"", b"\n", b"\r\n", b"\n\n"])
def test_the_last_record_may_lack_its_two_line_ends(
    tmp_path: Path, form: str, ended: bytes
) -> None:
    last = RECORDS[-1].removesuffix(b"\r\n\r\n") + ended
    made = [*members(form)[:-1], packed(last, form)]
    assert read(file_of(tmp_path, form, made)) == list("012345")
