"""The settings reference, made of newscrawl/settings.py.

``python docs/settings_reference.py`` writes ``docs/settings.md``; a test tells when it is behind.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

SETTINGS = Path(__file__).parents[1] / "newscrawl" / "settings.py"
REFERENCE = Path(__file__).with_name("settings.md")

_HEAD = """\
# Settings

Every setting of newscrawl and its default. `newscrawl crawl -s NAME=VALUE` changes one for a run;
a Scrapy project of your own sets them in its `settings.py`. Lists and dictionaries are written as
JSON on the command line. Made of `newscrawl/settings.py` by `python docs/settings_reference.py`.

## newscrawl's own
"""
_SCRAPYS = """\
## Scrapy's, as newscrawl sets them

[Scrapy's documentation](https://docs.scrapy.org/en/latest/topics/settings.html) explains them. All
others have Scrapy's own defaults.

| setting | value |
|---|---|
"""
# Where newscrawl's parts are put into Scrapy; a table of them would say nothing to a user.
_WIRING = re.compile(r"(MIDDLEWARES|EXTENSIONS|PIPELINES|HANDLERS|EXPORTERS|MODULES?)$")
_COMPUTED = {
    "NEWSCRAWL_READERS": "the number of processors",
    "USER_AGENT": "`newscrawl/` and the version, then the contact",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One assignment of the settings file."""

    name: str
    default: str
    """As it is written in Python, on one line."""
    text: str
    """Its docstring; "" for a setting of Scrapy's."""


def settings_of(source: str) -> list[Setting]:
    """Return the settings that a module assigns, in its order."""
    body = ast.parse(source).body
    found = []
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.Assign):
            (target,), value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id.isupper() and target.id[0] != "_":
            found.append(Setting(target.id, ast.unparse(value), _docstring(after)))
    return found


def _docstring(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return str(statement.value.value).strip()
    return ""


def reference(source: str) -> str:
    """Return the reference as Markdown.

    Raises ValueError for a setting of newscrawl's own that has no docstring.
    """
    own, scrapys = [], []
    for setting in settings_of(source):
        if setting.name.startswith("NEWSCRAWL_"):
            own.append(_section(setting))
        elif not _WIRING.search(setting.name):
            scrapys.append(f"| `{setting.name}` | {_default(setting)} |\n")
    return f"{_HEAD}\n{''.join(own)}{_SCRAPYS}{''.join(scrapys)}"


def _section(setting: Setting) -> str:
    if not setting.text:
        raise ValueError(f"{setting.name} has no docstring")
    text = re.sub(r"``([^`]+)``", r"`\1`", setting.text).replace('""', '`""`')
    return f"### {setting.name}\n\nDefault: {_default(setting)}\n\n{text}\n\n"


def _default(setting: Setting) -> str:
    return _COMPUTED.get(setting.name, f"`{setting.default}`")


if __name__ == "__main__":
    REFERENCE.write_text(reference(SETTINGS.read_text(encoding="utf-8")), encoding="utf-8")
