"""Workers that share a crawl, killed and added at random, and the account of what they did."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.hostile.crawl import ROOT, SETTINGS
from tests.scheduler.hosts import PAUSE

SECONDS = 3_600
"""A net under a crawl."""

NOTICED = 0.3
"""Seconds within which a worker has read an answer, on a machine that has nothing else to do."""
NOTICED_BUSY = 1.5
"""The same on one that has much else to do."""

ENDS = (0, 3, 4)
"""Codes of a worker that ended well, whatever was left for it to do."""


@contextmanager
def hosts(number: int, pages: int, log: Path, *, pauses: bool = True) -> Iterator[list[str]]:
    """Serve so many outlets from a process of their own; yield their feeds."""
    command = [sys.executable, "-m", "tests.scheduler.hosts", str(number), str(pages), str(log)]
    command += ["pauses"] if pauses else []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield json.loads(server.stdout.readline())
        finally:
            server.kill()


@dataclass
class Crowd:
    """Workers of one crawl, all in one folder."""

    folder: Path
    feeds: list[str]
    frontier: str
    state: str | None
    delay: float = 0.1
    settings: dict[str, Any] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    codes: Counter[int] = field(default_factory=Counter)
    started: int = 0
    kills: int = 0

    def start(self) -> str:
        """Start a worker and return its name."""
        name = f"worker{self.started}"
        self.started += 1
        (self.folder / "targets").write_text("\n".join(self.feeds))
        command = [sys.executable, "-m", "newscrawl", "crawl", "--from", "targets"]
        command += ["--frontier", self.frontier, "-o", "out/news.jsonl"]
        command += ["--state", self.state] if self.state else ["--no-state"]
        given = SETTINGS | {
            "DOWNLOAD_DELAY": self.delay, "DOWNLOAD_DELAY_JITTER": 0, "RETRY_TIMES": 2,
            "NEWSCRAWL_READERS": 0, "NEWSCRAWL_WORKER": name, "USER_AGENT": name,
            "NEWSCRAWL_LEASE": 8, "NEWSCRAWL_FRONTIER_PATIENCE": 6, "CONCURRENT_REQUESTS": 64,
        } | self.settings  # fmt: skip
        for setting, value in given.items():
            command += ["-s", f"{setting}={value}"]
        with (self.folder / f"{name}.said").open("wb") as said:
            self.running[name] = subprocess.Popen(
                command, cwd=self.folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=said
            )
        return name

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.send_signal(signal.SIGKILL)
        self.kills += process.wait() == -signal.SIGKILL

    def reap(self) -> None:
        """Take note of the workers that have ended by themselves."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.codes[process.returncode] += 1
                del self.running[name]
                said = self.said(name)
                assert "Traceback" not in said, said

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.said").read_text()

    @property
    def is_over(self) -> bool:
        """Whether a worker has come to the end of the run."""
        return any(self.codes[code] for code in ENDS)

    def finish(self) -> None:
        """Let the workers that run come to the end."""
        end = time.monotonic() + SECONDS
        while self.running and time.monotonic() < end:
            self.reap()
            time.sleep(0.1)
        for name in list(self.running):
            self.kill(name)
            raise AssertionError(f"{name} did not end: {self.said(name)}")

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def served(self) -> int:
        """Return how many requests the hosts have had."""
        log = self.folder / "log"
        return log.read_bytes().count(b"\n") if log.exists() else 0


def trouble(
    crowd: Crowd, redis: Any, draw: random.Random, *, workers: int, at: int, often: int
) -> None:
    """Kill and add workers at random until the run is over; Redis is restarted at a request.

    One is killed after up to ``often`` requests of all, whatever it does then.
    """
    restarted = False
    end = time.monotonic() + SECONDS
    turn = draw.randint(often // 4, often)
    while not crowd.is_over and time.monotonic() < end:
        crowd.reap()
        if not restarted and crowd.served() >= at:
            redis.stop(signal.SIGKILL)
            time.sleep(draw.uniform(0.2, 1.5))
            redis.start()
            restarted = True
        if crowd.served() >= turn:
            turn = crowd.served() + draw.randint(often // 4, often)
            time.sleep(draw.uniform(0, 0.5))
            if crowd.running:
                crowd.kill(draw.choice(sorted(crowd.running)))
        if len(crowd.running) < workers and (not crowd.running or draw.random() < 0.2):
            crowd.start()
        time.sleep(0.1)
    assert restarted
    crowd.finish()


@dataclass
class Account:
    """What became of the articles, and of the hosts' patience."""

    expected: int
    records: int
    lost: list[str]
    doubled: list[str]
    torn: list[str]
    left: list[str]
    ahead: float
    """By how many requests a host was ever ahead of its pace, at the worst."""
    handover: float
    """Seconds between the last request of one worker and the first of the next, at the least."""
    in_pause: int
    """Requests that came while their host had asked for a pause."""
    requests: int
    again: int
    """Pages that were fetched more than once."""


def account(crowd: Crowd, pages: int, noticed: float = NOTICED_BUSY) -> Account:
    """Read the files of all workers, and the log of the hosts.

    A request that comes within ``noticed`` seconds of a 429 was on its way by then.
    """
    wanted = {
        f"{feed.removesuffix('/feed')}/news/{number}-story-of-the-day"
        for feed in crowd.feeds
        for number in range(pages)
    }
    found: Counter[str] = Counter()
    torn = []
    for path in sorted((crowd.folder / "out").glob("news-*.jsonl")):
        for line in path.read_bytes().splitlines(keepends=True):
            try:
                record = json.loads(line)
            except ValueError:
                torn.append(f"{path.name}: {line[:60]!r}")
                continue
            found[record["url"]] += 1
            host = record["url"].split("/")[2].partition(":")[0]
            number = record["url"].rpartition("/")[2].partition("-")[0]
            name = f"called {number} of {host} "
            if f"{name}begins" not in record["body"] or f"{name}ends" not in record["body"]:
                torn.append(record["url"])
    asked: dict[str, list[tuple[float, str, int]]] = defaultdict(list)
    fetched: Counter[str] = Counter()
    for line in (crowd.folder / "log").read_text().splitlines():
        seconds, host, path, agent, status = line.split()
        asked[host].append((float(seconds), agent, int(status)))
        fetched[host + path] += path.startswith("/news/")
    return Account(
        expected=len(wanted), records=found.total(), lost=sorted(wanted - found.keys()),
        doubled=[url for url, times in found.items() if times > 1], torn=torn,
        left=[each.name for each in (crowd.folder / "out").glob("*.part")],
        ahead=max(_ahead([at for at, *_ in each], crowd.delay) for each in asked.values()),
        handover=min(
            (late[0] - soon[0] for each in asked.values() for soon, late in pairwise(each)
             if soon[1] != late[1]), default=float("inf"),
        ),
        in_pause=sum(_in_pause(each, noticed) for each in asked.values()),
        requests=sum(map(len, asked.values())),
        again=sum(times - 1 for times in fetched.values() if times > 1),
    )  # fmt: skip


def _ahead(times: list[float], delay: float) -> float:
    """Return the most requests that came in any stretch beyond what its length allows."""
    lead, most = 0.0, 0.0
    for soon, late in pairwise(times):
        lead = max(0.0, lead) + 1 - (late - soon) / delay
        most = max(most, lead)
    return most


def _in_pause(requests: list[tuple[float, str, int]], noticed: float) -> int:
    begun = [at for at, _, status in requests if status == 429]
    return sum(begin + noticed < at < begin + PAUSE - 0.3 for begin in begun for at, *_ in requests)
