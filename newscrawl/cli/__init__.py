"""The ``newscrawl`` command: one file a subcommand, each loaded only when it is asked for.

A subcommand that wants to know of ``--debug`` takes ``context: typer.Context`` and reads
``context.obj["debug"]``.
"""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module, metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from newscrawl.cli.exit_codes import ExitCode

COMMANDS = (
    "crawl",
    "frontier",
    "extract",
    "archive",
    "show",
    "diff",
    "export",
    "report",
    "schema",
    "sites",
    "fixture",
    "evaluate",
    "train",
    "demo",
)
"""The subcommands in the order of ``--help``; each is the module of that name beside this file."""


class _Subcommands(TyperGroup):
    """Imports a subcommand's module when it is used, so that the command starts quickly."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _load(cmd_name)
        return self.commands[cmd_name]


def _load(name: str) -> Any:
    """Return the ``app`` of the module called ``name``, or its function of that name."""
    module = import_module(f"{__name__}.{name}")
    subcommands = getattr(module, "app", None)
    if subcommands is None:
        subcommands = typer.Typer(add_completion=False, rich_markup_mode=None)
        subcommands.command(name)(getattr(module, name))
    command = get_command(subcommands)
    command.name = name
    return command


app = typer.Typer(
    name="newscrawl",
    cls=_Subcommands,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newscrawl {metadata.version('newscrawl')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _newscrawl(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and end."
        ),
    ] = False,
    debug: Annotated[  # noqa: ARG001
        bool, typer.Option("--debug", help="Show the traceback of an internal error.")
    ] = False,
) -> None:
    """News pages in, clean article records (JSON Lines) out."""
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


_COLLECT_EVERY = 10_000
"""New objects. Python's 700 costs a crawl a tenth of its time, and finds three objects a page."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (default: those of the process); return its exit code.

    Every error ends as one line on standard error. ``--debug``, anywhere on the line, adds the
    traceback of an unexpected one.
    """
    if arguments is None:  # the process is this command's own
        gc.set_threshold(_COLLECT_EVERY, 10, 10)
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = words[: words.index("--")] if "--" in words else words
    debug = "--debug" in options
    words = [word for word in options if word != "--debug"] + words[len(options) :]
    try:
        code = _run(words, debug=debug)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone, as `| head` does: nobody is left to complain to.
        from newscrawl.cli.output import discard_stdout

        discard_stdout()
        return ExitCode.OUTPUT
    except KeyboardInterrupt:
        _complain("interrupted")
        return ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence; nothing may leak
        if debug:
            traceback.print_exc()
        _complain(f"internal error: {type(error).__name__}: {error}; {_next_step(debug)}")
        return ExitCode.INTERNAL
    return code


def _run(words: list[str], *, debug: bool) -> int:
    command = get_command(app)
    try:
        with command.make_context("newscrawl", words, obj={"debug": debug}) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return ExitCode.INTERRUPTED
    except typer.TyperException as error:
        where = getattr(getattr(error, "ctx", None), "command_path", "newscrawl")
        _complain(f"{error.format_message().rstrip('.')} (see {where} --help)")
        return error.exit_code
    return ExitCode.OK


def _next_step(debug: bool) -> str:
    return "please report it" if debug else "run again with --debug for the traceback"


def _complain(message: str) -> None:
    from newscrawl.cli.console import warn

    warn(message)
