"""What a page in the browser may cost, and what happens when it or the browser breaks down."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.hostile.crawl import ROOT
from tests.hostile.server import Exchange, HostileServer, article, reply, silence
from tests.rendering.browsers import (
    MARK,
    is_browser,
    left_after,
    needs_browser,
    processes_of,
    render,
    scripted,
    site_entry,
)

pytestmark = [needs_browser, pytest.mark.slow]
FOREVER = "<html><body><p>A page</p><script>while (true) {}</script></body></html>"


def test_a_page_that_never_ends_is_a_reject_and_others_go_on(tmp_path: Path) -> None:
    with HostileServer() as good, HostileServer("127.0.0.2") as bad:
        starts = [bad.add(f"/forever-{n}", reply(FOREVER)) for n in range(2)]
        stories = [good.add(f"/ferry-{n}", reply(scripted(f"Ferry {n}"))) for n in range(3)]
        found = render(
            tmp_path,
            site_entry("Bad", *starts),
            site_entry("Good", *stories),
            DOWNLOAD_TIMEOUT=8,
            NEWSCRAWL_ALLOWED_HOSTS="127.0.0.0/8",
        )
    assert found.crawl.headlines == {f"Ferry {n}" for n in range(3)}
    assert found.crawl.reasons == {"/forever-0": "timeout", "/forever-1": "timeout"}
    assert found.crawl.detail("/forever-0") == "not rendered within 8 seconds"
    assert bad.asked.count("/forever-0") == 1


def test_the_deadline_is_for_fetching_and_rendering_together(tmp_path: Path) -> None:
    with HostileServer() as server:
        start = server.add("/forever", reply(FOREVER))
        found = render(tmp_path, site_entry("Post", start), NEWSCRAWL_DEADLINE=5)
    assert found.crawl.reasons == {"/forever": "deadline"}


def test_what_a_page_waits_for_in_vain_is_cut_and_the_page_is_whole(tmp_path: Path) -> None:
    """A script that never comes keeps the rest of the document back until then."""
    page = article("The ferry sails again").replace("<h1>", '<script src="/never.js"></script><h1>')
    with HostileServer() as server:
        start = server.add("/ferry", reply(page))
        server.add("/never.js", silence)
        found = render(tmp_path, site_entry("Post", start), NEWSCRAWL_BROWSER_WAIT=2)
    assert "by the spring of next year" in found.texts["The ferry sails again"]


def test_neither_what_is_loaded_nor_what_is_made_may_be_too_large(tmp_path: Path) -> None:
    grows = "<script>document.body.append('word '.repeat(200000))</script>"
    with HostileServer() as server:
        server.add("/large", reply(b"x" * 900_000, "text/plain"))
        starts = [
            server.add("/grows", reply(f"<html><body><p>A page</p>{grows}</body></html>")),
            server.add("/loads", reply(scripted("It loads", 'await fetch("/large");'))),
            server.add("/good", reply(scripted("It is well"))),
        ]
        found = render(tmp_path, site_entry("Post", *starts), DOWNLOAD_MAXSIZE=500_000)
    assert found.crawl.reasons == {"/grows": "too_large", "/loads": "too_large"}
    assert found.crawl.headlines == {"It is well"}


def test_what_pages_load_counts_for_the_bytes_of_their_host(tmp_path: Path) -> None:
    with HostileServer() as server:
        server.add("/large", reply(b"x" * 50_000, "text/plain"))
        more = 'await (await fetch("/large")).text();'
        starts = [server.add(f"/ferry-{n}", reply(scripted(f"Ferry {n}", more))) for n in range(6)]
        found = render(
            tmp_path,
            site_entry("Post", *starts, concurrency=1),
            NEWSCRAWL_MAX_BYTES_PER_HOST=100_000,
        )
    assert len(found.crawl.records) == 2
    assert found.crawl.summary["skipped"] == {"host_limit": 4}
    assert found.stats["newscrawl/rendered/bytes"] > 100_000


def test_a_browser_that_dies_costs_a_page_and_no_more(tmp_path: Path) -> None:
    mark = uuid.uuid4().hex

    async def kill(exchange: Exchange) -> None:
        (browser,) = filter(is_browser, processes_of(mark))
        os.kill(browser, signal.SIGKILL)
        await exchange.gone()

    with HostileServer() as server:
        server.add("/kill", kill)
        starts = [
            server.add("/ferry-sinks", reply(scripted("It sinks", 'await fetch("/kill");'))),
            *(server.add(f"/ferry-{n}", reply(scripted(f"Ferry {n}"))) for n in range(2)),
        ]
        found = render(
            tmp_path,
            site_entry("Post", *starts),
            environment={MARK: mark},
            NEWSCRAWL_BROWSER_PAGES=1,
        )
    assert found.crawl.headlines == {"Ferry 0", "Ferry 1"}
    assert found.crawl.reasons == {"/ferry-sinks": "browser"}


def test_a_browser_that_does_not_start_is_a_reject_for_each_page(tmp_path: Path) -> None:
    with HostileServer() as server:
        start = server.add("/ferry", reply(scripted("The ferry")))
        plain = server.add_article("/plain", "A plain article")
        found = render(
            tmp_path,
            site_entry("Post", start),
            site_entry("Plain", plain, render=False),
            NEWSCRAWL_BROWSER="/bin/false",
        )
    assert found.crawl.headlines == {"A plain article"}
    assert found.crawl.reasons == {"/ferry": "browser"}


def test_nothing_is_left_of_a_run_that_is_killed(tmp_path: Path) -> None:
    mark = uuid.uuid4().hex
    sites = tmp_path / "sites.toml"
    with HostileServer() as server:

        async def kill(exchange: Exchange) -> None:
            os.kill(process.pid, signal.SIGKILL)
            await exchange.gone()

        server.add("/kill", kill)
        start = server.add("/ferry", reply(scripted("The ferry", 'await fetch("/kill");')))
        sites.write_text(site_entry("Post", start))
        command = [sys.executable, "-m", "newscrawl", "crawl", "--sites", str(sites), "--no-state"]
        command += ["-o", "out.jsonl", "--allow-host", "127.0.0.1", "-s", "NEWSCRAWL_TDMREP=0"]
        variables = os.environ | {"PYTHONPATH": str(ROOT), MARK: mark}
        process = subprocess.Popen(
            command, cwd=tmp_path, env=variables, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert process.wait(60) == -signal.SIGKILL
    assert server.asked[-1] == "/kill"
    assert left_after(mark) == []


@pytest.mark.parametrize(
    ("environment", "settings", "said"),
    [
        ({"PATH": "/nowhere"}, (), "there is no Chromium or Chrome in PATH: install one"),
        ({}, ("NEWSCRAWL_BROWSER=/no/browser",), "/no/browser is no program that can be run"),
    ],
)
def test_without_a_browser_nothing_is_crawled(
    tmp_path: Path, environment: dict[str, str], settings: tuple[str, ...], said: str
) -> None:
    sites = tmp_path / "sites.toml"
    with HostileServer() as server:
        start = server.add("/ferry", reply(scripted("The ferry")))
        sites.write_text(site_entry("Post", start))
        command = [sys.executable, "-m", "newscrawl", "crawl", "--sites", str(sites)]
        command += ["--allow-host", "127.0.0.1", "-o", "out.jsonl"]
        for setting in settings:
            command += ["-s", setting]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert server.asked == []
    assert [each.name for each in tmp_path.iterdir()] == ["sites.toml"]
