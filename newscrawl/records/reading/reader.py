"""Reads any number of files of records, one record at a time, in a few megabytes of memory."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader

from newscrawl.items import SCHEMA_VERSION
from newscrawl.records.output import Record
from newscrawl.records.output.lines import LONGEST_LINE
from newscrawl.records.reading.files import Found, find_record_files
from newscrawl.records.reading.lines import LineError, minor_version, read_line
from newscrawl.records.reading.pipes import KeptPipes
from newscrawl.records.reading.problems import Place, Problem
from newscrawl.records.reading.streams import TextStream, open_text

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PIECE = 1024 * 1024
_OTHER_FILES = frozenset({"reject", "summary"})
_TORN = frozenset({"not_json", "not_utf8", "nul_bytes"})
"""How the beginning of a line looks whose end was lost."""


class RecordReader:
    """The records of files, folders, glob patterns and ``-``, in their order.

    Iterating yields (place, record); each record fits the schema, but for keys that its version
    does not have. ``on_problem`` is called for everything that yields no record and for what is
    worth a remark; ``bad`` gets the bytes of each line that could not be read, a line each.
    Files are plain, gzip or zstd, whatever their names. Iterating again reads again; ``again``
    says that this is meant to be, and then pipes are kept in a temporary file.
    """

    def __init__(
        self,
        targets: Iterable[str],
        *,
        on_problem: Callable[[Problem], None] | None = None,
        bad: Callable[[bytes], None] | None = None,
        longest: int = LONGEST_LINE,
        again: bool = False,
    ) -> None:
        self.files: list[Found] = list(find_record_files(targets))
        self.on_problem = on_problem
        self.bad = bad
        self.kept = KeptPipes() if again else None
        self.longest = longest
        """Bytes; a line that is longer is not held in memory."""
        self.records = 0
        """How many records were read."""
        self.problems: Counter[str] = Counter()
        """How many lines or files yielded no record, by reason."""
        self.versions: Counter[str] = Counter()
        """Records by the schema's version; "" for those before there were versions."""
        self._done = 0  # bytes of the files before
        self._stream: TextStream | None = None

    @property
    def lost(self) -> int:
        """The number of lines and files that yielded no record."""
        return self.problems.total()

    @property
    def size(self) -> int | None:
        """Bytes of all files as they are on disk, None where a pipe is among them."""
        paths = [found.path for found in self.files if found.problem is None]
        if any(not os.path.isfile(path) for path in paths):
            return None
        return sum(os.path.getsize(path) for path in paths)

    @property
    def position(self) -> int:
        """Bytes that were read so far, of `size`."""
        return self._done + (self._stream.position if self._stream else 0)

    def __iter__(self) -> Iterator[tuple[Place, Record]]:
        self.records, self._done = 0, 0
        self.problems.clear()
        self.versions.clear()
        for found in self.files:
            if found.problem is not None:
                self._lose(Place(found.path), "unreadable", found.problem)
                continue
            yield from self._read_file(found)

    def _read_file(self, found: Found) -> Iterator[tuple[Place, Record]]:
        try:
            file = self.kept.open(found.path) if self.kept else None
            stream, text = open_text(found.path, file)
        except OSError as error:
            self._lose(Place(found.path), "unreadable", error.strerror or str(error))
            return
        self._stream = stream
        with text:
            try:
                yield from self._read_lines(found, stream, text)
            finally:
                self._done += stream.position
                self._stream = None

    def _read_lines(
        self, found: Found, stream: TextStream, text: BufferedReader
    ) -> Iterator[tuple[Place, Record]]:
        versions: set[str] = set()
        place = Place(found.path)
        while line := text.readline(self.longest):
            place = Place(found.path, place.line + 1)
            if len(line) == self.longest and not line.endswith(b"\n"):
                self._skip_long(place, line, text)
                continue
            if place.line == 1:
                line = line.removeprefix(_BYTE_ORDER_MARK)
            if not line.strip():
                continue
            try:
                record = read_line(line)
            except LineError as error:
                if place.line == 1 and found.in_folder and error.reason in _OTHER_FILES:
                    self._remark(Place(found.path), "passed_over", f"it begins with {error.detail}")
                    return
                self._take_bad(place, line, error, stream)
                continue
            self._count(place, record, versions)
            yield place, record
        if stream.problem is not None:
            if not stream.is_problem_told:
                self._lose(Place(found.path, place.line + 1), *stream.problem)
        elif not place.line:
            self._remark(place, "empty", "nothing in this file")

    def _count(self, place: Place, record: Record, versions: set[str]) -> None:
        """Count a record; ``versions`` are those that its file was found to hold."""
        version = record.get("schema_version") or ""
        self.records += 1
        self.versions[version] += 1
        if version not in versions:
            versions.add(version)
            if version != SCHEMA_VERSION:
                self._remark(place, "other_schema", _words_for(version))

    def _take_bad(self, place: Place, line: bytes, error: LineError, stream: TextStream) -> None:
        reason, detail = error.reason, error.detail
        if not line.endswith(b"\n") and reason in _TORN:
            if stream.problem is not None:
                reason, detail = stream.problem
                stream.is_problem_told = True
            else:
                reason = "torn"
                detail = (
                    f"the file ends within this line ({detail}); its run was killed, or goes on"
                )
        self._write_bad(line if line.endswith(b"\n") else line + b"\n")
        self._lose(place, reason, detail)

    def _skip_long(self, place: Place, line: bytes, text: BufferedReader) -> None:
        """Read a line to its end without holding it."""
        while line:
            self._write_bad(line)
            if line.endswith(b"\n"):
                break
            line = text.readline(_PIECE)
        else:
            self._write_bad(b"\n")
        self._lose(place, "too_long", f"a line of more than {self.longest} bytes")

    def _write_bad(self, piece: bytes) -> None:
        if self.bad is not None:
            self.bad(piece)

    def _lose(self, place: Place, reason: str, detail: str) -> None:
        self.problems[reason] += 1
        if self.on_problem is not None:
            self.on_problem(Problem(place, reason, detail))

    def _remark(self, place: Place, reason: str, detail: str) -> None:
        if self.on_problem is not None:
            self.on_problem(Problem(place, reason, detail, is_loss=False))


def _words_for(version: str) -> str:
    if not version:
        return f"no schema_version: written before there were any; read as {SCHEMA_VERSION}"
    if minor_version(version) > minor_version(SCHEMA_VERSION):
        return f"schema {version}, newer than {SCHEMA_VERSION} here; unknown keys are passed on"
    return f"schema {version}, not {SCHEMA_VERSION} as here; it is read in full"
