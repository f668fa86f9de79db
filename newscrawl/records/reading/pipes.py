"""Keep the data of a pipe, so that it can be read twice."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import BinaryIO, cast

from newscrawl.records.reading.streams import open_bytes


class KeptPipes:
    """Standard input and named pipes, each in a temporary file without a name."""

    def __init__(self) -> None:
        self._files: dict[str, BinaryIO] = {}

    def open(self, path: str) -> BinaryIO | None:
        """Return what came through a pipe, from its beginning; None for a file. Raises OSError."""
        if os.path.isfile(path):
            return None
        if path not in self._files:
            pipe, file = open_bytes(path), tempfile.TemporaryFile()  # noqa: SIM115 - kept
            shutil.copyfileobj(pipe, file)
            file.flush()
            self._files[path] = cast("BinaryIO", file)
        kept = os.fdopen(os.dup(self._files[path].fileno()), "rb")
        kept.seek(0)
        return kept
