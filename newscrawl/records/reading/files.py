"""Find files by names, folders and glob patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

STDIN = "-"

RECORD_SUFFIXES = (".jsonl", ".ndjson")
"""What a folder is searched for, each also with ``.gz`` or ``.zst`` behind it."""


class Found(NamedTuple):
    """A file, or why there is none."""

    path: str
    """``-`` for standard input."""

    problem: str | None = None
    """Why there is nothing to read here, if so."""

    in_folder: bool = False
    """Whether it was not named itself."""


def find_files(target: str, is_wanted: Callable[[str], bool], wanted: str) -> Iterator[Found]:
    """Yield the files that a target means, in order, as they are found.

    A target is a file, a folder (searched with its subfolders, sorted by name), a glob pattern or
    ``-``. ``is_wanted`` tells by its name in lower case whether a file of a folder is one,
    ``wanted`` says it for people. What cannot be found is yielded too, with its problem.
    """
    if target == STDIN:
        yield Found(STDIN)
    elif os.path.isdir(target):
        yield from _in_folder(target, is_wanted, wanted)
    elif os.path.lexists(target):
        yield Found(target)
    elif glob.has_magic(target):
        yield from _matching(target)
    else:
        yield Found(target, "no such file or folder")


def find_record_files(targets: Iterable[str]) -> Iterator[Found]:
    """Yield the files of records that the targets mean."""
    for target in targets:
        yield from find_files(
            target, _is_record_file, f"no records in this folder ({', '.join(RECORD_SUFFIXES)})"
        )


def _is_record_file(name: str) -> bool:
    return name.removesuffix(".gz").removesuffix(".zst").endswith(RECORD_SUFFIXES)


def _in_folder(folder: str, is_wanted: Callable[[str], bool], wanted: str) -> Iterator[Found]:
    found = False
    problems: list[Found] = []

    def unreadable(error: OSError) -> None:
        problems.append(Found(error.filename or folder, error.strerror or str(error)))

    for parent, subfolders, files in os.walk(folder, onerror=unreadable):
        subfolders.sort()
        for name in sorted(files):
            if is_wanted(name.lower()):
                found = True
                yield Found(os.path.join(parent, name), in_folder=True)
    yield from problems
    if not found and not problems:
        yield Found(folder, wanted)


def _matching(pattern: str) -> Iterator[Found]:
    paths = sorted(path for path in glob.iglob(pattern, recursive=True) if not os.path.isdir(path))
    yield from (Found(path) for path in paths)
    if not paths:
        yield Found(pattern, "no file matches this pattern")
