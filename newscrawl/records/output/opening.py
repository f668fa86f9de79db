"""Open the output that a path stands for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.outputs import GrowingOutput, KnownLength, Output, StreamOutput
from newscrawl.records.output.runs import RunOutput
from newscrawl.records.output.workers import WorkerOutput


def _nothing(_name: str) -> None:
    return None


def open_output(
    path: Path,
    *,
    per_run: bool = False,
    overwrite: bool = False,
    worker: str = "",
    known: KnownLength | None = None,
    clock: Callable[[], float] = time.time,
) -> Output:
    """Open, lock and repair an output; its directory is made if need be.

    ``-`` is standard output; what is there and no file (a pipe, a device) is written to as it is.
    Else it is a file that grows, begun anew with ``overwrite``, or with ``per_run`` a file for
    this run beside the path. Names that end in ``.gz`` and ``.zst`` are compressed.

    ``worker`` names one of several that write beside the path, each files of its own.

    ``known`` gives the length in bytes up to which a file's records are remembered: None for a
    file whose records are not asked for, 0 for one of which all are; without a state there is no
    ``known``. ``clock`` gives the seconds since 1970 that name a run's file. Raises OutputError.
    """
    if path == Path("-"):
        return StreamOutput(Path("standard output"), sys.stdout.buffer)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(f"{path}: Is a directory")
        if path.exists() and not path.is_file():
            return StreamOutput(path)
    except OutputError:
        raise
    except FileExistsError as error:
        raise OutputError(f"{path.parent}: Not a directory") from error
    except OSError as error:
        raise OutputError.of(path, error) from error
    if worker:
        return WorkerOutput(path, worker, known, clock)
    if per_run:
        return RunOutput(path, known or _nothing, clock)
    return GrowingOutput(path, known or _nothing, overwrite=overwrite)
