"""The options of a site list and the checks of their values.

A reader takes a value as tomllib returns it and returns it as newscrawl uses it; it raises
ValueError with a message of what is expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from newscrawl.discovery import target_url

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
# The name is a step of the names of stats, and a word of the command line.
_NAME = re.compile(r"[^/\x00-\x1f\x7f]{1,100}")
# RFC 5646: language, then script, region and variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HOST = re.compile(r"(?!-)[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]")
# RFC 9110: a field name is a token; a field value has no control characters but the tab.
_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_OWN_HEADERS = {
    "user-agent": "crawls go by their own name: set contact instead",
    "host": "the host is that of the address",
    "connection": "connections are newscrawl's own business",
    "content-length": "requests have no body",
    "transfer-encoding": "requests have no body",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a site list."""

    where: tuple[str | int, ...]
    """Path to the value: ``("site", 0, "name")``."""

    message: str

    other: tuple[str | int, ...] | None = None
    """Path to the value that it clashes with, whose line is put after the message."""


@dataclass(frozen=True, slots=True)
class Option:
    """The type of a key's value, and how it is read."""

    read: Callable[[Any], Any]
    """Reads a value, an element of a list, or a (key, value) of a table."""

    shape: Literal["value", "list", "table"] = "value"
    """``list``: one value does as well."""


def _name(value: Any) -> str:
    name = _line(value)
    if not _NAME.fullmatch(name):
        raise ValueError("expected at most 100 characters, none of them /")
    return name


def _line(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"expected text in quotes, not {_shown(value)}")
    return value.strip()


def _address(value: Any) -> str:
    return target_url(_line(value))


def _language(value: Any) -> str:
    tag = _line(value)
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f'expected a language tag such as "en" or "pt-BR", not {_shown(value)}')
    return tag


def _count(value: Any) -> int:
    if not _is_number(value) or not isinstance(value, int) or value < 1:
        raise ValueError(f"expected a whole number from 1 on, not {_shown(value)}")
    return value


def _depth(value: Any) -> int:
    if not _is_number(value) or not isinstance(value, int) or value < 0:
        raise ValueError(f"expected a whole number from 0 on, not {_shown(value)}")
    return value


def _seconds(value: Any) -> float:
    if _is_number(value) and 0 <= value < float("inf"):
        return float(value)
    return _duration(value)


def _duration(value: Any) -> float:
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'expected a time such as "90s", "15m", "6h" or "1d", not {_shown(value)}')
    return float(found[1]) * _UNITS[found[2]]


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, not {_shown(value)}")
    return value


def _host(value: Any) -> str:
    host = _line(value).lower().removeprefix("*.")
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise ValueError(f'expected a host such as "news.example.org", not {_shown(value)}')
    return host


def _header(pair: tuple[str, Any]) -> tuple[str, str]:
    name, value = pair
    if not _FIELD_NAME.fullmatch(name):
        raise ValueError("this is no name of a header")
    if reason := _OWN_HEADERS.get(name.lower()):
        raise ValueError(f"this header cannot be set; {reason}")
    if not isinstance(value, str) or not _FIELD_VALUE.fullmatch(value):
        raise ValueError(f"expected text in quotes, not {_shown(value)}")
    return name, value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    """Return a value as a message shows it: as TOML has it, not too long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


OPTIONS: dict[str, Option] = {
    "name": Option(_name),
    "start": Option(_address, "list"),
    "language": Option(_language),
    "section": Option(_line),
    "publisher": Option(_line),
    "max_pages": Option(_count),
    "max_bytes": Option(_count),
    "delay": Option(_seconds),
    "concurrency": Option(_count),
    "every": Option(_duration),
    "headers": Option(_header, "table"),
    "allowed_hosts": Option(_host, "list"),
    "section_depth": Option(_depth),
    "render": Option(_flag),
    "enabled": Option(_flag),
}
"""Every key of a ``[[site]]`` table; its meaning stands in SiteEntry, under the same name."""


def read_option(key: str, value: Any, where: tuple[str | int, ...]) -> tuple[Any, list[Mistake]]:
    """Return the value of a key as newscrawl uses it, and the mistakes in it.

    ``where`` is the path to the value. Wrong parts of it are None.
    """
    option = OPTIONS[key]
    if option.shape == "table" and not isinstance(value, dict):
        return {}, [Mistake(where, f"{key}: expected a table, not {_shown(value)}")]
    if option.shape == "value" or not isinstance(value, (dict, list)):
        parts: list[tuple[tuple[str | int, ...], str, Any]] = [(where, key, value)]
    elif option.shape == "list" and isinstance(value, list):
        parts = [((*where, index), key, part) for index, part in enumerate(value)]
    elif isinstance(value, dict) and option.shape == "table":
        parts = [((*where, name), f"{key}.{name}", (name, part)) for name, part in value.items()]
    else:
        return (), [Mistake(where, f"{key}: expected a list of texts, not {_shown(value)}")]
    found, mistakes = [], []
    for place, label, part in parts:
        try:
            found.append(option.read(part))
        except ValueError as error:
            found.append(None)
            mistakes.append(Mistake(place, f"{label}: {error}"))
    if option.shape == "table":
        return dict(filter(None, found)), mistakes
    return (found[0] if option.shape == "value" else tuple(found)), mistakes
