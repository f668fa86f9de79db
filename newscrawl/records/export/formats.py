"""The formats by name, and files that are written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from newscrawl.records.export.text_file import STDOUT
from newscrawl.records.export.writers import Format, FormatError, Writer
from newscrawl.records.output.replacing import replacing


def _of(module: str, name: str) -> Callable[[Path], Writer]:
    """Return what opens a writer; its module is loaded only then."""

    def opened(path: Path) -> Writer:
        writer: Writer = getattr(import_module(f"newscrawl.records.export.{module}"), name)(path)
        return writer

    return opened


def _lines_of(module: str, name: str) -> Callable[[Path], Writer]:
    def opened(path: Path) -> Writer:
        from newscrawl.records.export.json_lines import JsonLinesWriter

        return JsonLinesWriter(
            path, getattr(import_module(f"newscrawl.records.export.{module}"), name)
        )

    return opened


_BUILT_IN = (
    Format("parquet", "Parquet, typed", _of("parquet", "ParquetWriter"), packages=("pyarrow",)),
    Format("csv", "CSV for spreadsheets", _of("spreadsheet", "CsvWriter"), is_text=True),
    Format("json-ld", "schema.org", _lines_of("schema_org", "news_article"), is_text=True),
    Format("ninjs", "IPTC ninjs 3.3", _lines_of("ninjs", "ninjs"), is_text=True),
    Format(
        "duckdb",
        "DuckDB database",
        _of("duckdb", "DuckdbWriter"),
        all_revisions=True,
        packages=("duckdb", "pyarrow"),
    ),
    Format("sqlite", "SQLite database", _of("sqlite", "SqliteWriter"), all_revisions=True),
)

GROUP = "newscrawl.formats"
"""The entry points by which packages add formats; each names a `Format`."""


@cache
def all_formats() -> dict[str, Format]:
    """Return every format by the name that ``--to`` takes: newscrawl's own, then registered ones.

    Raises FormatError for an entry point that cannot be loaded or names no `Format`.
    """
    formats = {each.name: each for each in _BUILT_IN}
    for entry_point in entry_points(group=GROUP):
        try:
            found = entry_point.load()
        except Exception as error:
            raise FormatError(f"{entry_point.value} cannot be loaded: {error}") from error
        if not isinstance(found, Format):
            raise FormatError(f"{entry_point.value} is no newscrawl.records.export.Format")
        formats[found.name] = found
    return formats


def find_format(name: str) -> Format:
    """Return a format by its name; raises FormatError, with the known names, for another."""
    formats = all_formats()
    if name not in formats:
        raise FormatError(f"{name!r} is no format: choose from {', '.join(formats)}")
    return formats[name]


def missing_packages(target: Format) -> list[str]:
    """Return the packages that a format needs and that are not installed."""
    return [name for name in target.packages if find_spec(name) is None]


def with_byte_order_mark(target: Format) -> Format:
    """Return the CSV format with a byte-order mark at its beginning."""
    return replace(target, open=_of("spreadsheet", "open_with_mark"))


@contextmanager
def export_file(path: Path, target: Format, *, force: bool = False) -> Iterator[Writer]:
    """Give a writer whose file takes its place when the block ends well, complete and synced.

    Until then, and after an error, what was there stays as it was; with ``force`` it is replaced.
    ``-`` is standard output, for formats of text; they can go to a pipe or a device by its name,
    too. Raises FileExistsError, other OSErrors.
    """
    if is_stream(path):
        with _written(path, target) as writer:
            yield writer
        return
    if not force and path.exists():
        raise FileExistsError(f"{path} is there already")
    with replacing(path, new=not force) as partial, _written(partial, target) as writer:
        yield writer


def is_stream(path: Path) -> bool:
    """Return whether a path is a stream: standard output, a pipe, a device."""
    return path == STDOUT or (path.exists() and not path.is_file() and not path.is_dir())


@contextmanager
def _written(path: Path, target: Format) -> Iterator[Writer]:
    writer = target.open(path)
    try:
        yield writer
        writer.close()
    except BaseException:
        writer.abort()
        raise
