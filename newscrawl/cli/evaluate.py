"""``newscrawl evaluate``: how good and how fast extraction is on pages with known truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.evaluation.report import Report
    from newscrawl.evaluation.runner import PageResult


def evaluate(
    directories: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="Folders with truth.jsonl and html/ID.html.gz."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Also write the reports as JSON to standard output.")
    ] = False,
    by: Annotated[
        Literal["publisher", "language"] | None,
        typer.Option(help="A row for each group of pages too."),
    ] = None,
    split: Annotated[
        Literal["dev", "held-out", "all"],
        typer.Option(help="held-out: all pages of one publisher in four; dev: the others."),
    ] = "all",
    limit: Annotated[int | None, typer.Option(min=1, help="So many pages a folder.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes; the time is taken with 1 only.")] = 1,
    compare: Annotated[
        str | None,
        typer.Option(metavar="PEER,...", help="Run these installed extractors on the same pages."),
    ] = None,
) -> None:
    """Measure extraction, field by field, against the truth about saved pages."""
    from newscrawl.cli.console import console, fail
    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.evaluation.peers import PeerError
    from newscrawl.evaluation.report import report
    from newscrawl.evaluation.runner import extractors, run
    from newscrawl.evaluation.table import print_report

    peers = tuple(name.strip() for name in (compare or "").split(",") if name.strip())
    try:
        extractors(peers)
        folders = {folder: load(folder, split=split, limit=limit) for folder in directories}
    except (DatasetError, PeerError) as error:
        fail(str(error))
    reports: list[Report] = []
    for folder, samples in folders.items():
        results: list[PageResult] = list(run(samples, peers=peers, jobs=jobs))
        reports.append(report(folder.name, results, timed=jobs == 1, by=by))
        print_report(reports[-1], console)
    if as_json:
        json.dump([item.to_dict() for item in reports], sys.stdout, indent=2)
        sys.stdout.write("\n")
    raise typer.Exit(ExitCode.OK)
