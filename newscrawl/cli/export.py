"""``newscrawl export``: records in the formats that analysts and other newsrooms read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from newscrawl.items import ARTICLE_KINDS


class Revisions(StrEnum):
    """The revisions of an article to export."""

    LATEST = "latest"
    ALL = "all"


def _format_names() -> list[str]:
    from newscrawl.records.export import all_formats

    return list(all_formats())


def export(  # noqa: PLR0913, PLR0917 - a parameter is an option of the command
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|DIR|GLOB|-",
            help="JSON Lines of records, also .gz and .zst; a folder with its subfolders; - for "
            "standard input.",
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            autocompletion=_format_names,
            help="parquet, csv, json-ld, ninjs, duckdb, sqlite, or one that a package adds.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Where it goes; - is standard output, for csv, json-ld and ninjs.",
        ),
    ],
    site: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Only of this host and its subdomains; repeatable."),
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="DAY", help="Only published on or after it: 2024-05-06.")
    ] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Only published on or before it.")] = "",
    language: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG", help="Only in this language, en for en-GB too; repeatable."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help=f"Only of this kind: {', '.join(sorted(ARTICLE_KINDS))}; repeatable.",
        ),
    ] = None,
    revisions: Annotated[
        Revisions | None,
        typer.Option(
            help="The latest of each article, or all. [default: latest; for duckdb and sqlite, "
            "which have a place for them, all]"
        ),
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="For csv: begin with a byte-order mark, as Excel wants.")
    ] = False,
    bad: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where lines go that could not be read, as they were."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is there.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The summary as JSON, on standard error.")
    ] = False,
) -> None:
    """Write records as Parquet, CSV, JSON-LD, ninjs or a database.

    The output takes its place when it is whole; a file that is there is replaced only with
    --force. Lines that cannot be read are named with file, line and reason, and the rest is done.

    \b
    Examples:
    newscrawl export news.jsonl.gz --to parquet -o news.parquet
    newscrawl export archive/ --to sqlite -o news.sqlite --since 2024-01-01 --language en
    newscrawl export news.jsonl --to csv --bom --site example.org -o for-excel.csv
    newscrawl export news.jsonl --to ninjs -o - | jq .headlines
    """
    from newscrawl.cli.console import fail
    from newscrawl.cli.export_run import Export
    from newscrawl.cli.record_options import filters_of
    from newscrawl.records.export import FormatError, find_format
    from newscrawl.records.export.formats import with_byte_order_mark

    try:
        target = find_format(to)
    except FormatError as error:
        fail(f"--to: {error}")
    run = Export(
        targets=targets,
        target=with_byte_order_mark(target) if bom and to == "csv" else target,
        output=output,
        filters=filters_of(site or [], since, until, language or [], kind or []),
        all_revisions=target.all_revisions if revisions is None else revisions is Revisions.ALL,
        bad=bad,
        force=force,
        as_json=as_json,
    )
    raise typer.Exit(run.run())
