"""What a report of few and of many articles takes: to make, to keep, to open, to search.

    python benchmarks/report.py [--articles 1000 20000] [--folder DIR] [--browser PATH]

The records are invented (`synthetic_records`), with bodies as long as those of real news. Of each
report the figures are the processor's seconds and the peak memory of ``newscrawl report`` in a
process of its own, the size of the file, and in Chromium the seconds until the list is there, until
a first search for a word of the bodies has its answer, and until another one has. As a floor: the
seconds that ``json.loads`` and zlib at its best take for the same lines.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from synthetic_records import records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--browser", default=shutil.which("chromium"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for count in options.articles:
            measure(count, Path(folder), options.browser)


def measure(count: int, folder: Path, browser: str | None) -> None:
    news, report = folder / f"{count}.jsonl", folder / f"{count}.html"
    with news.open("w", encoding="utf-8") as file:
        for record in records(count):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    began = time.process_time()
    with news.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)
            zlib.compress(line.encode(), 9)
    floor = time.process_time() - began
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "newscrawl", "report", news, "-o", report],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{count:,} articles, {news.stat().st_size / 1e6:.1f} MB of records: "
        f"{used:.1f} s ({used / floor:.1f} times the floor), "
        f"peak {after.ru_maxrss / 1024:.0f} MB, file {report.stat().st_size / 1e6:.1f} MB"
    )
    if browser is not None:
        print("  " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in use(report, browser)))


def use(report: Path, browser: str) -> list[tuple[str, float]]:
    """Return the seconds of each step in the browser."""
    times: list[tuple[str, float]] = []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page()
        began = time.perf_counter()
        page.goto(f"{report.as_uri()}#articles")
        expect(page.locator("#list a")).to_have_count(50, timeout=60_000)
        times.append(("open", time.perf_counter() - began))
        for name, query in (("first search", "waco veno"), ("next search", "waco zzzz")):
            before = page.locator("#found").inner_text()
            began = time.perf_counter()
            page.get_by_role("searchbox").fill(query)
            expect(page.locator("#found")).not_to_have_text(before, timeout=60_000)
            expect(page.locator("#found")).to_contain_text(" of ", timeout=60_000)
            times.append((name, time.perf_counter() - began))
        started.close()
    return times


if __name__ == "__main__":
    main()
