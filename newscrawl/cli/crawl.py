"""``newscrawl crawl``: start addresses in, article records out, by Scrapy in this process."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from newscrawl.cli.console import console, fail, say, warn
from newscrawl.cli.crawl_run import run_crawl
from newscrawl.cli.crawl_settings import changed_settings
from newscrawl.cli.crawl_summary import exit_code_of, show_summary
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.site_list.site_list import SiteEntry, SiteList
    from newscrawl.stats.run_summary import RunSummary

_STDOUT = Path("-")


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
    sites: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A site list (TOML); newscrawl sites new writes its entries."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this outlet of the site list; repeatable."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Append records; a name ending in .gz or .zst is compressed. "
            "[default: -, standard output]",
            show_default=False,
        ),
    ] = None,
    per_run: Annotated[
        bool,
        typer.Option(
            "--per-run",
            help="One file per run, named by its start time; it appears only when complete.",
        ),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Begin the output and the rejects file anew.")
    ] = False,
    state: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="Remember what was seen: only new and changed articles are written; a file, or "
            "postgresql://USER@HOST/DATABASE. [default: LIST.state with --sites LIST.toml]",
            show_default=False,
        ),
    ] = None,
    no_state: Annotated[
        bool, typer.Option("--no-state", help="Remember nothing, with --sites neither.")
    ] = False,
    frontier: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Crawl with other workers: redis://HOST, the same for all of them.",
            show_default=False,
        ),
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Pages that became no record, and why. [default: rejects.jsonl beside the output]",
            show_default=False,
        ),
    ] = None,
    warc: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR|FILE.warc.gz",
            help="Also keep every answer in WARC files, for newscrawl archive.",
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("-s", "--set", metavar="NAME=VALUE", help="A Scrapy setting; repeatable."),
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=0, help="Fetch at most N pages; 0 is no limit.")
    ] = 0,
    max_articles: Annotated[
        int, typer.Option(metavar="N", min=0, help="End after N records; 0 is no limit.")
    ] = 0,
    since: Annotated[
        str,
        typer.Option(
            metavar="TIME", help="Only published since: a day, a time, or an age such as 7d."
        ),
    ] = "",
    until: Annotated[
        str, typer.Option(metavar="TIME", help="Only published until; a day counts whole.")
    ] = "",
    match: Annotated[
        list[str] | None,
        typer.Option(metavar="REGEX", help="Only articles at such addresses; repeatable."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="REGEX", help="No articles at such addresses; repeatable."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Only in this language, en for en-GB too; repeatable."),
    ] = None,
    contact: Annotated[
        str,
        typer.Option(metavar="URL|MAIL", help="Where sites can reach you; goes into User-Agent."),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A host or network of your own that is not public; repeatable.",
        ),
    ] = None,
    summary_file: Annotated[
        Path | None,
        typer.Option("--summary", metavar="FILE", help="Append the summary as a line of JSON."),
    ] = None,
    fail_on_drift: Annotated[
        bool,
        typer.Option("--fail-on-drift", help="Exit with code 7 if a site has drifted."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The summary as JSON, on standard error.")
    ] = False,
) -> None:
    """Crawl news: TARGETs or a site list in, article records out as JSON Lines.

    Ends with 0 when all went well, 2 when the command line or the site list is wrong, 3 when a
    target could not be fetched, 4 when there was no article at all, 5 when the output or the
    state could not be written, 7 for drift with --fail-on-drift. A run that finds nothing new
    ends with 0.

    \b
    Examples:
    newscrawl crawl https://www.example.org/ -o news.jsonl
    newscrawl crawl --from feeds.txt --limit 500 -o news.jsonl
    newscrawl crawl https://www.example.org/ --since 7d --max-articles 100 --language en
    newscrawl crawl https://www.example.org/ -o news.jsonl --state news.state
    newscrawl crawl --sites sites.toml -o news.jsonl.gz --warc warcs/
    newscrawl crawl --sites sites.toml --only "The Example" --per-run -o news.jsonl
    newscrawl crawl --sites s.toml --frontier redis://db --state postgresql://db/n -o out/n.jsonl
    newscrawl crawl https://www.example.org/feed -s DOWNLOAD_DELAY=2 | jq .headline
    newscrawl crawl http://intranet.example/ --allow-host intranet.example
    """
    entries, listed_contact = _entries(sites, only or [])
    addresses = _addresses(targets or [], urls_file, needed=not entries)
    changed = changed_settings(settings or (), contact=contact, allowed_hosts=allow_host or ())
    _check_browser(entries, changed.get("NEWSCRAWL_BROWSER", ""))
    scope = _scope(since, until, match or [], exclude or [], language or [])
    if limit:
        changed["NEWSCRAWL_MAX_PAGES"] = limit
    if listed_contact:
        changed.setdefault("NEWSCRAWL_CONTACT", listed_contact)
    if per_run and (output is None or output == _STDOUT):
        fail("--per-run needs a file: name it with -o")
    if summary_file is not None:
        changed["NEWSCRAWL_SUMMARY"] = str(summary_file)
    if warc is not None:
        _check_warc(warc)
        changed["NEWSCRAWL_WARC"] = str(warc)
    if frontier is not None:
        _check_worker(overwrite=overwrite)
        changed["NEWSCRAWL_FRONTIER"] = frontier
    if state is None and sites is not None:
        state = str(sites.with_suffix(".state"))
    summary = run_crawl(
        addresses,
        output,
        entries=entries,
        rejects=rejects,
        overwrite=overwrite,
        per_run=per_run,
        state=None if no_state else state,
        settings=changed,
        scope={**scope, "max_articles": max_articles},
    )
    if summary.output_error and not summary.pages:
        fail(f"the output cannot be written: {summary.output_error}", ExitCode.OUTPUT)
    if not changed.get("NEWSCRAWL_CONTACT"):
        say("sites cannot tell who crawls them: give --contact a web or mail address of yours")
    report_crawl(summary, as_json=as_json)
    raise typer.Exit(exit_code_of(summary, fail_on_drift=fail_on_drift))


def _entries(path: Path | None, only: Sequence[str]) -> tuple[tuple[SiteEntry, ...], str]:
    """Return the entries of a site list that are wanted, and the contact that it names."""
    if path is None:
        if only:
            fail("--only chooses from a site list: name it with --sites")
        return (), ""
    listed = load_site_list(path)
    from newscrawl.site_list.site_list import SiteListError

    try:
        entries = listed.chosen(only)
    except SiteListError as error:
        _refuse(error.problems)
    if not entries:
        fail(f"{path}: none of its sites is enabled; name those you want with --only")
    return entries, listed.contact


def _scope(
    since: str, until: str, match: list[str], exclude: list[str], language: list[str]
) -> dict[str, Any]:
    """Return the scope as arguments of the spider; ends the command for one that makes no sense."""
    from newscrawl.discovery.scope import parse_scope

    scope: dict[str, Any] = {
        "since": since, "until": until, "match": match, "exclude": exclude, "language": language,
    }  # fmt: skip
    try:
        parse_scope(**scope, now=time.time())
    except ValueError as error:
        fail(f"--{error}")
    return scope


def _check_browser(entries: Sequence[SiteEntry], browser: str) -> None:
    if any(entry.render for entry in entries):
        from newscrawl.rendering.browser import BrowserMissingError, find_browser

        try:
            find_browser(browser)
        except BrowserMissingError as error:
            fail(str(error))


def _check_worker(*, overwrite: bool) -> None:
    if overwrite:
        fail("--overwrite would begin anew what other workers write: leave it out")


def _check_warc(path: Path) -> None:
    if path.suffix in (".warc", ".gz", ".zst") and not path.name.endswith(".warc.gz"):
        fail(f"--warc {path}: the name of a WARC file ends in .warc.gz, any other is a folder's")
    try:
        import fastwarc  # noqa: F401
    except ImportError:
        fail("--warc needs FastWARC: pip install 'newscrawl[archive]'")


def load_site_list(path: Path) -> SiteList:
    """Return a site list; raises typer.Exit(ExitCode.USAGE) after one line for each mistake."""
    from newscrawl.site_list.site_list import SiteListError, read_site_list

    try:
        return read_site_list(path)
    except SiteListError as error:
        _refuse(error.problems)


def _refuse(problems: Sequence[str]) -> NoReturn:
    for problem in problems:
        say(problem)
    raise typer.Exit(ExitCode.USAGE)


def _addresses(targets: list[str], urls_file: Path | None, *, needed: bool) -> list[str]:
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
    if not texts and needed:
        fail("nothing to crawl: name a TARGET, a file of them with --from, or a list with --sites")
    addresses = []
    for text in texts:
        try:
            addresses.append(target_url(text))
        except ValueError as error:
            hint = "; for a file of addresses use --from" if Path(text).is_file() else ""
            fail(f"{error}{hint}")
    return addresses


def report_crawl(summary: RunSummary, *, as_json: bool = False) -> None:
    """Show the summary on standard error, then a line for each thing that went wrong."""
    if as_json:
        print(json.dumps(summary.to_dict(), ensure_ascii=False), file=sys.stderr)
    else:
        show_summary(summary, console)
    for target in summary.failed_targets:
        warn(f"could not fetch {target.url}: {target.detail} ({target.reason})")
    for listing in summary.damaged_listings:
        warn(f"{listing.url} is damaged: {listing.damage}; it is read again in the next run")
    if summary.output_error:
        warn(f"the output could not be written: {summary.output_error}")
    if summary.state_error:
        warn(f"the state could not be written: {summary.state_error}")
    if summary.frontier_error:
        warn(f"the frontier could not be used: {summary.frontier_error}")
    for alarm in summary.alarms:
        warn(f"drift: {alarm.site}: {alarm.what}: {alarm.detail}")
    if summary.internal_errors:
        warn(f"{summary.internal_errors} internal errors; run again with --debug to see them")
