"""The documentation builds without a warning, and holds every page."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from docs.settings_reference import REFERENCE, SETTINGS, reference
from newscrawl.site_list.options import OPTIONS
from tests.docs.pages import DOCS


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", DOCS, tmp_path / "site"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    built = {page.stem for page in (tmp_path / "site").glob("*.html")}
    assert built >= {page.stem for page in DOCS.glob("*.md")}


def test_links_to_files_of_the_repository_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_settings_reference_is_that_of_the_code() -> None:
    made = reference(SETTINGS.read_text(encoding="utf-8"))
    told = "the settings have changed: python docs/settings_reference.py"
    assert REFERENCE.read_text(encoding="utf-8") == made, told


def test_every_key_of_a_site_list_is_explained() -> None:
    section = (DOCS / "crawling.md").read_text(encoding="utf-8").split("\n## Site lists\n")[1]
    rows = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == set(OPTIONS)
