"""``newscrawl train``: learn the weights of body or kind from pages with known truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from newscrawl.cli.console import console, fail
from newscrawl.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from newscrawl.training.rows import Rows


def train(
    directories: Annotated[
        list[Path],
        typer.Argument(metavar="DIR", help="Folders with truth.jsonl and html/ID.html.gz."),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the weights go.")
    ],
    split: Annotated[
        Literal["dev", "all"],
        typer.Option(help="dev: leave the held-out publishers out, to measure on them."),
    ] = "all",
    field: Annotated[
        Literal["body", "kind"],
        typer.Option(help="What to learn: the blocks that are body, or which pages are articles."),
    ] = "body",
) -> None:
    """Learn which text blocks are body, or which pages are articles, and write the weights.

    The same pages give the same bytes. Needs the extra "train".

    \b
    Examples:
    newscrawl train pages/ --split dev -o body.npz
    newscrawl train pages/ --split dev --field kind -o kind.npz
    """
    try:
        from newscrawl.training.forest import DEPTH, TREES, grow
    except ModuleNotFoundError as error:
        fail(f"{error.name} is missing: pip install 'newscrawl[train]'", ExitCode.USAGE)
    rows = _read(directories, split, field)
    if not rows:
        fail(f"no page with a true {field} in these folders", ExitCode.NOTHING)
    console.print(f"{len(rows)} pages, {sum(len(r.labels) for r in rows)} rows; learning")
    trees, depth = (200, 4) if field == "kind" else (TREES, DEPTH)
    try:
        grow(rows, output, trees=trees, depth=depth)
    except OSError as error:
        fail(f"{output}: cannot be written ({error})", ExitCode.OUTPUT)
    console.print(f"{output}: {output.stat().st_size} bytes")


def _read(
    directories: list[Path], split: Literal["dev", "all"], field: Literal["body", "kind"]
) -> list[Rows]:
    from rich.progress import track

    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.training.pages import page_rows
    from newscrawl.training.rows import rows_of

    read = page_rows if field == "kind" else rows_of
    rows = []
    try:
        for directory in directories:
            samples = load(directory, split=split)
            listed = track(samples, description=directory.name, console=console)
            rows += [found for sample in listed if (found := read(sample)) is not None]
    except DatasetError as error:
        fail(str(error), ExitCode.USAGE)
    return rows
