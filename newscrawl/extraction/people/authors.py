"""The authors' names, freed of "By", roles, outlets and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.people.bylines import shown_bylines
from newscrawl.extraction.people.names import MAX_BYLINE, declared_names, is_nobody, is_person
from newscrawl.extraction.zone import Zone
from newscrawl.items import Source
from newscrawl.page.metadata import Node, plain, types_of
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, ancestors
from newscrawl.text.cleaning import clean_line, fold
from newscrawl.text.phrases import strip_byline_prefix

_META_NAMES = (
    "author", "parsely-author", "cxenseparse:author", "sailthru.author", "byl", "article:author",
    "og:article:author", "dc.creator", "dcterms.creator", "citation_author", "article.author",
    "authors", "twitter:data1",
)  # fmt: skip
_BYLINE_LABEL = re.compile(
    r"\bby\b|author|auth?or|verfasst|written|geschrieben|écrit|escrito|scritto|auteur|skrevet",
    re.IGNORECASE,
)
_ARTICLE_ITEM = re.compile(r"(?:Article|Posting|Report|WebPage|CreativeWork)$")
# The account that a content system makes for its owner signs in nobody's name.
_ACCOUNT = re.compile(r"/author/(?:admin|administrator|editor|webmaster)/?$")
_ORGANISATIONS = frozenset({"organization", "newsmediaorganization", "corporation"})
_MAX_AUTHORS = 20
_MAX_DEPTH = 5
_MAX_INSIDE = 500  # elements of an author that are looked at
_NEAR = 6


class FoundAuthors(NamedTuple):
    """A list of names, and where it was found."""

    names: list[str]
    source: Source
    where: str


class _Declared(NamedTuple):
    """One author as the page's metadata states it."""

    text: str
    is_organisation: bool = False
    is_account: bool = False


def author_candidates(
    page: Page, blocks: Blocks, zone: Zone, site: frozenset[str]
) -> list[FoundAuthors]:
    """Return the lists of authors that the page gives, the most trusted first.

    ``site`` are the folded names of the outlet: it is an author only where the page declares just
    that, and shows nobody's byline.
    """
    outlets: list[FoundAuthors] = []
    for declared, source, where in _declared(page):
        names = _declared_list(declared, blocks, zone, site)
        if not names:
            continue
        found = FoundAuthors(names, source, where)
        if any(fold(name) not in site for name in names) and not declared[0].is_account:
            return [found]
        outlets.append(found)
    nobodies = site.union(*(map(fold, found.names) for found in outlets))
    for names, where in shown_bylines(blocks, zone, nobodies):
        if names:
            return [FoundAuthors(names[:_MAX_AUTHORS], "html", where), *outlets]
    return outlets


def _declared_list(
    declared: list[_Declared], blocks: Blocks, zone: Zone, site: frozenset[str]
) -> list[str]:
    people: list[str] = []
    organisations: list[str] = []
    for author in declared[:_MAX_AUTHORS]:
        text = clean_line(author.text)
        if text.startswith(("http:", "https:", "@")) or is_nobody(text):
            continue
        if author.is_organisation and strip_byline_prefix(text) == text:
            organisations.append(text)
        else:
            people += [name for name in declared_names(text) if not is_nobody(name)]
    people = _without_joined([name for name in dict.fromkeys(people) if _is_possible(name)])
    if any(fold(name) not in site and is_person(name) for name in people):
        people = [name for name in people if fold(name) not in site]
        # An agency beside people is an author too where the byline says so.
        shown = [o for o in organisations if fold(o) not in site and _is_shown(o, blocks, zone)]
        return list(dict.fromkeys([*people, *shown]))[:_MAX_AUTHORS]
    names = list(dict.fromkeys([*organisations, *people]))
    return [name for name in names if fold(name) not in site] or names[:1]


def _without_joined(names: list[str]) -> list[str]:
    """Return the names without those that are two of the others, joined."""
    joined = {f"{first} {second}" for first in names for second in names}
    return [name for name in names if name not in joined]


def _is_possible(name: str) -> bool:
    return 2 <= len(name) <= 80 and any(character.isalpha() for character in name)


def _is_shown(name: str, blocks: Blocks, zone: Zone) -> bool:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    above = blocks.blocks[max(zone.heading - _NEAR // 2, 0) : zone.body]
    below = blocks.blocks[zone.last + 1 : zone.last + 1 + _NEAR]  # "SDA/abc"
    return any(
        len(block.text) <= MAX_BYLINE and pattern.search(block.text) is not None
        for block in (*above, *below)
    )


# --- what the page declares ---


def _declared(page: Page) -> Iterator[tuple[list[_Declared], Source, str]]:
    """Yield the lists of authors in the page's metadata."""
    for node in page.articles:
        for key in ("author", "creator"):
            if authors := list(_json_ld(page, node.get(key))):
                yield authors, "json-ld", f"Article.{key}"
    if authors := _microdata(page):
        yield authors, "microdata", "itemprop=author"
    meta = page.metadata.meta
    for name in _META_NAMES:
        if values := meta.get(name):
            label = " ".join(meta.get("twitter:label1", ()))
            if name != "twitter:data1" or _BYLINE_LABEL.search(label):
                yield [_Declared(value) for value in values], "meta", name


def _json_ld(page: Page, value: Any, depth: int = 0) -> Iterator[_Declared]:
    for item in value if isinstance(value, list) else [value]:
        node = page.metadata.resolve(item)
        if isinstance(node, list) and depth < _MAX_DEPTH:
            yield from _json_ld(page, node, depth + 1)
        elif isinstance(node, dict):
            yield from _json_ld_node(node)
        elif text := plain(node):
            yield _Declared(text)


def _json_ld_node(node: Node) -> Iterator[_Declared]:
    is_organisation = bool(types_of(node) & _ORGANISATIONS)
    is_account = isinstance(url := node.get("url") or node.get("@id"), str) and bool(
        _ACCOUNT.search(url)
    )
    names = node.get("name")
    texts = [plain(name) for name in names] if isinstance(names, list) else [plain(names)]
    if not any(texts):
        given, family = plain(node.get("givenName")), plain(node.get("familyName"))
        texts = [f"{given or ''} {family or ''}"]
    for text in texts:
        if text and not text.isspace():
            yield _Declared(text, is_organisation, is_account)


def _microdata(page: Page) -> list[_Declared]:
    authors: list[_Declared] = []
    of_article = filter(_is_of_article, page.metadata.microdata.get("author", ()))
    for element in islice(of_article, _MAX_AUTHORS):
        item_type = element.attributes.get("itemtype") or ""
        inside = islice(element.traverse(), _MAX_INSIDE)
        named = [e for e in inside if "name" in (e.attributes.get("itemprop") or "").split()]
        for inner in named[:_MAX_AUTHORS] or [element]:
            content = inner.attributes.get("content") or ""
            text = clean_line(content) or element_text(inner, MAX_BYLINE + 1)
            # An element that says no name of its own is a whole byline, with more than names.
            if text and (named or len(text) <= 120):
                authors.append(_Declared(text, item_type.endswith("Organization")))
    return authors


def _is_of_article(element: Element) -> bool:
    """Return whether an author is the article's, not a comment's or a review's."""
    for outer in ancestors(element):
        attributes = outer.attributes
        if "itemscope" in attributes:
            kind = attributes.get("itemtype") or "Article"
            return _ARTICLE_ITEM.search(kind.rstrip("/")) is not None
    return True
