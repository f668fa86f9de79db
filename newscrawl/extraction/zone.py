"""The article's zone on the page: from a little above its headline to the end of its text."""

from __future__ import annotations

from typing import NamedTuple

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container

_BEFORE_HEADLINE = 12
_AFTER_BODY = 2
_PARAGRAPH = 80
_MAX_ABOVE = 4


class Zone(NamedTuple):
    """The article's place among the blocks, by index."""

    start: int
    heading: int
    """The block that shows the headline; else the first of the text."""
    first_paragraph: int
    """Where a lead image stands at the latest: the second block of text, a dateline skipped."""
    end: int
    body: int
    """The first block of the text."""
    last: int
    """The last block of the text."""
    text: frozenset[int]
    """All blocks of the text."""
    base: int
    """Flags of what the text itself lies in: they do not speak against a neighbour."""
    scope: Container | None
    """The innermost element that holds both headline and text."""
    article: Container | None
    """The ``<article>`` around it; else the scope."""

    def holds(self, container: Container, position: int) -> bool:
        """Return whether an element at this place among the blocks is within the article."""
        if not self.start <= position <= self.end:
            return False
        if self.heading <= position <= self.last or self.article is None:
            return True
        return any(outer is self.article for outer in container.ancestors())


def find_zone(blocks: Blocks, heading: int | None, body: list[Block]) -> Zone:
    """Return the article's zone.

    ``heading`` is the index of the block that shows the headline.
    """
    count = len(blocks.blocks)
    first = body[0].index if body else count
    head = first if heading is None or heading > first else heading
    end = body[-1].index + 1 if body else count
    while end < count and blocks.blocks[end].flags & chrome.CAPTION:
        end += 1  # a gallery under the text
    anchor = body[0] if body else blocks.blocks[head] if head < count else None
    scope = article = None
    if anchor is not None:
        around = list(anchor.container.ancestors())
        article = next((c for c in around if c.tag == "article"), None)
        if head < first:
            outer = {container.index for container in blocks.blocks[head].container.ancestors()}
            scope = next((c for c in around if c.index in outer), None)
    return Zone(
        start=max(head - _BEFORE_HEADLINE, 0) if head < count else 0,
        heading=head,
        first_paragraph=_first_paragraph(body, first),
        end=min(end + _AFTER_BODY, count),
        body=first,
        last=body[-1].index if body else count,
        text=frozenset(block.index for block in body),
        base=anchor.flags if anchor is not None else 0,
        scope=scope or article,
        article=article or scope,
    )


def _first_paragraph(body: list[Block], first: int) -> int:
    for above, block in enumerate(body[:_MAX_ABOVE]):
        if len(block.text) >= _PARAGRAPH:
            return body[above + 1].index if above + 1 < len(body) else block.index
    return first
