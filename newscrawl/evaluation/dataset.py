"""Folders of pages with the truth about them: ``truth.jsonl`` and ``html/ID.html.gz``."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from newscrawl.text.urls import site_of

TRUTH_FILE = "truth.jsonl"

Split = Literal["dev", "held-out", "all"]

# A publisher's pages are all of them held out or none; one publisher in so many is.
_HELD_OUT_EVERY = 4


class DatasetError(ValueError):
    """A folder is no evaluation folder, or its truth cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about one page; None or empty where nothing is known."""

    id: str
    url: str = ""
    headline: str | None = None
    date: str | None = None
    body: str | None = None
    summary: str | None = None
    caption: str | None = None
    authors: list[str] = field(default_factory=list)
    kind: str | None = None
    lang: str | None = None
    required_snippets: list[str] = field(default_factory=list)
    """Texts that the body must hold (``with`` in the file)."""
    unwanted_snippets: list[str] = field(default_factory=list)
    """Texts that the body must not hold (``without`` in the file)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: where its bytes are, and the truth about it."""

    path: Path
    truth: Truth

    def read(self) -> bytes:
        """Return the page's bytes as they were served.

        Raises DatasetError when the file cannot be read or is no whole gzip file.
        """
        try:
            data = self.path.read_bytes()
            return gzip.decompress(data) if self.path.suffix == ".gz" else data
        except (OSError, EOFError, zlib.error) as error:
            raise DatasetError(f"{self.path}: cannot be read ({error})") from error


def load(directory: Path, *, split: Split = "all", limit: int | None = None) -> list[Sample]:
    """Return the samples of an evaluation folder in the order of its ``truth.jsonl``.

    Raises DatasetError for a missing or broken truth file, a missing page, or an empty split.
    """
    truth_file = directory / TRUTH_FILE
    try:
        lines = truth_file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{truth_file}: cannot be read ({error})") from error
    samples = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        truth = _truth(line, f"{truth_file}:{number}")
        if split == "all" or is_held_out(site_of(truth.url)) == (split == "held-out"):
            samples.append(Sample(_page_path(directory, truth.id), truth))
        if limit is not None and len(samples) >= limit:
            break
    if not samples:
        raise DatasetError(f"{truth_file}: no pages in the split {split!r}")
    return samples


def _truth(line: str, where: str) -> Truth:
    try:
        record: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise DatasetError(f"{where}: no JSON ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise DatasetError(f"{where}: no object with an id")
    return Truth(
        id=record["id"],
        url=record.get("url") or "",
        headline=record.get("headline") or None,
        date=record.get("date") or None,
        body=record.get("body") or None,
        summary=record.get("summary") or None,
        caption=record.get("caption") or None,
        authors=record.get("authors") or [],
        kind=record.get("kind") or None,
        lang=record.get("lang") or None,
        required_snippets=record.get("with") or [],
        unwanted_snippets=record.get("without") or [],
    )


def _page_path(directory: Path, page_id: str) -> Path:
    for suffix in (".html.gz", ".html"):
        path = directory / "html" / f"{page_id}{suffix}"
        if path.is_file():
            return path
    raise DatasetError(f"{directory / 'html' / page_id}.html.gz: the page is missing")


def is_held_out(domain: str) -> bool:
    """Return whether a publisher's pages are held out from tuning; stable over time."""
    return blake2b(domain.encode()).digest()[0] % _HELD_OUT_EVERY == 0
