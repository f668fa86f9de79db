"""``newscrawl crawl --warc``: archives by the standard, and the same records out of them again."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc import ArchiveIterator

from newscrawl.archive.reading import Record, read_records
from newscrawl.archive.writing import Exchange, WarcOutput
from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.evaluation.demo import serve_demo
from newscrawl.records.output import OutputError
from tests.hostile.crawl import SETTINGS
from tests.hostile.server import SENTENCES, HostileServer, article, redirect, reply

MINUTES = 300


def crawl(
    folder: Path, *arguments: object, settings: dict[str, Any] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newscrawl", "crawl", *map(str, arguments)]
    for name, value in (SETTINGS | (settings or {})).items():
        command += ["-s", f"{name}={value}"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=MINUTES, check=False
    )


def by_url(*paths: Path) -> dict[str, dict[str, Any]]:
    lines = [line for path in paths for line in path.read_text().splitlines()]
    found = {record["url"]: record for record in map(json.loads, lines)}
    assert len(found) == len(lines)
    return found


def archived(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the records that the archive command makes of the crawl's WARC files."""
    assert main(["archive", str(folder / "warcs"), "-o", str(folder / "again")]) == ExitCode.OK
    return by_url(*(folder / "again").glob("*.jsonl"))


def assert_by_the_standard(path: Path) -> None:
    """Let the checks that warcio and FastWARC come with read a file: lengths and digests."""
    for command in (["warcio", "check"], ["fastwarc", "check", "--verify-payloads"]):
        program = Path(sys.executable).with_name(command[0])
        done = subprocess.run(
            [program, *command[1:], path], capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_demo_site_gives_the_same_records_again(tmp_path: Path) -> None:
    with serve_demo() as origin:
        done = crawl(
            tmp_path, f"{origin}/", "-o", "news.jsonl", "--warc", "warcs",
            settings={"NEWSCRAWL_TDMREP": 1, "RETRY_TIMES": 2},
        )  # fmt: skip
    assert done.returncode == ExitCode.OK, done.stderr
    records = by_url(tmp_path / "news.jsonl")
    assert len(records) == 32
    assert archived(tmp_path) == records
    assert_by_the_standard(tmp_path / "warcs" / "newscrawl-00000.warc.gz")


def test_what_only_the_crawl_knows_is_kept_beside_the_page(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{sentence * 2}</p>" for sentence in SENTENCES)
    page = f"<!doctype html><title>x</title><article><h1>A late ferry</h1>{paragraphs}</article>"
    feed = (
        "<rss><channel><item><link>{0}/old/late-ferry-81723</link><title>A late ferry</title>"
        "<pubDate>Mon, 06 May 2024 07:08:09 +0200</pubDate></item></channel></rss>"
    )
    robots = "User-agent: *\nAllow: /\nContent-Usage: train-ai=n\n"
    tdm = '[{"location": "/", "tdm-reservation": 1}]'
    with HostileServer() as server:
        server.add("/feed", reply(feed.format(server.origin), "application/rss+xml"))
        server.add("/old/late-ferry-81723", redirect("/new/late-ferry-81723"))
        server.add("/new/late-ferry-81723", reply(page))
        server.add("/robots.txt", reply(robots, "text/plain"))
        server.add("/.well-known/tdmrep.json", reply(tdm, "application/json"))
        sites = tmp_path / "sites.toml"
        sites.write_text(
            f'[[site]]\nname = "The Post"\nstart = "{server.url("/feed")}"\nsection = "Sea"\n'
            'publisher = "The Post"\n'
        )
        done = crawl(
            tmp_path, "--sites", "sites.toml", "--no-state", "-o", "news.jsonl", "--warc", "warcs",
            settings={"NEWSCRAWL_TDMREP": 1},
        )  # fmt: skip
    assert done.returncode == ExitCode.OK, done.stderr
    (record,) = by_url(tmp_path / "news.jsonl").values()
    assert record["date"] == "2024-05-06T07:08:09+02:00"
    assert record["sources"]["date"] == "feed"
    assert record["section"] == "Sea"
    assert {"content_usage", "tdm_reservation"} <= set(record["rights"])
    assert archived(tmp_path) == {record["url"]: record}


def test_bytes_are_kept_as_they_came_and_secrets_are_not(tmp_path: Path) -> None:
    packed = gzip.compress(article("The ferry is packed").encode())
    with HostileServer() as server:
        url = server.add(
            "/2024/ferry-81723", reply(packed, headers={"Content-Encoding": "gzip", "X-Own": "a"})
        )
        header = json.dumps({"Authorization": "Basic c2VjcmV0", "X-Asked": "yes"})
        done = crawl(
            tmp_path, url, "-o", "news.jsonl", "--warc", "own.warc.gz",
            settings={"DEFAULT_REQUEST_HEADERS": header},
        )  # fmt: skip
        sent = [each for each in server.exchanges if each.path == "/2024/ferry-81723"]
    assert done.returncode == ExitCode.OK, done.stderr
    assert sent[0].headers["authorization"] == "Basic c2VjcmV0"
    path = tmp_path / "own.warc.gz"
    assert_by_the_standard(path)
    blocks = {
        (str(r.headers["WARC-Type"]), r.headers.get("WARC-Target-URI")): r.reader.read()
        for r in ArchiveIterator(str(path), parse_http=False)
    }
    head, _, body = blocks["response", url].partition(b"\r\n\r\n")
    assert body == packed
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"X-Own: a" in head
    request = blocks["request", url]
    assert request.startswith(b"GET /2024/ferry-81723 HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"X-Asked: yes" in request
    assert b"c2VjcmV0" not in gzip.decompress(path.read_bytes())
    assert b"robots: obey" in blocks["warcinfo", None]


@pytest.mark.parametrize(
    ("name", "message"),
    [("news.warc", "ends in .warc.gz"), ("news.warc.zst", "ends in .warc.gz")],
)
def test_names_that_are_none(tmp_path: Path, capfd: Any, name: str, message: str) -> None:
    code = main(["crawl", "https://a.example/", "--warc", str(tmp_path / name)])
    assert code == ExitCode.USAGE
    assert message in capfd.readouterr().err


def test_a_full_disk_ends_the_crawl_and_the_file_is_whole(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs to mount a file system")
    try:
        with HostileServer() as server:
            urls = [
                server.add(f"/2024/story-{n}", reply(article(f"Story {n}") + _noise()))
                for n in range(12)
            ]
            done = crawl(tmp_path, *urls, "-o", "news.jsonl", "--warc", "disk/w")
        assert done.returncode == ExitCode.OUTPUT
        assert "No space left on device" in done.stderr
        path = disk / "w" / "newscrawl-00000.warc.gz"
        found = list(read_records(path, lambda kind, headers: True))
        assert found
        assert all(isinstance(each, Record) for each in found)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _noise() -> str:
    return f"<!-- {os.urandom(3000).hex()} -->"


# --- the file itself ---

INFO = {"software": "newscrawl/test"}


def exchange(number: int, size: int = 2000) -> Exchange:
    return Exchange(
        url=f"https://a.example/{number}", method="GET", request_headers=[("Accept", "*/*")],
        status=200, protocol="HTTP/1.1", headers=[("Content-Type", "text/html")],
        body=os.urandom(size), arrived=datetime(2024, 5, 6, 7, 8, 9, 120_000, UTC),
        address="192.0.2.1", note={"run": "r", "target": "article"},
    )  # fmt: skip


def responses(path: Path) -> list[str]:
    found = []
    for each in read_records(path, lambda kind, headers: True):
        assert isinstance(each, Record)
        if each.type == "response":
            found.append(each.headers["warc-target-uri"].rsplit("/", 1)[1])
    return found


def test_files_are_of_a_bounded_size_and_a_run_goes_on_in_the_last(tmp_path: Path) -> None:
    for run in range(2):
        output = WarcOutput(tmp_path / "w", 10_000, INFO)
        for number in range(5):
            output.write(exchange(run * 5 + number))
        output.close()
    paths = sorted((tmp_path / "w").iterdir())
    assert [path.name for path in paths] == [
        f"newscrawl-{number:05}.warc.gz" for number in range(len(paths))
    ]
    assert len(paths) > 2
    assert all(path.stat().st_size < 15_000 for path in paths)
    assert [each for path in paths for each in responses(path)] == list("0123456789")
    for path in paths:
        assert_by_the_standard(path)
    output = WarcOutput(tmp_path / "own.warc.gz", 3_000, INFO)
    for number in range(3):
        output.write(exchange(number))
    output.close()
    assert sorted(path.name for path in tmp_path.glob("own*")) == [
        "own-00001.warc.gz", "own-00002.warc.gz", "own.warc.gz",
    ]  # fmt: skip


def test_a_torn_end_is_cut_off_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    output = WarcOutput(path, 10**9, INFO)
    for number in range(3):
        output.write(exchange(number))
    whole = path.stat().st_size
    output.write(exchange(3))
    output.close()
    torn = path.read_bytes()
    for length in range(whole + 1, len(torn), 97):
        path.write_bytes(torn[:length])
        output = WarcOutput(path, 10**9, INFO)
        output.write(exchange(4))
        output.close()
        assert responses(path)[:3] == ["0", "1", "2"]
        assert responses(path)[-1] == "4"
        assert output.repaired == (0 if gzip_is_whole(torn[:length]) else 1)


def gzip_is_whole(data: bytes) -> bool:
    try:
        return bool(gzip.decompress(data))
    except (EOFError, OSError):
        return False


def test_two_crawls_do_not_write_to_one_file(tmp_path: Path) -> None:
    output = WarcOutput(tmp_path / "w", 10**9, INFO)
    with pytest.raises(OutputError, match="is being written by another process"):
        WarcOutput(tmp_path / "w", 10**9, INFO)
    output.close()
    WarcOutput(tmp_path / "w", 10**9, INFO).close()


def test_what_is_no_gzip_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_text("my notes")
    with pytest.raises(OutputError, match="is not gzip; it is left as it is"):
        WarcOutput(path, 10**9, INFO)
    assert path.read_text() == "my notes"
