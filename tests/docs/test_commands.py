"""Every command line of the documentation is run, or says which test runs it, or why none can."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Block, blocks_of, commands_of, is_like
from tests.docs.web import Web

pytestmark = pytest.mark.slow

ROOT = DOCS.parent
PAGES = sorted(DOCS.rglob("*.md"))

# A checkout as a contributor has it, without what belongs to git and to the tests' own runs.
_CHECKOUT = ("newscrawl", "fixtures", "examples", "pyproject.toml", "scrapy.cfg", "README.md")

# The sample site belongs to nobody who could be disturbed, so nobody waits for it.
_COMMAND = """#!/bin/sh
case "$1" in
    crawl) set -- "$@" -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 -s RETRY_TIMES=0 ;;
    sites) [ "$2" != new ] || set -- "$@" -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 ;;
esac
exec {python} -m newscrawl "$@"
"""


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """All the hosts that the documentation names."""
    served = Web(tmp_path_factory.mktemp("web"))
    yield served
    served.close()


@pytest.fixture
def shell(web: Web, tmp_path: Path) -> Iterator[Shell]:
    """A shell in an empty folder, with newscrawl and its sample pages."""
    return Shell(tmp_path, web)


class Shell:
    """Runs commands one after another in a folder; ``checkout`` is where a page's ``cd`` leads."""

    def __init__(self, folder: Path, web: Web) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        programs = folder / "bin"
        programs.mkdir()
        command = programs / "newscrawl"
        command.write_text(_COMMAND.format(python=shlex.quote(sys.executable)))
        command.chmod(0o755)
        self.checkout = folder / "newscrawl"
        self.environment = {
            **os.environ,
            **web.environment,
            "PATH": f"{programs}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "COLUMNS": "100",
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def enter_checkout(self) -> None:
        """Go on in a copy of the repository, as it would be cloned."""
        for name in _CHECKOUT:
            source = ROOT / name
            subprocess.run(["cp", "-R", source, self._made(self.checkout) / name], check=True)
        self.folder = self.checkout

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=240,
            check=False,
        )

    @staticmethod
    def _made(folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        return folder


def run_block(shell: Shell, block: Block) -> None:
    if block.what == "file":
        path = shell.folder / block.value
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    elif block.language == "sh":
        done = shell.run(f"set -e\n{block.text}")
        assert done.returncode == 0, f"line {block.line}: {block.text}\n{done.stdout}"
    elif block.language == "python":
        done = shell.run(f"python - <<'END OF SCRIPT'\n{block.text}\nEND OF SCRIPT")
        assert done.returncode == 0, f"line {block.line}: {block.text}\n{done.stdout}"
    elif block.language == "console":
        for command, shown in commands_of(block.text):
            done = shell.run(command)
            assert is_like(done.stdout, shown), f"line {block.line}: {command}\n{done.stdout}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_the_commands_of_a_page_do_what_it_says(page: Path, shell: Shell) -> None:
    markdown = page.read_text(encoding="utf-8")
    if "<!-- in: checkout -->" in markdown:
        shell.enter_checkout()
    for block in blocks_of(markdown):
        if block.what in ("", "file"):
            run_block(shell, block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_what_is_not_run_here_says_why(page: Path) -> None:
    markdown = page.read_text(encoding="utf-8")
    for block in blocks_of(markdown):
        where = f"{page.name}, line {block.line}"
        assert block.language, f"{where}: a block without a language may hide a command"
        assert block.value or not block.what, f"{where}: the comment says nothing"
        if block.what == "run by":
            assert (ROOT / block.value).is_file(), f"{where}: no such test: {block.value}"
    assert markdown.count("\n```") == 2 * len(blocks_of(markdown)), f"{page.name}: an open block"


def test_a_command_that_prints_something_else_is_told() -> None:
    assert is_like("a b\nc\n", "a …\nc")
    assert not is_like("a b\nd\n", "a …\nc")
    assert not is_like("", "a")
    assert blocks_of("<!-- not run: no engine -->\n```sh\na\n```\n")[0].value == "no engine"
