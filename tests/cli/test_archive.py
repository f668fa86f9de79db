"""``newscrawl archive``: WARC files in, records out, whatever the files are like."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import newscrawl
from newscrawl.cli.exit_codes import ExitCode
from tests.archive.running import numbers, records, rejects, run, snapshot
from tests.archive.warcs import DATE, HTML, lying, packed, response, story, warcinfo, write_warc
from tests.hostile.server import article

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "fixtures").glob("*/*/page.html"))


def test_records_are_those_that_the_same_bytes_give_elsewhere(tmp_path: Path) -> None:
    made, expected = [warcinfo()], []
    for page in FIXTURES:
        url = f"https://www.{page.parts[-3]}.example/2024/05/{page.parts[-2]}"
        html = page.read_bytes()
        made.append(response(url, html, date="2024-05-06T07:08:09Z"))
        fetched_at = datetime.fromisoformat(DATE)
        headers = {"content-type": HTML[1]}
        expected.append(newscrawl.extract(html, url=url, headers=headers, fetched_at=fetched_at))
    warc = write_warc(tmp_path / "a.warc.gz", made)
    assert run(warc, "-o", tmp_path / "out") == ExitCode.OK
    found = {record["url"]: record for record in records(tmp_path / "out" / "a.jsonl")}
    assert len(found) >= 10
    for each in expected:
        if each.url in found:
            assert found[each.url] == each.to_dict()
            assert found[each.url]["fetched_at"] == DATE
        else:
            assert each.url in {url for _, url in rejects(tmp_path / "out" / "a.jsonl")}
    assert len(expected) == len(found) + len(rejects(tmp_path / "out" / "a.jsonl"))


def test_what_is_no_page_is_counted_with_its_reason(tmp_path: Path, capfd: Any) -> None:
    warc = write_warc(
        tmp_path / "a.warc",
        [
            warcinfo(),
            story(1),
            response("https://www.post.example/a.png", b"\x89PNG", [("Content-Type", "image/png")]),
            response("https://www.post.example/gone", "<p>Gone", status="404 Not Found"),
            response(
                "https://www.post.example/moved", "", [("Location", "/x")], status="301 Moved"
            ),
            story(2, kind="revisit"),
            story(3, host="other.example"),
            response("dns:www.post.example", "1.2.3.4", [("Content-Type", "text/dns")]),
            response("https://www.post.example/feed", "<rss/>"),
            response("https://www.post.example/robots.txt", "<p>All may."),
            story(4, warc_headers={"WARC-Truncated": "length"}),
            response("https://www.post.example/empty", " "),
        ],
    )
    code = run(warc, "-o", tmp_path / "out", "--host", "POST.example", "--json")
    summary = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert code == ExitCode.OK
    assert numbers(tmp_path / "out" / "a.jsonl") == [1]
    assert summary["skipped"] == {
        "http_301": 1, "http_404": 1, "not_html": 3, "not_http": 1, "other_host": 1, "revisit": 1,
    }  # fmt: skip
    assert summary["rejects"] == {"cut_short": 1, "empty": 1}
    assert (summary["files"], summary["pages"], summary["articles"]) == (1, 3, 1)


def test_languages(tmp_path: Path, capfd: Any) -> None:
    french = (ROOT / "fixtures" / "courrier-des-monts" / "refuge" / "page.html").read_bytes()
    warc = write_warc(
        tmp_path / "a.warc", [story(1), response("https://www.post.example/2024/refuge-2", french)]
    )
    assert run(warc, "-o", tmp_path / "fr", "--language", "FR") == ExitCode.OK
    assert "language 1" in capfd.readouterr().err
    assert numbers(tmp_path / "fr" / "a.jsonl") == [2]


def test_headers_and_charset_of_the_response_count(tmp_path: Path) -> None:
    page = article("Größe zählt nicht").encode("latin-1")
    headers = [("Content-Type", "text/html; charset=iso-8859-1"), ("X-Robots-Tag", "noarchive")]
    packed_page = gzip.compress(page)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed_page), packed_page)
    headers += [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    warc = write_warc(
        tmp_path / "a.warc", [response("https://a.example/groesse-1", chunked, headers)]
    )
    assert run(warc, "-o", tmp_path / "out") == ExitCode.OK
    (record,) = records(tmp_path / "out" / "a.jsonl")
    assert record["headline"] == "Größe zählt nicht"
    assert record["rights"]["robots_header"] == {"value": "noarchive", "source": "header"}


def test_the_same_text_of_an_article_is_one_record_a_new_one_another(tmp_path: Path) -> None:
    url = "https://www.post.example/2024/ferry-1"
    changed = article("The ferry returns").replace(
        "</article>", "<p>It was late again.</p></article>"
    )
    first = write_warc(
        tmp_path / "a.warc",
        [
            response(url, article("The ferry returns")),
            response(f"{url}?utm_source=x", article("The ferry returns")),
            response(url, changed, date="2024-05-07T00:00:00Z"),
        ],
    )
    second = write_warc(tmp_path / "b.warc", [response(url, article("The ferry returns"))])
    out = tmp_path / "out"
    assert run(first, second, "-o", out) == ExitCode.OK
    assert len(records(out / "a.jsonl")) == 2
    assert records(out / "b.jsonl") == []
    assert run(first, second, "-o", tmp_path / "all", "--duplicates") == ExitCode.OK
    assert len(records(tmp_path / "all" / "a.jsonl")) == 3
    assert len(records(tmp_path / "all" / "b.jsonl")) == 1


def test_pages_of_an_article_are_joined(tmp_path: Path) -> None:
    url = "https://www.post.example/2024/05/06/the-long-way-round"
    one = article("The long way round", head=f'<link rel="next" href="{url}?page=2">')
    two = article("The long way round", head=f'<link rel="prev" href="{url}">').replace(
        "covered market", "fish hall"
    )
    warc = write_warc(tmp_path / "a.warc", [response(url, one), response(f"{url}?page=2", two)])
    assert run(warc, "-o", tmp_path / "out") == ExitCode.OK
    (record,) = records(tmp_path / "out" / "a.jsonl")
    assert "covered market" in record["body"]
    assert "fish hall" in record["body"]
    alone = write_warc(tmp_path / "b.warc", [response(url, one)])
    assert run(alone, "-o", tmp_path / "alone") == ExitCode.OK
    assert len(records(tmp_path / "alone" / "b.jsonl")) == 1


@pytest.mark.parametrize("to", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"])
def test_the_same_input_gives_the_same_bytes_on_any_number_of_processes(
    tmp_path: Path, to: str
) -> None:
    for name in ("a", "b"):
        write_warc(tmp_path / "in" / f"{name}.warc.gz", [story(n) for n in range(30)])
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        assert run(tmp_path / "in", "-o", out, "--to", to, "--jobs", jobs) == ExitCode.OK
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / f"out{jobs}").glob("?.*")}
        for jobs in (1, 2)
    )
    assert set(one) == {f"a.{to}", f"b.{to}"}
    assert one == two


def test_parquet_has_the_same_records(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    warc = write_warc(
        tmp_path / "a.warc", [story(1), response("https://a.example/", " "), story(2)]
    )
    assert run(warc, "-o", tmp_path / "lines") == ExitCode.OK
    assert run(warc, "-o", tmp_path / "table", "--to", "parquet") == ExitCode.OK
    rows = pq.read_table(tmp_path / "table" / "a.parquet").to_pylist()
    lines = records(tmp_path / "lines" / "a.jsonl")
    for key in ("url", "headline", "body", "content_hash"):
        assert [row[key] for row in rows] == [line[key] for line in lines]
    assert rejects(tmp_path / "table" / "a.jsonl") == [("empty", "https://a.example/")]
    before = snapshot(tmp_path / "table")
    assert run(warc, "-o", tmp_path / "table", "--to", "parquet") == ExitCode.OK
    assert snapshot(tmp_path / "table") == before


def test_what_is_finished_is_not_done_again_what_has_changed_is(tmp_path: Path, capfd: Any) -> None:
    a = write_warc(tmp_path / "a.warc", [story(1), story(2)])
    b = write_warc(tmp_path / "b.warc", [story(3)])
    out = tmp_path / "out"
    assert run(a, b, "-o", out) == ExitCode.OK
    before = snapshot(out)
    assert run(a, b, "-o", out) == ExitCode.OK
    assert snapshot(out) == before
    assert "2 finished before" in capfd.readouterr().err
    write_warc(b, [story(3), story(1), story(4)])
    assert run(a, b, "-o", out) == ExitCode.OK
    assert "1 finished before" in capfd.readouterr().err
    assert (numbers(out / "a.jsonl"), numbers(out / "b.jsonl")) == ([1, 2], [3, 4])


def test_other_options_are_refused(tmp_path: Path, capfd: Any) -> None:
    a = write_warc(tmp_path / "a.warc", [story(1)])
    assert run(a, "-o", tmp_path / "out", "--host", "post.example") == ExitCode.OK
    capfd.readouterr()
    assert run(a, "-o", tmp_path / "out") == ExitCode.USAGE
    assert 'begun with other options (hosts ["post.example"])' in capfd.readouterr().err


def test_files_of_one_name_have_pieces_of_their_own(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        write_warc(tmp_path / "in" / folder / "a.warc", [story(ord(folder))])
    assert run(tmp_path / "in", "-o", tmp_path / "out") == ExitCode.OK
    found = sorted(path.name for path in (tmp_path / "out").glob("*.jsonl"))
    assert len(found) == 2
    assert all(name.startswith("a-") for name in found)


def test_broken_records_cost_themselves_and_are_named(tmp_path: Path, capfd: Any) -> None:
    made = [packed(story(n), ".gz") for n in range(4)]
    made[1] = made[1][:200] + b"\0" * 50 + made[1][250:]
    made[2] = packed(lying(story(2), 10**9), ".gz")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(made)[:-20])
    assert run(path, "-o", tmp_path / "out") == ExitCode.PARTIAL
    said = capfd.readouterr().err
    for broken in (1, 2, 3):
        assert f"newscrawl: {path}: byte {len(b''.join(made[:broken]))}: broken record" in said
    assert numbers(tmp_path / "out" / "a.jsonl") == [0]
    reasons = [reason for reason, _ in rejects(tmp_path / "out" / "a.jsonl")]
    assert reasons == ["broken_record"] * 3


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path: Path, capfd: Any) -> None:
    good = write_warc(tmp_path / "good.warc", [story(1)])
    page = tmp_path / "page.warc"
    page.write_text("<html><p>No archive.")
    empty = tmp_path / "empty.warc"
    empty.touch()
    listed = tmp_path / "warc.paths"
    listed.write_text(f"# a list\ngone.warc.gz\n\n{good}\n{page}\n{empty}\n")
    assert run(listed, tmp_path / "nowhere", "-o", tmp_path / "out") == ExitCode.PARTIAL
    said = capfd.readouterr().err
    assert f"gone.warc.gz: no such file (line 2 of {listed})" in said
    assert f"{page}: this is no WARC file" in said
    assert f"{empty}: the file is empty" in said
    assert "nowhere: no such file or folder" in said
    assert numbers(tmp_path / "out" / "good.jsonl") == [1]
    assert [path.name for path in (tmp_path / "out").glob("*.jsonl")] == ["good.jsonl"]


def test_nothing_at_all(tmp_path: Path) -> None:
    warc = write_warc(tmp_path / "a.warc", [warcinfo()])
    assert run(warc, "-o", tmp_path / "out") == ExitCode.NOTHING


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "xml"], "'xml' is no format: choose from jsonl, jsonl.gz, jsonl.zst, parquet"),
        (["--host", "https://a.example/"], "is no host: write it as in www.example.org"),
        (["--allow-host", "?"], "--allow-host: '?' is no host name"),
    ],
)
def test_options_that_are_wrong(
    tmp_path: Path, capfd: Any, arguments: list[str], message: str
) -> None:
    assert run(tmp_path, "-o", tmp_path / "out", *arguments) == ExitCode.USAGE
    assert message in capfd.readouterr().err


def test_an_output_that_is_a_file(tmp_path: Path, capfd: Any) -> None:
    (tmp_path / "out").touch()
    assert run(tmp_path, "-o", tmp_path / "out") == ExitCode.OUTPUT
    assert "out: Not a directory" in capfd.readouterr().err


def test_a_second_run_on_the_folder_is_refused(tmp_path: Path, capfd: Any) -> None:
    from newscrawl.archive import Options
    from newscrawl.archive.pieces import Pieces

    pieces = Pieces(tmp_path / "out", Options())
    pieces.lock()
    try:
        warc = write_warc(tmp_path / "a.warc", [story(1)])
        assert run(warc, "-o", tmp_path / "out") == ExitCode.OUTPUT
    finally:
        pieces.close()
    assert "is being written by another process" in capfd.readouterr().err
