"""Files of several workers in one folder: what counts is what the state knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawl.records.output import Output, OutputError, open_output, upload_finished
from newscrawl.records.output.outputs import KnownLength

LINE = b'{"url": "https://example.org/a"}\n'


def opened(folder: Path, worker: str, known: KnownLength | None, at: float = 0) -> Output:
    return open_output(folder / "news.jsonl", worker=worker, known=known, clock=lambda: at)


def left_behind(folder: Path, synced: int, more: bytes = b"") -> Path:
    output = opened(folder, "dead", {}.get)
    for _ in range(synced):
        output.write(LINE)
    output.sync()
    output.file.close()  # type: ignore[attr-defined]  # as a kill does
    (part,) = folder.glob("*.part")
    with part.open("ab") as file:
        file.write(more)
    return part


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_worker_has_its_file_which_is_named_at_the_end(tmp_path: Path) -> None:
    one, other = opened(tmp_path, "one", {}.get), opened(tmp_path, "two", {}.get)
    one.write(LINE)
    assert one.sync() == {"news-one-19700101T000000Z.jsonl": len(LINE)}
    other.close()
    assert names(tmp_path) == ["news-one-19700101T000000Z.jsonl.part"]
    one.close()
    assert names(tmp_path) == ["news-one-19700101T000000Z.jsonl"]


@pytest.mark.parametrize("more", [b"", LINE, LINE + b'{"torn'])
def test_what_the_state_does_not_know_is_cut_and_the_rest_named(
    tmp_path: Path, more: bytes
) -> None:
    left_behind(tmp_path, 2, more)
    known = {"news-dead-19700101T000000Z.jsonl": len(LINE)}
    opened(tmp_path, "heir", known.get, at=60).close()
    assert names(tmp_path) == ["news-dead-19700101T000000Z.jsonl"]
    assert (tmp_path / names(tmp_path)[0]).read_bytes() == LINE


def test_a_file_of_which_nothing_is_known_yet_is_taken_away(tmp_path: Path) -> None:
    left_behind(tmp_path, 0)
    opened(tmp_path, "heir", {}.get, at=60).close()
    assert names(tmp_path) == []


def test_without_a_state_all_whole_lines_are_kept(tmp_path: Path) -> None:
    left_behind(tmp_path, 2, b'{"torn')
    opened(tmp_path, "heir", None, at=60).close()
    assert (tmp_path / "news-dead-19700101T000000Z.jsonl").read_bytes() == LINE * 2


def test_a_file_of_another_state_and_one_that_was_shortened_are_refused(tmp_path: Path) -> None:
    part = left_behind(tmp_path, 2)
    with pytest.raises(OutputError, match="of a run that this state does not know"):
        opened(tmp_path, "heir", {}.get, at=60)
    with pytest.raises(OutputError, match=r"is shorter than it was \(66 of 99 bytes\)"):
        opened(tmp_path, "heir", {"news-dead-19700101T000000Z.jsonl": 99}.get, at=60)
    assert part.read_bytes() == LINE * 2


def test_what_was_not_committed_stays_a_part_until_it_is_cut(tmp_path: Path) -> None:
    output = opened(tmp_path, "failed", {}.get)
    output.write(LINE)
    output.sync()
    known = {"news-failed-19700101T000000Z.jsonl": 0}
    output.known = known.get  # type: ignore[attr-defined]
    output.close(complete=False)
    assert names(tmp_path) == []


def test_compressed_files_are_cut_where_a_sync_was(tmp_path: Path) -> None:
    import gzip

    output = open_output(tmp_path / "n.jsonl.gz", worker="dead", known={}.get, clock=lambda: 0)
    output.write(LINE)
    lengths = output.sync()
    output.write(LINE)
    output.sync()
    output.file.close()  # type: ignore[attr-defined]
    heir = open_output(tmp_path / "n.jsonl.gz", worker="heir", known=lengths.get, clock=lambda: 60)
    heir.close()
    (path,) = tmp_path.iterdir()
    assert gzip.decompress(path.read_bytes()) == LINE


def test_finished_files_are_copied_to_a_store_once(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    store = tmp_path / "store"
    for worker in ("one", "two"):
        output = opened(tmp_path, worker, None)
        output.write(LINE)
        output.sync()
        if worker == "one":
            output.close()
    address = f"file://{store}"
    assert upload_finished(tmp_path / "news.jsonl", address) == 1
    assert upload_finished(tmp_path / "news.jsonl", address) == 0
    assert (store / "news-one-19700101T000000Z.jsonl").read_bytes() == LINE
    (store / "news-one-19700101T000000Z.jsonl").write_bytes(b"cut off")
    output.close()
    assert upload_finished(tmp_path / "news.jsonl", address) == 2
    assert [path.read_bytes() for path in sorted(store.iterdir())] == [LINE, LINE]
    with pytest.raises(OutputError, match="Protocol not known"):
        upload_finished(tmp_path / "news.jsonl", "nowhere://bucket")
