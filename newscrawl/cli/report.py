"""``newscrawl report``: a crawl to look at, as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="OUT",
            help="Records: .jsonl files, also .gz and .zst; folders, glob patterns, - for stdin.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="The report; - is standard output."),
    ] = Path("report.html"),
    state: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL",
            help="The crawl's state, a file or postgresql:// address: its runs and drift alarms.",
        ),
    ] = None,
    summaries: Annotated[
        list[Path] | None,
        typer.Option("--summary", metavar="FILE", help="Summaries of runs; repeatable."),
    ] = None,
    rejects: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Pages that became no record; repeatable. [default: rejects.jsonl beside OUT]",
            show_default=False,
        ),
    ] = None,
    articles: Annotated[
        int, typer.Option(metavar="N", min=1, help="The newest N articles can be read in it.")
    ] = 20_000,
    max_size: Annotated[
        float, typer.Option(metavar="MB", min=1, help="Size of the report; bodies are cut to it.")
    ] = 15,
) -> None:
    """Make one HTML file of a crawl: charts, drift, rejects, and every article to read and search.

    It opens from disk in any browser of 2024 or newer, asks the network for nothing, and can be
    sent to others as it is. Lines that cannot be read are named, and the report says so, too: then
    it ends with 3, without a single article with 4.

    \b
    Examples:
    newscrawl report news.jsonl
    newscrawl report news.jsonl --state news.state -o report.html
    newscrawl report archive/ --summary runs.jsonl --rejects rejects.jsonl -o report.html
    newscrawl report 'news-2026-*.jsonl.gz' --max-size 40 -o november.html
    """
    from newscrawl.cli.report_run import ReportRun

    run = ReportRun(
        targets=targets,
        output=output,
        state=state,
        summaries=summaries or [],
        rejects=rejects,
        articles=articles,
        max_size=max_size,
    )
    raise typer.Exit(run.run())
