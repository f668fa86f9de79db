"""Find the saved pages that are meant: files, folders, globs, manifests, standard input."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newscrawl.records.reading.files import STDIN, find_files

HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
MHTML_SUFFIXES = (".mhtml", ".mht")
TEXT_SUFFIXES = (".txt",)
PAGE_SUFFIXES = (*HTML_SUFFIXES, *MHTML_SUFFIXES, *TEXT_SUFFIXES)
"""What a folder is searched for, each also with ``.gz`` behind it."""

# Texts that a copy of a site holds for machines.
_NO_DUMPS = frozenset({"robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "llms.txt"})


@dataclass(frozen=True, slots=True)
class Input:
    """A page to be read: ``path`` is ``-`` for standard input, ``url`` "" when not known.

    ``problem`` says why there is nothing to read here, if so; ``data`` is what was read already.
    """

    path: str
    url: str = ""
    problem: str | None = None
    data: bytes | None = None


class ManifestError(ValueError):
    """A manifest cannot be used at all; the message says where and why."""


def find_inputs(targets: Iterable[str], urls: dict[str, str] | None = None) -> Iterator[Input]:
    """Yield the pages that the targets mean, in order, as they are found.

    A target is a file, a folder (searched with its subfolders, sorted by name), a glob pattern
    or ``-``. ``urls`` gives addresses by absolute path. What cannot be found is yielded too, as
    an Input with a problem.
    """
    known = urls or {}
    nothing = f"no pages in this folder ({', '.join(PAGE_SUFFIXES)}, .gz)"
    for target in targets:
        files = find_files(target, _is_page, nothing)
        inputs = (Input(found.path, problem=found.problem) for found in files)
        yield from inputs if target == STDIN else _with_urls(inputs, known)


def _with_urls(inputs: Iterable[Input], urls: dict[str, str]) -> Iterator[Input]:
    for item in inputs:
        url = urls.get(os.path.realpath(item.path)) if urls else None
        yield Input(item.path, url) if url and item.problem is None else item


def _is_page(name: str) -> bool:
    return name not in _NO_DUMPS and name.removesuffix(".gz").endswith(PAGE_SUFFIXES)


def read_manifest(path: Path) -> Iterator[Input]:
    """Yield the pages of a manifest: CSV with a header, or JSON Lines, with ``file`` and ``url``.

    A file's name counts from the manifest's folder, or from the current one if it is not there.
    A line that cannot be read is yielded as an Input with a problem.
    Raises ManifestError when the manifest is missing, of another type, or has no such columns.
    """
    readers: dict[str, Callable[[Path], Iterator[Input]]] = {".csv": _csv, ".jsonl": _json_lines}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ManifestError(f"{path}: a manifest is a .csv or a .jsonl file")
    try:
        yield from reader(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"{path}: cannot be read ({error})") from error


def _csv(path: Path) -> Iterator[Input]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        if "file" not in (rows.fieldnames or ()):
            raise ManifestError(f"{path}:1: the header has no column called file")
        for row in rows:
            yield _row(row, path, rows.line_num)


def _json_lines(path: Path) -> Iterator[Input]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                yield Input(f"{path}:{number}", problem=f"no JSON ({error})")
                continue
            yield _row(row if isinstance(row, dict) else {}, path, number)


def _row(row: dict[str, Any], manifest: Path, number: int) -> Input:
    name, url = row.get("file"), row.get("url") or ""
    if not isinstance(name, str) or not name.strip() or not isinstance(url, str):
        return Input(f"{manifest}:{number}", problem="no file named in this line")
    beside = manifest.parent / name
    path = str(beside if beside.exists() else name)
    problem = None if os.path.lexists(path) else f"no such file (line {number} of {manifest})"
    return Input(path, url.strip(), problem)
