"""The body: which of the page's blocks the journalist wrote."""

from __future__ import annotations

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks, Container

_OUT = (
    chrome.CHROME | chrome.META | chrome.CAPTION | chrome.BIOGRAPHY | chrome.LEGAL | chrome.HIDDEN
)


def _is_text(block: Block) -> bool:
    return not block.flags & _OUT and block.link_chars * 2 <= len(block.text)


def body_blocks(page_blocks: Blocks) -> list[Block]:
    """Return the blocks of the body, in order."""
    scores: dict[Container, float] = {}
    for block in page_blocks.blocks:
        size = len(block.text)
        if size < 40 or not _is_text(block):
            continue
        weight = 1.0
        for container in list(block.container.ancestors())[:5]:
            scores[container] = scores.get(container, 0) + size * weight
            if container.tag in ("div", "section", "article", "main", "td", "body"):
                weight *= 0.7
    if not scores:
        return []
    best = max(scores, key=lambda c: scores[c])
    return [
        b for b in page_blocks.blocks[best.start : best.end] if _is_text(b) and len(b.text) > 20
    ]
