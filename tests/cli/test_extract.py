"""``newscrawl extract`` on real files: good ones, bad ones, many at once."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.schema import schema_errors

FERRY = (
    "The old ferry crossed the lake again on Monday, eleven years after it was laid up in the "
    "boatyard at the northern end."
)
QUAY = (
    "About two hundred people watched from the quay as the captain sounded the horn, and a band "
    "played on the upper deck until noon."
)
PARAGRAPHS = (FERRY, QUAY)


def page(headline: str = "Ferry returns to the lake", *, head: str = "", charset="utf-8") -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    text = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}">'
        f"<title>{headline}</title>{head}</head><body><article><h1>{headline}</h1>"
        f"{paragraphs}</article></body></html>"
    )
    return text.encode("cp1252" if charset != "utf-8" else "utf-8")


def records(text: bytes | str) -> list[dict]:
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        assert schema_errors(line) == []
    return lines


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_bytes(page())
    return path


def test_a_page_becomes_a_record_on_standard_output(saved, capfdbinary):
    assert main(["extract", str(saved)]) == ExitCode.OK
    shown = capfdbinary.readouterr()
    assert shown.err == b""
    (record,) = records(shown.out)
    assert record["headline"] == "Ferry returns to the lake"
    assert record["body"] == "\n\n".join(PARAGRAPHS)
    assert record["url"] == saved.as_uri()


def test_url_gives_the_address(saved, capfdbinary):
    assert main(["extract", str(saved), "--url", "https://example.org/ferry"]) == ExitCode.OK
    assert records(capfdbinary.readouterr().out)[0]["url"] == "https://example.org/ferry"


def test_url_is_for_one_page_only(saved, capfdbinary):
    code = main(["extract", str(saved), str(saved), "--url", "https://example.org/ferry"])
    assert code == ExitCode.USAGE
    assert capfdbinary.readouterr().err == (
        b"newscrawl: --url is the address of one page, and there are more: use --urls\n"
    )


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_manifest_gives_addresses_or_lists_the_pages(tmp_path, form, capfdbinary):
    (tmp_path / "pages").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "pages" / f"{name}.html").write_bytes(page(f"Ferry number {name} returns"))
    manifest = tmp_path / f"list.{form}"
    rows = [("pages/c.html", "https://example.org/c"), ("pages/a.html", "https://example.org/a")]
    if form == "csv":
        manifest.write_text("url,file\n" + "".join(f"{url},{file}\n" for file, url in rows))
    else:
        lines = (json.dumps({"file": file, "url": url}) for file, url in rows)
        manifest.write_text("\n".join(lines) + "\n")

    assert main(["extract", "--urls", str(manifest)]) == ExitCode.OK
    listed = [record["url"] for record in records(capfdbinary.readouterr().out)]
    assert listed == ["https://example.org/c", "https://example.org/a"]

    assert main(["extract", str(tmp_path / "pages"), "--urls", str(manifest)]) == ExitCode.OK
    found = [record["url"] for record in records(capfdbinary.readouterr().out)]
    b_address = (tmp_path / "pages" / "b.html").as_uri()
    assert found == ["https://example.org/a", b_address, "https://example.org/c"]


def test_bad_lines_of_a_manifest_are_named_and_the_rest_is_done(tmp_path, saved, capfdbinary):
    manifest = tmp_path / "list.jsonl"
    manifest.write_text('{"file": "gone.html"}\nno json\n{"url": "x"}\n{"file": "ferry.html"}\n')
    assert main(["extract", "--urls", str(manifest)]) == ExitCode.PARTIAL
    shown = capfdbinary.readouterr()
    assert len(records(shown.out)) == 1
    errors = shown.err.decode().splitlines()
    assert errors[0].endswith(f"gone.html: unreadable: no such file (line 1 of {manifest})")
    assert errors[1].startswith(f"newscrawl: {manifest}:2: unreadable: no JSON (")
    assert errors[2] == f"newscrawl: {manifest}:3: unreadable: no file named in this line"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.csv", None, "cannot be read"),
        ("list.csv", "page,url\n", "list.csv:1: the header has no column called file"),
        ("list.xml", "<a/>", "a manifest is a .csv or a .jsonl file"),
    ],
)
def test_a_manifest_that_is_none_ends_with_code_2(tmp_path, name, content, message, capfdbinary):
    if content is not None:
        (tmp_path / name).write_text(content)
    assert main(["extract", "--urls", str(tmp_path / name)]) == ExitCode.USAGE
    shown = capfdbinary.readouterr()
    assert shown.out == b""
    assert message in shown.err.decode()
    assert shown.err.count(b"\n") == 1


def test_many_pages_over_worker_processes_keep_their_order(tmp_path, capfdbinary):
    for number in range(60):
        (tmp_path / f"{number:03}.html").write_bytes(page(f"Ferry {number} returns to the lake"))
    output = tmp_path / "out.jsonl"
    assert main(["extract", str(tmp_path), "-o", str(output), "--jobs", "2"]) == ExitCode.OK
    headlines = [record["headline"] for record in records(output.read_bytes())]
    assert headlines == [f"Ferry {number} returns to the lake" for number in range(60)]
    shown = capfdbinary.readouterr()
    assert shown.out == b""
    table = [line.split() for line in shown.err.decode().splitlines()]
    assert table[0][:2] == ["pages", "60"]
    assert ["articles", "60"] in table
    assert ["with", "headline", "100%"] in table
    assert ["with", "caption", "0%"] in table


def test_folders_globs_and_what_is_in_them(tmp_path, capfdbinary):
    folder = tmp_path / "site"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.htm").write_bytes(page("Ferry a returns to the lake"))
    (folder / "deep" / "b.HTML").write_bytes(page("Ferry b returns to the lake"))
    (folder / "deep" / "c.html.gz").write_bytes(gzip.compress(page("Ferry c returns to the lake")))
    (folder / "robots.txt").write_text("User-agent: *\n")
    (folder / "style.css").write_text("p { color: red }")

    assert main(["extract", str(folder)]) == ExitCode.OK
    found = [record["headline"][6] for record in records(capfdbinary.readouterr().out)]
    assert found == ["a", "b", "c"]

    assert main(["extract", str(folder / "**" / "*.gz")]) == ExitCode.OK
    found = [record["headline"][6] for record in records(capfdbinary.readouterr().out)]
    assert found == ["c"]


def test_every_bad_input_is_one_line_and_the_rest_is_done(tmp_path, saved, capfdbinary):
    (tmp_path / "void").mkdir()
    (tmp_path / "empty.html").touch()
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (tmp_path / "bytes.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(page())[:-20])
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere")
    names = [
        "gone.html", "void", "empty.html", "picture.html", "bytes.txt", "cut.html.gz",
        "dangling.html", "no*match",
    ]  # fmt: skip
    bad = [str(tmp_path / name) for name in names]

    assert main(["extract", *bad[:4], str(saved), *bad[4:]]) == ExitCode.PARTIAL

    shown = capfdbinary.readouterr()
    assert [record["url"] for record in records(shown.out)] == [saved.as_uri()]
    lines = shown.err.decode().splitlines()[: len(bad)]
    expected = [
        "unreadable: no such file or folder",
        "unreadable: no pages in this folder",
        "empty: ",
        "binary: ",
        "binary: ",
        "unreadable: the gzip file is cut short",
        "unreadable: No such file or directory",
        "unreadable: no file matches this pattern",
    ]
    for line, path, words in zip(lines, bad, expected, strict=True):
        assert line.startswith(f"newscrawl: {path}: {words}")
    assert "Traceback" not in shown.err.decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(tmp_path, saved, capfdbinary):
    saved.chmod(0)
    assert main(["extract", str(saved)]) == ExitCode.NOTHING
    assert capfdbinary.readouterr().err.endswith(b"unreadable: Permission denied\n")


def test_only_bad_inputs_end_with_code_4(tmp_path, capfdbinary):
    assert main(["extract", str(tmp_path / "gone.html")]) == ExitCode.NOTHING
    assert capfdbinary.readouterr().out == b""


def test_no_input_is_a_wrong_line(capfdbinary):
    assert main(["extract"]) == ExitCode.USAGE
    assert capfdbinary.readouterr().err.startswith(b"newscrawl: no page to extract")


def test_rejects_go_to_their_file(tmp_path, saved, capfdbinary):
    (tmp_path / "empty.html").touch()
    rejects = tmp_path / "rejects.jsonl"
    code = main(
        ["extract", str(tmp_path / "empty.html"), str(saved), "gone", "--rejects", str(rejects)]
    )
    assert code == ExitCode.PARTIAL
    lines = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert [line["reason"] for line in lines] == ["empty", "unreadable"]
    assert lines[0]["url"] == (tmp_path / "empty.html").as_uri()
    errors = [line for line in capfdbinary.readouterr().err.splitlines() if b": " in line]
    assert errors == [b"newscrawl: gone: unreadable: no such file or folder"]


def test_hostile_pages_end_in_a_record_or_a_reason(tmp_path, saved, capfdbinary):
    long_line = "".join(f"<p>{PARAGRAPHS[0]}</p>" for _ in range(5_000_000 // 125))
    (tmp_path / "line.html").write_text(f"<html><body><h1>Long</h1>{long_line}</body></html>")
    (tmp_path / "deep.html").write_text(f"<h1>Deep</h1>{'<div>' * 100_000}{PARAGRAPHS[0]}")
    paths = [str(tmp_path / name) for name in ("line.html", "deep.html", "ferry.html")]

    code = main(["extract", *paths])

    shown = capfdbinary.readouterr()
    found = [record["url"] for record in records(shown.out)]
    refused = [line for line in shown.err.decode().splitlines() if line.startswith("newscrawl: ")]
    assert code == (ExitCode.PARTIAL if refused else ExitCode.OK)
    assert len(found) + len(refused) == len(paths)
    assert saved.as_uri() in found
    assert (tmp_path / "line.html").as_uri() in found
    assert not any("internal" in line for line in refused)


def test_a_charset_that_is_not_the_declared_one(tmp_path, capfdbinary):
    path = tmp_path / "lying.html"
    text = page("Le café du lac rouvre à l’été", charset="windows-1252")
    path.write_bytes(text.replace(b'charset="windows-1252"', b'charset="utf-8"'))
    assert main(["extract", str(path)]) == ExitCode.OK
    (record,) = records(capfdbinary.readouterr().out)
    assert record["headline"].replace("’", "'") == "Le café du lac rouvre à l'été"


def test_a_text_dump(tmp_path, capfdbinary):
    path = tmp_path / "dump.txt"
    path.write_text(
        "• Live\n\n• Audio Only\n\nNews > Lakes\n\nFerry returns to the lake\n\n"
        "Published 12 April 2022\n\n" + "\n\n".join(PARAGRAPHS) + "\n\nPost with no comments.\n"
    )
    assert main(["extract", str(path)]) == ExitCode.OK
    (record,) = records(capfdbinary.readouterr().out)
    assert record["headline"] == "Ferry returns to the lake"
    assert record["date"] == "2022-04-12"
    assert "comments" not in record["body"]


def test_a_web_archive_and_its_address(tmp_path, capfdbinary):
    path = tmp_path / "ferry.mhtml"
    path.write_bytes(
        b"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/ferry\r\n"
        b'Content-Type: multipart/related; boundary="--cut"\r\nMIME-Version: 1.0\r\n\r\n'
        b"----cut\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + page()
        + b"\r\n----cut\r\nContent-Type: image/png\r\n\r\nno page\r\n----cut--\r\n"
    )
    assert main(["extract", str(path)]) == ExitCode.OK
    (record,) = records(capfdbinary.readouterr().out)
    assert record["url"] == "https://example.org/ferry"
    assert record["headline"] == "Ferry returns to the lake"


def test_the_address_that_a_browser_notes_in_a_page_it_saves(tmp_path, capfdbinary):
    path = tmp_path / "ferry.html"
    note = b"<!-- saved from url=(0025)https://example.org/ferry -->\n"
    path.write_bytes(page().replace(b"<html", note + b"<html", 1))
    assert main(["extract", str(path)]) == ExitCode.OK
    assert records(capfdbinary.readouterr().out)[0]["url"] == "https://example.org/ferry"


def test_when_a_page_was_fetched(saved, capfdbinary):
    os.utime(saved, (1_649_801_100, 1_649_801_100))
    for given, expected in (
        ("2022-04-12T18:05:00-04:00", "2022-04-12T22:05:00Z"),
        ("mtime", "2022-04-12T22:05:00Z"),
    ):
        assert main(["extract", str(saved), "--fetched-at", given]) == ExitCode.OK
        assert records(capfdbinary.readouterr().out)[0]["fetched_at"] == expected


@pytest.mark.parametrize("given", ["yesterday", "2022-04-12T18:05:00"])
def test_a_time_that_is_none_ends_with_code_2(saved, given, capfdbinary):
    assert main(["extract", str(saved), "--fetched-at", given]) == ExitCode.USAGE
    assert capfdbinary.readouterr().err.startswith(f"newscrawl: --fetched-at {given}: ".encode())


def test_an_output_that_cannot_be_written_ends_with_code_5(tmp_path, saved, capfdbinary):
    nowhere = tmp_path / "missing" / "out.jsonl"
    assert main(["extract", str(saved), "-o", str(nowhere)]) == ExitCode.OUTPUT
    assert capfdbinary.readouterr().err.startswith(f"newscrawl: {nowhere}: cannot be".encode())
    assert main(["extract", str(saved), "-o", "/dev/full"]) == ExitCode.OUTPUT
    assert b"No space left on device" in capfdbinary.readouterr().err


def test_a_rejected_run_leaves_no_partial_file(tmp_path, saved):
    output = tmp_path / "out.jsonl"
    output.write_text("older\n")
    code = main(["extract", str(saved), "gone.html", "-o", str(output), "--rejects", "/dev/full"])
    assert code == ExitCode.OUTPUT
    assert output.read_text() == "older\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ferry.html", "out.jsonl"]


def run_command(*words: str, **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "newscrawl", *words],
        stderr=subprocess.PIPE,
        check=False,
        **{"stdout": subprocess.PIPE, **options},
    )


def test_standard_input():
    run = run_command("extract", "-", "--url", "https://example.org/ferry", input=page())
    assert (run.returncode, run.stderr) == (ExitCode.OK, b"")
    assert records(run.stdout)[0]["url"] == "https://example.org/ferry"
    empty = run_command("extract", "-", input=b"")
    assert empty.returncode == ExitCode.NOTHING
    assert empty.stderr.startswith(b"newscrawl: standard input: empty: ")


def test_a_full_disk_behind_standard_output(saved):
    with open("/dev/full", "wb") as full:
        run = run_command("extract", str(saved), stdout=full)
    assert run.returncode == ExitCode.OUTPUT
    assert run.stderr == (
        b"newscrawl: standard output: cannot be written (No space left on device); "
        b"make room, or choose another place with -o\n"
    )


def test_a_reader_that_goes_away_is_no_noise(saved):
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawl", "extract", *[str(saved)] * 200, "--jobs", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == ExitCode.OUTPUT


def test_an_interrupt_ends_with_code_130_and_no_half_file(tmp_path, saved):
    """The pages come from a pipe that stays open, so the run is under way for certain."""
    output = tmp_path / "out.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawl", "extract", str(saved), "-", "-o", str(output)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while not list(tmp_path.glob(".out.jsonl.*")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == ExitCode.INTERRUPTED
    assert errors == b"newscrawl: interrupted\n"
    assert [path.name for path in tmp_path.iterdir()] == ["ferry.html"]
