"""``newscrawl archive`` run in this process, and what it left behind."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from newscrawl.cli import main
from newscrawl.schema import schema_errors


def run(*arguments: object) -> int:
    return main(["archive", *map(str, arguments)])


def records(path: Path) -> list[dict[str, Any]]:
    lines = path.read_bytes()
    if path.suffix == ".gz":
        lines = gzip.decompress(lines)
    found = [json.loads(line) for line in lines.splitlines()]
    assert all(schema_errors(record) == [] for record in found)
    return found


def rejects(path: Path) -> list[tuple[str, str]]:
    lines = (path.parent / "rejects" / path.name).read_text().splitlines()
    return [(json.loads(line)["reason"], json.loads(line)["url"]) for line in lines]


def numbers(path: Path) -> list[int]:
    return [int(record["url"].rsplit("-", 1)[1]) for record in records(path)]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
