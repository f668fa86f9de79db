"""``newscrawl train``: learn the body's weights from pages with known truth."""

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
) -> None:
    """Learn which text blocks are body, and write the weights.

    The same pages give the same bytes. Needs the extra "train".

    Example: newscrawl train pages/ --split dev -o body.npz
    """
    try:
        from newscrawl.training.forest import grow
    except ModuleNotFoundError as error:
        fail(f"{error.name} is missing: pip install 'newscrawl[train]'", ExitCode.USAGE)
    rows = _read(directories, split)
    if not rows:
        fail("no page with a true body in these folders", ExitCode.NOTHING)
    console.print(f"{len(rows)} pages, {sum(len(r.labels) for r in rows)} blocks; learning")
    try:
        grow(rows, output)
    except OSError as error:
        fail(f"{output}: cannot be written ({error})", ExitCode.OUTPUT)
    console.print(f"{output}: {output.stat().st_size} bytes")


def _read(directories: list[Path], split: Literal["dev", "all"]) -> list[Rows]:
    from rich.progress import track

    from newscrawl.evaluation.dataset import DatasetError, load
    from newscrawl.training.rows import rows_of

    rows = []
    try:
        for directory in directories:
            samples = load(directory, split=split)
            listed = track(samples, description=directory.name, console=console)
            rows += [found for sample in listed if (found := rows_of(sample)) is not None]
    except DatasetError as error:
        fail(str(error), ExitCode.USAGE)
    return rows
