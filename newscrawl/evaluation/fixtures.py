"""Saved pages with the record expected of each: find them, read them, compare field by field.

A fixture is a folder ``fixtures/SITE/SLUG/`` that holds

- ``page.html``, or ``page.txt`` for a plain-text dump: the bytes as they were served;
- ``article.json``: the record that a careful reader makes of the page. A key that is absent is not
  compared. ``fetched_at``, when given, is when the page was fetched: relative dates count from it;
- ``xfail.json``, seldom: ``{"field": "reason"}``, the fields that are known to come out wrong;
- ``headers.json``, seldom: the response headers without which the page cannot be read, names in
  lower case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from newscrawl.extraction.record import FetchedPage, extract_page
from newscrawl.items import Article

RECORD_NAME = "article.json"
EXPECTED_FAILURES_NAME = "xfail.json"
HEADERS_NAME = "headers.json"
PAGE_NAMES = ("page.html", "page.txt")

# Scripts that write no spaces between words are compared by character.
_PIECE = re.compile(r"\s*(?:[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\W|$)")
# Given to the extractor, not asked of it.
_INPUTS = frozenset({"fetched_at"})
# What a first record leaves out: none of it can be reviewed by looking at the page.
_NOT_REVIEWED = frozenset(
    {"sources", "rights", "content_hash", "revision", "schema_version", "confidence"}
)
_IMAGE_KEYS = ("url", "caption", "credit", "alt")
_CONTEXT = 40
_SHOWN = 160


class FixtureError(ValueError):
    """A fixture's folder cannot be used; the message names the file and what is wrong with it."""


def fixtures_dir() -> Path:
    """Return the folder of the fixtures: the installed package's own, else the repository's.

    Raises FixtureError when there is neither.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_fixtures", package.parent / "fixtures"):
        if folder.is_dir():
            return folder
    raise FixtureError(f"no fixtures: neither {package}/_fixtures nor {package.parent}/fixtures")


@dataclass(frozen=True, slots=True)
class Fixture:
    """A saved page and what is expected of it."""

    site: str
    slug: str
    page: Path
    """The saved page, ``page.html`` or ``page.txt``."""

    expected: Mapping[str, Any]
    """The content of ``article.json``: record keys to values."""

    expected_failures: Mapping[str, str] = field(default_factory=dict)
    """The content of ``xfail.json``: record keys to the reason why they come out wrong."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """The content of ``headers.json``."""

    @property
    def name(self) -> str:
        """``SITE/SLUG``."""
        return f"{self.site}/{self.slug}"

    @property
    def compared(self) -> tuple[str, ...]:
        """The record keys that `differences` compares, in the order of the record."""
        return tuple(
            item_field.name
            for item_field in fields(Article)
            if item_field.name in self.expected and item_field.name not in _INPUTS
        )

    def extract(self) -> Article:
        """Return the record that newscrawl makes of the saved page.

        Raises newscrawl.exceptions.NotAPageError as ``newscrawl.extract`` does.
        """
        url = self.expected["url"]
        fetched = self.expected.get("fetched_at")
        fetched_at = datetime.fromisoformat(fetched) if fetched else None
        is_text = self.page.suffix == ".txt"
        return extract_page(
            FetchedPage(self.page.read_bytes(), url, self.headers, fetched_at, is_text=is_text)
        )

    def differences(self, article: Article) -> list[Difference]:
        """Return the fields of ``article`` that are not as expected, in the order of the record."""
        record = article.to_dict()
        return [
            Difference(name, self.expected[name], record[name])
            for name in self.compared
            if _comparable(self.expected[name]) != _comparable(record[name])
        ]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not as expected."""

    field: str
    expected: Any
    actual: Any

    def __str__(self) -> str:
        """Return a few lines on what is missing, what is too much, and where."""
        if isinstance(self.expected, str) and isinstance(self.actual, str):
            return f"{self.field}:\n{_text_difference(self.expected, self.actual)}"
        return (
            f"{self.field}:\n"
            f"  expected {_shortened(self.expected)}\n"
            f"  found    {_shortened(self.actual)}"
        )


def find_fixtures(folder: Path | None = None, *, sites: set[str] | None = None) -> list[Fixture]:
    """Return the fixtures under ``folder`` (`fixtures_dir` by default), sorted by name.

    ``sites`` keeps those of the named sites only. Raises FixtureError as `load_fixture` does.
    """
    root = folder if folder is not None else fixtures_dir()
    found = (record.parent for record in sorted(root.glob(f"*/*/{RECORD_NAME}")))
    return [load_fixture(one) for one in found if sites is None or one.parent.name in sites]


def load_fixture(folder: Path) -> Fixture:
    """Return the fixture in ``folder``, whose last two names are SITE and SLUG.

    Raises FixtureError when the page is missing, or a JSON file is none or names no such field.
    """
    pages = [folder / name for name in PAGE_NAMES if (folder / name).is_file()]
    if len(pages) != 1:
        raise FixtureError(f"{folder}: expected one of {' and '.join(PAGE_NAMES)}")
    expected = _load_object(folder / RECORD_NAME)
    if not isinstance(expected.get("url"), str):
        raise FixtureError(f"{folder / RECORD_NAME}: no url")
    failures = _load_optional(folder / EXPECTED_FAILURES_NAME)
    for name, keys in ((RECORD_NAME, expected), (EXPECTED_FAILURES_NAME, failures)):
        for key in keys:
            if key not in Article.__dataclass_fields__:
                raise FixtureError(f"{folder / name}: the record has no field {key!r}")
    headers = _load_optional(folder / HEADERS_NAME)
    return Fixture(folder.parent.name, folder.name, pages[0], expected, failures, headers)


def save_fixture(
    folder: Path, page_name: str, page: bytes, article: Article, headers: Mapping[str, str]
) -> None:
    """Write a page and the record made of it, to be reviewed, into ``folder``.

    ``page_name`` is one of `PAGE_NAMES`; ``headers`` is what ``headers.json`` is to hold. What
    the folder held of an earlier fixture is gone. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*PAGE_NAMES, EXPECTED_FAILURES_NAME, HEADERS_NAME):
        (folder / name).unlink(missing_ok=True)
    (folder / page_name).write_bytes(page)
    record = {key: value for key, value in article.to_dict().items() if key not in _NOT_REVIEWED}
    if record["fetched_at"] is None:
        del record["fetched_at"]
    _save_object(folder / RECORD_NAME, record)
    if headers:
        _save_object(folder / HEADERS_NAME, dict(headers))


def _save_object(path: Path, value: dict[str, Any]) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_bytes(text.encode("utf-8", "replace") + b"\n")


def _load_optional(path: Path) -> dict[str, Any]:
    return _load_object(path) if path.is_file() else {}


def _load_object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FixtureError(f"{path}: {error}") from error
    if not isinstance(value, dict):
        raise FixtureError(f"{path}: not a JSON object")
    return value


def _comparable(value: Any) -> Any:
    """Return the value with every image whole: a key left out is the same as null."""
    if isinstance(value, list):
        return [_comparable(one) for one in value]
    if isinstance(value, dict) and "url" in value:
        return {key: value.get(key) for key in _IMAGE_KEYS}
    return value


def _text_difference(expected: str, actual: str) -> str:
    return "\n".join(f"  {line}" for line in _changes(expected, actual))


def _changes(expected: str, actual: str) -> Iterator[str]:
    """Each run of words that differs, after the words that stand before it."""
    left, right = _pieces(expected), _pieces(actual)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        before = "".join(left[:start])[-_CONTEXT:].lstrip()
        place = f"after {before!r}: " if before else "at the start: "
        missing, added = "".join(left[start:end]), "".join(right[other_start:other_end])
        if missing:
            yield f"{place}missing {_shortened(missing)}"
        if added:
            yield f"{place}too much {_shortened(added)}"


def _pieces(text: str) -> list[str]:
    """Words and signs, each with the white space before it; characters in Chinese and Japanese."""
    return _PIECE.findall(text)


def _shortened(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    if len(shown) <= _SHOWN:
        return shown
    half = _SHOWN // 2
    return f"{shown[:half]} … {shown[-half:]} ({len(shown)} characters)"
