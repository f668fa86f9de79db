"""``newscrawl archive``: WARC files to records."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newscrawl.cli.console import console, fail, warn
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.workers.ordered_map import processors
from newscrawl.workers.pool import preload, prepare_workers

if TYPE_CHECKING:
    from newscrawl.archive.run import ArchiveRun

_LARGE = 2_000_000
"""Bytes of a WARC file that take a process longer than starting others."""


def archive(  # noqa: PLR0913, PLR0917 - a parameter is an option of the command
    context: typer.Context,
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="WARC|DIR|URL|LIST...",
            help="WARC files (plain, gzip, zstd), folders with their subfolders, addresses, and "
            "text files that list any of these, one a line, plain or .gz.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="DIR", help="The folder for the records, a file a WARC file."
        ),
    ],
    host: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Only pages of it and its subdomains; repeatable."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Only articles in it: en, pt-BR; repeatable."),
    ] = None,
    to: Annotated[
        str, typer.Option(metavar="FORMAT", help="jsonl, jsonl.gz, jsonl.zst or parquet.")
    ] = "jsonl",
    duplicates: Annotated[
        bool,
        typer.Option(
            "--duplicates", help="Also keep an article that was there before with the same text."
        ),
    ] = False,
    base: Annotated[
        str,
        typer.Option(metavar="PREFIX", help="What comes before the relative names in a list."),
    ] = "",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HOST",
            help="A host or network to fetch WARC files from that is not public; repeatable.",
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; default: one a processor.")
    ] = None,
    withhold_body: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RESERVATION",
            help="Leave out the body of pages that have it: noindex, noarchive, tdm-reservation; "
            "repeatable.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The summary as JSON, on standard error.")
    ] = False,
) -> None:
    """Make records of the pages in web archives (WARC files).

    Each WARC file becomes DIR/NAME.jsonl, and DIR/rejects/NAME.jsonl has the pages that gave no
    record. Run it again to go on after a kill: what is finished is not done again, a WARC file
    that has changed is. A broken record costs itself alone.

    \b
    Examples:
    newscrawl archive crawl.warc.gz -o records
    newscrawl archive warcs/ -o records --host example.org --language en
    newscrawl archive warc.paths.gz --base https://data.commoncrawl.org/ -o records
    newscrawl archive https://intranet.example/a.warc.gz --allow-host intranet.example -o records
    """
    if (jobs or processors()) > 1 and any(map(_is_large, targets)):
        preload("newscrawl.archive.run", "newscrawl.cli")
        prepare_workers()  # they load their modules while this process loads its own
    run = _prepared(
        targets, output, base, allow_host or [],
        hosts=host or [], languages=language or [], to=to, duplicates=duplicates,
        withhold=withhold_body or [],
    )  # fmt: skip
    run.jobs = jobs
    run.debug = bool((context.obj or {}).get("debug"))
    from newscrawl.archive import OtherOptionsError
    from newscrawl.records.output import OutputError

    start = perf_counter()
    try:
        run.run()
    except OtherOptionsError as error:
        fail(str(error))
    except OutputError as error:
        fail(f"{error}; what is finished stays, run it again to go on", ExitCode.OUTPUT)
    _report(run, perf_counter() - start, as_json=as_json)
    raise typer.Exit(_exit_code(run))


def _is_large(target: str) -> bool:
    """Return whether a file, or one of a folder's, is worth starting workers for."""
    folder = Path(target)
    files = folder.rglob("*.warc*") if folder.is_dir() else (folder,)
    with suppress(OSError):  # of what cannot be read, the run tells
        return any(file.stat().st_size > _LARGE for file in files)
    return False


def _prepared(
    targets: list[str],
    output: Path,
    base: str,
    allowed_hosts: list[str],
    **chosen: Any,
) -> ArchiveRun:
    """Return the run; ``chosen`` is what `Options.of` takes."""
    try:
        from newscrawl.archive import Options
        from newscrawl.archive.converting import guard_of
        from newscrawl.archive.pieces import Pieces
        from newscrawl.archive.run import ArchiveRun
    except ImportError as error:
        if error.name is None or error.name.startswith("newscrawl"):
            raise
        fail(f"{error.name} is not installed: pip install 'newscrawl[archive]'")
    from newscrawl.records.output import OutputError

    try:
        options = Options.of(**chosen)
        guard = guard_of(allowed_hosts)
    except ValueError as error:
        fail(str(error).replace("NEWSCRAWL_ALLOWED_HOSTS", "--allow-host"))
    if options.to == "parquet" and find_spec("pyarrow") is None:
        fail("--to parquet needs pyarrow: pip install 'newscrawl[export]'")
    try:
        return ArchiveRun(targets, base, Pieces(output, options), guard, warn, console)
    except OutputError as error:
        fail(str(error), ExitCode.OUTPUT)


def _report(run: ArchiveRun, seconds: float, *, as_json: bool) -> None:
    if as_json:
        summary = {
            "files": run.done,
            "finished_before": run.done_before,
            "unreadable": run.problems,
            **run.tally.to_dict(),
            "seconds": round(seconds, 3),
        }
        print(json.dumps(summary, ensure_ascii=False), file=sys.stderr)
        return
    from newscrawl.cli.summary import by_name, pace, print_counts

    tally = run.tally
    remarks = [f"{run.done_before} finished before"] if run.done_before else []
    remarks += [f"{len(run.problems)} could not be read"] if run.problems else []
    rows = [
        ("WARC files", run.done, ", ".join(remarks)),
        ("pages", tally.pages, pace(tally.pages, seconds)),
        ("articles", tally.articles, ""),
        ("rejects", tally.rejects.total(), by_name(dict(tally.rejects.most_common()))),
        ("skipped", tally.skipped.total(), by_name(dict(tally.skipped.most_common()))),
    ]
    if tally.incomplete:
        rows.append(("incomplete", tally.incomplete, "a page of the article is not in the file"))
    print_counts(rows, tally.filled, tally.articles, console)


def _exit_code(run: ArchiveRun) -> ExitCode:
    rejects = run.tally.rejects
    if rejects["internal"] or rejects["crashed"]:
        return ExitCode.INTERNAL
    if not run.tally.articles and not run.before.articles:
        return ExitCode.NOTHING
    return ExitCode.PARTIAL if run.problems or run.tally.broken else ExitCode.OK
