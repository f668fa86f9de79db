"""The standfirst as the page shows it; else the description that the page declares."""

from __future__ import annotations

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.extractors.candidates import Candidate
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.text import fold

_OUT = chrome.CHROME | chrome.CAPTION | chrome.BIOGRAPHY | chrome.LEGAL | chrome.ASIDE
_MIN = 25
_MAX = 1000
_AFTER_HEADLINE = 15


def standfirst_blocks(page: Page, blocks: Blocks, heading: int | None) -> list[Block]:
    """Return the blocks of the standfirst, shown after the headline (block index ``heading``)."""
    if heading is None:
        return []
    declared = {fold(text) for text in _declared_texts(page)}
    near = blocks.blocks[heading + 1 : heading + 1 + _AFTER_HEADLINE]
    found: list[Block] = []
    for block in near:
        if (
            not _MIN <= len(block.text) <= _MAX
            or block.flags & _OUT
            or block.link_chars * 2 > len(block.text)
        ):
            if found:
                break
            continue
        named = block.flags & chrome.STANDFIRST and not block.flags & chrome.META
        if named or (block.tag in ("h2", "h3", "div", "strong") and fold(block.text) in declared):
            if found and found[-1].container.parent is not block.container.parent:
                break
            found.append(block)
            continue
        break
    return found


def description_candidates(page: Page, standfirst: list[Block]) -> list[Candidate]:
    """Return the possible descriptions, the most trusted first."""
    found: list[Candidate] = []
    if standfirst:
        text = " ".join(block.text for block in standfirst)
        found.append(
            Candidate(
                text, "html", standfirst[0].container.element.get("class") or standfirst[0].tag
            )
        )
    for node in page.articles:
        if text := plain(node.get("description")):
            found.append(Candidate(text, "json-ld", "Article.description"))
    for name in (
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
        "dcterms.description",
    ):
        for text in page.metadata.meta.get(name, ()):
            source = "opengraph" if name.startswith("og:") else "meta"
            found.append(Candidate(text, source, name))  # type: ignore[arg-type]
    return [candidate for candidate in found if len(candidate.value) >= 10]


def _declared_texts(page: Page) -> list[str]:
    texts = page.metadata.all("og:description", "description", "twitter:description")
    return texts + [text for node in page.articles if (text := plain(node.get("description")))]
