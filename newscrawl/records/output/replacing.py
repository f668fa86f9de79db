"""A file that takes its place only when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.records.output.locks import sync_directory

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK})
"""What a file system without hard links says."""


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
            _link(partial, target)
        else:
            partial.replace(target)
        sync_directory(target.parent)
    finally:
        for left in target.parent.glob(f"{_literal(partial.name)}*"):
            # A database may have made a folder for what did not fit into memory.
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink(missing_ok=True)


def _link(partial: Path, target: Path) -> None:
    """Give a file its name if nothing has it."""
    try:
        os.link(partial, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        partial.rename(target)


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
