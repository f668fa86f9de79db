"""The report's style sheet and script, put together from the files in ``static``."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from markupsafe import Markup

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./([a-z]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_STATIC = files("newscrawl.report") / "static"


@cache
def style() -> Markup:
    """Return the style sheet."""
    return Markup(_read("report.css"))  # noqa: S704 - a file of this package


@cache
def script() -> Markup:
    """Return the modules as one script, each after those that it imports and in its own scope."""
    ordered: list[str] = []
    _add_module("main", ordered)
    code = "\n".join(map(_in_scope, ordered))
    return Markup(f'"use strict";\n{{\n{code}}}\n')  # noqa: S704 - files of this package


def _add_module(name: str, ordered: list[str]) -> None:
    if name in ordered:
        return
    for _, needed in _IMPORT.findall(_read(f"{name}.js")):
        _add_module(needed, ordered)
    ordered.append(name)


def _in_scope(name: str) -> str:
    """Return a module as a constant that holds what it exports."""
    text = _read(f"{name}.js")
    exported = ", ".join(_EXPORT.findall(text))
    code = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2Module;", text))
    return f"const {name}Module = (() => {{\n{code}return {{ {exported} }};\n}})();\n"


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def content_security_policy() -> str:
    """Return a policy under which no request can leave the page and only its own script runs.

    A script or style that a page's string would smuggle in has another hash; with Trusted Types
    the script itself cannot make markup of a string.
    """
    return "; ".join((
        "default-src 'none'",
        f"script-src '{_hash(script())}'",
        f"style-src '{_hash(style())}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))  # fmt: skip


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
