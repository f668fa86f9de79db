"""Paragraphs amid the text that a page hides from the eye."""

from __future__ import annotations

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Container
from newscrawl.page.hidden import hidden_by_attributes
from newscrawl.page.tree import Element

_PANEL = frozenset({"aria-labelledby", "role"})
_CONTROLS = "button,summary,[aria-expanded],[aria-controls],[role=button],[role=tab]"
_BEFORE = 5  # nodes


def unseen_blocks(body: list[Block]) -> set[int]:
    """Return the indexes of a body's blocks that are hidden and have others behind them.

    A hidden end is kept: a button "Read more" shows it, and a text that is hidden as a whole waits
    for a script; so does the panel of a tab or of a question. What only rules of style sheets hide
    waits for one, too, more often than not.
    """
    hidden = [
        bool(block.flags & chrome.HIDDEN) and any(map(_hides, block.container.ancestors()))
        for block in body
    ]
    if not any(hidden):
        return set()
    last = max((place for place, unseen in enumerate(hidden) if not unseen), default=0)
    return {block.index for block, unseen in zip(body[:last], hidden, strict=False) if unseen}


def _hides(container: Container) -> bool:
    """Return whether an element's own attributes hide it for good."""
    if not container.own & chrome.HIDDEN:
        return False
    attributes = container.element.attributes
    return (
        hidden_by_attributes(attributes)
        and not _PANEL.intersection(attributes)
        and not _is_opened_by(container.element)
    )


def _is_opened_by(element: Element) -> bool:
    """Return whether a button stands before an element, as before the answer to a question."""
    previous = element.prev
    for _ in range(_BEFORE):
        if previous is None:
            return False
        if previous.is_element_node:
            return previous.css_first(_CONTROLS) is not None
        previous = previous.prev
    return False
