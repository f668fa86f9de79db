"""A file a worker and run, in a folder that workers share: what counts is what the state knows."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.records.output.compression import compression_of
from newscrawl.records.output.errors import InUseError, OutputError
from newscrawl.records.output.file import RecordFile
from newscrawl.records.output.lines import Record
from newscrawl.records.output.locks import sync_directory
from newscrawl.records.output.outputs import KnownLength, Output
from newscrawl.records.output.runs import PART, split_name

logger = logging.getLogger(__name__)


class WorkerOutput(Output):
    """``news-WORKER-20240506T070809Z.jsonl`` for ``news.jsonl``, a ``.part`` until it is complete.

    What workers that were killed left as ``.part`` gets its name when another one begins or ends
    in the same folder, cut to the ``known`` length first: what lies behind was not remembered, so
    its pages have come again, or will, to whichever worker. Lengths are known by the file's name,
    not its path: a folder may have another one on another machine. ``known`` None is a run
    without a state, which keeps whatever is there.
    """

    def __init__(
        self, path: Path, worker: str, known: KnownLength | None, clock: Callable[[], float]
    ) -> None:
        self.path = path
        self.known = known
        self.stem, self.suffix = split_name(path.name)
        self.compression = compression_of(path)
        try:
            self._recover()
            began = datetime.fromtimestamp(clock(), UTC).strftime("%Y%m%dT%H%M%SZ")
            self.final = path.with_name(f"{self.stem}-{worker}-{began}{self.suffix}")
            if self.final.exists():
                raise InUseError(f"{self.final} is there already: give each worker its own name")
            self.file = self._open(self.final.with_name(self.final.name + PART))
        except OutputError:
            raise
        except OSError as error:
            raise OutputError.of(path, error) from error

    def unknown_records(self) -> Iterator[Record]:
        """Yield nothing: what is not known does not count."""
        return iter(())

    def write(self, line: bytes) -> None:
        """Append a line."""
        self.file.write(line)

    def sync(self) -> dict[str, int]:
        """Make the file durable; the length is under its final name."""
        self.written = self.file.sync()
        return {self.final.name: self.written}

    def close(self, *, complete: bool = True) -> None:
        """Give the file its name if it is complete, and what was left behind its own."""
        try:
            if complete:
                self._name(self.file, self.final)
        except OSError as error:
            raise OutputError.of(self.final, error) from error
        finally:
            self.file.close()
        self._recover()

    def _recover(self) -> None:
        name = re.compile(
            re.escape(f"{self.stem}-") + r"[\w.]+-\d{8}T\d{6}Z" + re.escape(self.suffix + PART)
        )
        for part in sorted(self.path.parent.iterdir()):
            if name.fullmatch(part.name) and part.exists():
                try:
                    file = self._open(part)
                except InUseError:  # its worker lives
                    continue
                try:
                    self._publish(file, part.with_name(part.name.removesuffix(PART)))
                finally:
                    file.close()

    def _publish(self, file: RecordFile, final: Path) -> None:
        if self.known is not None:
            length, found = self.known(final.name), file.synced
            if length is None and found:
                raise OutputError(
                    f"{file.path} is of a run that this state does not know: move it away"
                )
            if found < (length or 0):
                raise OutputError(
                    f"{file.path} is shorter than it was ({found} of {length} bytes): restore it, "
                    "or move it away"
                )
            os.ftruncate(file.fd, length or 0)
            os.fsync(file.fd)
            if found > (length or 0):
                logger.info("%s: %d bytes did not count", file.path, found - (length or 0))
        self._name(file, final)

    def _name(self, file: RecordFile, final: Path) -> None:
        if os.fstat(file.fd).st_size:
            file.path.rename(final)
        else:
            file.path.unlink()
        sync_directory(self.path.parent)

    def _open(self, part: Path) -> RecordFile:
        return RecordFile(part, self.compression, output=self.path)
