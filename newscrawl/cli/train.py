"""``newscrawl train``: learn the weights of body or kind from pages with known truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.evaluation.disturbances import Stock
    from newscrawl.evaluation.metrics import Figures
    from newscrawl.evaluation.training.cross_validation import Learned

_COPIES = 1
"""Changed copies of each page that the body is learned from besides."""


def train(
    directories: Annotated[
        list[Path],
        typer.Argument(metavar="DIR", help="Folders with truth.jsonl and html/ID.html.gz."),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where the weights go.")
    ] = None,
    split: Annotated[
        Literal["dev", "all"],
        typer.Option(help="dev: leave the held-out publishers out, to measure on them."),
    ] = "all",
    field: Annotated[
        Literal["body", "kind", "confidence"],
        typer.Option(
            help="What to learn: the blocks that are body, which pages are articles, or how good "
            "a body is likely to be."
        ),
    ] = "body",
    cross_validate: Annotated[
        int,
        typer.Option(
            metavar="K",
            min=0,
            max=50,
            help="Measure instead: K times, learn from the publishers of all parts but one, and "
            "print the F1 on that one.",
        ),
    ] = 0,
) -> None:
    """Learn which text blocks are body, which pages are articles, and write the weights.

    The same pages give the same bytes. Needs the extra "train".

    \b
    Examples:
    newscrawl train pages/ --split dev -o body.npz
    newscrawl train pages/ --split dev --field kind -o kind.npz
    newscrawl train pages/ --split dev --cross-validate 4
    """
    if (output is None) == (not cross_validate):
        fail("give either -o FILE, to write the weights, or --cross-validate K, to measure")
    try:
        from newscrawl.evaluation.training.cross_validation import grow
    except ModuleNotFoundError as error:
        fail(f"{error.name} is missing: pip install 'newscrawl[train]'", ExitCode.USAGE)
    pages, stock = _read(directories, split, field)
    learned = [page for page in pages if page.rows]
    if not learned:
        fail(f"no page with a true {field} in these folders", ExitCode.NOTHING)
    rows = sum(len(r.labels) for page in learned for r in page.rows)
    console.print(f"{len(learned)} pages, {rows} rows; learning")
    if field == "confidence":
        _confidence(pages, stock, cross_validate, output)
    elif cross_validate:
        _cross_validate(pages, field, cross_validate)
    elif output is not None:
        try:
            grow(learned, field, output)
        except OSError as error:
            fail(f"{output}: cannot be written ({error})", ExitCode.OUTPUT)
        console.print(f"{output}: {output.stat().st_size} bytes")


def _read(
    directories: list[Path],
    split: Literal["dev", "all"],
    field: Literal["body", "kind", "confidence"],
) -> tuple[list[Learned], Stock]:
    from rich.progress import track

    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.evaluation.disturbances import stock_of
    from newscrawl.evaluation.training.cross_validation import Learned
    from newscrawl.evaluation.training.pages import page_rows
    from newscrawl.evaluation.training.rows import rows_of

    pages = []
    try:
        folders = [(directory.name, load(directory, split=split)) for directory in directories]
        stock = stock_of([sample for _, samples in folders for sample in samples])
        for name, samples in folders:
            for sample in track(samples, description=name, console=console):
                rows = page_rows(sample) if field == "kind" else rows_of(sample, stock, _COPIES)
                pages.append(Learned(name, sample, list(rows)))
    except DatasetError as error:
        fail(str(error), ExitCode.USAGE)
    return pages, stock


def _confidence(
    pages: list[Learned], stock: Stock, cross_validate: int, output: Path | None
) -> None:
    """Learn how good a body is likely to be, from those of publishers left out; or measure that."""
    from newscrawl.evaluation.calibration import calibration_lines
    from newscrawl.evaluation.training.confidence import as_arrays, calibrate, judge_all
    from newscrawl.evaluation.training.forest import grow_confidence

    try:
        judged = list(judge_all(pages, stock))
    except ValueError as error:
        fail(str(error))
    if output is None:
        for line in calibration_lines(calibrate(judged, cross_validate)):
            console.print(line, markup=False, soft_wrap=True)
        return
    try:
        grow_confidence(*as_arrays(judged), output)
    except OSError as error:
        fail(f"{output}: cannot be written ({error})", ExitCode.OUTPUT)
    console.print(f"{output}: {output.stat().st_size} bytes")


def _cross_validate(pages: list[Learned], field: Literal["body", "kind"], count: int) -> None:
    """Print a row for each fold as it is measured, then one for all pages."""
    from newscrawl.evaluation.training.cross_validation import METRICS, by_folder, cross_validate

    metric = METRICS[field]
    folders = list(dict.fromkeys(page.folder for page in pages))
    console.print(f"F1 of {field} on the publishers left out, pages in brackets", markup=False)
    everything = []
    try:
        for fold, judged in cross_validate(pages, field, count=count):
            everything += judged
            cells = [_cell(fold.figures.get(name), name, metric) for name in folders]
            head = f"fold {fold.number} of {count}, grown from {fold.grown_from} pages"
            console.print("   ".join([head, *cells]), markup=False, soft_wrap=True)
    except ValueError as error:
        fail(str(error))
    total = by_folder(everything)
    cells = [_cell(total.get(name), name, metric) for name in folders]
    console.print("   ".join(["all folds", *cells]), markup=False, soft_wrap=True)


def _cell(figures: Figures | None, folder: str, metric: str) -> str:
    if figures is None or metric not in figures.values:
        return f"{folder} -"
    return f"{folder} {figures.values[metric]:.4f} ({figures.counts[metric]})"
