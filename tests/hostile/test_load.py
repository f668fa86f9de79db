"""Load: a thousand sites in a run, fifty thousand addresses that the state knows."""

from __future__ import annotations

import asyncio
import hashlib
import json
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Self

import pytest

from newscrawl.discovery import url_key
from newscrawl.state import State
from tests.hostile.crawl import ROOT, SETTINGS
from tests.hostile.server import article, as_bytes, feed, head

pytestmark = pytest.mark.slow

SITES = 1_000
KNOWN = 50
"""Articles of each site that an earlier run has had."""

SECONDS = 900
"""A net under a run; it takes a tenth of it on an idle machine."""

LIMITED = """
import resource
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
from newscrawl.cli import main
raise SystemExit(main())
"""
"""The command with fewer open files than it needs, unless it asks for more."""


class ManySites:
    """Sites at 127.1.0.1, 127.1.0.2 …, all from one thread; ``asked`` counts targets by site.

    Each has a feed of `KNOWN` articles and a newer one.
    """

    def __init__(self, number: int) -> None:
        self.asked: list[Counter[str]] = [Counter() for _ in range(number)]
        self.not_modified = 0
        self.origins: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < 3 * len(self.asked):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * len(self.asked)), hard))
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def story(self, site: int, number: int) -> str:
        return f"{self.origins[site]}/news/{number}-story-of-the-day"

    async def _listen(self) -> None:
        for site in range(len(self.asked)):
            host = f"127.1.{site // 250}.{site % 250 + 1}"
            server = await asyncio.start_server(
                lambda reader, writer, site=site: self._connected(site, reader, writer), host, 0
            )
            self.origins.append(f"http://{host}:{server.sockets[0].getsockname()[1]}")

    async def _connected(
        self, site: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            while True:  # the connection is kept, as most servers do
                asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                answer = self._answer(site, asked.split(" ", 2)[1], asked.lower())
                writer.write(answer.replace(b"Connection: close\r\n", b"", 1))
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other side has gone
        finally:
            writer.close()

    def _answer(self, site: int, target: str, asked: str) -> bytes:
        self.asked[site][target] += 1
        if target == "/robots.txt":
            return head("", "text/plain")
        if target == "/feed":
            body = as_bytes(feed(*(self.story(site, n) for n in range(KNOWN, -1, -1))))
            tag = f'"{hashlib.md5(body).hexdigest()}"'
            if f"if-none-match: {tag}" in asked:
                self.not_modified += 1
                return head("", status=304, headers={"ETag": tag})
            return head(body, "application/rss+xml", headers={"ETag": tag}) + body
        page = as_bytes(article(f"What became of story {target} of site {site}"))
        return head(page) + page


def remember(path: Path, sites: ManySites) -> None:
    """Write the state of a run that has had all articles but the new ones."""
    with State(path) as state:
        for site in range(SITES):
            for number in range(KNOWN):
                url = sites.story(site, number)
                article_id = state.remember_article(
                    identities=[url_key(url)],
                    url=url,
                    site=f"Site {site}",
                    content_hash=f"{site:016x}{number:016x}",
                )
                state.remember_page(
                    url_key(url),
                    url=url,
                    site=f"Site {site}",
                    outcome="article",
                    article_id=article_id,
                )
        state.commit()


@pytest.fixture
def sites() -> Iterator[ManySites]:
    with ManySites(SITES) as running:
        yield running


def run(folder: Path) -> dict[str, int]:
    command = [sys.executable, "-c", LIMITED, "crawl", "--sites", "sites.toml", "--json"]
    command += ["-o", "news.jsonl"]
    for name, value in SETTINGS.items():
        command += ["-s", f"{name}={value}"]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    summary: dict[str, int] = json.loads(done.stderr.splitlines()[-1])
    return summary


def test_a_thousand_sites_and_fifty_thousand_known_addresses(
    tmp_path: Path, sites: ManySites
) -> None:
    entries = (
        f'[[site]]\nname = "Site {number}"\nstart = "{origin}/feed"\n'
        for number, origin in enumerate(sites.origins)
    )
    (tmp_path / "sites.toml").write_text("\n".join(entries))
    remember(tmp_path / "sites.state", sites)
    assert run(tmp_path)["articles"] == SITES
    new = f"/news/{KNOWN}-story-of-the-day"
    once = Counter(["/robots.txt", "/feed", new])
    assert [counted for counted in sites.asked if counted != once] == []
    lines = (tmp_path / "news.jsonl").read_text().splitlines()
    assert {json.loads(line)["url"] for line in lines} == {
        sites.story(number, KNOWN) for number in range(SITES)
    }
    # Nothing has changed: one conditional request a site, and no line more.
    for counted in sites.asked:
        counted.clear()
    assert run(tmp_path)["articles"] == 0
    assert sites.not_modified == SITES
    assert [counted for counted in sites.asked if counted != Counter(["/feed"])] == []
    assert (tmp_path / "news.jsonl").read_text().splitlines() == lines
