"""Rows of React's server components, which Next.js pushes to ``self.__next_f`` in pieces.

A row is an identifier in hexadecimal digits, a colon, and JSON; or ``T``, a length in bytes and a
text. Values name other rows as ``"$1f"`` or ``"$L1f"``; an element is ``["$", type, key, props]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_VALUES = 200_000
"""So many values are followed from row to row."""

MAX_LEVELS = 80
"""What lies deeper is dropped."""

_PUSHED = re.compile(r'\.push\(\s*\[\s*1\s*,\s*("(?:[^"\\]++|\\.)*+")')
_ROW = re.compile(r"\n?([0-9a-f]{1,8}):")
_TEXT = re.compile(r"T([0-9a-f]{1,8}),")
_NAME = re.compile(r"\$[LQW@]?([0-9a-f]{1,8})\Z")
_DECODER = json.JSONDecoder(strict=False)


def flight_values(scripts: list[str]) -> Iterator[Any]:
    """Yield the values of the rows that scripts push, elements as dicts with their ``type``."""
    payload = "".join(_pieces(scripts))
    rows = _rows(payload)
    tree = _Tree(rows)
    for name in rows:
        yield tree.row(name, 0)


def _pieces(scripts: list[str]) -> Iterator[str]:
    for script in scripts:
        for match in _PUSHED.finditer(script):
            try:
                yield json.loads(match[1], strict=False)
            except ValueError:  # an escape that JSON has not
                continue


def _rows(payload: str) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    position = 0
    while row := _ROW.search(payload, position):
        position = row.end()
        if text := _TEXT.match(payload, position):
            # The length is one of bytes; no character has fewer than one.
            size = int(text[1], 16)
            whole = payload[text.end() : text.end() + size].encode("utf-8", "replace")[:size]
            rows[row[1]] = whole.decode("utf-8", "ignore")
            position = text.end() + len(rows[row[1]])
            continue
        try:
            rows[row[1]], position = _DECODER.raw_decode(payload, position)
        except json.JSONDecodeError as error:
            position = max(position, payload.find("\n", error.pos))
        except RecursionError:
            position = max(position, payload.find("\n", position))
    return rows


class _Tree:
    """Rows with those that they name in their places, each made once."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self._rows = rows
        self._made: dict[str, Any] = {}
        self._left = MAX_VALUES

    def row(self, name: str, level: int) -> Any:
        """Return the value of a row; None within itself."""
        if name not in self._made:
            self._made[name] = None
            self._made[name] = self._of(self._rows[name], level)
        return self._made[name]

    def _of(self, value: Any, level: int) -> Any:
        self._left -= 1
        if level > MAX_LEVELS or self._left < 0:
            return None
        if isinstance(value, str):
            name = _NAME.match(value)
            known = name is not None and name[1] in self._rows
            return self.row(name[1], level + 1) if name is not None and known else value
        if isinstance(value, list):
            if len(value) > 3 and value[0] == "$" and isinstance(value[3], dict):
                return {"type": value[1], **(self._of(value[3], level + 1) or {})}
            return [self._of(inner, level + 1) for inner in value]
        if isinstance(value, dict):
            return {key: self._of(inner, level + 1) for key, inner in value.items()}
        return value
