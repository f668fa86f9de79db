"""The authors' names, freed of "By", roles, outlets and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Blocks
from newscrawl.items import Source
from newscrawl.metadata import Node, plain, types_of
from newscrawl.page import Page
from newscrawl.phrases import any_of, strip_byline_prefix
from newscrawl.text import clean_line, fold
from newscrawl.vocabulary import AUTHOR_JOINERS, BYLINE_PREFIXES, ROLE_WORDS

_META_NAMES = (
    "author", "parsely-author", "article:author", "og:article:author", "dc.creator", "dcterms.creator",
    "sailthru.author", "cxenseparse:author", "byl", "citation_author", "twitter:data1", "article.author", "authors",
)  # fmt: skip
_JOINERS = re.compile(
    r"\s*[,;|/•·&]\s*|\s*\n\s*|\s+(?:"
    + "|".join(re.escape(j.strip()) for j in AUTHOR_JOINERS)
    + r")\s+",
    re.I,
)
_NOISE = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|@\w+|\([^)]*\)|\[[^\]]*\]|<[^>]*>|\s+(?:für|for|bei|via)\s+.*$"
)
_ROLE = re.compile(rf"\b(?:{any_of(ROLE_WORDS)})\b", re.I)
_NOT_A_NAME = re.compile(
    r"\d|[<>{{}}=#_@]|https?:|\b(?:staff|redaktion|redaction|rédaction|redacci[oó]n|redazione|redação|editors?|newsroom|team|news|"
    r"agency|agencies|agencia|admin|webmaster|editorial|press|desk|online|media|magazine|zeitung|guest|contributor)\b",
    re.I,
)
_CLASS = re.compile(r"byline|author|writer|autor|auteur|reporter|journalist|contributor", re.I)
_NOT_CLASS = re.compile(
    r"bio|image|photo|avatar|comment|social|follow|share|related|more|desc|about|caption|credit",
    re.I,
)
_MAX_AUTHORS = 20


class FoundAuthors(NamedTuple):
    """A list of names, and where it was found."""

    names: list[str]
    source: Source
    where: str


def author_candidates(page: Page, blocks: Blocks, site: frozenset[str]) -> list[FoundAuthors]:
    """Return the lists of authors that the page gives, the most trusted first.

    ``site`` are the folded names of the outlet, which are no author.
    """
    found = [
        FoundAuthors(names, source, where)
        for raw, source, where in _raw_lists(page, blocks)
        if (names := _names(raw, site, declared=source in ("json-ld", "microdata")))
    ]
    return found


def _raw_lists(page: Page, blocks: Blocks) -> Iterator[tuple[list[str], Source, str]]:
    for node in page.articles:
        for key in ("author", "creator"):
            names = list(_json_ld_names(page, node.get(key)))
            if names:
                yield names, "json-ld", f"Article.{key}"
    names = []
    for element in page.metadata.microdata.get("author", ()):
        inner = element.xpath(".//*[@itemprop='name']")
        names += [e.get("content") or "".join(e.itertext()) for e in (inner or [element])]
    if names:
        yield names, "microdata", "itemprop=author"
    for name in _META_NAMES:
        values = page.metadata.meta.get(name, [])
        if name == "twitter:data1" and not any(
            re.search(r"by|author|von|par|autor|verfasst|written|geschrieben|écrit", label, re.I)
            for label in page.metadata.meta.get("twitter:label1", ())
        ):
            continue
        if values:
            yield values, "meta", name
    yield from _shown(page, blocks)


def _json_ld_names(page: Page, value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        node = page.metadata.resolve(item)
        if isinstance(node, list):
            yield from _json_ld_names(page, node)
        elif isinstance(node, dict):
            for name in node["name"] if isinstance(node.get("name"), list) else [node.get("name")]:
                if text := plain(name):
                    yield text
        elif text := plain(node):
            yield text


def _shown(page: Page, blocks: Blocks) -> Iterator[tuple[list[str], Source, str]]:
    links = [
        clean_line("".join(a.itertext()))
        for a in page.root.iter("a")
        if "author" in (a.get("rel") or "").split()
    ]
    if links:
        yield list(dict.fromkeys(links))[:_MAX_AUTHORS], "html", "a[rel=author]"
    lines: list[str] = []
    for container in blocks.containers:
        names = f"{container.element.get('class') or ''} {container.element.get('id') or ''}"
        if (
            _CLASS.search(names)
            and not _NOT_CLASS.search(names)
            and not container.flags
            & (chrome.CHROME & ~chrome.SHARE | chrome.BIOGRAPHY | chrome.ASIDE)
            and 0 < container.end - container.start <= 6
        ):
            inside = [
                b.text for b in blocks.blocks[container.start : container.end] if len(b.text) < 150
            ]
            if inside and not lines:
                lines = _byline(container.element, inside)
    if lines:
        yield lines, "html", "byline class"
    for block in blocks.blocks:
        if len(block.text) < 120 and not block.flags & (
            chrome.CHROME | chrome.CAPTION | chrome.COMMENTS
        ):
            rest = strip_byline_prefix(block.text)
            if rest != block.text and rest:
                yield [rest], "html", "byline"
                break


def _byline(element: etree._Element, lines: list[str]) -> list[str]:
    links = [clean_line("".join(a.itertext())) for a in element.iter("a")]
    named = [link for link in links if _credible(_clean(link))]
    return named or lines[:1]


def _names(raw: Iterable[str], site: frozenset[str], *, declared: bool) -> list[str]:
    names: list[str] = []
    for text in raw:
        text = text[:500]
        if text.startswith("http"):
            continue
        for part in _JOINERS.split(strip_byline_prefix(clean_line(text))):
            name = _clean(strip_byline_prefix(part))
            if name not in names and (_possible(name) if declared else _credible(name)):
                names.append(name)
    people = [name for name in names if fold(name) not in site]
    # An unsigned article's author is its outlet only where the page declares just that.
    return (people or (names if declared else []))[:_MAX_AUTHORS]


def _clean(name: str) -> str:
    name = clean_line(_NOISE.sub(" ", name)).strip(" ,;:|-–—•·/.\"'")
    role = _ROLE.search(name)
    if role and role.start() > 3:
        name = name[: role.start()].strip(" ,;:|-–—")
    elif role and role.start() == 0 and len(name) > role.end() + 4:
        name = name[role.end() :].strip(" ,;:|-–—")
    return name


def _possible(name: str) -> bool:
    return 2 <= len(name) <= 80 and any(character.isalpha() for character in name)


def _credible(name: str) -> bool:
    return (
        _possible(name)
        and len(name) <= 60
        and len(name.split()) <= 6
        and not _NOT_A_NAME.search(name)
        and not _ROLE.fullmatch(name)
        and not name[0].islower()
    )
