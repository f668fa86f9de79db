"""Settings on the command line: ``-s NAME=VALUE``, checked by name and by value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from newscrawl.cli.console import fail


def changed_settings(
    texts: Iterable[str], *, contact: str = "", allowed_hosts: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the settings of ``-s NAME=VALUE``, ``--contact`` and ``--allow-host``.

    A value has the type of the setting's default: a number, a boolean, a list or dict as JSON or,
    for a list, with commas between.

    Raises typer.Exit(ExitCode.USAGE), after one line, for what is no NAME=VALUE, for a name that
    is neither Scrapy's nor newscrawl's, and for a value of another type.
    """
    defaults = _defaults()
    changed: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            fail(f"-s {text}: a setting is written NAME=VALUE")
        _check_name(name, defaults)
        changed[name] = _value(name, value.strip(), defaults.get(name))
    if contact:
        changed["NEWSCRAWL_CONTACT"] = contact
    if allowed_hosts:
        given = changed.get("NEWSCRAWL_ALLOWED_HOSTS", [])
        changed["NEWSCRAWL_ALLOWED_HOSTS"] = [*given, *allowed_hosts]
    _check_withheld(changed.get("NEWSCRAWL_WITHHOLD_BODY", []))
    return changed


def _defaults() -> dict[str, Any]:
    from scrapy.settings import default_settings

    from newscrawl import settings

    return {
        name: value
        for module in (default_settings, settings)
        for name, value in vars(module).items()
        if name.isupper()
    }


def _check_name(name: str, defaults: dict[str, Any]) -> None:
    # Components of others have settings of their own; only what is nearly a known name is one.
    if name in defaults:
        return
    near = get_close_matches(name, defaults, 1, cutoff=0.85)
    if near or name.startswith("NEWSCRAWL_"):
        hint = f"; did you mean {near[0]}?" if near else ""
        fail(f"-s {name}: neither Scrapy nor newscrawl has such a setting{hint}")


def _value(name: str, text: str, default: Any) -> Any:
    try:
        if isinstance(default, bool):
            return _boolean(text)
        if isinstance(default, int):
            return int(text) if "." not in text else float(text)
        if isinstance(default, float):
            return float(text)
        if isinstance(default, (list, tuple, set, frozenset)):
            return _list(text)
        if isinstance(default, dict):
            return _object(text)
    except ValueError as error:
        fail(f"-s {name}={text}: {error}")
    return text


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered in ("1", "true", "yes", "on"):
        return True
    if lowered in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("it is on or off: write 1 or 0")


def _list(text: str) -> list[Any]:
    if text.startswith("["):
        found = _json(text)
        if not isinstance(found, list):
            raise ValueError("it is a list: write it as JSON, or with commas between")
        return found
    return [part.strip() for part in text.split(",") if part.strip()]


def _object(text: str) -> dict[str, Any]:
    found = _json(text) if text else {}
    if not isinstance(found, dict):
        raise ValueError("it is an object: write it as JSON")
    return found


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"no JSON ({error})") from None


def _check_withheld(names: Sequence[str]) -> None:
    if not names:
        return
    from newscrawl.extraction.rights import WITHHELD_FOR

    if unknown := [name for name in names if name not in WITHHELD_FOR]:
        known = ", ".join(sorted(WITHHELD_FOR))
        fail(f"-s NEWSCRAWL_WITHHOLD_BODY: {unknown[0]!r} is none of {known}")
