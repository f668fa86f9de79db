"""The interface of export formats: entries go in, a file comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from newscrawl.records.output import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that is to be exported."""

    record: Record
    article: int = 0
    """The same number for all revisions of an article; 0 where nobody asked."""
    is_latest: bool = True
    """Whether it is the latest revision among those that were read."""


class FormatError(ValueError):
    """A format is not known or cannot be loaded; the message says which."""


class ExportError(OSError):
    """The export cannot be written; the message says what and why."""


class Writer(Protocol):
    """Writes one file. Memory does not grow with the number of entries."""

    def write(self, entry: Entry) -> None:
        """Add an entry. Raises OSError."""

    def close(self) -> None:
        """Complete the file. Raises OSError."""

    def abort(self) -> None:
        """Let go of what is open; the file will be thrown away."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be exported to."""

    name: str
    title: str
    open: Callable[[Path], Writer]
    is_text: bool = False
    """Whether it can go to standard output, of which ``open`` is then given the path."""
    all_revisions: bool = False
    """Whether it has a place for every revision of an article."""
    packages: tuple[str, ...] = ()
    """Modules that it needs, of the extra ``export``."""
