"""The standfirst as the page shows it; else the description that the page declares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.candidates import Candidate
from newscrawl.items import Source
from newscrawl.page.metadata import plain
from newscrawl.page.page import Page
from newscrawl.text.cleaning import fold, words

_OUT = chrome.CHROME | chrome.CAPTION | chrome.BIOGRAPHY | chrome.LEGAL | chrome.ASIDE
_OUT |= chrome.EMBED | chrome.HIDDEN
# What publishing systems call a standfirst beside the names that every element is judged by.
_NAMES = re.compile(
    r"einleitung|epigra(?:ph|fe)|anlei?ser|anreisser|bajada|copete|volanta|sumario|sommaire"
    r"|catenaccio|occhiello|ingress|manchet|resumo|linha-?fina|zajawka|perex|vorspann|introtext"
    r"|\blid\b|\bchap[oô]|subtitulo|sub-?head|sub-?title|stand-?first|\bdek\b|underrubrik",
    re.I,
)
_MIN = 25
_MAX = 800
"""What is longer, alone or together, is the text itself in a box with a wrong name."""
_PARAGRAPH = 100
_HEADING_LIKE = 40
"""A second-level heading this long right below the headline is a standfirst, not a subheading."""
_RIGHT_BELOW = 4
_AFTER_HEADLINE = 15
_LEAST_DECLARED = 10
_DECLARED = (
    "og:description", "description", "twitter:description", "dc.description",
    "dcterms.description",
)  # fmt: skip


def standfirst_blocks(page: Page, blocks: Blocks, heading: int | None) -> list[Block]:
    """Return the blocks of the standfirst, shown after the headline (block index ``heading``).

    A paragraph is one by what it is called, or if it is bold and declared as the description. An
    unnamed first paragraph of the text is none.
    """
    if heading is None:
        return []
    title = blocks.blocks[heading]
    title_words = set(words(title.text))
    declared = {fold(text) for text in _declared_texts(page)}
    found: list[Block] = []
    for block in blocks.blocks[heading + 1 : heading + 1 + _AFTER_HEADLINE]:
        if (
            not _MIN <= len(block.text) <= _MAX
            or block.flags & ~title.flags & _OUT
            or block.link_chars * 2 > len(block.text)
            or block.container.own & chrome.META
            or _repeats(block, title_words)
        ):
            if found:
                break
            continue
        if not _is_standfirst(block, title, declared):
            if found or (block.tag == "p" and len(block.text) >= _PARAGRAPH):
                break
            continue
        if found and found[-1].container.parent is not block.container.parent:
            break
        found.append(block)
    return found if sum([len(block.text) for block in found]) <= _MAX else []


def _repeats(block: Block, title: set[str]) -> bool:
    """Return whether most words of a block and of the headline are the same."""
    own = set(words(block.text))
    return len(own & title) * 2 > len(own | title)


def _is_standfirst(block: Block, title: Block, declared: set[str]) -> bool:
    meta = block.flags & ~title.flags & chrome.META
    if not meta and block.flags & ~title.flags & chrome.STANDFIRST:
        return True
    if not meta and (
        block.container.own & chrome.STANDFIRST or _NAMES.search(block.container.names)
    ):
        return True
    if block.tag in ("h2", "h3") and block.index - title.index <= _RIGHT_BELOW:
        return len(block.text) >= _HEADING_LIKE
    set_apart = block.tag in ("h2", "h3", "h4", "div", "strong") or (
        block.strong_chars >= 0.95 * len(block.text)
    )
    return set_apart and fold(block.text) in declared


def description_candidates(page: Page, standfirst: list[Block]) -> list[Candidate]:
    """Return the possible descriptions, the most trusted first."""
    found: list[Candidate] = []
    if standfirst:
        text = " ".join(block.text for block in standfirst)
        container = standfirst[0].container
        found.append(Candidate(text, "html", container.names or container.tag))
    found += _declared(page)
    return [candidate for candidate in found if _is_sentence(candidate.value)]


def _is_sentence(text: str) -> bool:
    """Return whether a text says something: a name or a label alone describes no article."""
    return len(text) >= _LEAST_DECLARED and (not text.isascii() or text.count(" ") >= 2)


def _declared(page: Page) -> Iterator[Candidate]:
    for node in page.articles:
        if text := plain(node.get("description")):
            yield Candidate(text, "json-ld", "Article.description")
    for name in _DECLARED:
        source: Source = "opengraph" if name.startswith("og:") else "meta"
        for text in page.metadata.meta.get(name, ()):
            yield Candidate(text, source, name)


def _declared_texts(page: Page) -> list[str]:
    return [candidate.value for candidate in _declared(page)]
