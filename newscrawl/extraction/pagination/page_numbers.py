"""Addresses of an article's pages: which page of an article an address is."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.text.phrases import any_of
from newscrawl.text.vocabulary.paging import FROM_ZERO, PAGE_PARAMETERS, WHOLE_STEPS

MAX_PAGES = 50
"""A higher number is an id, a year or an amount, and no page of an article."""

_EXTENSION = re.compile(r"\.(?:html?|xhtml|shtml|php\d?|aspx?|jsp|ece|cms)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)$", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w+|\w*clid|ref|cmp(?:id)?|icid|xtor)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,2}")
_NAMED = rf"(?P<named>{any_of(PAGE_PARAMETERS - {'str', 'start', 'hal'})}[-_=/,.]?)"
_TAIL = re.compile(
    rf"(?P<mark>[-_,.~;/]{{1,2}})(?:{_NAMED}?(?P<number>\d{{1,2}})|(?P<whole>{any_of(WHOLE_STEPS)}))"
    r"(?P<extension>\.[a-z]{3,5}\d?)?",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"[-_,.~;/]{_NAMED}?1$", re.IGNORECASE)
_SWITCHES = frozenset({"", "1", "true", "yes", "on"})

Key = tuple[str, str, frozenset[tuple[str, str]]]


class PageNumber(NamedTuple):
    """The number of an article's page, as its address has it."""

    number: int
    """1 for the first; `WHOLE` for the whole article on one page."""

    mark: str
    """How the address says it: ``first`` (the article's own), ``named`` ("?page=2", "/seite-2"),
    ``step`` ("/2"), ``file`` ("-2.html"), ``suffix`` ("-2", which another article's address may
    end with, too)."""


WHOLE = 0


class ArticleAddress:
    """The address of an article's first page, which those of its other pages are made of.

    >>> article = ArticleAddress("https://example.org/world/hall.html?id=7")
    >>> article.page_of("https://example.org/world/hall.html?id=7&page=3").number
    3
    >>> article.page_of("https://example.org/world/hall-2.html?id=7").mark
    'file'
    >>> article.page_of("https://example.org/world/tower-2.html?id=7") is None
    True
    """

    def __init__(self, url: str, *, like: str | None = None) -> None:
        """Take the first page's address; with ``like``, only the parameters that this has, too."""
        self.host, self.path, parameters = address_key(url)
        self.parameters = parameters & address_key(like)[2] if like is not None else parameters
        self.key = self.host, self.path, self.parameters
        stem = _EXTENSION.sub("", self.path)
        self._extension = self.path[len(stem) :].lower()
        # "/hall/index.html" goes on as "/hall/2.html"; "/hall-1.html" as "/hall-2.html".
        self._unnumbered = _FIRST.sub("", stem)
        stems = [stem, _INDEX.sub("", stem), self.path, self._unnumbered]
        self.stems = [each for each in dict.fromkeys(stems) if each.strip("/")]
        # A parameter may be both: "p=1" is a first page, "p=123" an article.
        self._own = {(n, v) for n, v in self.parameters if not (_is_page(n, v) and int(v) <= 1)}

    def page_of(self, url: str) -> PageNumber | None:
        """Return which page of the article an address is, None if it is of another article."""
        key = address_key(url)
        host, path, parameters = key
        if host != self.host:
            return None
        if key == self.key:
            return PageNumber(1, "first")
        if path == self.path:
            return self._by_parameter(parameters)
        return self._by_path(path) if parameters == self.parameters else None

    def extends(self, url: str) -> bool:
        """Return whether an address has one step or parameter more than the article's own."""
        host, path, parameters = address_key(url)
        if host != self.host or not self.stems:
            return False
        if path == self.path:
            return parameters > self.parameters
        return parameters == self.parameters and path.startswith(f"{self.stems[0]}/")

    def _by_parameter(self, parameters: frozenset[tuple[str, str]]) -> PageNumber | None:
        added = parameters - self._own
        if len(added) != 1 or self._own - parameters:
            return None
        ((name, value),) = added
        if _is_page(name, value):
            return _numbered(int(value) + (name in FROM_ZERO), "named")
        if value in WHOLE_STEPS or (name in WHOLE_STEPS and value in _SWITCHES):
            return PageNumber(WHOLE, "named")
        return None

    def _by_path(self, path: str) -> PageNumber | None:
        for stem in self.stems:
            if not path.startswith(stem):
                continue
            found = _TAIL.fullmatch(path, len(stem))
            if found is None:
                continue
            extension = (found["extension"] or "").lower()
            if extension not in ("", self._extension) and stem == self.stems[0]:
                continue
            if found["whole"]:
                return PageNumber(WHOLE, "named")
            return _numbered(int(found["number"]), self._mark(found, stem))
        return None

    def _mark(self, found: re.Match[str], stem: str) -> str:
        if found["named"]:
            return "named"
        if stem == self._unnumbered != self.stems[0]:
            return "suffix"  # "/news/1" may be an article, and "/news/2" the next
        return "step" if "/" in found["mark"] else "file" if found["extension"] else "suffix"


def address_key(url: str) -> Key:
    """Return what is the same for every address of one page: host, path, parameters."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # a broken IPv6 host
        return "", url, frozenset()
    host = f"{host}:{parts.netloc.rpartition(':')[2]}" if ":" in parts.netloc else host
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    kept = frozenset(
        (name.lower(), value) for name, value in parameters if not _TRACKING.match(name)
    )
    return host, unquote(parts.path).rstrip("/"), kept


def _is_page(name: str, value: str) -> bool:
    return name in PAGE_PARAMETERS and _NUMBER.fullmatch(value) is not None


def _numbered(number: int, mark: str) -> PageNumber | None:
    return PageNumber(max(number, 1), mark) if number <= MAX_PAGES else None
