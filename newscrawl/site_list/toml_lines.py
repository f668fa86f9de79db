"""Line numbers of the keys of a TOML document, which tomllib does not give."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator

Path = tuple[str | int, ...]
"""Path to a value: keys of tables and indexes of arrays, ``("site", 0, "name")``."""

_TOKEN = re.compile(
    r"""
    (?P<space> [\ \t\r]+ | \#[^\n]* )
  | (?P<newline> \n )
  | (?P<string> \"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
  | (?P<open> [\[{] )
  | (?P<close> [\]}] )
  | (?P<equals> = )
  | (?P<comma> , )
  | (?P<bare> [^\s\[\]{}=,"'\#]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class TomlLines:
    r"""Lines of keys, counted from 1.

    ``text`` is a document that tomllib has read without complaint.

    >>> TomlLines('[[site]]\nname = "a"\n')[("site", 0, "name")]
    2
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {(): 1}
        self._prefix: Path = ()
        self._arrays: dict[Path, int] = {}
        for tokens in _statements(text):
            if tokens[0][0] == "open":
                self._read_header(tokens)
            else:
                self._read_pair(tokens)

    def __getitem__(self, path: Path) -> int:
        """Return the line of a value, else of the innermost table or array around it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def _read_header(self, tokens: list[tuple[str, str, int]]) -> None:
        names = _names(value for kind, value, _ in tokens if kind in ("bare", "string"))
        path: Path = ()
        for name in names[:-1]:
            path = self._last_element((*path, name))
        path = (*path, names[-1])
        if [kind for kind, *_ in tokens[:2]] == ["open", "open"]:
            self._lines.setdefault(path, tokens[0][2])
            self._arrays[path] = self._arrays.get(path, -1) + 1
            path = self._last_element(path)
        self._prefix = path
        self._lines[path] = tokens[0][2]

    def _last_element(self, path: Path) -> Path:
        return (*path, self._arrays[path]) if path in self._arrays else path

    def _read_pair(self, tokens: list[tuple[str, str, int]]) -> None:
        equals = next(index for index, token in enumerate(tokens) if token[0] == "equals")
        path = self._prefix + _names(value for _, value, _ in tokens[:equals])
        self._lines[path] = tokens[0][2]
        value = tokens[equals + 1 :]
        if value and value[0][1] == "[":
            for index, line in enumerate(_element_lines(value)):
                self._lines[*path, index] = line


def _statements(text: str) -> Iterator[list[tuple[str, str, int]]]:
    """Yield the tokens of each header and each pair: what it is, its text, its line."""
    line, depth = 1, 0
    statement: list[tuple[str, str, int]] = []
    for match in _TOKEN.finditer(text + "\n"):
        kind, value = match.lastgroup or "", match[0]
        if kind == "newline" and depth == 0 and statement:
            yield statement
            statement = []
        elif kind not in ("space", "newline"):
            statement.append((kind, value, line))
            depth += (kind == "open") - (kind == "close")
        line += value.count("\n")


def _element_lines(value: list[tuple[str, str, int]]) -> Iterator[int]:
    """Yield the line of each element of an array."""
    depth, expected = 0, False
    for kind, _, line in value:
        if expected and kind != "close":
            yield line
            expected = False
        depth += (kind == "open") - (kind == "close")
        if depth == 1 and kind in ("open", "comma"):
            expected = True


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the keys that a dotted key is made of, quotes and escapes read by tomllib."""
    table = tomllib.loads("".join(parts) + " = 0")
    names: list[str] = []
    while isinstance(table, dict):
        ((name, table),) = table.items()
        names.append(name)
    return tuple(names)
