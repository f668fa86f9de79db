"""Run spiders with newscrawl's settings in this process, once a process."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from newscrawl.extensions.run_report import RunReport
from newscrawl.records.reading.files import STDIN
from newscrawl.site_list.site_list import SiteEntry
from newscrawl.stats.run_summary import RunSummary

STDOUT = STDIN
"""The name of standard output where one of a file is expected, as that of standard input."""

_LOG_SETTINGS = ("LOG_ENABLED", "LOG_FILE", "LOG_LEVEL")

Around = Callable[[Crawler], AbstractContextManager[Any]]
"""Gives what a crawl runs within, such as a line of progress."""


def run_crawl(  # noqa: PLR0913 - the options of a crawl
    targets: Sequence[str],
    output: Path | None = None,
    *,
    entries: Iterable[SiteEntry] = (),
    rejects: Path | None = None,
    overwrite: bool = False,
    per_run: bool = False,
    state: Path | str | None = None,
    settings: Mapping[str, Any] | None = None,
    scope: Mapping[str, Any] | None = None,
    around: Around = lambda _: nullcontext(),
    log: bool = False,
) -> RunSummary:
    """Crawl ``targets`` and the ``entries`` of a site list; return the summary of the run.

    ``output`` None is standard output, or nothing where the settings name FEEDS of Scrapy's; see
    `newscrawl.records.output.open_output` for all others. ``rejects`` is by default
    ``rejects.jsonl`` beside the output. Both are appended to, or begun anew with ``overwrite``;
    with ``per_run`` a run writes its own output. ``state`` is the file, or the postgresql://
    address, of the state. ``settings`` are Scrapy's and newscrawl's, and win over the project's.
    ``scope`` has arguments of `NewsSpider` such as ``since``.
    Scrapy's log is silent unless they name a level or a file for it, or ``log`` is true.

    Raises OSError for a rejects file that cannot be written, StateError, FrontierError and
    OutputError for what cannot be opened, and ValueError for a target that is no web address. An
    output that cannot be written later is in the summary.
    """
    changed = dict(settings or {})
    if rejects is None:
        rejects = (output.parent if output else Path()) / "rejects.jsonl"
    rejects.parent.mkdir(parents=True, exist_ok=True)
    if overwrite:
        rejects.unlink(missing_ok=True)
    if output is not None or not changed.get("FEEDS"):
        changed["NEWSCRAWL_OUTPUT"] = str(output or STDOUT)
    changed["NEWSCRAWL_OUTPUT_OVERWRITE"] = overwrite
    changed["NEWSCRAWL_OUTPUT_PER_RUN"] = per_run
    changed["NEWSCRAWL_REJECTS"] = str(rejects)
    if state is not None:
        changed["NEWSCRAWL_STATE"] = str(state)
    crawler = run_spider(
        "news",
        changed,
        around=around,
        log=log,
        urls=list(targets),
        entries=list(entries),
        **(scope or {}),
    )
    return summary_of(crawler)


def summary_of(crawler: Crawler) -> RunSummary:
    """Return the summary of a crawl that has ended."""
    report = crawler.get_extension(RunReport)
    if report is not None and report.summary is not None:
        return report.summary
    summary = RunSummary.from_stats(crawler.stats.get_stats(), {})
    # One that was told to end twice ends before there is anything to say.
    summary.finish_reason = summary.finish_reason or "shutdown"
    return summary


def run_spider(
    spider: str | type[Spider],
    changed: Mapping[str, Any],
    *,
    around: Around = lambda _: nullcontext(),
    log: bool = False,
    **arguments: Any,
) -> Crawler:
    """Run a spider to its end, with the project's settings but those ``changed``.

    Raises what kept the crawl from starting.
    """
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(dict(changed), priority="cmdline")
    if not any(name in changed for name in _LOG_SETTINGS):
        settings.set("LOG_ENABLED", log, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    running = process.crawl(crawler, **arguments)
    gc.freeze()  # what is there now stays to the end: the collector need not look at it again
    with around(crawler):
        process.start()
    if running.done() and (error := running.exception()) is not None:
        raise error
    return crawler
