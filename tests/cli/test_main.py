"""The command as a whole: help, version, what a wrong line says, what a bug says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newscrawl.cli import COMMANDS, main
from newscrawl.cli.exit_codes import ExitCode


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_help_lists_every_command(words, capsys):
    assert main(words) == ExitCode.OK
    shown = capsys.readouterr()
    assert not shown.err
    for command in COMMANDS:
        assert f"  {command} " in shown.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    assert main([command, "--help"]) == ExitCode.OK
    assert capsys.readouterr().out.startswith(f"Usage: newscrawl {command} ")


def test_version(capsys):
    assert main(["--version"]) == ExitCode.OK
    assert capsys.readouterr().out == "newscrawl 0.1.0\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bogus"], "newscrawl: No such command 'bogus' (see newscrawl --help)\n"),
        (["--bogus"], "newscrawl: No such option: --bogus (see newscrawl --help)\n"),
        (
            ["extract", "--zzz"],
            "newscrawl: No such option: --zzz (see newscrawl extract --help)\n",
        ),
    ],
)
def test_wrong_line_is_one_line_and_code_2(words, message, capsys):
    assert main(words) == ExitCode.USAGE
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", message)


def test_help_does_not_load_the_crawler_or_the_parser_of_dates():
    """That is what makes it quick; no clock is needed to see it."""
    program = (
        "import sys; from newscrawl.cli import main; main(['--help']);"
        "print([name for name in ('scrapy', 'twisted', 'trafilatura') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "[]"


def test_a_bug_is_one_line_and_a_traceback_only_for_debug(tmp_path):
    (tmp_path / "broken.py").write_text("def broken() -> None:\n    raise KeyError('hall')\n")
    program = (
        "import sys, newscrawl.cli as cli;"
        f"cli.__path__.append({str(tmp_path)!r}); cli.COMMANDS += ('broken',);"
        "sys.exit(cli.main(sys.argv[1:]))"
    )

    def run(*words):
        return subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, text=True, check=False
        )

    plain, debug = run("broken"), run("broken", "--debug")
    assert plain.returncode == debug.returncode == ExitCode.INTERNAL
    assert plain.stderr == (
        "newscrawl: internal error: KeyError: 'hall'; run again with --debug for the traceback\n"
    )
    assert debug.stderr.startswith("Traceback")
    assert debug.stderr.endswith("newscrawl: internal error: KeyError: 'hall'; please report it\n")


def test_python_m_newscrawl_is_the_command():
    run = subprocess.run(
        [sys.executable, "-m", "newscrawl", "bogus"], capture_output=True, text=True, check=False
    )
    assert run.returncode == ExitCode.USAGE
    assert run.stderr.startswith("newscrawl: No such command 'bogus'")
