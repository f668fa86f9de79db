"""The page about these cases has them all, and every test that it names is there."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "hostile.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| (\d+) \|(.*)$", PAGE, re.MULTILINE))
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::([\w*]+)`", PAGE)))


def test_every_case_has_its_row_and_its_tests() -> None:
    assert [int(number) for number in ROWS] == list(range(1, 37))
    assert [number for number, row in ROWS.items() if "::test_" not in row] == []


def test_every_file_of_these_tests_is_named() -> None:
    here = {f"hostile/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    # Broken archives are no case of a crawl.
    others = {"hostile/test_documentation.py", "hostile/test_archives.py"}
    assert here - {file for file, _ in NAMED} - others == set()


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    text = (TESTS / file).read_text(encoding="utf-8")
    assert any(fnmatch(test, name) for test in re.findall(r"^def (test_\w+)", text, re.MULTILINE))
