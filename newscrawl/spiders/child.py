"""A crawl in a process of its own: ``python -m newscrawl.spiders.child``.

Twisted's reactor can run once a process; so a crawl that is called from Python runs here. The job
is a line of JSON on standard input, with the keys ``targets``, ``sites``, ``scope`` and
``settings``; lines with a number follow, each the number of records that were taken. Events go to
standard output as lines of JSON: ``{"article": …}``, ``{"reject": …}`` and at the end
``{"summary": …}`` or ``{"error": …}``. The crawl ends when standard input does, so it never
outlives the process that asked for it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

from scrapy.crawler import Crawler

from newscrawl.extensions.run_report import RunReport
from newscrawl.pipelines.hand_over import HandOverPipeline
from newscrawl.records.output import OutputError
from newscrawl.site_list.site_list import SiteEntry
from newscrawl.spiders.run import run_spider, summary_of
from newscrawl.state import StateError


def main() -> None:
    """Run the job of standard input; events go to what was standard output."""
    events = os.dup(1)
    os.dup2(2, 1)  # whatever else is printed is none of them
    job = json.loads(sys.stdin.buffer.readline())
    settings = {
        **job["settings"],
        "NEWSCRAWL_HAND_OVER": events,
        "NEWSCRAWL_OUTPUT": "",
        "NEWSCRAWL_REJECTS": "",
    }
    try:
        crawler = run_spider(
            "news",
            settings,
            around=_Acknowledged,
            urls=job["targets"],
            entries=[_entry_of(site) for site in job["sites"]],
            **job["scope"],
        )
        event: dict[str, Any] = {"summary": summary_of(crawler).to_dict()}
    except (ValueError, StateError, OutputError, OSError) as error:
        event = {"error": f"{type(error).__name__}: {error}"}
    try:
        os.write(events, json.dumps(event, ensure_ascii=False).encode() + b"\n")
    except BrokenPipeError:
        sys.exit(1)


def _entry_of(values: dict[str, Any]) -> SiteEntry:
    """Return an entry as it was before it was JSON."""
    tuples = {name: tuple(values[name]) for name in ("start", "allowed_hosts")}
    return SiteEntry(**{**values, **tuples})


class _Acknowledged:
    """Reads acknowledgements while a crawl runs, and ends it when there is nobody to send any."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    def __enter__(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        return

    def _read(self) -> None:
        for line in sys.stdin.buffer:
            pipeline = self.crawler.get_item_pipeline(HandOverPipeline)
            if pipeline is not None and line.strip().isdigit():
                pipeline.taken(int(line))
        report = self.crawler.get_extension(RunReport)
        if report is None or report.summary is None:
            os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
