"""The folder that an archive's records go to: a piece for each WARC file, whole or not there.

::

    DIR/NAME.jsonl            the records of one WARC file, or .jsonl.gz, .jsonl.zst, .parquet
    DIR/rejects/NAME.jsonl    its pages that gave none, and why
    DIR/finished/NAME.json    says that the piece is done, of which input, with which options
    DIR/finished/NAME.keys    by which its records are known again

The file that says that a piece is done is written last, so what a kill leaves behind is done again.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newscrawl.archive.judging import Outcome
from newscrawl.archive.options import Options
from newscrawl.archive.sinks import Sink, open_sink
from newscrawl.archive.sources import Source, Stamp
from newscrawl.archive.tally import Tally
from newscrawl.records.output import OutputError
from newscrawl.records.output.locks import open_locked, sync_directory

_REJECTS = "rejects"
_FINISHED = "finished"
_LOCK = ".lock"
_PART = ".part"


class OtherOptionsError(ValueError):
    """The folder was begun with other options; the message says which."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A piece that is done."""

    name: str
    source: str
    stamp: Stamp
    tally: Tally


class Pieces:
    """The pieces of one folder. Raises OutputError for what cannot be read or written.

    Several processes may work on it if each has pieces of its own; `lock` is for one that has
    them all.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.options = options
        self._lock: int | None = None
        try:
            for each in (folder, folder / _REJECTS, folder / _FINISHED):
                each.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise OutputError(f"{error.filename}: Not a directory") from error
        except OSError as error:
            raise OutputError.of(Path(error.filename or folder), error) from error

    def lock(self) -> None:
        """Keep other processes that would lock the folder out of it."""
        self._lock = open_locked(self.folder / _LOCK, self.folder)

    def close(self) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            (self.folder / _LOCK).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def finished(self) -> dict[str, Finished]:
        """Return the pieces that are done, by their source.

        Raises OtherOptionsError if any was done with other options.
        """
        found = {}
        for path in sorted((self.folder / _FINISHED).glob("*.json")):
            piece = self._finished(path)
            if piece is not None:
                found[piece.source] = piece
        return found

    def finished_as(self, name: str) -> Finished | None:
        """Return the piece of a name if it is done; raises OtherOptionsError."""
        path = self._path(_FINISHED, name, ".json")
        return self._finished(path) if path.exists() else None

    def _finished(self, path: Path) -> Finished | None:
        try:
            stated = json.loads(path.read_bytes())
            options, stamp = stated["options"], Stamp(*stated["stamp"])
            piece = Finished(path.stem, stated["source"], stamp, Tally.from_dict(stated["counts"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None  # torn by a power cut: done again
        if options != self.options.to_dict():
            raise OtherOptionsError(
                f"{self.folder} was begun with other options ({_difference(options, self.options)})"
                "; use the same again, or another folder"
            )
        return piece if self._path("", piece.name).exists() else None

    def keys(self, name: str) -> Iterable[int]:
        """Return the keys of a piece's records."""
        keys = array("Q")
        try:
            keys.frombytes(self._path(_FINISHED, name, ".keys").read_bytes())
        except (OSError, ValueError):
            return ()
        return keys

    def begin(self, source: Source, name: str, stamp: Stamp) -> Piece:
        """Begin a piece, anew if there is one; use it in a ``with`` block."""
        return Piece(self, source, name, stamp)

    def _path(self, kind: str, name: str, suffix: str | None = None) -> Path:
        if suffix is None:
            is_table = kind == _REJECTS and self.options.to == "parquet"
            suffix = ".jsonl" if is_table else f".{self.options.to}"
        return self.folder / kind / f"{name}{suffix}"


class Piece:
    """One piece being written. It takes its place at `commit`, else nothing of it stays."""

    def __init__(self, pieces: Pieces, source: Source, name: str, stamp: Stamp) -> None:
        self.name = name
        self.source = source
        self.stamp = stamp
        self.tally = Tally()
        self._keys = array("Q")
        self._pieces = pieces
        self._paths = [pieces._path("", name), pieces._path(_REJECTS, name)]
        self._parts = [path.with_name(f".{path.name}.{os.getpid()}{_PART}") for path in self._paths]
        self._files: list[Sink] = []

    def __enter__(self) -> Self:
        for path, part in zip(self._paths, self._parts, strict=True):
            self._files.append(open_sink(part, path))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for file in self._files:
            file.close()
        for part in self._parts:
            part.unlink(missing_ok=True)

    def add(self, outcome: Outcome) -> None:
        """Write and count an outcome that is final."""
        self.tally.add(outcome)
        records, rejects = self._files
        if outcome.line is not None:
            records.write(outcome.line)
            self._keys.extend(outcome.keys)
        elif outcome.reject is not None:
            stated = json.dumps(outcome.reject.to_dict(), ensure_ascii=False)
            rejects.write(stated.encode(errors="replace") + b"\n")

    def commit(self) -> Finished:
        """Let the piece take its place, durably."""
        folder = self._pieces.folder
        finished = folder / _FINISHED
        stated = {
            "source": self.source.name,
            "stamp": [self.stamp.size, self.stamp.modified],
            "options": self._pieces.options.to_dict(),
            "newscrawl": version("newscrawl"),
            "counts": self.tally.to_dict(),
        }
        done = finished / f"{self.name}.json"
        try:
            for file in self._files:
                file.complete()
            done.unlink(missing_ok=True)
            for part, path in zip(self._parts, self._paths, strict=True):
                part.replace(path)
            _write(finished / f"{self.name}.keys", self._keys.tobytes())
            for directory in (folder, folder / _REJECTS):
                sync_directory(directory)
            _write(done, (json.dumps(stated, ensure_ascii=False) + "\n").encode(errors="replace"))
            sync_directory(finished)
        except OutputError:
            raise
        except OSError as error:
            raise OutputError.of(self._paths[0], error) from error
        return Finished(self.name, self.source.name, self.stamp, self.tally)


def _write(path: Path, data: bytes) -> None:
    """Write a file that is whole or is not there."""
    part = path.with_name(f".{path.name}.{os.getpid()}{_PART}")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _difference(stated: Any, options: Options) -> str:
    own = options.to_dict()
    names = [name for name in own if not isinstance(stated, dict) or stated.get(name) != own[name]]
    shown = stated if isinstance(stated, dict) else {}
    return ", ".join(f"{name} {json.dumps(shown.get(name))}" for name in names) or "unknown ones"


def remove_parts(folder: Path) -> None:
    """Remove what killed runs left of pieces under way; for whoever has locked the folder."""
    for directory in (folder, folder / _REJECTS, folder / _FINISHED):
        for part in _parts_in(directory):
            part.unlink(missing_ok=True)


def _parts_in(directory: Path) -> Iterator[Path]:
    yield from directory.glob(f".*{_PART}")
