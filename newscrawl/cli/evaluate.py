"""``newscrawl evaluate``: how good and how fast extraction is on pages with known truth."""

from __future__ import annotations

import json
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.evaluation.dataset import Sample
    from newscrawl.evaluation.report import Report
    from newscrawl.evaluation.runner import PageResult


def evaluate(  # noqa: PLR0913, PLR0917 - a parameter is an option of the command
    directories: Annotated[
        list[Path],
        typer.Argument(metavar="DIR", help="Folders with truth.jsonl and html/ID.html.gz."),
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
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="So many pages a folder.")
    ] = None,
    jobs: Annotated[
        int, typer.Option(metavar="N", min=1, help="Processes; the time is taken with 1 only.")
    ] = 1,
    compare: Annotated[
        str,
        typer.Option(metavar="PEER,...", help="Run these installed extractors on the same pages."),
    ] = "",
    field: Annotated[
        Literal["body", "headline", "date", "instant", "caption", "authors", "kind"] | None,
        typer.Option(help="Write each wrong answer for this field to standard output."),
    ] = None,
    errors: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many of the worst pages --html shows.")
    ] = 20,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the worst pages here, expected and found side by side."
        ),
    ] = None,
    ablate: Annotated[
        bool,
        typer.Option(
            "--ablate", help="Measure what each rule of the body gains, switching it off."
        ),
    ] = False,
    disturb: Annotated[
        bool,
        typer.Option(
            "--disturb", help="Measure what changes that no reader sees cost the body's F1."
        ),
    ] = False,
    floor: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="End with code 6 if a figure is below the one in this file."
        ),
    ] = None,
) -> None:
    """Measure extraction, field by field, against the truth about saved pages.

    Tables go to standard error. A peer that fails on a page has given an empty answer.

    \b
    Examples:
    newscrawl evaluate pages/ --compare trafilatura
    newscrawl evaluate pages/ --split dev --field date
    newscrawl evaluate pages/ --errors 20 --html worst.html
    newscrawl evaluate pages/ --disturb
    """
    from newscrawl.cli.console import console, fail, warn
    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.evaluation.floor import FloorError, falls, load_floors
    from newscrawl.evaluation.mistakes import mistakes
    from newscrawl.evaluation.peers import PeerError
    from newscrawl.evaluation.report import report
    from newscrawl.evaluation.runner import extractors
    from newscrawl.evaluation.table import print_report

    if as_json and field:
        fail("--json and --field both write to standard output; choose one")
    peers = tuple(name.strip() for name in compare.split(",") if name.strip())
    try:
        extractors(peers)
        floors = load_floors(floor) if floor else {}
        folders = [(path, load(path, split=split, limit=limit)) for path in directories]
    except (DatasetError, FloorError, PeerError) as error:
        fail(str(error))

    if ablate or disturb:
        _measure_body(folders, ablate=ablate, disturb=disturb)
        raise typer.Exit(ExitCode.OK)
    reports: list[Report] = []
    everything: list[PageResult] = []
    for path, samples in folders:
        results = _run(samples, peers, jobs, path.name)
        reports.append(report(path.resolve().name, results, timed=jobs == 1, by=by))
        everything += results
        print_report(reports[-1], console)
        _print_calibration(results)
    _warn_of_bugs(everything)
    if as_json:
        json.dump([item.to_dict() for item in reports], sys.stdout, indent=2)
        sys.stdout.write("\n")
    if field:
        for mistake in mistakes(everything, field):
            sys.stdout.write(json.dumps(mistake.to_dict(), ensure_ascii=False) + "\n")
    if html:
        _write_errors_page(html, everything, errors)
    below = falls(reports, floors)
    for line in below:
        warn(line)
    raise typer.Exit(ExitCode.FLOOR if below else ExitCode.OK)


def _print_calibration(results: list[PageResult]) -> None:
    """Print how the confidence of bodies compares with their F1."""
    import numpy as np

    from newscrawl.cli.console import console
    from newscrawl.evaluation.calibration import Calibration, calibration_lines

    found = [
        (outcome.answer.confidence, outcome.scores["f1"])
        for result in results
        if (outcome := result.outcomes[0]).answer.confidence is not None and "f1" in outcome.scores
    ]
    if found:
        confidences, f1 = np.array(found, dtype=np.float64).T
        for line in calibration_lines(Calibration(confidences, f1)):
            console.print(f"  {line}", markup=False, soft_wrap=True, highlight=False)


def _measure_body(folders: list[tuple[Path, list[Sample]]], *, ablate: bool, disturb: bool) -> None:
    from newscrawl.cli.console import console
    from newscrawl.evaluation.ablation import ablate as ablate_rules
    from newscrawl.evaluation.disturbances import stock_of
    from newscrawl.evaluation.robustness import measure_robustness
    from newscrawl.evaluation.table import print_ablation, print_robustness
    from newscrawl.extraction.overrides import Overrides

    names = [path.resolve().name for path, _ in folders]
    if ablate:
        overrides = Overrides()
        found = [ablate_rules((sample, overrides) for sample in listed) for _, listed in folders]
        print_ablation(dict(zip(names, found, strict=True)), console)
    if disturb:
        stock = stock_of([sample for _, listed in folders for sample in listed])
        costs = [measure_robustness(listed, stock) for _, listed in folders]
        print_robustness(dict(zip(names, costs, strict=True)), console)


def _run(samples: list[Sample], peers: tuple[str, ...], jobs: int, name: str) -> list[PageResult]:
    from rich.progress import track

    from newscrawl.cli.console import console, fail
    from newscrawl.evaluation.dataset import DatasetError
    from newscrawl.evaluation.runner import run

    try:
        return list(
            track(
                run(samples, peers=peers, jobs=jobs),
                description=name,
                total=len(samples),
                console=console,
                transient=True,
                disable=not console.is_terminal,
            )
        )
    except DatasetError as error:
        fail(str(error))
    except BrokenProcessPool:
        fail(f"{name}: a worker process died; find the page with --jobs 1", ExitCode.INTERNAL)


def _warn_of_bugs(results: list[PageResult]) -> None:
    """Name each page on which newscrawl raised what its API does not allow."""
    from newscrawl.cli.console import warn

    for result in results:
        error = result.outcomes[0].error
        if error and not error.startswith("NotAPageError"):
            warn(f"bug: page {result.truth.id}: {error}")


def _write_errors_page(path: Path, results: list[PageResult], count: int) -> None:
    from newscrawl.cli.console import fail, say
    from newscrawl.evaluation.errors_page import errors_page
    from newscrawl.evaluation.mistakes import worst

    pages = worst(results, count)
    try:
        path.write_text(errors_page("Worst pages", pages), encoding="utf-8")
    except OSError as error:
        fail(f"{path}: cannot be written ({error.strerror})", ExitCode.OUTPUT)
    say(f"worst pages: {len(pages)} in {path}")
