"""Crawls that are killed at random moments, and the account of what came of their articles."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from newscrawl.discovery import url_key
from newscrawl.state import State
from tests.hostile.crawl import ROOT, SETTINGS
from tests.hostile.outlets import Outlets

FAST = SETTINGS | {
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    # Most pages are read in processes of their own, as in a run of thousands.
    "NEWSCRAWL_READ_ALONE": 5,
}
MARK = "NEWSCRAWL_TEST_RUN"
"""Environment variable that a crawl hands on to the processes that it starts."""

SECONDS = 120
"""A net under a run; none takes a quarter of it."""

_SHIFTED = """
{prelude}
import time
now = time.time
time.time = lambda: now() + {seconds}
from newscrawl.cli import main
raise SystemExit(main())
"""


@dataclass
class Account:
    """What became of the articles."""

    expected: int
    """Articles that came out, each once; the versions of one that changes are not counted."""
    found: int
    lost: list[str]
    doubled: list[str]
    """Addresses that stand in the output twice with one revision, or with one text."""
    torn: list[str]
    """Lines that are no JSON, records without their first or last sentence."""
    wrong: list[str]
    """What else does not fit: state, rejects, order of versions, files left behind."""

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled or self.torn or self.wrong)


@dataclass
class Crawls:
    """Runs of ``newscrawl crawl`` in one folder, each an hour after the one before."""

    folder: Path
    outlets: Outlets
    output: str = "news.jsonl"
    """Relative to the folder, as the state is."""
    options: tuple[str, ...] = ()
    state: str = "news.state"
    settings: dict[str, Any] = field(default_factory=dict)
    prelude: str = ""
    """Python that each run begins with."""
    environment: dict[str, str] = field(default_factory=dict)
    runs: int = 0
    orphans: list[str] = field(default_factory=list)
    """Kills after which a process of the crawl lived on."""

    def run(self, later: timedelta = timedelta()) -> int:
        """Let a run end by itself and return its exit code."""
        process, _ = self.start(later)
        return self.code_of(process)

    def code_of(self, process: subprocess.Popen[bytes]) -> int:
        """Return a run's exit code once it has ended; it must have ended in order."""
        code = process.wait(SECONDS)
        assert "Traceback" not in self.said, self.said
        return code

    @property
    def said(self) -> str:
        """Standard error of the last run, its lines joined."""
        return " ".join((self.folder / "said").read_text().split())

    def run_and_kill(self, draw: random.Random) -> bool:
        """Kill a run at a random moment; tell whether it lived to be killed."""
        served = self.outlets.served
        process, mark = self.start()
        if draw.random() < 0.25:
            wait_until(process, lambda: False, draw.uniform(0.1, 2.0))
        else:
            number = served + draw.randint(1, 50)
            wait_until(process, lambda: self.outlets.served >= number, SECONDS)
            wait_until(process, lambda: False, draw.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        killed = process.wait() == -signal.SIGKILL
        if not all_gone(mark):
            self.orphans.append(f"run {self.runs} left processes behind")
        return killed

    def start(self, later: timedelta = timedelta()) -> tuple[subprocess.Popen[bytes], str]:
        """Start a run; return its process and the mark of all that it starts."""
        self.runs += 1
        (self.folder / "sites.toml").write_text(self.outlets.site_list)
        ahead = timedelta(hours=self.runs) + later
        code = _SHIFTED.format(prelude=self.prelude, seconds=ahead.total_seconds())
        command = [sys.executable, "-c", code]
        command += ["crawl", "--sites", "sites.toml", "--state", self.state, "-o", self.output]
        command += ["--summary", "runs.jsonl", *self.options]
        for name, value in (FAST | self.settings).items():
            command += ["-s", f"{name}={value}"]
        mark = uuid.uuid4().hex
        environment = os.environ | {"PYTHONPATH": str(ROOT), MARK: mark} | self.environment
        with (self.folder / "said").open("wb") as said:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stderr=said)
        return process, mark

    def account(self) -> Account:
        """Return what the files of a folder hold after a run that ended by itself."""
        lines = list(self.lines())
        records = [record for line in lines if (record := _record(line)) is not None]
        torn = [f"no record: {line[:80]!r}" for line in lines if _record(line) is None]
        by_url: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            by_url.setdefault(record["url"], []).append(record)
        expected = self.outlets.articles
        for url, marks in expected.items():
            for record in by_url.get(url, ()):
                torn += [f"{url}: cut" for mark in marks if mark not in record["body"]]
        doubled = []
        for url, versions in by_url.items():
            for name in ("revision", "content_hash"):
                counted = Counter(record[name] for record in versions)
                doubled += [f"{url}: {name} {value}" for value, n in counted.items() if n > 1]
        wrong = [*self.orphans, *self._wrong_versions(by_url.pop(self.outlets.changing, []))]
        wrong += [f"{url}: nobody published it" for url in by_url.keys() - expected.keys()]
        wrong += self._wrong_in_state(records) + self._wrong_rejects() + self._left_behind()
        lost = [url for url in expected if url not in by_url]
        return Account(len(expected), len(expected) - len(lost), lost, doubled, torn, wrong)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of all outputs, line ends included; compressed ones must be whole."""
        path = self.folder / self.output
        stem, _, suffix = path.name.partition(".")
        for each in sorted(path.parent.glob(f"{stem}*.{suffix}")):
            data = each.read_bytes()
            text = gzip.decompress(data) if each.suffix == ".gz" else data
            yield from text.splitlines(keepends=True)

    def _wrong_versions(self, versions: list[dict[str, Any]]) -> Iterator[str]:
        url = self.outlets.changing
        if [record["revision"] for record in versions] != list(range(1, len(versions) + 1)):
            yield f"{url}: revisions {[record['revision'] for record in versions]}"
        last = f"called version {self.outlets.version} ends"
        if not versions or last not in versions[-1]["body"]:
            yield f"{url}: the last version is not there"

    def _wrong_in_state(self, records: list[dict[str, Any]]) -> list[str]:
        last = {record["url"]: record for record in records}
        wrong = []
        with State(self.folder / self.state) as state:
            for url, record in last.items():
                page = state.pages([url_key(url)]).get(url_key(url))
                if page is None or page.article_id is None:
                    wrong.append(f"{url}: the state has no article for it")
                    continue
                (known,) = state.articles(ids=[page.article_id])
                if (known.revision, known.content_hash) != (
                    record["revision"], record["content_hash"]
                ):  # fmt: skip
                    wrong.append(f"{url}: the state has revision {known.revision}")
            for url, reason in self.outlets.rejects.items():
                page = state.pages([url_key(url)]).get(url_key(url))
                if page is None or page.outcome != reason:
                    wrong.append(f"{url}: {page and page.outcome} in the state")
            for number in range(len(self.outlets.starts)):
                due = state.due_pages(f"Outlet {number}")
                wrong += [f"{page.url}: never fetched" for page in due if page.outcome == "found"]
        return wrong

    def _wrong_rejects(self) -> list[str]:
        wrong, reasons = [], {}
        rejects = (self.folder / self.output).with_name("rejects.jsonl")
        for path in (rejects, self.folder / "runs.jsonl"):
            for line in path.read_bytes().splitlines():
                try:
                    read = json.loads(line)
                except ValueError:
                    wrong.append(f"{path.name}: {line[:80]!r}")
                    continue
                reasons[read.get("url")] = read.get("reason")
        for url, reason in self.outlets.rejects.items():
            if reasons.get(url) != reason:
                wrong.append(f"{url}: {reasons.get(url)} among the rejects")
        return wrong

    def _left_behind(self) -> list[str]:
        ours = {"said", "sites.toml", "news.state", "rejects.jsonl", "runs.jsonl"}
        stem = Path(self.output).name.partition(".")[0]
        return [
            f"{path.name} was left behind"
            for path in self.folder.iterdir()
            if path.is_file()
            and path.name not in ours
            and (path.name.endswith((".part", ".lock", ".new")) or not path.name.startswith(stem))
        ]


def kill_and_account(crawls: Crawls, kills: int, seed: int, *, growth: int) -> tuple[Account, int]:
    """Kill runs, each with up to ``growth`` new articles, then let one end; return (account, runs).

    Another run, of which nothing new can come, must not change that.
    """
    draw = random.Random(seed)
    killed = 0
    while killed < kills:
        crawls.settings["NEWSCRAWL_SYNC_RECORDS"] = draw.choice((1, 7, 100))
        crawls.settings["NEWSCRAWL_SYNC_SECONDS"] = draw.choice((0.1, 1.0))
        killed += crawls.run_and_kill(draw)
        crawls.outlets.publish(draw.randint(0, growth))
        crawls.outlets.version += 1
    codes = [crawls.run(), crawls.run(later=timedelta(days=2))]
    account = crawls.account()
    account.wrong += [f"a run ended with {code}" for code in codes if code]
    return account, crawls.runs


def wait_until(
    process: subprocess.Popen[bytes], happened: Callable[[], bool], seconds: float = SECONDS
) -> None:
    """Wait until something has happened or the process has ended, at most so long."""
    end = time.monotonic() + seconds
    while process.poll() is None and not happened() and time.monotonic() < end:
        time.sleep(0.002)


def all_gone(mark: str) -> bool:
    """Tell whether no process has a mark in its environment, within ten seconds."""
    wanted = f"{MARK}={mark}".encode()
    for _ in range(200):
        if not any(wanted in text for text in _environments()):
            return True
        time.sleep(0.05)
    return False


def _environments() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            yield path.read_bytes()
        except OSError:
            continue  # gone meanwhile, or of another user


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if line.endswith(b"\n") else None
