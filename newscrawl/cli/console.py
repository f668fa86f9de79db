"""Messages to people, always on standard error; standard output is for data."""

from __future__ import annotations

from typing import NoReturn

import typer
from rich.console import Console

from newscrawl.cli.exit_codes import ExitCode
from newscrawl.text.cleaning import clean_line

console = Console(stderr=True, highlight=False)
"""Standard error, for progress and tables."""


def say(message: str) -> None:
    """Write one line to standard error, whatever control characters the message holds."""
    line = clean_line(message.encode("utf-8", "backslashreplace").decode("utf-8"))
    console.print(line, markup=False, soft_wrap=True)


def warn(message: str) -> None:
    """Print a warning on one line; the run goes on."""
    say(f"newscrawl: {message}")


def fail(message: str, code: ExitCode = ExitCode.USAGE) -> NoReturn:
    """Print an error on one line and end the command with ``code``.

    Raises ``typer.Exit``.
    """
    warn(message)
    raise typer.Exit(code)
