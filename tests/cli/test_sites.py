"""``newscrawl sites`` and ``newscrawl sites check`` as a user runs them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.evaluation.fixtures import fixtures_dir
from newscrawl.extraction.sites import all_sites

# Wide enough for a table whose lines are not broken.
ENVIRONMENT = {"COLUMNS": "200", "PATH": ""}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newscrawl", "sites", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one fixture of each edition of teleSUR, which come out right."""
    for name in ("telesur-en/vostochny", "telesur-es/gagarin-dump"):
        shutil.copytree(fixtures_dir() / name, tmp_path / name)
    return tmp_path


def change(folder: Path, **fields: object) -> None:
    """Expect something else of the English page."""
    path = folder / "telesur-en" / "vostochny" / "article.json"
    record = {**json.loads(path.read_text(encoding="utf-8")), **fields}
    path.write_text(json.dumps(record), encoding="utf-8")


def mark(folder: Path, **reasons: str) -> None:
    path = folder / "telesur-en" / "vostochny" / "xfail.json"
    path.write_text(json.dumps(reasons), encoding="utf-8")


def check(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    ended = run("check", "--fixtures", str(folder), "--json", *arguments)
    assert ended.stderr == ""
    return ended.returncode, json.loads(ended.stdout)


def test_publishers_are_listed_as_a_table_for_people() -> None:
    ended = run()
    assert (ended.returncode, ended.stdout) == (0, "")
    for site in all_sites():
        assert site.name in ended.stderr
        assert all(domain in ended.stderr for domain in site.domains)


def test_publishers_are_listed_as_json_for_programs() -> None:
    ended = run("--json")
    rows = json.loads(ended.stdout)
    assert {
        "site": "telesur-es",
        "publisher": "teleSUR",
        "domains": ["telesurtv.net"],
        "language": "es",
    } in rows
    assert len(rows) == len(all_sites())


def test_every_publisher_has_fixtures_of_its_own() -> None:
    for site in all_sites():
        assert list((fixtures_dir() / site.fixtures).glob("*/article.json")), site.name


def test_a_check_that_is_as_expected_ends_with_0(folder: Path) -> None:
    code, checks = check(folder)
    assert code == 0
    assert [(one["site"], one["pages"]) for one in checks] == [("telesur-en", 1), ("telesur-es", 1)]
    for one in checks:
        assert one["right"] == one["fields"] > 10
        assert one["below"] == one["repaired"] == []


def test_a_field_below_expectation_is_named_and_ends_with_6(folder: Path) -> None:
    change(folder, section="Belarus", headline="Putin Speaks")
    ended = run("check", "--fixtures", str(folder))
    assert (ended.returncode, ended.stdout) == (6, "")
    english, spanish = (line for line in ended.stderr.splitlines() if line.startswith("telesur-"))
    assert "telesur-en/vostochny: headline:" in english
    assert "telesur-es/" not in spanish
    code, checks = check(folder)
    assert code == 6
    assert [one["fields"] - one["right"] for one in checks] == [2, 0]
    assert 'missing "Belarus"' in checks[0]["below"][1]


def test_a_marked_field_is_expected_to_be_wrong(folder: Path) -> None:
    change(folder, section="Belarus")
    mark(folder, section="the breadcrumb ends with another country")
    code, [english, _] = check(folder)
    assert code == 0
    assert (english["fields"] - english["right"], english["below"]) == (1, [])


def test_a_marked_field_that_is_right_is_named(folder: Path) -> None:
    mark(folder, section="the breadcrumb ends with another country")
    code, [english, _] = check(folder)
    assert (code, english["repaired"]) == (0, ["telesur-en/vostochny: section"])
    assert "now right" in run("check", "--fixtures", str(folder)).stderr


def test_a_publisher_without_a_fixture_is_below_expectation(folder: Path) -> None:
    shutil.rmtree(folder / "telesur-es")
    code, checks = check(folder)
    assert code == 6
    assert "no fixture" in checks[1]["below"][0]


def test_a_page_that_is_none_is_below_expectation(folder: Path) -> None:
    (folder / "telesur-en" / "vostochny" / "page.html").write_bytes(b" ")
    code, checks = check(folder)
    assert code == 6
    assert "(empty)" in checks[0]["below"][0]


def test_one_site_can_be_checked_alone_and_all_folders_can_be(folder: Path) -> None:
    shutil.copytree(fixtures_dir() / "zaton" / "barzha", folder / "zaton" / "barzha")
    assert [one["site"] for one in check(folder, "telesur-es")[1]] == ["telesur-es"]
    sites = [one["site"] for one in check(folder, "--all")[1]]
    assert sites == ["telesur-en", "telesur-es", "zaton"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "telesur-fr"), "no such site: telesur-fr"),
        (("check", "--fixtures", "/nowhere"), "/nowhere is no folder"),
    ],
)
def test_a_wrong_command_line_is_told_in_one_line(arguments: tuple[str, ...], message: str) -> None:
    ended = run(*arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert message in ended.stderr


def test_a_broken_fixture_is_told_in_one_line(folder: Path) -> None:
    record = folder / "telesur-en" / "vostochny" / "article.json"
    record.write_text("{", encoding="utf-8")
    ended = run("check", "--fixtures", str(folder))
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert str(record) in ended.stderr
