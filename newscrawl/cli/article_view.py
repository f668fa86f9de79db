"""A record set for reading in a terminal; nothing in it can command the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from newscrawl.records.changes import value_text
from newscrawl.records.output import Record
from newscrawl.text.cleaning import clean_line, clean_text

WIDEST = 88
"""Columns; longer lines are hard to read."""

_SET = ("headline", "description", "date", "date_modified", "authors", "caption", "credit", "body")
"""Fields that stand above the table, in the places that they have on a page."""
_SHOWN = 300


def console_for(width: int | None = None) -> Console:
    """Return standard output, no wider than can be read."""
    console = Console(highlight=False)
    return Console(highlight=False, width=min(width or console.width, WIDEST))


def show_article(record: Record, console: Console) -> None:
    """Print a record: the article as a reader has it, then each field with its source."""
    for part in _parts(record):
        console.print(part)
    console.print(Rule(style="dim"))
    console.print(_fields(record))


def _parts(record: Record) -> Iterator[RenderableType]:
    above = " · ".join(filter(None, (plain(record.get("section")), plain(record.get("publisher")))))
    if above:
        yield Text(above, style="dim")
    yield Text(plain(record.get("headline")) or "(no headline)", style="bold")
    if record.get("description"):
        yield Text(plain(record["description"]), style="italic")
    byline = [plain(", ".join(record.get("authors") or [])), _dates(record)]
    if any(byline):
        yield Text("\n".join(filter(None, byline)), style="dim")
    yield Text()
    caption, credit = plain(record.get("caption")), plain(record.get("credit"))
    if caption or credit:
        words = Text.assemble("▣ ", caption, (f" ({credit})" if credit else "", "dim"))
        yield Padding(words, (0, 4, 1, 4))
    yield Text(clean_text(record.get("body") or "") or "(no text)")


def _dates(record: Record) -> str:
    said = {"published": record.get("date"), "updated": record.get("date_modified")}
    return ", ".join(f"{word} {plain(text)}" for word, text in said.items() if text)


def _fields(record: Record) -> Table:
    """Return every field that is set, where it came from, and its value if it is not above."""
    sources: Mapping[str, Any] = record.get("sources") or {}
    table = Table("field", "source", "value", box=None, pad_edge=False, header_style="dim")
    for name, value in record.items():
        if name == "sources" or value in (None, [], {}):
            continue
        shown = "above" if name in _SET else _shortened(_value(value))
        table.add_row(
            Text(plain(name)),
            Text(plain(sources.get(name, "")), style="dim"),
            Text(shown, style="dim" if name in _SET else "", overflow="fold"),
        )
    return table


def plain(value: Any) -> str:
    """Return a text on one line, without the control characters that a foreign file may have."""
    return clean_line(value) if isinstance(value, str) else ""


def _value(value: Any) -> str:
    between = "; " if isinstance(value, list) else " "
    return plain(value_text(value).replace("\n", between))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"
