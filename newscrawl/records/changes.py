"""Compare two records: field by field, and texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from newscrawl.items import Article
from newscrawl.records.output import Record

NOT_CONTENT = frozenset({"fetched_at", "content_hash", "revision", "schema_version", "cluster"})
"""Fields that say when and how a record was made, not what the article says."""

COMPARED = tuple(field.name for field in fields(Article) if field.name not in NOT_CONTENT)

# A word or a sign with the white space before it; scripts without spaces by character.
_PIECE = re.compile(r"\s*(?:[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\W|$)")
_MOST = 4_000_000
"""Pairs of words that are compared; beyond it two texts are shown whole, one after the other."""


class Change(NamedTuple):
    """A run of words."""

    kind: Literal["same", "removed", "added"]
    text: str
    """With the white space before it."""


def changed_fields(old: Record, new: Record) -> list[str]:
    """Return the names of the fields whose content differs, in the order of the record."""
    return [name for name in COMPARED if (old.get(name) or None) != (new.get(name) or None)]


def word_changes(old: str, new: str) -> list[Change]:
    """Return two texts as one: what is the same, what was removed, what was added, in order.

    Paragraphs are compared first and words within those that differ, so the time does not grow
    with the square of a long text.

    >>> [(change.kind, change.text) for change in word_changes("A red hat", "A blue hat")]
    [('same', 'A'), ('removed', ' red'), ('added', ' blue'), ('same', ' hat')]
    """
    found: list[Change] = []
    for before, after in _pairs(_paragraphs(old), _paragraphs(new)):
        if before == after:
            found.append(Change("same", before))
        else:
            found += _changes_of_words(before, after)
    return _joined(found)


def value_text(value: Any) -> str:
    """Return a field's value as text in which words can be compared."""
    if isinstance(value, list):
        return "\n".join(value_text(each) for each in value)
    if isinstance(value, dict):
        said = ((name, value_text(each)) for name, each in value.items())
        return ", ".join(f"{name}: {text}" for name, text in said if text)
    return "" if value is None else str(value)


def _paragraphs(text: str) -> list[str]:
    return re.findall(r".*?(?:\n+|$)", text, re.DOTALL)[:-1] if text else []


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands for what: the same runs one by one, the others as one text each."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation == "equal":
            yield from zip(old[start:end], new[other_start:other_end], strict=True)
        else:
            yield "".join(old[start:end]), "".join(new[other_start:other_end])


def _changes_of_words(old: str, new: str) -> Iterator[Change]:
    left, right = _PIECE.findall(old), _PIECE.findall(new)
    if len(left) * len(right) > _MOST:
        yield from (Change("removed", old), Change("added", new))
        return
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for operation, start, end, other_start, other_end in matcher.get_opcodes():
        if operation == "equal":
            yield Change("same", "".join(left[start:end]))
        else:
            yield Change("removed", "".join(left[start:end]))
            yield Change("added", "".join(right[other_start:other_end]))


def _joined(changes: list[Change]) -> list[Change]:
    """Return the changes without empty ones, neighbours of one kind joined."""
    joined: list[Change] = []
    for change in changes:
        if joined and joined[-1].kind == change.kind:
            joined[-1] = Change(change.kind, joined[-1].text + change.text)
        elif change.text:
            joined.append(change)
    return joined
