"""Read site lists: TOML files with the outlets to crawl, their addresses and options.

.. code-block:: toml

    contact = "https://example.com/about-our-crawler"

    [defaults]
    delay = 2

    [[site]]
    name = "The Harbour Post"
    start = ["https://www.harbourpost.example/feed", "https://www.harbourpost.example/"]
    language = "en"
    every = "15m"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newscrawl.discovery import site_of, url_key
from newscrawl.site_list.options import OPTIONS, Mistake, read_option
from newscrawl.site_list.toml_lines import TomlLines

_Where = tuple[str | int, ...]

_LINE_IN_MESSAGE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_TOP_LEVEL = ("contact", "defaults", "site")
_NOT_SHARED = ("name", "start")
"""Keys that each outlet has for itself; they cannot be defaults."""


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One outlet: a ``[[site]]`` table, with the ``[defaults]`` where it says nothing."""

    name: str
    """What the outlet is called in ``--only``, in stats and in summaries; without ``/``."""

    start: tuple[str, ...]
    """Absolute http and https addresses: feeds, sitemaps, sections, the front page."""

    language: str | None = None
    """BCP 47 tag for records of pages that tell of no language."""

    section: str | None = None
    """Section of records of pages that name none."""

    publisher: str | None = None
    """The outlet's name for records of pages that do not give it."""

    max_pages: int | None = None
    """Pages to fetch of each of its hosts in a run; None for the project's limit."""

    max_bytes: int | None = None
    """Bytes to fetch of each of its hosts in a run; None for the project's limit."""

    delay: float | None = None
    """Seconds between two requests to a host; None for the project's delay."""

    concurrency: int | None = None
    """Requests to a host at the same time; None for the project's number."""

    every: float | None = None
    """Least number of seconds between two looks at its listings; None for every run."""

    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers of requests to its own hosts, never sent to another."""

    allowed_hosts: tuple[str, ...] = ()
    """Other hosts, in lower case, whose articles count as its own; with their subdomains."""

    section_depth: int | None = None
    """How many sections deep to go; None for NEWSCRAWL_SECTION_DEPTH."""

    render: bool = False
    """Whether its pages need a browser."""

    enabled: bool = True
    """Whether it is crawled where nobody asks for it by name."""

    @property
    def domains(self) -> frozenset[str]:
        """The registrable domains of its start addresses, and its other hosts."""
        return frozenset(map(site_of, self.start)) | frozenset(self.allowed_hosts)

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that it names, each with and without ``www.``."""
        named = {urlsplit(url).hostname or "" for url in self.start} | {*self.allowed_hosts}
        bare = {host.removeprefix("www.") for host in named}
        return frozenset(named | bare | {f"www.{host}" for host in bare if _has_name(host)})


@dataclass(frozen=True, slots=True)
class SiteList:
    """The outlets of a site list, in its order."""

    path: Path
    entries: tuple[SiteEntry, ...]
    contact: str = ""
    """Where sites can reach whoever crawls them; "" where the file does not say."""

    def chosen(self, only: Collection[str] = ()) -> tuple[SiteEntry, ...]:
        """Return the enabled entries, or those of the names in ``only``, enabled or not.

        Names are compared without regard to case. Raises SiteListError for an unknown one.
        """
        if not only:
            return tuple(entry for entry in self.entries if entry.enabled)
        known = {entry.name.casefold(): entry for entry in self.entries}
        unknown = [name for name in only if name.casefold() not in known]
        if unknown:
            names = [entry.name for entry in self.entries]
            raise SiteListError(
                [f"{self.path}: no site is called {name!r}{_near(name, names)}" for name in unknown]
            )
        wanted = {name.casefold() for name in only}
        return tuple(entry for name, entry in known.items() if name in wanted)


class SiteListError(ValueError):
    """A site list cannot be used; ``problems`` has one line for each mistake in it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_site_list(path: Path) -> SiteList:
    """Return the site list in a file. Raises SiteListError, with all mistakes of the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SiteListError([f"{path}: cannot be read: {error.strerror}"]) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SiteListError([f"{path}:{line}: this is not UTF-8 text"]) from error
    return parse_site_list(text, path)


def parse_site_list(text: str, path: Path) -> SiteList:
    """Return the site list in a text; ``path`` is its name in messages.

    Raises SiteListError, with all mistakes of the text.
    """
    # As in tomllib; a carriage return alone is a mistake that it finds.
    text = text.replace("\r\n", "\n")
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteListError([_syntax_error(path, text, str(error))]) from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, arrays in arrays
        raise SiteListError([f"{path}: this cannot be read as TOML: {error}"]) from error
    reader = _Reader(document)
    if reader.mistakes:
        lines = TomlLines(text)
        found = sorted((lines[each.where], _message(each, lines)) for each in reader.mistakes)
        raise SiteListError([f"{path}:{line}: {message}" for line, message in found])
    return SiteList(path, tuple(reader.entries), reader.contact)


class _Reader:
    """Reads a whole document; its mistakes are collected in ``mistakes``."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.mistakes: list[Mistake] = []
        self.entries: list[SiteEntry] = []
        self._names: dict[str, _Where] = {}
        self._starts: dict[str, _Where] = {}
        self._check_keys(document, _TOP_LEVEL, ())
        self.contact = self._contact(document.get("contact", ""))
        shared = document.get("defaults", {})
        if not isinstance(shared, dict):
            self._wrong(("defaults",), "defaults: write it as a table, [defaults]")
            shared = {}
        keys = [key for key in OPTIONS if key not in _NOT_SHARED]
        self._defaults = self._options(shared, keys, ("defaults",))
        tables = document.get("site", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            self._wrong(("site",), "write [[site]], with two brackets, above each outlet")
        else:
            for index, table in enumerate(tables):
                self._read_site(table, ("site", index))
            if not tables:
                self._wrong((), "there is no [[site]] table in it: nothing to crawl")

    def _contact(self, value: Any) -> str:
        if isinstance(value, str) and value.isprintable():
            return value.strip()
        self._wrong(("contact",), "contact: expected a web or mail address in quotes")
        return ""

    def _read_site(self, table: dict[str, Any], where: _Where) -> None:
        values = self._options(table, list(OPTIONS), where)
        for key in _NOT_SHARED:
            if key not in table or table[key] == []:
                self._wrong(where, f"this [[site]] has no {key}")
        if name := values.get("name"):
            self._note(self._names, name.casefold(), (*where, "name"), f"name: {name!r}")
        for index, url in enumerate(values.get("start", ())):
            is_list = isinstance(table["start"], list)
            place = (*where, "start", index) if is_list else (*where, "start")
            if url is not None:
                self._note(self._starts, url_key(url), place, f"start: {url}")
        if not self.mistakes:
            headers = {**self._defaults.get("headers", {}), **values.get("headers", {})}
            self.entries.append(SiteEntry(**{**self._defaults, **values, "headers": headers}))

    def _note(self, known: dict[str, _Where], key: str, where: _Where, what: str) -> None:
        first = known.setdefault(key, where)
        if first != where:
            self.mistakes.append(Mistake(where, f"{what} is there already, in line", other=first))

    def _options(self, table: dict[str, Any], keys: list[str], where: _Where) -> dict[str, Any]:
        self._check_keys(table, keys, where)
        values = {}
        for key in keys:
            if key in table:
                values[key], mistakes = read_option(key, table[key], (*where, key))
                self.mistakes += mistakes
        return values

    def _check_keys(self, table: dict[str, Any], known: Collection[str], where: _Where) -> None:
        for key in table:
            if key in known:
                continue
            if key in _NOT_SHARED:
                self._wrong((*where, key), f"{key} is each outlet's own and has no default")
            else:
                self._wrong((*where, key), f"unknown key {key!r}{_near(key, known)}")

    def _wrong(self, where: _Where, message: str) -> None:
        self.mistakes.append(Mistake(where, message))


def _message(mistake: Mistake, lines: TomlLines) -> str:
    return f"{mistake.message} {lines[mistake.other]}" if mistake.other else mistake.message


def _near(word: str, known: Collection[str]) -> str:
    """Return "; did you mean …?" for a word that is like one or more of those known."""
    folded = {each.casefold(): each for each in known}
    found = [folded[each] for each in get_close_matches(word.casefold(), folded)]
    return f"; did you mean {' or '.join(map(repr, found))}?" if found else ""


def _has_name(host: str) -> bool:
    return "." in host and not host.replace(".", "").isdigit()


def _syntax_error(path: Path, text: str, message: str) -> str:
    if found := _LINE_IN_MESSAGE.search(message):
        return f"{path}:{found[1]}: {message[: found.start()]}, in column {found[2]}"
    line = text.rstrip("\n").count("\n") + 1
    return f"{path}:{line}: {message.replace(' (at end of document)', ', at the end of the file')}"
