"""A file a run: written as ``.part``, given its name when the run ends well."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from newscrawl.records.output.compression import compression_of
from newscrawl.records.output.errors import OutputError
from newscrawl.records.output.file import RecordFile
from newscrawl.records.output.lines import Record
from newscrawl.records.output.locks import open_locked, sync_directory
from newscrawl.records.output.outputs import KnownLength, Output

PART = ".part"
"""Ends the name of a file that is still being written, or was when its run ended."""
_COMPRESSED = frozenset({".gz", ".zst"})


class RunOutput(Output):
    """Files beside ``path``, each named by the UTC time at which its run began.

    ``news.jsonl.gz`` gives ``news-20240506T070809Z.jsonl.gz``. What killed runs left as ``.part``
    is repaired at once and named by `publish`; a run that wrote nothing leaves no file. One
    process at a time: ``.news.jsonl.gz.lock`` is locked, and removed at the end.
    """

    def __init__(self, path: Path, known: KnownLength, clock: Callable[[], float]) -> None:
        self.path = path
        self.stem, self.suffix = split_name(path.name)
        self.compression = compression_of(path)
        self.lock_path = path.with_name(f".{path.name}.lock")
        self.lock = open_locked(self.lock_path, path)
        self.left: dict[Path, RecordFile] = {}
        try:
            for part in self._parts():
                final = part.with_name(part.name.removesuffix(PART))
                self.left[final] = self._open(final, known(os.path.realpath(final)))
            self.repaired = sum(file.repaired for file in self.left.values())
            self.final = self._free_name(clock())
            self.file = self._open(self.final, None)
        except OSError as error:
            self._let_go()
            if isinstance(error, OutputError):
                raise
            raise OutputError.of(path, error) from error

    def unknown_records(self) -> Iterator[Record]:
        """Yield what killed runs wrote beyond the known lengths of their files."""
        for file in self.left.values():
            yield from file.unknown_records()

    def write(self, line: bytes) -> None:
        """Append a line to this run's file."""
        self.file.write(line)

    def sync(self) -> dict[str, int]:
        """Make this run's file durable; the lengths are under the files' final names."""
        self.written = length = self.file.sync()
        lengths = {os.path.realpath(final): file.synced for final, file in self.left.items()}
        return lengths | {os.path.realpath(self.final): length}

    def publish(self) -> None:
        """Give what killed runs left its names."""
        for final, file in list(self.left.items()):
            self._name(file, final)
            del self.left[final]

    def close(self, *, complete: bool = True) -> None:
        """Give this run's file its name if it is complete, and let go of the lock."""
        try:
            if complete:
                self._name(self.file, self.final)
            else:
                self.file.close()
        finally:
            self._let_go()

    def _open(self, final: Path, known: int | None) -> RecordFile:
        part = final.with_name(final.name + PART)
        return RecordFile(part, self.compression, known=known, output=self.path)

    def _name(self, file: RecordFile, final: Path) -> None:
        try:
            if not file.synced:
                file.path.unlink()
            else:
                # A file that someone else put there is not written over.
                file.path.rename(next(name for name in self._numbered(final) if not name.exists()))
            sync_directory(self.path.parent)
        except OSError as error:
            raise OutputError.of(file.path, error) from error
        finally:
            file.close()

    def _parts(self) -> list[Path]:
        name = re.compile(
            re.escape(self.stem) + r"-\d{8}T\d{6}Z(-\d+)?" + re.escape(self.suffix + PART)
        )
        return sorted(path for path in self.path.parent.iterdir() if name.fullmatch(path.name))

    def _free_name(self, seconds: float) -> Path:
        """Return a name for this run that no file has; the clock may have gone back."""
        began = datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%dT%H%M%SZ")
        path = self.path.with_name(f"{self.stem}-{began}{self.suffix}")
        return next(name for name in self._numbered(path) if not _is_taken(name))

    def _numbered(self, path: Path) -> Iterator[Path]:
        yield path
        stem = path.name.removesuffix(self.suffix)
        yield from (path.with_name(f"{stem}-{number}{self.suffix}") for number in count(2))

    def _let_go(self) -> None:
        for file in self.left.values():
            file.close()
        self.left.clear()
        self.lock_path.unlink(missing_ok=True)
        os.close(self.lock)


def split_name(name: str) -> tuple[str, str]:
    """Return stem and suffix of a file's name; a compression belongs to the suffix."""
    suffixes = Path(name).suffixes
    taken = suffixes[-2:] if suffixes and suffixes[-1] in _COMPRESSED else suffixes[-1:]
    suffix = "".join(taken)
    return name.removesuffix(suffix), suffix


def _is_taken(path: Path) -> bool:
    return path.exists() or path.with_name(path.name + PART).exists()
