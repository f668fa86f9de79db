"""A crawl by Scrapy in this process, with the project's settings and what the user changed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from newscrawl.site_list.site_list import SiteEntry
    from newscrawl.stats.run_summary import RunSummary

_STDOUT = Path("-")
_LOG_SETTINGS = ("LOG_ENABLED", "LOG_FILE", "LOG_LEVEL")


def run_crawl(
    targets: Sequence[str],
    output: Path | None = None,
    *,
    entries: Iterable[SiteEntry] = (),
    rejects: Path | None = None,
    overwrite: bool = False,
    per_run: bool = False,
    state: Path | str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> RunSummary:
    """Crawl ``targets`` and the ``entries`` of a site list; once a process.

    ``output`` None is standard output, or nothing where the settings name FEEDS of Scrapy's; see
    `newscrawl.records.output.open_output` for all others. ``rejects`` is by default
    ``rejects.jsonl`` beside the output. Both are appended to, or begun anew with ``overwrite``;
    with ``per_run`` a run writes its own output. ``state`` is the file, or the postgresql://
    address, that remembers what was seen.
    ``settings`` are Scrapy's and newscrawl's, and win over the
    project's. Scrapy's log is silent unless they name a level or a file for it, or ``--debug`` is
    on the command line.

    Raises typer.Exit(ExitCode.OUTPUT), after one line on standard error, for a rejects file that
    cannot be written, and ValueError for a target that is no web address. An output that cannot
    be written is in the summary.
    """
    changed = dict(settings or {})
    if rejects is None:
        rejects = (output.parent if output else Path()) / "rejects.jsonl"
    _prepare(rejects, overwrite=overwrite)
    if output is not None or not changed.get("FEEDS"):
        changed["NEWSCRAWL_OUTPUT"] = str(output or _STDOUT)
    changed["NEWSCRAWL_OUTPUT_OVERWRITE"] = overwrite
    changed["NEWSCRAWL_OUTPUT_PER_RUN"] = per_run
    changed["NEWSCRAWL_REJECTS"] = str(rejects)
    if state is not None:
        changed["NEWSCRAWL_STATE"] = str(state)
    from newscrawl.extensions.run_report import RunReport
    from newscrawl.records.output import OutputError
    from newscrawl.scheduler import FrontierError
    from newscrawl.state import StateError
    from newscrawl.stats.run_summary import RunSummary

    try:
        crawler = run_spider("news", changed, urls=list(targets), entries=list(entries))
    except (StateError, FrontierError, OutputError) as error:
        fail(str(error), ExitCode.OUTPUT)
    report = crawler.get_extension(RunReport)
    if report is not None and report.summary is not None:
        return report.summary
    summary = RunSummary.from_stats(crawler.stats.get_stats(), {})
    # One that was told to end twice ends before there is anything to say.
    summary.finish_reason = summary.finish_reason or "shutdown"
    return summary


def run_spider(spider: str | type[Spider], changed: Mapping[str, Any], **arguments: Any) -> Crawler:
    """Run a spider to its end, with the project's settings but those ``changed``; once a process.

    Progress goes to standard error. Raises what kept the crawl from starting.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from newscrawl.cli.crawl_progress import CrawlProgress
    from newscrawl.workers.pool import preload

    preload("newscrawl.cli")  # the module that every process of the command begins with
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(dict(changed), priority="cmdline")
    if not any(name in changed for name in _LOG_SETTINGS):
        settings.set("LOG_ENABLED", "--debug" in sys.argv, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    running = process.crawl(crawler, **arguments)
    gc.freeze()  # what is there now stays to the end: the collector need not look at it again
    with CrawlProgress(crawler, console):
        process.start()
    if running.done() and (error := running.exception()) is not None:
        raise error
    return crawler


def changed_settings(
    texts: Iterable[str], *, contact: str = "", allowed_hosts: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the settings of ``-s NAME=VALUE``, ``--contact`` and ``--allow-host``.

    Raises typer.Exit(ExitCode.USAGE), after one line, for what is no NAME=VALUE, and for a name
    that only looks like one of newscrawl's.
    """
    changed: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            fail(f"-s {text}: a setting is written NAME=VALUE")
        changed[name.strip()] = value
    _check_names(changed)
    if contact:
        changed["NEWSCRAWL_CONTACT"] = contact
    if allowed_hosts:
        given = changed.get("NEWSCRAWL_ALLOWED_HOSTS", "")
        named = [host.strip() for host in given.split(",") if host.strip()]
        changed["NEWSCRAWL_ALLOWED_HOSTS"] = [*named, *allowed_hosts]
    return changed


def _check_names(changed: Iterable[str]) -> None:
    from newscrawl import settings

    known = [name for name in vars(settings) if name.startswith("NEWSCRAWL_")]
    for name in changed:
        if name.startswith("NEWSCRAWL_") and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            fail(f"-s {name}: newscrawl has no such setting{hint}")


def _prepare(rejects: Path, *, overwrite: bool) -> None:
    try:
        rejects.parent.mkdir(parents=True, exist_ok=True)
        if overwrite:
            rejects.unlink(missing_ok=True)
    except OSError as error:
        fail(f"cannot write {error.filename}: {error.strerror}", ExitCode.OUTPUT)
