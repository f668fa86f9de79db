"""The project's own pages as an evaluation set: no figure on them falls below the pinned floor."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from newscrawl.evaluation.dataset import load
from newscrawl.evaluation.fixtures import find_fixtures
from newscrawl.evaluation.floor import falls, load_floors
from newscrawl.evaluation.report import report
from newscrawl.evaluation.runner import run

FLOOR = Path(__file__).with_name("floor.json")
SAID = ("url", "headline", "date", "body", "caption", "authors")


def write_set(folder: Path) -> None:
    (folder / "html").mkdir(parents=True)
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as file:
        for fixture in find_fixtures():
            expected = fixture.expected
            if fixture.page.suffix != ".html" or expected.get("kind") != "article":
                continue
            name = f"{fixture.site}-{fixture.slug}"
            shutil.copy(fixture.page, folder / "html" / f"{name}.html")
            truth = {"id": name} | {key: expected[key] for key in SAID if expected.get(key)}
            file.write(json.dumps(truth, ensure_ascii=False) + "\n")


def test_no_figure_falls_below_its_floor(tmp_path: Path) -> None:
    write_set(tmp_path / "fixtures")
    results = list(run(load(tmp_path / "fixtures")))
    assert falls([report("fixtures", results, timed=False)], load_floors(FLOOR)) == []
