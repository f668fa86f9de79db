"""From WARC to JSON Lines: pages a second of one core beside trafilatura, and one core to two.

    python benchmarks/archive.py [--pages 300] [--kilobytes 120] [--saved FOLDER] [--rounds 3]

One WARC file (gzip, a member a record) of made-up pages, or of those saved below a folder. Every
tool has the same reader and decoder before it, and writes a line a page: newscrawl its record,
trafilatura its JSON with metadata. They take turns, round by round, and their processor time is
compared, which other work on the machine changes little; the best round of each counts. Then
`newscrawl archive` runs on one and on two processes, also in turns.

Needs trafilatura: pip install '.[bench,archive]'
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.pages import page, saved_pages
from newscrawl.archive import Options
from newscrawl.archive.capture import Capture, page_bytes
from newscrawl.archive.converting import outcomes_of
from newscrawl.archive.responses import read_responses
from newscrawl.archive.writing import Exchange, WarcOutput

Step = Callable[[Path], int]

_TIMES = 80
"""How often the pages stand in the file for one core and two: starting processes counts little."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--kilobytes", type=int, default=120)
    parser.add_argument("--saved", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        warc = Path(folder) / "pages.warc.gz"
        number, size = _write(warc, asked)
        print(f"{number} pages of {size / number / 1000:.0f} kB\n")
        _one_core(warc, number, asked.rounds)
        longer = Path(folder) / "longer.warc.gz"
        _write(longer, asked, times=_TIMES)
        _two_cores(longer, Path(folder), asked.rounds)
    return 0


def _write(warc: Path, asked: argparse.Namespace, times: int = 1) -> tuple[int, int]:
    pages = saved_pages(asked.saved) if asked.saved else []
    bodies = pages[: asked.pages] or [page(n, asked.kilobytes) for n in range(asked.pages)]
    output = WarcOutput(warc, 1 << 40, {"software": "benchmark"})
    for number, body in enumerate(bodies * times):
        packed = gzip.compress(body, 6)
        output.write(
            Exchange(
                url=f"https://www.post.example/2024/05/story-number-{number}", method="GET",
                request_headers=[], status=200, protocol="HTTP/1.1",
                headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
                body=packed, arrived=datetime.now(UTC), address=None, note={},
            )
        )  # fmt: skip
    output.close()
    return len(bodies), sum(map(len, bodies))


def _bodies(warc: Path) -> Iterator[tuple[str, bytes]]:
    for item in read_responses(warc):
        if isinstance(item, Capture):
            yield item.url, page_bytes(item)


def _reader(warc: Path) -> int:
    return sum(1 for _ in _bodies(warc))


def _newscrawl(warc: Path) -> int:
    lines = [outcome.line for outcome in outcomes_of(warc, Options(duplicates=True))]
    return sum(line is not None for line in lines)


def _trafilatura(*, fast: bool) -> Step:
    import trafilatura

    def run(warc: Path) -> int:
        lines = 0
        for url, body in _bodies(warc):
            line = trafilatura.extract(
                body, url=url, output_format="json", with_metadata=True,
                include_comments=False, fast=fast,
            )  # fmt: skip
            lines += line is not None
        return lines

    return run


def _one_core(warc: Path, number: int, rounds: int) -> None:
    steps: dict[str, Step] = {
        "reader alone": _reader,
        "newscrawl": _newscrawl,
        "trafilatura": _trafilatura(fast=False),
        "trafilatura, fast": _trafilatura(fast=True),
    }
    best = dict.fromkeys(steps, float("inf"))
    found = dict.fromkeys(steps, 0)
    for _ in range(rounds):
        for name, step in steps.items():
            start = time.process_time()
            found[name] = step(warc)
            best[name] = min(best[name], time.process_time() - start)
    print(f"{'one core':20}{'pages/s':>10}{'ms a page':>11}{'lines':>8}{'newscrawl is':>15}")
    for name, seconds in best.items():
        times = f"{seconds / best['newscrawl']:.2f} times"
        row = f"{name:20}{number / seconds:10.1f}{1000 * seconds / number:11.2f}{found[name]:8}"
        print(row + f"{times:>15}")


def _two_cores(warc: Path, folder: Path, rounds: int) -> None:
    walls: dict[int, list[float]] = {1: [], 2: []}
    used: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(rounds):
        for jobs in (1, 2):
            start = time.perf_counter()
            command = [
                sys.executable, "-m", "newscrawl", "archive", warc, "--jobs", jobs, "--duplicates",
                "-o", folder / f"out-{turn}-{jobs}",
            ]  # fmt: skip
            with subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL) as process:
                used[jobs].append(_processor_seconds(process))
            walls[jobs].append(time.perf_counter() - start)
    print(f"\n{'newscrawl archive':20}{'seconds':>10}{'of processor':>14}")
    for jobs, name in ((1, "1 process"), (2, "2 processes")):
        print(f"{name:20}{min(walls[jobs]):10.1f}{min(used[jobs]):14.1f}")
    print(f"one to two: {min(walls[1]) / min(walls[2]):.2f} times as fast by the clock;")
    share = 2 * min(used[1]) / min(used[2])
    print(f"{share:.2f} times by processor time, were both processors free and evenly used")


def _processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return what a process and all below it used; the system tells only of those waited for."""
    ticks: dict[int, int] = {}
    while process.poll() is None:
        parents: dict[int, int] = {}
        found: dict[int, int] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            pid = int(path.parent.name)
            parents[pid], found[pid] = int(fields[1]), int(fields[11]) + int(fields[12])
        for pid, used in found.items():
            above = pid
            while above not in (process.pid, 0):
                above = parents.get(above, 0)
            if above:
                ticks[pid] = used
        time.sleep(0.05)
    return sum(ticks.values()) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
