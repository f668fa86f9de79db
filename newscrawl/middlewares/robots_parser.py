"""Parse robots.txt: groups by RFC 9309, paths by Protego."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Self

from protego import Protego
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser, decode_robotstxt
from w3lib.encoding import read_bom, to_unicode

from newscrawl.page.unpacking import gzip_head

MAX_BYTES = 500 * 1024
"""So much of a robots.txt is read and parsed; RFC 9309 (2.5) asks for at least 500 KiB."""

MAX_USAGE_RULES = 100
"""So many lines of Content-Usage and Content-Signal are kept, each to 500 characters."""

# What else stands in a file does not end a group (RFC 9309, 2.2.4).
_LINE = re.compile(
    r"(user[- ]?agent|allow|dis+al+ow|crawl[- ]delay|site-?maps?|content-(?:usage|signal))"
    r"(?:\s*:\s*|\s+|$)(.*)",
    re.IGNORECASE,
)
_PRODUCT_TOKEN = re.compile(r"\*|[\w-]+", re.ASCII)
_QUOTED = re.compile(r"[\"'<\[(]+\s*([^\s\"'<>]+?)\s*[\"'>\])]+")
_NEWLINE = re.compile(r"\r\n?|\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class PathPattern:
    """A path of robots.txt or tdmrep.json, with ``*`` and ``$``.

    >>> PathPattern("/news/*.html$").matches("https://example.org/news/a.html")
    True
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._rules = Protego.parse(f"User-agent: *\nDisallow: {pattern}\n")

    def matches(self, url: str) -> bool:
        """Return whether the path and query of an address begin as the pattern says."""
        return not self._rules.can_fetch(url, "*")


class RobotsTxtParser(ProtegoRobotParser):
    """The rules of one product token; Scrapy's setting ROBOTSTXT_PARSER.

    Those of every group that names the token count, else those of every group for ``*``. The
    token has to be the same, case aside: a group for "news" is not one for "newscrawl", one for
    "newscrawl/2.0" is. An HTML page in the place of the file has no rules.
    """

    def __init__(self, robotstxt_body: bytes, spider: Spider | None, product: str = "*") -> None:
        ours = list(_lines_of(product, _text(robotstxt_body, spider)))
        kept = (f"{field}: {value}" for field, value in ours if not field.startswith("content-"))
        super().__init__("\n".join(("User-agent: *", *kept)).encode(), spider)
        usage = [each for each in ours if each[0].startswith("content-")]
        self._usage = [_UsageRule(field, value[:500]) for field, value in usage[:MAX_USAGE_RULES]]

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Return the rules for the product token of ROBOTSTXT_USER_AGENT, else of USER_AGENT."""
        settings = crawler.settings
        product = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        return cls(robotstxt_body, crawler.spider, product)

    def usage(self, url: str) -> dict[str, str]:
        """Return what the file says of an address's use, by ``content_usage``, ``content_signal``.

        These are drafts (IETF AI Preferences; contentsignals.org). A rule may begin with a path:
        the longest that matches counts, of rules without one all.
        """
        found: dict[str, tuple[int, str]] = {}
        for rule in self._usage:
            length = rule.match_length(url)
            known_length, known = found.get(rule.name, (-1, ""))
            if length > known_length:
                found[rule.name] = length, rule.value
            elif length == known_length:
                found[rule.name] = length, f"{known}, {rule.value}"
        return {name: value for name, (length, value) in found.items() if length >= 0}


class _UsageRule:
    def __init__(self, field: str, value: str) -> None:
        self.name = field.replace("-", "_")
        path, _, rest = value.partition(" ")
        self._path = PathPattern(path) if path.startswith("/") else None
        self.value = rest.strip() if self._path else value

    def match_length(self, url: str) -> int:
        """Return the length of the path, 0 without one, -1 where it does not match."""
        if self._path is None:
            return 0
        return len(self._path.pattern) if self._path.matches(url) else -1


def _text(body: bytes, spider: Spider | None) -> str:
    """Return the text of a file: UTF-8 as RFC 9309 (2.3) has it, or what servers send instead."""
    body = gzip_head(body, MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        # Half a line could forbid or allow far more than the whole one.
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    encoding, mark = read_bom(body)
    if encoding in ("utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"):
        body = to_unicode(body[len(mark or b"") :], encoding).encode()
    if body.removeprefix(_BYTE_ORDER_MARK).lstrip()[:1] == b"<":
        return ""
    return decode_robotstxt(body, spider)


def _lines_of(product: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines (field, value) of sitemaps, then those for a product token."""
    wanted = _product_token(product)
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: set[str] = set()
    in_rules = False
    for field, value in _fields(text):
        if field == "sitemap":
            yield field, value
        elif field == "user-agent":
            if in_rules:
                agents, in_rules = set(), False
            agent = _product_token(value)
            agents.add(agent)
            if agent in (wanted, "*"):
                groups.setdefault(agent, [])
        else:
            in_rules = True
            for agent in agents & groups.keys():
                groups[agent].append((field, value))
    yield from groups.get(wanted, groups.get("*", ()))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for raw in _NEWLINE.split(text):
        line = _LINE.match(raw.partition("#")[0].strip())
        if line is None:
            continue
        field = line[1].lower().replace(" ", "-")
        if field == "useragent":
            field = "user-agent"
        elif field.startswith("dis"):
            field = "disallow"
        elif field.startswith("site"):
            yield "sitemap", _unquoted(line[2].strip())
            continue
        yield field, line[2].strip()


def _unquoted(address: str) -> str:
    """Return an address without the quotes or brackets that some files put around it."""
    found = _QUOTED.fullmatch(address)
    return found[1] if found else address


def _product_token(text: str) -> str:
    found = _PRODUCT_TOKEN.match(text)
    return found[0].lower() if found else ""
