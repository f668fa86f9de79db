"""Lower floors of the package never import higher ones."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import newscrawl

PACKAGE = Path(newscrawl.__file__).parent

# The first entry that a module's name is or lies under counts.
FLOORS: dict[str, int] = {
    "newscrawl.items": 1,
    "newscrawl.errors": 1,
    "newscrawl.text": 1,
    "newscrawl.tree": 1,
    "newscrawl.dates": 1,
    "newscrawl.schema": 1,
    "newscrawl.decoding": 1,
    "newscrawl.markup": 1,
    "newscrawl.json_ld": 1,
    "newscrawl.vocabulary": 1,
    "newscrawl.phrases": 1,
    "newscrawl.language": 1,
    "newscrawl.near_duplicates": 1,
    "newscrawl.metadata": 2,
    "newscrawl.page": 2,
    "newscrawl.extractors": 3,
    "newscrawl.sites": 3,
    "newscrawl.dump": 3,
    "newscrawl.extraction": 4,
    "newscrawl.acceptance": 4,
    "newscrawl.joining": 4,
    "newscrawl.discovery": 5,
    "newscrawl.drift": 5,
    "newscrawl.identity": 5,
    "newscrawl.state": 5,
    "newscrawl.output": 5,
    "newscrawl.reading": 5,
    "newscrawl.fixtures": 5,
    "newscrawl.site_list": 5,
    "newscrawl.site_options": 5,
    "newscrawl.toml_lines": 5,
    "newscrawl.changes": 5,
    "newscrawl.worker_pool": 5,
    "newscrawl.archive": 6,
    "newscrawl.export": 6,
    "newscrawl.site_stats": 6,
    "newscrawl.extensions": 6,
    "newscrawl.feeds": 6,
    "newscrawl.frontier": 6,
    "newscrawl.guard": 6,
    "newscrawl.memory": 6,
    "newscrawl.middlewares": 6,
    "newscrawl.pipelines": 6,
    "newscrawl.rendering": 6,
    "newscrawl.run_report": 6,
    "newscrawl.run_summary": 6,
    "newscrawl.settings": 6,
    "newscrawl.spiders": 6,
    "newscrawl.demo": 6,
    "newscrawl.cli": 7,
    "newscrawl.evaluation": 7,
    "newscrawl.report": 7,
    "newscrawl.training": 7,
    "newscrawl.worker_server": 7,
    "newscrawl.__main__": 7,
}
PUBLIC_API = 4
"""The floor of ``newscrawl`` itself."""


def modules() -> dict[str, Path]:
    names = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        steps = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return names


def floor_of(module: str) -> int:
    if module == "newscrawl":
        return PUBLIC_API
    for name, floor in FLOORS.items():
        if module == name or module.startswith(f"{name}."):
            return floor
    pytest.fail(f"{module} has no floor: give it one here and in the table of the design")


def imported(path: Path, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield (line, module of ours) for every import of a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            submodules = {f"{node.module}.{alias.name}" for alias in node.names} & known
            names = sorted(submodules) or [node.module or ""]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "newscrawl")


def test_every_import_goes_down_or_stays_on_its_floor():
    known = modules()
    assert len(known) > len(FLOORS) / 2
    upwards = [
        f"{path.relative_to(PACKAGE)}:{line}: {module} imports {name}"
        for module, path in known.items()
        for line, name in imported(path, set(known))
        if floor_of(name) > floor_of(module)
    ]
    assert upwards == []


def test_extraction_needs_no_scrapy():
    known = modules()
    for module, path in known.items():
        if floor_of(module) > 4:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            outside = {name.split(".")[0] for name in names} & {"scrapy", "twisted"}
            assert not outside, f"{module} imports {outside}"
