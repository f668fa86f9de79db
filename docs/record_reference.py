"""Write the table of the record's fields in docs/record.md from the schema.

``python docs/record_reference.py`` writes them; a test tells when they are behind.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from newscrawl.schema import article_schema

ROOT = Path(__file__).parents[1]
PAGES = {ROOT / "docs" / "record.md": "long"}
"""The pages, and which table each holds, between two comments."""

_BEGIN = "<!-- fields: made of newscrawl/items.py by python docs/record_reference.py -->\n"
_END = "<!-- end of fields -->\n"
_HEADS = {
    "short": "| key | meaning |\n|---|---|\n",
    "long": "| key | type | meaning | example |\n|---|---|---|---|\n",
}


def with_table(page: str, kind: str) -> str:
    """Return a page's Markdown with its table as the schema has it. Raises ValueError."""
    pattern = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    table = _BEGIN + _HEADS[kind] + "".join(_rows(kind)) + _END
    made, found = pattern.subn(lambda _: table, page)
    if found != 1:
        raise ValueError("the page has no place for the table of the fields")
    return made


def _rows(kind: str) -> list[str]:
    schema = article_schema()
    if kind == "short":
        return [_row(f"`{name}`", _meaning(field)) for name, field in schema["properties"].items()]
    rows = []
    for name, field in schema["properties"].items():
        rows.append(_row(f"`{name}`", _type_of(field), _meaning(field), _example(field)))
        inner = field.get("items", {}).get("properties", {})
        rows += [
            _row(f"`{name}[].{key}`", _type_of(each), _meaning(each), _example(each))
            for key, each in inner.items()
        ]
    return rows


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _meaning(field: dict[str, Any]) -> str:
    words = field["description"].rstrip(".")
    return words[0].lower() + words[1:] if words[:2] not in ("TD", "BC", "UT") else words


def _type_of(field: dict[str, Any]) -> str:
    types = [field["type"]] if isinstance(field["type"], str) else sorted(field["type"])[::-1]
    if field["type"] == "array":
        return f"list of {field['items']['type']}s"
    if "enum" in field:
        types = [f"`{value}`" for value in field["enum"] if value is not None]
        types += ["null"] if None in field["enum"] else []
        return ", ".join(types)
    return " or ".join(types)


def _example(field: dict[str, Any]) -> str:
    return f"`{json.dumps(field['examples'][0], ensure_ascii=False)}`"


if __name__ == "__main__":
    for path, kind in PAGES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), kind), encoding="utf-8")
