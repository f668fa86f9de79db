"""``newscrawl train``: learn the weights of body or kind from pages with known truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.evaluation.metrics import Figures
    from newscrawl.evaluation.training.cross_validation import Learned


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
        Literal["body", "kind"],
        typer.Option(help="What to learn: the blocks that are body, or which pages are articles."),
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
    """Learn which text blocks are body, or which pages are articles, and write the weights.

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
        from newscrawl.evaluation.training.forest import SIZES, grow
    except ModuleNotFoundError as error:
        fail(f"{error.name} is missing: pip install 'newscrawl[train]'", ExitCode.USAGE)
    pages = _read(directories, split, field)
    rows = [page.rows for page in pages if page.rows is not None]
    if not rows:
        fail(f"no page with a true {field} in these folders", ExitCode.NOTHING)
    console.print(f"{len(rows)} pages, {sum(len(r.labels) for r in rows)} rows; learning")
    if cross_validate:
        _cross_validate(pages, field, cross_validate)
    if output is not None:
        trees, depth = SIZES[field]
        try:
            grow(rows, output, trees=trees, depth=depth)
        except OSError as error:
            fail(f"{output}: cannot be written ({error})", ExitCode.OUTPUT)
        console.print(f"{output}: {output.stat().st_size} bytes")


def _read(
    directories: list[Path], split: Literal["dev", "all"], field: Literal["body", "kind"]
) -> list[Learned]:
    from rich.progress import track

    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.evaluation.training.cross_validation import Learned
    from newscrawl.evaluation.training.pages import page_rows
    from newscrawl.evaluation.training.rows import rows_of

    read = page_rows if field == "kind" else rows_of
    pages = []
    try:
        for directory in directories:
            samples = load(directory, split=split)
            listed = track(samples, description=directory.name, console=console)
            pages += [Learned(directory.name, sample, read(sample)) for sample in listed]
    except DatasetError as error:
        fail(str(error), ExitCode.USAGE)
    return pages


def _cross_validate(pages: list[Learned], field: Literal["body", "kind"], count: int) -> None:
    """Print a row for each fold as it is measured, then one for all pages."""
    from newscrawl.evaluation.training.cross_validation import METRICS, by_folder, cross_validate
    from newscrawl.evaluation.training.forest import SIZES

    trees, depth = SIZES[field]
    metric = METRICS[field]
    folders = list(dict.fromkeys(page.folder for page in pages))
    console.print(f"F1 of {field} on the publishers left out, pages in brackets", markup=False)
    everything = []
    try:
        for fold, judged in cross_validate(pages, field, count=count, trees=trees, depth=depth):
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
