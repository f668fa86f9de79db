"""The code blocks of a page of documentation, and what is to be done with each.

A block is run unless a comment right before it says otherwise:

- ``<!-- file: NAME -->``: the block is the content of a file, which the commands after it use;
- ``<!-- run by: tests/PATH.py -->``: another test runs these commands, with what they need;
- ``<!-- not run: REASON -->``: nothing here can run them; the reason is for the reader, too.

``sh`` blocks hold commands alone, ``console`` blocks also what they print: lines after ``$ ``, in
which ``…`` stands for anything. ``python`` blocks are run as scripts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(
    r"(?:^<!--\s*(?P<what>file|run by|not run):\s*(?P<value>.*?)\s*-->\n\n?)?"
    r"^(?P<fence>```+)(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    language: str
    text: str
    line: int
    what: str = ""
    """``file``, ``run by``, ``not run`` or "": the comment before it."""
    value: str = ""
    """What the comment says."""


def blocks_of(markdown: str) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return [
        Block(
            found["language"].strip(),
            found["text"],
            markdown.count("\n", 0, found.start("fence")) + 1,
            found["what"] or "",
            found["value"] or "",
        )
        for found in _FENCE.finditer(markdown)
    ]


def commands_of(console: str) -> list[tuple[str, str]]:
    r"""Return each command of a ``console`` block with what it prints.

    >>> commands_of("$ echo a\na\n$ echo b \\\n>   c\nb c\n")
    [('echo a', 'a\n'), ('echo b \\\n  c', 'b c\n')]
    """
    commands: list[tuple[str, str]] = []
    for line in console.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], ""))
        elif line.startswith("> ") and commands and not commands[-1][1]:
            commands[-1] = (f"{commands[-1][0]}\n{line[2:]}", "")
        elif commands:
            commands[-1] = (commands[-1][0], f"{commands[-1][1]}{line}\n")
        else:
            raise ValueError(f"a console block begins with '$ ', not with {line!r}")
    return commands


def is_like(printed: str, shown: str) -> bool:
    """Tell whether a command printed what the documentation shows, where ``…`` is anything.

    White space at the ends of lines does not count.
    """
    pattern = ".*?".join(re.escape(part) for part in _tidy(shown).split("…"))
    return re.fullmatch(pattern, _tidy(printed), re.DOTALL) is not None


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
