"""``newscrawl extract --explain``: what each field of a page could have been, as tables."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import replace

from rich.table import Table
from rich.text import Text

from newscrawl.cli.console import console, warn
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.inputs import find_inputs
from newscrawl.extraction.record import parse_page
from newscrawl.extraction.saved import saved_page
from newscrawl.records.reading.files import STDIN

_SHOWN = 160  # characters of a value
_CANDIDATES = 6
_DOUBTFUL = (0.05, 0.95)


def explain_pages(targets: Iterable[str], url: str) -> None:
    """Print for each saved page what was weighed; what cannot be read is left to the extraction."""
    for item in find_inputs(targets):
        if item.path == STDIN or item.problem:
            continue
        try:
            fetched = saved_page(replace(item, url=item.url or url))
            if fetched.is_text:
                warn(f"{item.path}: a text dump; --explain is for HTML pages")
                continue
            extraction = Extraction(parse_page(fetched), fetched.hints)
        except (NotAPageError, OSError, EOFError, zlib.error):
            continue  # the extraction that follows says so
        extraction.record()
        console.rule(Text(item.path))
        console.print(_fields(extraction))
        console.print(_blocks(extraction))


def _fields(extraction: Extraction) -> Table:
    table = Table("field", "candidate", "source", "where", box=None, pad_edge=False)
    table.title = f"kind: {extraction.article.kind}; the first candidate of a field is taken"
    for name, candidates in extraction.candidates.items():
        for number, candidate in enumerate(candidates[:_CANDIDATES]):
            table.add_row(
                name if number == 0 else "",
                Text(candidate.value[:_SHOWN], style="bold" if number == 0 else "dim"),
                candidate.source,
                Text(candidate.where),
            )
        if len(candidates) > _CANDIDATES:
            table.add_row("", Text(f"… and {len(candidates) - _CANDIDATES} more", style="dim"))
    return table


def _blocks(extraction: Extraction) -> Table:
    """Return the blocks that the body's score was in doubt of, and those that a rule left out."""
    chosen = {block.index for block in extraction.body}
    left_out = extraction.draft.left_out
    table = Table("body", "score", "by", "element", "text", box=None, pad_edge=False)
    low, high = _DOUBTFUL
    for block, score in zip(extraction.listed, extraction.scores.tolist(), strict=True):
        taken = block.index in chosen
        if low < score < high or taken != (score > 0.5):
            table.add_row(
                Text("taken", style="bold") if taken else Text("left", style="dim"),
                f"{score:.2f}",
                Text(left_out.get(block.index, "score")),
                Text(block.tag),
                Text(block.text[:_SHOWN]),
            )
    table.title = (
        f"{len(chosen)} of {len(extraction.blocks.blocks)} blocks taken; "
        f"those in doubt ({low} to {high}), or left out by a rule"
    )
    return table
