"""A file that takes its place only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.output.locks import sync_directory


@contextmanager
def replacing(path: Path, *, new: bool = False) -> Iterator[Path]:
    """Give a name beside ``path`` to write to; what stands there at the end becomes ``path``.

    Until then ``path`` stays as it was, and so it does if an error comes out of the block; the
    other file is removed then, with all whose names begin with its own. It is synced before it is
    renamed. A link is followed. With ``new`` a file that is in the place by then is not replaced.
    Raises OSError, FileExistsError among them.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        yield partial
        fd = os.open(partial, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
        if new:
            os.link(partial, target)
        else:
            partial.replace(target)
        sync_directory(target.parent)
    finally:
        for left in target.parent.glob(f"{_literal(partial.name)}*"):
            left.unlink(missing_ok=True)


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
