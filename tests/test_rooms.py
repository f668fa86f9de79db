"""The rooms of the package: no more of them than one can know, and none that imports itself.

A room is an entry at the top of ``newscrawl/``: a package or a module.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import newscrawl

PACKAGE = Path(newscrawl.__file__).parent
MOST_ROOMS = 28
NOT_ROOMS = {"__init__", "__main__"}


def modules() -> dict[str, Path]:
    names = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        steps = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names[".".join(steps[:-1] if steps[-1] == "__init__" else steps)] = path
    return names


def room_of(module: str) -> str:
    """Return the room of a module; ``""`` for the package itself, which offers what others hold."""
    _, _, inner = module.partition(".")
    room = inner.partition(".")[0]
    return "" if room in NOT_ROOMS else room


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


def imports_between_rooms() -> dict[str, dict[str, list[str]]]:
    """Return for each room the rooms that it imports, each with the places that do."""
    known = modules()
    edges: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for module, path in known.items():
        for line, name in imported(path, set(known)):
            here, there = room_of(module), room_of(name)
            if here and there and here != there:
                place = f"{path.relative_to(PACKAGE.parent)}:{line} imports {name}"
                edges[here][there].append(place)
    return edges


def reached(start: str, edges: dict[str, dict[str, list[str]]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for room in edges.get(waiting.pop(), {}):
            if room not in seen:
                seen.add(room)
                waiting.append(room)
    return seen


def test_a_newcomer_can_know_all_rooms():
    rooms = {path.stem if path.suffix == ".py" else path.name for path in PACKAGE.iterdir()}
    rooms = {
        room for room in rooms if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").exists()
    }
    rooms -= NOT_ROOMS | {"__pycache__", "_fixtures"}
    assert len(rooms) <= MOST_ROOMS, sorted(rooms)


def test_no_room_imports_itself_however_far_around():
    edges = imports_between_rooms()
    assert len(edges) > 10
    reach = {room: reached(room, edges) for room in edges}
    closing = [
        place
        for room, imports in sorted(edges.items())
        for other, places in sorted(imports.items())
        if room in reach.get(other, set())
        for place in places
    ]
    assert closing == [], "imports that close a circle of rooms:\n" + "\n".join(closing)


def test_extraction_needs_no_scrapy():
    edges = imports_between_rooms()
    below = {"extraction"} | reached("extraction", edges)
    for module, path in modules().items():
        if room_of(module) not in below:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            outside = {name.split(".")[0] for name in names} & {"scrapy", "twisted"}
            assert not outside, f"{module} imports {outside}"
