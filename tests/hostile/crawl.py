"""One run of ``newscrawl crawl`` as a process of its own, and what every run must leave behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import Any
from urllib.parse import urlsplit

from newscrawl.schema import schema_errors

ROOT = Path(__file__).parents[2]
SETTINGS: dict[str, Any] = {
    "NEWSCRAWL_ALLOWED_HOSTS": "127.0.0.0/8",
    "NEWSCRAWL_TDMREP": 0,
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "RETRY_TIMES": 0,
    "HTTPPROXY_ENABLED": 0,
}
"""No pauses, nothing tried twice; every server of the tests may be asked."""

SECONDS = 120
"""A net under the test: no run takes a quarter of it."""


@dataclass
class Crawl:
    """What came of a run."""

    code: int
    records: list[dict[str, Any]]
    rejects: list[dict[str, Any]]
    summary: dict[str, Any]
    """What ``--json`` prints."""
    said: str
    """Standard error."""
    peak_bytes: int
    """Resident memory at its highest."""

    @property
    def headlines(self) -> set[str]:
        return {record["headline"] for record in self.records}

    @property
    def urls(self) -> set[str]:
        return {record["url"] for record in self.records}

    @property
    def reasons(self) -> dict[str, str]:
        """Reasons of the rejects by path; several with a comma between."""
        found: dict[str, list[str]] = defaultdict(list)
        for reject in self.rejects:
            found[urlsplit(reject["url"]).path].append(reject["reason"])
        return {path: ",".join(reasons) for path, reasons in found.items()}

    def detail(self, path: str) -> str:
        """Return the sentence about the one reject of a path."""
        (detail,) = [r["detail"] for r in self.rejects if urlsplit(r["url"]).path == path]
        return str(detail)


def crawl(
    folder: Path,
    targets: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    **settings: Any,
) -> Crawl:
    """Crawl targets with some settings; output and rejects go to ``folder``.

    The process finds the modules of the tests, for settings that name a component of theirs.

    Fails the test unless the process ended by itself without a traceback, every line of the
    output is a record that fits its schema, and the summary counts the rejects as the file does.
    """
    output, rejects = folder / "out.jsonl", folder / "rejects.jsonl"
    command = [sys.executable, "-m", "newscrawl", "crawl", *targets, "--json"]
    command += ["-o", str(output), "--rejects", str(rejects), "--overwrite"]
    for name, value in (SETTINGS | settings).items():
        command += ["-s", f"{name}={value}"]
    variables = os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {})
    with subprocess.Popen(
        command, cwd=folder, env=variables, stderr=subprocess.PIPE, text=True
    ) as process:
        net = Timer(SECONDS, process.kill)
        net.start()
        peaks = [0]
        watch = Thread(target=_watch, args=(process, peaks))
        watch.start()
        assert process.stderr is not None
        said = process.stderr.read()
        process.wait()
        watch.join()
        net.cancel()
    return _read(process.returncode, output, rejects, said, max(peaks))


def _watch(process: subprocess.Popen[str], peaks: list[int]) -> None:
    """Note the highest resident memory of a process, in bytes, until it ends.

    What the system says of a child afterwards counts in what its parent held when it was started.
    """
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        except OSError:
            break
        if match := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
            peaks.append(int(match[1]) * 1024)
        time.sleep(0.02)


def _read(code: int, output: Path, rejects: Path, said: str, peak_bytes: int) -> Crawl:
    assert "Traceback" not in said, said
    summaries = [line for line in said.splitlines() if line.startswith("{")]
    assert summaries, said
    summary = json.loads(summaries[-1])
    found = Crawl(code, _lines(output), _lines(rejects), summary, said, peak_bytes)
    assert code in (0, 3, 4), said
    for record in found.records:
        errors = schema_errors(record)
        assert errors == [], (errors, record)
    counted: dict[str, int] = defaultdict(int)
    for reject in found.rejects:
        counted[reject["reason"]] += 1
    assert summary["rejects"] == dict(counted)
    assert summary["internal_errors"] == 0, said
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    text = path.read_bytes().decode("utf-8")
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]
