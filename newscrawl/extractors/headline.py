"""The headline: what the page shows, weighed against what it declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.extractors.candidates import Candidate
from newscrawl.extractors.titles import overlap, strip_site, title_parts
from newscrawl.items import Source
from newscrawl.metadata import plain
from newscrawl.page import Page, urlsplit_path
from newscrawl.text import clean_line, element_text, fold, words

_LONGEST = 400
_HEADINGS_READ = 500
_SUPPORT = 0.4
_ALONE = 4  # so many words make a shown headline credible with no support
_KICKER = re.compile(
    r"kicker|over-?line|top-?line|spitzmarke|label|badge|category|eyebrow|pre-?title|roof-?line"
    r"|dachzeile|hidden|sr-only|antetitulo|occhiello|surtitre",
    re.IGNORECASE,
)
_META = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_FIRST_BLOCKS = 60
_SHORT_TITLE = 200


def headline_candidates(page: Page, blocks: Blocks, names: frozenset[str]) -> list[Candidate]:
    """Return the possible headlines, the best first.

    The publisher's own statement (JSON-LD) is the best single witness; then what the page shows in
    ``<h1>``, where the declared titles support it or it is long enough to be one; then the declared
    titles; last a line near the top that the ``<title>`` points to.

    ``names`` are the folded names of the site, see `newscrawl.extractors.publisher.site_names`.
    """
    # One that is never closed holds the rest of the page, and a thousand hold it a thousand times.
    first = islice(page.root.iter("h1"), _HEADINGS_READ)
    innermost = (e for e in first if next(e.iterdescendants("h1"), None) is None)
    headings = [e for e in innermost if len(element_text(e, _LONGEST)) < _LONGEST - 1]
    names |= _mastheads(page, headings)
    shown = list(_shown(headings, names))
    declared = list(_declared(page, names, [candidate.value for candidate in shown]))
    titles = [words(candidate.value) for candidate in declared]
    support = {
        candidate: max((overlap(words(candidate.value), title) for title in titles), default=0.0)
        for candidate in shown
    }
    shown.sort(key=support.__getitem__, reverse=True)
    credible = [
        candidate
        for candidate in shown
        if support[candidate] >= _SUPPORT or not declared or _is_long(candidate.value)
    ]
    alternatives = {fold(text) for node in page.articles for text in _alternative(node)}
    ranked = [candidate for candidate in credible[:1] if fold(candidate.value) in alternatives]
    ranked += [candidate for candidate in declared if candidate.source == "json-ld"]
    ranked += credible[:1]
    if not credible:
        ranked += _pointed_to(page, blocks, names)
    return list(dict.fromkeys([*ranked, *declared, *shown]))


def _alternative(node: dict[str, object]) -> Iterator[str]:
    if text := plain(node.get("alternativeHeadline")):
        yield text


def _is_long(text: str) -> bool:
    return len(words(text)) >= _ALONE or (
        not text.isascii() and len(text.encode()) > 2.4 * len(text) > 14
    )


def _declared(page: Page, names: frozenset[str], shown: list[str]) -> Iterator[Candidate]:
    for text, source, where in _stated(page):
        if _is_title(text, names):
            yield Candidate(strip_site(text, names, shown), source, where)


def _stated(page: Page) -> Iterator[tuple[str, Source, str]]:
    for node in page.articles:
        text = plain(node.get("headline")) or plain(node.get("name"))
        if text and not text.endswith(("…", "...")):
            yield text, "json-ld", "Article.headline"
    metadata = page.metadata
    for element in metadata.microdata.get("headline", ()):
        if element.tag != "h1":
            text = clean_line(element.get("content") or "") or element_text(element, _LONGEST)
            yield text, "microdata", "itemprop=headline"
    for key in _META:
        for text in metadata.meta.get(key, ()):
            yield text, "opengraph" if key == "og:title" else "meta", key
    if metadata.title:
        yield metadata.title, "html", "title"


def _is_title(text: str, names: frozenset[str]) -> bool:
    return 0 < len(text) < _LONGEST and fold(text) not in names


def _shown(headings: list[etree._Element], names: frozenset[str]) -> Iterator[Candidate]:
    for element in headings:
        text = strip_site(_without_kicker(element), names, ())
        if len(text) > 1 and _is_title(text, names):
            yield Candidate(text, "html", "h1")


def _mastheads(page: Page, headings: list[etree._Element]) -> frozenset[str]:
    """Return the folded texts of headings that are nothing but a link to the front page."""
    found = set()
    for element in headings:
        link = next(element.iter("a"), None)
        if link is not None and element_text(link) == element_text(element):
            address = page.urljoin(link.get("href") or "") or ""
            if not urlsplit_path(address):
                found.add(fold(element_text(element)))
    return frozenset(found)


def _without_kicker(element: etree._Element) -> str:
    """Return a heading's text without a kicker that is set inside it."""
    children = [child for child in element if element_text(child)]
    if len(children) >= 2 and not (element.text or "").strip():
        kept = [child for child in children if not _KICKER.search(child.get("class") or "")]
        if kept and len(kept) < len(children):
            return clean_line(" ".join(element_text(child) + (child.tail or "") for child in kept))
    return (
        clean_line(" ".join(str(text) for text in element.itertext()))
        if _has_breaks(element)
        else element_text(element)
    )


def _has_breaks(element: etree._Element) -> bool:
    return element.find(".//br") is not None or element.find(".//div") is not None


def _pointed_to(page: Page, blocks: Blocks, names: frozenset[str]) -> Iterator[Candidate]:
    """Yield the line near the top that a part of the ``<title>`` repeats, or begins."""
    if not page.metadata.title:
        return
    parts = [part for part in title_parts(page.metadata.title) if fold(part) not in names]
    best: tuple[float, Block] | None = None
    for block in blocks.blocks[:_FIRST_BLOCKS]:
        if len(block.text) > _SHORT_TITLE or block.flags & chrome.CHROME or block.link_chars:
            continue
        mine = words(block.text)
        stands_out = block.strong_chars or block.tag in _HEADINGS or block.flags & chrome.HEADLINE
        for part in parts:
            if fold(part) == fold(block.text):
                score = 2.0 + bool(stands_out)
            elif stands_out and len(mine) >= _ALONE and set(words(part)) <= set(mine):
                score = 1.0
            else:
                continue
            if best is None or score > best[0]:
                best = (score, block)
    if best is not None:
        yield Candidate(best[1].text, "html", best[1].tag)


_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
