"""Text to a file, or to standard output, which stays open."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TextIO

STDOUT = Path("-")


def open_text_file(path: Path, encoding: str = "utf-8") -> TextIO:
    """Open a file, or standard output for ``-``, for text whose line ends stay as they are."""
    if path != STDOUT:
        return path.open("w", encoding=encoding, newline="")
    sys.stdout.flush()
    return io.TextIOWrapper(
        os.fdopen(os.dup(sys.stdout.fileno()), "wb"), encoding=encoding, newline=""
    )
