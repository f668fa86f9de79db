"""What a change of a JSON Schema means for those who read records by the version before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

MAJOR, MINOR, PATCH = "major", "minor", "patch"
_WORDS = frozenset({"$id", "title", "description", "examples", "default"})
# Those that let fewer values through the lower they are; the others, the higher they are.
_UPPER = frozenset({"maximum", "maxLength", "maxItems"})
_LOWER = frozenset({"minimum", "minLength", "minItems"})
_LOOKED_AT = _WORDS | _UPPER | _LOWER | {"type", "enum", "properties", "required", "items"}


def changes(old: Schema, new: Schema, where: str = "record") -> Iterator[tuple[str, str]]:
    """Yield (how much it is, what it is) for each difference of two schemas.

    A reader of the old version has prepared for what the old schema says. A value that it may
    now meet and did not have to expect, or a key that it can no longer find, breaks it.
    """
    yield from _types(old, new, where)
    yield from _values(old, new, where)
    yield from _bounds(old, new, where)
    yield from _keys(old, new, where)
    if "items" in old and "items" in new:
        yield from changes(old["items"], new["items"], f"{where}[]")
    for word in sorted((old.keys() | new.keys()) - _LOOKED_AT):
        if old.get(word) != new.get(word):
            yield MAJOR, f"{where}: {word} has changed"
    for word in sorted(_WORDS):
        if old.get(word) != new.get(word):
            yield PATCH, f"{where}: {word} has changed"


def _types(old: Schema, new: Schema, where: str) -> Iterator[tuple[str, str]]:
    before, after = _set(old.get("type")), _set(new.get("type"))
    if before != after:
        yield MAJOR, f"{where}: type was {sorted(before)}, is {sorted(after)}"


def _values(old: Schema, new: Schema, where: str) -> Iterator[tuple[str, str]]:
    if ("enum" in old) != ("enum" in new):
        yield MAJOR, f"{where}: enum came or went"
        return
    before, after = old.get("enum", []), new.get("enum", [])
    for value in before:
        if value not in after:
            yield MAJOR, f"{where}: the value {value!r} is gone"
    for value in after:
        if value not in before:
            yield MINOR, f"{where}: the value {value!r} is new"


def _bounds(old: Schema, new: Schema, where: str) -> Iterator[tuple[str, str]]:
    for word in sorted(_UPPER | _LOWER):
        before, after = old.get(word), new.get(word)
        if before == after:
            continue
        grows = before is not None and (
            after is None or (after > before if word in _UPPER else after < before)
        )
        yield (MAJOR if grows else MINOR), f"{where}: {word} was {before}, is {after}"


def _keys(old: Schema, new: Schema, where: str) -> Iterator[tuple[str, str]]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name in before:
        if name not in after:
            yield MAJOR, f"{where}: {name} is gone"
        else:
            yield from changes(before[name], after[name], name)
    for name in set(old.get("required", [])) - set(new.get("required", [])):
        yield MAJOR, f"{where}: {name} need not be there any more"
    kept = [name for name in after if name in before]
    if kept != [name for name in before if name in after]:
        yield MAJOR, f"{where}: the keys stand in another order"
    elif list(after)[: len(kept)] != kept:
        yield MAJOR, f"{where}: new keys do not stand behind the others"
    for name in after:
        if name not in before:
            yield MINOR, f"{where}: {name} is new"


def _set(types: str | list[str] | None) -> set[str]:
    return set() if types is None else {types} if isinstance(types, str) else set(types)
