"""One WARC file to records, in one process: the step that engines spread over machines."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from newscrawl.archive.assembly import Assembly
from newscrawl.archive.capture import Capture
from newscrawl.archive.download import DownloadError, download
from newscrawl.archive.judging import Outcome, finish, judge
from newscrawl.archive.options import Options
from newscrawl.archive.pieces import Pieces
from newscrawl.archive.reading import NoWarcError
from newscrawl.archive.responses import read_responses
from newscrawl.archive.sources import Source, find_sources, piece_names
from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.allowed import AllowedHosts
from newscrawl.items import Reject


@dataclass(frozen=True, slots=True)
class Conversion:
    """The outcome of one WARC file, as plain values that any engine can carry."""

    source: str
    piece: str | None
    """The name of its piece; None where it could not be read."""
    counts: dict[str, Any]
    """``pages``, ``articles``, ``rejects`` and ``skipped`` by reason, ``filled`` by field."""
    was_finished: bool = False
    """Whether the piece was there already, of the same input."""
    problem: str | None = None
    """Why it could not be read, if so."""


def plan(targets: Iterable[str], base: str = "") -> list[tuple[str, str]]:
    """Return (WARC file, name of its piece) for what targets mean, see `find_sources`.

    The names are for `convert`; those of missing files are among them, for it to tell of.
    """
    sources = list(find_sources(targets, base))
    names = piece_names(sources, {})
    return [(source.name, names[source.name]) for source in sources]


def convert(
    source: str,
    folder: Path | str,
    name: str | None = None,
    *,
    options: Options | None = None,
    allowed_hosts: Iterable[str] = (),
) -> Conversion:
    """Make the piece of one WARC file (a path or an address) in a folder that all workers see.

    The piece takes its place when it is whole, so a worker that dies leaves nothing behind, and
    one that is done is not done again: call it as often as you like. Duplicates are those within
    the file. ``name`` is the piece's, that of the file by default; ``allowed_hosts`` are as in
    NEWSCRAWL_ALLOWED_HOSTS. A file that cannot be read is told of in the result.

    Raises OutputError for what cannot be written, OtherOptionsError for a folder that was begun
    with other options.
    """
    pieces = Pieces(Path(folder), options or Options())
    wanted = Source(source)
    name = name or piece_names([wanted], {})[source]
    try:
        stamp = wanted.stamp()
        done = pieces.finished_as(name)
        if done is not None and (done.source, done.stamp) == (source, stamp):
            return Conversion(source, name, done.tally.to_dict(), was_finished=True)
        with local_file(wanted, Path(folder), guard_of(allowed_hosts)) as path:
            return _piece(pieces, wanted, name, path)
    except (NoWarcError, DownloadError) as error:
        return Conversion(source, None, {}, problem=str(error))
    except FileNotFoundError as error:
        if error.filename != source:
            raise
        return Conversion(source, None, {}, problem="no such file")


def _piece(pieces: Pieces, source: Source, name: str, path: Path) -> Conversion:
    with pieces.begin(source, name, source.stamp()) as piece:
        for outcome in outcomes_of(path, pieces.options):
            piece.add(outcome)
        finished = piece.commit()
    return Conversion(source.name, name, finished.tally.to_dict())


def archived_records(
    path: Path | str, options: Options | None = None
) -> Iterator[dict[str, Any] | Reject]:
    """Yield the records of a local WARC file, and a Reject for each page that gives none.

    Raises OSError for a file that cannot be read, NoWarcError for one that is no WARC.
    """
    for outcome in outcomes_of(Path(path), options or Options()):
        if outcome.line is not None:
            yield json.loads(outcome.line)
        elif outcome.reject is not None:
            yield outcome.reject


def outcomes_of(path: Path, options: Options) -> Iterator[Outcome]:
    """Yield what became of each response of a local WARC file, in its order.

    Raises OSError for a file that cannot be read, NoWarcError for one that is no WARC.
    """
    assembly = Assembly(partial(finish, options=options), None if options.duplicates else set())
    for item in read_responses(path, options.hosts):
        outcome = judge(item, options) if isinstance(item, Capture) else item
        yield from assembly.add(outcome)
    yield from assembly.end()


def guard_of(allowed_hosts: Iterable[str]) -> AddressGuard:
    """Return the guard that lets these hosts be connected to; raises ValueError."""
    return AddressGuard(AllowedHosts.parse(allowed_hosts))


@contextmanager
def local_file(
    source: Source,
    folder: Path,
    guard: AddressGuard,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Path]:
    """Give the path of a source; of an address that of a copy in ``folder`` for the time being.

    Raises DownloadError.
    """
    if not source.is_address:
        yield Path(source.name)
        return
    with tempfile.TemporaryDirectory(prefix=".fetched-", suffix=".part", dir=folder) as place:
        suffix = "".join(Path(source.name).suffixes[-2:])[-12:]
        path = Path(place) / f"archive{suffix}"
        download(source.name, path, guard, is_cancelled=is_cancelled)
        yield path
