"""``newscrawl extract``: saved pages and text dumps to records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def extract(  # noqa: PLR0913, PLR0917 - a parameter is an option of the command
    context: typer.Context,
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|DIR|GLOB|-",
            help="Saved pages (.html, .htm, .xhtml, .shtml, .mhtml, also .gz) and text dumps "
            "(.txt); a folder with its subfolders; - for one page on standard input.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="JSON Lines; default: standard output."
        ),
    ] = None,
    url: Annotated[
        str, typer.Option(metavar="URL", help="The address that the one page was saved from.")
    ] = "",
    urls: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv|.jsonl",
            help="Addresses of the pages, in the columns file and url. Without a target: also the "
            "list of the pages.",
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes; default: one a processor.")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="JSON Lines of the pages that gave no record, and why."),
    ] = None,
    fetched_at: Annotated[
        str,
        typer.Option(
            metavar="TIME|mtime",
            help="When the pages were fetched, in ISO 8601 with an offset, or mtime for each "
            "file's time of change. Relative dates count from it.",
        ),
    ] = "",
    withhold_body: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RESERVATION",
            help="Leave out the body of pages that have it: noindex, noarchive, tdm-reservation; "
            "repeatable.",
        ),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Also show what each field could have been, and why it is what it is."
        ),
    ] = False,
) -> None:
    """Make records of saved pages and of plain-text dumps of pages.

    Records come out in the order of the pages. A page that gives none is named on standard
    error, or in the file of --rejects. A page whose address is not given is known by the
    canonical address that it states, else by its file's.

    \b
    Examples:
    newscrawl extract page.html --url https://www.example.org/a
    newscrawl extract saved/ dump.txt -o records.jsonl --rejects rejects.jsonl
    newscrawl extract --urls pages.csv -o records.jsonl
    newscrawl extract page.html --explain
    """
    from newscrawl.cli.batch import Batch

    if explain:
        from newscrawl.cli.explain import explain_pages

        explain_pages(targets or [], url)
    batch = Batch(
        targets=targets or [],
        output=output,
        url=url,
        urls=urls,
        jobs=jobs,
        rejects=rejects,
        fetched_at=fetched_at,
        withhold=withhold_body or [],
        debug=bool((context.obj or {}).get("debug")),
    )
    raise typer.Exit(batch.run())
