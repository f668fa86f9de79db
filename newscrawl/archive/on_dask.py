"""Many WARC files on many machines, by Dask: its scheduler spreads `convert`, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from distributed import Client, as_completed

from newscrawl.archive.converting import Conversion, convert, plan
from newscrawl.archive.options import Options

RETRIES = 2
"""How often a file is tried again on another worker that failed over it; one that dies with its
worker Dask tries again anyway."""


def convert_all(
    client: Client,
    targets: Iterable[str],
    folder: Path | str,
    *,
    base: str = "",
    options: Options | None = None,
    allowed_hosts: Iterable[str] = (),
) -> Iterator[Conversion]:
    """Yield what became of each WARC file that targets mean, as the workers of a cluster end it.

    ``folder`` and what is local of ``targets`` must be the same place for all workers. A file is a
    task, and what is finished is not done again, so run it again after whatever happened. See
    `plan` and `convert` for the rest, and for the errors; duplicates are those within a file.
    """
    hosts = tuple(allowed_hosts)
    futures = [
        client.submit(
            convert, source, str(folder), name,
            options=options, allowed_hosts=hosts, pure=False, retries=RETRIES,
        )
        for source, name in plan(targets, base)
    ]  # fmt: skip
    for future in as_completed(futures):  # type: ignore[no-untyped-call]
        yield future.result()
        future.release()
