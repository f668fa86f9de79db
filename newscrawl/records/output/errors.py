"""The one error of the output."""

from __future__ import annotations

from pathlib import Path
from typing import Self


class OutputError(OSError):
    """An output cannot be opened, written or synced; the text says which and why, in words."""

    @classmethod
    def of(cls, path: Path, error: OSError) -> Self:
        """Return what the system said of a path."""
        return cls(f"{path}: {error.strerror or error}")


class InUseError(OutputError):
    """Another process writes the file."""
