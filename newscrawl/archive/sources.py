"""Find WARC files: named ones, those of folders and lists, and addresses."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

WARC_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
"""What a folder is searched for."""

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:(?://|:)", re.I)
_WARC = b"WARC/"
_COMPRESSED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"\x04\x22\x4d\x18")
_LONGEST_LIST = 100_000_000  # bytes; Common Crawl's of a month has some 10,000,000
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Stamp:
    """By which a changed input is told from the one that was read."""

    size: int
    """In bytes; -1 for an address, which is taken not to change."""
    modified: int
    """Time of change in nanoseconds since 1970."""


AN_ADDRESS = Stamp(-1, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """One WARC file: ``name`` is its path or address, ``problem`` why it cannot be had, if so."""

    name: str
    problem: str | None = None

    @property
    def is_address(self) -> bool:
        """Whether it has to be fetched."""
        return _ADDRESS.match(self.name) is not None

    def stamp(self) -> Stamp:
        """Return size and time of change; raises OSError."""
        if self.is_address:
            return AN_ADDRESS
        stated = os.stat(self.name)
        return Stamp(stated.st_size, stated.st_mtime_ns)


def find_sources(targets: Iterable[str], base: str = "") -> Iterator[Source]:
    """Yield the WARC files that targets mean, each once, in order.

    A target is a WARC file, a folder (searched with its subfolders, sorted by name), an address,
    or a file that lists any of these, one a line, plain or as ``.gz``; blank lines and lines
    that begin with ``#`` do not count. ``base`` comes before what a list names that is neither
    an address nor an absolute path; without it that counts from the list's folder. What cannot
    be found is yielded as a Source with a problem.
    """
    known: set[str] = set()
    for target in targets:
        for source in _meant(target, base):
            if source.name not in known:
                known.add(source.name)
                yield source


def _meant(target: str, base: str) -> Iterator[Source]:
    if _ADDRESS.match(target):
        yield Source(target)
    elif os.path.isdir(target):
        yield from _in_folder(target)
    elif not os.path.exists(target):
        yield Source(target, "no such file or folder")
    elif not os.path.isfile(target):
        yield Source(target, "this is no regular file")
    elif target.lower().endswith(WARC_SUFFIXES) or not _may_be_list(target):
        yield Source(target)
    else:
        yield from _listed(target, base)


def _in_folder(folder: str) -> Iterator[Source]:
    found = False
    problems: list[Source] = []

    def unreadable(error: OSError) -> None:
        problems.append(Source(error.filename or folder, error.strerror or str(error)))

    for parent, subfolders, files in os.walk(folder, onerror=unreadable):
        subfolders.sort()
        for name in sorted(files):
            if name.lower().endswith(WARC_SUFFIXES):
                found = True
                yield Source(os.path.join(parent, name))
    yield from problems
    if not found and not problems:
        yield Source(folder, f"no WARC files in this folder ({', '.join(WARC_SUFFIXES)})")


def _may_be_list(path: str) -> bool:
    """Return whether a file without a WARC's name lists some; anything unreadable is no list."""
    try:
        with open(path, "rb") as file:
            head = file.read(1024)
            if head.startswith(b"\x1f\x8b"):
                head = zlib.decompressobj(wbits=31).decompress(head, 64)
    except (OSError, zlib.error):
        return False
    return bool(head) and not head.startswith((_WARC, *_COMPRESSED)) and b"\0" not in head


def _listed(path: str, base: str) -> Iterator[Source]:
    try:
        with open(path, "rb") as file:
            is_gzip = file.read(2) == b"\x1f\x8b"
        opened = gzip.open(path, "rb") if is_gzip else open(path, "rb")  # noqa: SIM115
        with opened as file:
            text = file.read(_LONGEST_LIST + 1)
    except (OSError, EOFError, zlib.error) as error:
        yield Source(path, f"the list cannot be read ({getattr(error, 'strerror', '') or error})")
        return
    if len(text) > _LONGEST_LIST:
        yield Source(path, f"a list has at most {_LONGEST_LIST} bytes")
        return
    lines = text.decode("utf-8-sig", "replace").splitlines()
    for number, line in enumerate(lines, start=1):
        name = line.strip()
        if name and not name.startswith("#"):
            yield _line(name, path, number, base)


def _line(name: str, path: str, number: int, base: str) -> Source:
    if not _ADDRESS.match(name) and not os.path.isabs(name):
        name = base + name if base else os.path.join(os.path.dirname(path), name)
    if _ADDRESS.match(name) or os.path.isfile(name):
        return Source(name)
    problem = "this is no regular file" if os.path.exists(name) else "no such file"
    return Source(name, f"{problem} (line {number} of {path})")


def piece_names(sources: Iterable[Source], taken: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each source's piece, by its source.

    It is that of the file without its suffix; where several have the same, a digest of the whole
    path or address is added. ``taken`` has the names that sources have already.
    """
    names = {source.name: _stem(source.name) for source in sources}
    count = Counter(names.values())
    owners = {name: source for source, name in taken.items()}
    for source, name in names.items():
        if source in taken:
            names[source] = taken[source]
        elif count[name] > 1 or owners.get(name, source) != source:
            digest = hashlib.sha256(source.encode(errors="replace")).hexdigest()[:8]
            names[source] = f"{name}-{digest}"
    return names


def _stem(source: str) -> str:
    path = urlsplit(source).path if _ADDRESS.match(source) else source
    name = Path(path).name
    for suffix in sorted(WARC_SUFFIXES, key=len, reverse=True):
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
            break
    return _UNFIT.sub("_", name).strip("._")[:150] or "archive"
