"""``newscrawl crawl``: start addresses in, article records out, by Scrapy in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from newscrawl.cli.console import console, fail, say, warn
from newscrawl.cli.crawl_summary import CrawlSummary, show_summary
from newscrawl.cli.exit_codes import ExitCode

_STDOUT = Path("-")
_LOG_SETTINGS = ("LOG_ENABLED", "LOG_FILE", "LOG_LEVEL")


def crawl(  # noqa: PLR0913, PLR0917 - the options of the command line
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TARGET...",
            help="Where to start: an article, a section, a feed, a sitemap or a site's front page.",
            show_default=False,
        ),
    ] = None,
    urls_file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Read more targets from a file, one a line."),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Append records; - is stdout.")
    ] = _STDOUT,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Begin the output and the rejects file anew.")
    ] = False,
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Pages that became no record, and why. [default: rejects.jsonl beside the output]",
            show_default=False,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("-s", "--set", metavar="NAME=VALUE", help="A Scrapy setting; repeatable."),
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=0, help="Fetch at most N pages; 0 is no limit.")
    ] = 0,
    contact: Annotated[
        str,
        typer.Option(metavar="URL|MAIL", help="Where sites can reach you; goes into User-Agent."),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="The summary as JSON, on standard error.")
    ] = False,
) -> None:
    """Crawl news: TARGETs in, article records out as JSON Lines.

    Ends with 0 when all went well, 3 when a target could not be fetched, 4 when there was no
    article at all, 5 when the output could not be written.

    \b
    Examples:
    newscrawl crawl https://www.example.org/ -o news.jsonl
    newscrawl crawl --from feeds.txt --limit 500 -o news.jsonl
    newscrawl crawl https://www.example.org/feed -s DOWNLOAD_DELAY=2 | jq .headline
    """
    addresses = _addresses(targets or [], urls_file)
    changed: dict[str, Any] = dict(_setting(text) for text in settings or ())
    if limit:
        changed["NEWSCRAWL_MAX_PAGES"] = limit
    if contact:
        changed["NEWSCRAWL_CONTACT"] = contact
    summary = run_crawl(
        addresses,
        None if output == _STDOUT else output,
        rejects=rejects,
        overwrite=overwrite,
        settings=changed,
    )
    if not changed.get("NEWSCRAWL_CONTACT"):
        say("sites cannot tell who crawls them: give --contact a web or mail address of yours")
    report_crawl(summary, as_json=as_json)
    raise typer.Exit(summary.exit_code)


def run_crawl(
    targets: Sequence[str],
    output: Path | None = None,
    *,
    rejects: Path | None = None,
    overwrite: bool = False,
    settings: Mapping[str, Any] | None = None,
    progress: bool = True,
) -> CrawlSummary:
    """Crawl ``targets`` in this process and return what came of it; once a process.

    ``output`` None is standard output; ``rejects`` is by default ``rejects.jsonl`` beside the
    output. Both are appended to, or begun anew with ``overwrite``. ``settings`` are Scrapy's and
    newscrawl's, and win over the project's. Scrapy's log is silent unless they name a level or a
    file for it, or ``--debug`` is on the command line.

    Raises typer.Exit(ExitCode.OUTPUT), after one line on standard error, for files that cannot be
    written, and ValueError for a target that is no web address.
    """
    from scrapy.crawler import AsyncCrawlerProcess

    from newscrawl.cli.crawl_progress import CrawlProgress

    if rejects is None:
        rejects = (output.parent if output else Path()) / "rejects.jsonl"
    _check_writable(output, rejects, overwrite=overwrite)
    process = AsyncCrawlerProcess(
        _scrapy_settings(output, rejects, overwrite=overwrite, changed=settings or {})
    )
    crawler = process.create_crawler("news")
    running = process.crawl(crawler, urls=list(targets))
    if progress:
        with CrawlProgress(crawler, console):
            process.start()
    else:
        process.start()
    if running.done() and (error := running.exception()) is not None:
        raise error
    failed = getattr(crawler.spider, "failed_targets", {})
    return CrawlSummary.from_stats(crawler.stats.get_stats(), failed)


def _scrapy_settings(
    output: Path | None, rejects: Path, *, overwrite: bool, changed: Mapping[str, Any]
) -> Any:
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(dict(changed), priority="cmdline")
    feed: dict[str, Any] = {"format": "jsonlines"}
    if output is not None:
        feed["overwrite"] = overwrite
    settings.set("FEEDS", {output or "stdout:": feed}, priority="cmdline")
    settings.set("NEWSCRAWL_REJECTS", str(rejects), priority="cmdline")
    if not any(name in changed for name in _LOG_SETTINGS):
        settings.set("LOG_ENABLED", "--debug" in sys.argv, priority="cmdline")
    return settings


def _check_writable(output: Path | None, rejects: Path, *, overwrite: bool) -> None:
    try:
        if output is not None:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.open("ab").close()
        if overwrite:
            rejects.unlink(missing_ok=True)
    except OSError as error:
        fail(f"cannot write {error.filename}: {error.strerror}", ExitCode.OUTPUT)


def _addresses(targets: list[str], urls_file: Path | None) -> list[str]:
    from newscrawl.discovery import target_url
    from newscrawl.spiders.starts import read_urls

    texts = list(targets)
    if urls_file is not None:
        try:
            texts += read_urls(urls_file)
        except OSError as error:
            fail(f"cannot read {urls_file}: {error.strerror}")
        except UnicodeDecodeError:
            fail(f"cannot read {urls_file}: it is not UTF-8 text")
    if not texts:
        fail("nothing to crawl: name a TARGET, or a file of them with --from")
    addresses = []
    for text in texts:
        try:
            addresses.append(target_url(text))
        except ValueError as error:
            hint = "; for a file of addresses use --from" if Path(text).is_file() else ""
            fail(f"{error}{hint}")
    return addresses


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        fail(f"-s {text}: a setting is written NAME=VALUE")
    return name.strip(), value


def report_crawl(summary: CrawlSummary, *, as_json: bool = False) -> None:
    """Show the summary on standard error, then a line for each thing that went wrong."""
    if as_json:
        print(json.dumps(summary.to_dict(), ensure_ascii=False), file=sys.stderr)
    else:
        show_summary(summary, console)
    for target in summary.failed_targets:
        warn(f"could not fetch {target.url}: {target.detail} ({target.reason})")
    if summary.output_error:
        warn(f"the output could not be written: {summary.output_error}")
    if summary.internal_errors:
        warn(f"{summary.internal_errors} internal errors; run again with --debug to see them")
