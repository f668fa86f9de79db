"""``newscrawl archive``: WARC files from elsewhere, over HTTP and by fsspec."""

from __future__ import annotations

import asyncio
import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.cli.exit_codes import ExitCode
from tests.archive.running import numbers, run
from tests.archive.warcs import packed, story
from tests.hostile.server import HostileServer, redirect, reply


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileServer]:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("newscrawl.archive.download._PAUSE", 0.0)
    with HostileServer() as running:
        yield running


def test_a_list_of_addresses(tmp_path: Path, server: HostileServer) -> None:
    for name in ("a", "b"):
        server.add(
            f"/cc/{name}.warc.gz", reply(packed(story(ord(name)), ".gz"), "application/gzip")
        )
    listed = tmp_path / "warc.paths.gz"
    listed.write_bytes(gzip.compress(b"cc/a.warc.gz\ncc/b.warc.gz\n"))
    out = tmp_path / "out"
    arguments = (listed, "--base", server.url("/"), "--allow-host", "127.0.0.1", "-o", out)
    assert run(*arguments) == ExitCode.OK
    assert (numbers(out / "a.jsonl"), numbers(out / "b.jsonl")) == ([97], [98])
    assert sorted(path.name for path in out.iterdir()) == [
        "a.jsonl", "b.jsonl", "finished", "rejects",
    ]  # fmt: skip
    asked = list(server.asked)
    assert run(*arguments) == ExitCode.OK
    assert server.asked == asked


def test_an_address_that_is_not_public_is_not_connected_to(
    tmp_path: Path, server: HostileServer, capfd: Any
) -> None:
    server.add("/a.warc", reply(story(1)))
    assert run(server.url("/a.warc"), "-o", tmp_path / "out") == ExitCode.NOTHING
    assert "refused: 127.0.0.1 is a loopback address" in capfd.readouterr().err
    assert server.connections == 0
    with HostileServer("127.0.0.2") as other:
        other.add("/a.warc", redirect(server.url("/a.warc")))
        code = run(other.url("/a.warc"), "-o", tmp_path / "out", "--allow-host", "127.0.0.2")
    assert code == ExitCode.NOTHING
    assert server.connections == 0


def test_a_download_that_breaks_off_goes_on(tmp_path: Path, server: HostileServer) -> None:
    warc = b"".join(packed(story(n), ".gz") for n in range(20))

    async def halves(exchange: Any) -> None:
        start = int(exchange.headers.get("range", "bytes=0-")[6:-1])
        status = b"206 Partial Content" if start else b"200 OK"
        head = b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
        exchange.send(head % (status, len(warc) - start))
        exchange.send(warc[start : start + len(warc) // 2 + 1])

    server.add("/a.warc.gz", halves)
    arguments = (server.url("/a.warc.gz"), "--allow-host", "127.0.0.1")
    assert run(*arguments, "-o", tmp_path / "out") == ExitCode.OK
    assert numbers(tmp_path / "out" / "a.jsonl") == list(range(20))
    assert len(server.asked) == 2


def test_a_download_that_fails(tmp_path: Path, server: HostileServer, capfd: Any) -> None:
    server.add("/busy.warc", reply("busy", status=503))
    urls = [server.url("/busy.warc"), server.url("/gone.warc"), "http://gone.invalid/a.warc"]
    code = run(*urls, "-o", tmp_path / "out", "--allow-host", "127.0.0.1")
    assert code == ExitCode.NOTHING
    said = capfd.readouterr().err
    assert "busy.warc: the server answered 503" in said
    assert "gone.warc: the server answered 404" in said
    assert server.asked.count("/busy.warc") == 4
    assert server.asked.count("/gone.warc") == 1


def test_an_interrupt_waits_for_no_download(tmp_path: Path, server: HostileServer) -> None:
    async def drip(exchange: Any) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while not exchange.writer.is_closing():
            exchange.send(b"\0" * 1000)
            await asyncio.sleep(0.02)

    server.add("/slow.warc.gz", drip)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "newscrawl", "archive", server.url("/slow.warc.gz")]
    command += ["--allow-host", "127.0.0.1", "-o", str(out)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until = time.monotonic() + 120
        while "/slow.warc.gz" not in server.asked:
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (ExitCode.INTERRUPTED, "newscrawl: interrupted\n")
    assert sorted(path.name for path in out.iterdir()) == ["finished", "rejects"]


@pytest.mark.parametrize(
    "address",
    [
        "simplecache::{web}/a.warc",
        "blockcache://::{web}/a.warc",
        "dir://a.warc::{web}/",
        "zip://a.warc::{web}/a.zip",
        "tar://a.warc::{web}/a.tar",
        "reference://::{web}/a.json",
        "webhdfs://{host}/a.warc",
        "ftp://{host}/a.warc",
        "file:///dev/zero",
        "local:///dev/zero",
        "memory://a.warc",
        "git://a:b@c.warc",
    ],
)
def test_addresses_that_go_round_the_guard_are_refused(
    tmp_path: Path, server: HostileServer, capfd: Any, address: str
) -> None:
    good = tmp_path / "good.warc"
    good.write_bytes(story(7))
    named = address.format(web=server.origin, host=server.netloc)
    listed = tmp_path / "list.txt"
    listed.write_text(f"{named}\n{good}\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run(listed, "-o", out, "--allow-host", "127.0.0.1") == ExitCode.PARTIAL
    assert server.connections == 0
    assert numbers(out / "good.jsonl") == [7]
    said = capfd.readouterr().err
    assert named in said
    assert "refused" in said
    assert "internal" not in said


def test_a_pipe_is_no_warc_file(tmp_path: Path, capfd: Any) -> None:
    pipe = tmp_path / "pipe.warc"
    os.mkfifo(pipe)
    assert run(pipe, "-o", tmp_path / "out") == ExitCode.NOTHING
    assert "this is no regular file" in capfd.readouterr().err


def test_an_object_store_is_read_by_fsspec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    # fsspec's store in memory stands for one that is reached over a network.
    monkeypatch.setattr("newscrawl.archive.download.SCHEMES", ("memory",))

    with fsspec.open("memory://archives/a.warc.gz", "wb") as file:
        file.write(packed(story(5), ".gz"))
    assert run("memory://archives/a.warc.gz", "-o", tmp_path / "out") == ExitCode.OK
    assert numbers(tmp_path / "out" / "a.jsonl") == [5]
