"""The README says what is so: its set-up lines, its listing, its tables."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import newscrawl
from docs.record_reference import PAGES, with_table
from newscrawl.cli import COMMANDS
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.downloader import failures
from newscrawl.items import ARTICLE_KINDS, KINDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
MOST_WORDS = 1_000


def table_keys(title: str) -> list[str]:
    """Return what stands in backquotes or digits in the first column of a section's table."""
    section = COMMAND.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return [
        key
        for row in rows
        for key in re.findall(r"`([a-z_0-9]+)`|^(\d+)$", row)
        for key in key
        if key
    ]


def test_it_is_short():
    assert len(README.split()) <= MOST_WORDS


def test_every_page_that_it_names_is_there():
    named = re.findall(r"\]\(([^)#]+)\)", README)
    assert "docs/images/report.png" in named
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert (ROOT / "docs" / "images" / "report.png").stat().st_size < 150_000


def test_two_lines_do_all_the_set_up_and_ci_runs_the_second():
    lines = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert len(lines) == 2
    assert all("\n" not in line for line in lines)
    assert lines[0].endswith("&& newscrawl demo")
    assert f'test_command="{lines[1]}"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_listing_is_what_extract_makes_of_the_page():
    listing = json.loads(re.search(r"```json\n(.*?)\n```", README, re.DOTALL)[1])
    page = ROOT / "fixtures" / "harbour-post" / "dawn-ferry" / "page.html"
    record = newscrawl.extract(page.read_bytes()).to_dict()
    assert record["body"].startswith(listing.pop("body").removesuffix(" …"))
    assert listing == {key: record[key] for key in listing}


def test_every_command_and_exit_code_is_explained():
    assert table_keys("Exit codes") == [str(int(code)) for code in ExitCode]
    for command in COMMANDS:
        assert f"newscrawl {command}" in README


def test_the_tables_of_the_fields_are_those_of_the_schema():
    for path, kind in PAGES.items():
        page = path.read_text(encoding="utf-8")
        assert page == with_table(page, kind), f"{path.name}: python docs/record_reference.py"


def test_every_reject_reason_is_explained():
    explained = set(table_keys("Rejects"))
    text = "".join(path.read_text() for path in (ROOT / "newscrawl").rglob("*.py"))
    raised = {
        *re.findall(r'NotAPageError\(\s*"(\w+)"', text),
        *re.findall(r'Refusal\(\s*"(\w+)"', text),
        *re.findall(r'super\(\).__init__\(\s*"(\w+)"', text),
        *re.findall(r'Reject\([^()]*?,\s*"(\w+)"', text),
        *re.findall(r'_rejected\([^()]*?,\s*"(\w+)"', text),
        *(reason for _, reason, _ in failures._REASONS),
        *(reason for _, reason, _ in failures._REFUSALS),
        *(f"kind_{kind}" for kind in KINDS if kind not in ARTICLE_KINDS),
    }
    assert len(raised) > 25
    # Limits of a run and leases are counted as skips.
    assert raised - explained - failures.LIMITS - {failures.LEASE} == set()


def test_every_dependency_is_accounted_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.match(r"[a-z0-9-]+", each)[0] for each in project["dependencies"]]
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| ([a-z0-9-]+) \|", contributing.split("## Dependencies")[1], re.M)
    assert sorted(explained) == sorted([*needed, "package"])
