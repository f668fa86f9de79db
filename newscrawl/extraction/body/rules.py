"""Rules around the learned score: what of the chosen blocks is something else after all.

`newscrawl evaluate --ablate` switches each of them off and measures what it gains. None may take
more than a seventh of the chosen text: where one would, it is not heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from newscrawl.extraction.blocks import Block, Blocks, Container
from newscrawl.extraction.body.block_features import SENTENCE_ENDS
from newscrawl.extraction.body.features import is_link_alone
from newscrawl.extraction.body.unseen import unseen_blocks
from newscrawl.items import Image
from newscrawl.text.cleaning import fold
from newscrawl.text.phrases import (
    IS_COMMENT,
    IS_RELATED,
    is_label_and_link,
    is_related_line,
    line_labels,
)

MOST_TAKEN = 1 / 7
"""So much of the chosen text, by characters, may a rule take."""

_LABEL = 120
_SHORT_LABEL = 30
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_POINTER_LENGTH = 250
_BEGINNING = 20
_LABEL_COPY = 40
_LEGEND = 200
_SAME = 0.4
_BOLD = 0.9


@dataclass(slots=True)
class Draft:
    """A body as it is being chosen, and what is known of the page beside it."""

    blocks: Blocks
    chosen: list[Block]
    not_body: frozenset[int] = frozenset()
    """Indexes of blocks that show the headline or the standfirst."""
    images: Sequence[Image] = ()
    authors: Sequence[str] = ()
    description: str = ""
    left_out: dict[int, str] = field(default_factory=dict)
    """For each block that a rule took, by index, the rule's name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named test that says which of a draft's chosen blocks are not of the body, by index."""

    name: str
    finds: Callable[[Draft], set[int]]
    limited: bool = True
    """Whether it may take no more than `MOST_TAKEN`."""


def apply(rules: Iterable[Rule], draft: Draft, without: frozenset[str] = frozenset()) -> None:
    """Take out of a draft what rules find, one after the other, but for those that are named."""
    for rule in rules:
        if rule.name in without or not draft.chosen:
            continue
        found = rule.finds(draft)
        if not found:
            continue
        if rule.limited:
            taken = sum([len(b.text) for b in draft.chosen if b.index in found])
            if taken > MOST_TAKEN * sum([len(b.text) for b in draft.chosen]):
                continue
        draft.left_out |= dict.fromkeys(found, rule.name)
        draft.chosen = [block for block in draft.chosen if block.index not in found]


def add_quotations(draft: Draft) -> None:
    """Add what else stands in the quotations amid the chosen text: posts, signatures and all."""
    first, last = draft.chosen[0].index, draft.chosen[-1].index
    chosen = {block.index: block for block in draft.chosen}
    for container in draft.blocks.containers:
        if container.tag == "blockquote" and first < container.start <= last:
            inside = draft.blocks.blocks[container.start : container.end]
            chosen |= {block.index: block for block in inside}
    draft.chosen = [chosen[index] for index in sorted(chosen)]


def _other_fields(draft: Draft) -> set[int]:
    """Find what shows the headline or the standfirst, unless it is set as the text is."""
    return set(draft.not_body) - _of_the_text(draft.chosen, draft.not_body)


def _of_the_text(body: list[Block], not_body: frozenset[int]) -> set[int]:
    """Return the blocks that pass for a standfirst but are the text: set as it is, or all of it."""
    if not_body.isdisjoint([block.index for block in body]):
        return set()
    sizes: Counter[tuple[str, str, Container | None]] = Counter()
    doubted: list[Block] = []
    for block in body:
        if block.index in not_body:
            if block.tag != "h1":  # a headline is never the text
                doubted.append(block)
        else:
            sizes[_setting(block)] += len(block.text)
    text_size = sum(sizes.values())
    return {
        block.index
        for block in doubted
        if len(block.text) > text_size
        or (
            sizes[_setting(block)] > _SAME * text_size
            and block.strong_chars < _BOLD * len(block.text)
        )
    }


def _setting(block: Block) -> tuple[str, str, Container | None]:
    return block.tag, block.container.names, block.container.parent


def _legends(draft: Draft) -> set[int]:
    """Find the blocks that are all the text of a box with a picture above it: captions."""
    pictures = {(placed.container, placed.position) for placed in draft.blocks.images}
    legends = set()
    for block in draft.chosen:
        if len(block.text) <= _LEGEND:
            for box in (block.container, block.container.parent):
                if box is not None and box.end - box.start == 1 and (box, block.index) in pictures:
                    legends.add(block.index)
    return legends


def _pointers(draft: Draft) -> set[int]:
    """Find the blocks that only point to another story, or belong to the comment box."""
    return {block.index for block in draft.chosen if _is_pointer(block)}


def _is_pointer(block: Block) -> bool:
    text = block.text
    size = len(text)
    if size > _POINTER_LENGTH or block.tag == "li":
        return False
    return (
        is_link_alone(block)
        or (size <= _LABEL and line_labels(text) & IS_COMMENT != 0)
        or (size <= _SHORT_LABEL and line_labels(text) & IS_RELATED != 0)
        or (block.link_chars > 0.3 * size and is_related_line(text))
        or is_label_and_link(text, block.link_chars)
    )


def _link_lists(draft: Draft) -> set[int]:
    """Find the items of lists that are mostly links to other pages."""
    lists: dict[Container, list[Block]] = {}
    for block in draft.chosen:
        if block.tag == "li" and block.container.parent is not None:
            lists.setdefault(block.container.parent, []).append(block)
    return {
        block.index
        for items in lists.values()
        if all(item.links for item in items)
        and sum(item.link_chars for item in items) > 0.5 * sum(len(item.text) for item in items)
        for block in items
    }


def _copies(draft: Draft) -> set[int]:
    """Find what a hidden or print copy says again."""
    beginnings = [_beginning(block.text) for block in draft.chosen]
    if len(set(beginnings)) == len(beginnings):
        return set()
    times = Counter(beginnings)
    found: set[int] = set()
    seen: set[str] = set()
    for block, beginning in zip(draft.chosen, beginnings, strict=True):
        # Only what begins alike can be alike: folding all of a long text costs.
        folded = fold(block.text) if times[beginning] > 1 else ""
        if len(folded) >= _LABEL_COPY and folded in seen:
            found.add(block.index)
        seen.add(folded)
    return found


def _beginning(text: str) -> str:
    beginning = text[:_BEGINNING]
    return beginning.rstrip().casefold() if beginning.isascii() else fold(beginning)


def _closing_headings(draft: Draft) -> set[int]:
    """Find the headings with nothing under them."""
    found = set()
    for block in reversed(draft.chosen):
        if not is_heading(block):
            break
        found.add(block.index)
    return found


def is_heading(block: Block) -> bool:
    """Whether a block is a heading, or a short line in bold that ends as no sentence does."""
    text = block.text
    bold = block.strong_chars >= _BOLD * len(text) and len(text) <= _LABEL
    return block.tag in _HEADINGS or (bold and text[-1] not in SENTENCE_ENDS)


def _unseen(draft: Draft) -> set[int]:
    """Find what the page hides from the eye amid the text."""
    return unseen_blocks(draft.chosen)


QUOTATIONS = "quotations"
"""The name of the one rule that adds to what is chosen, `add_quotations`."""
COPIES = Rule("copies", _copies, limited=False)  # what it takes stands in the body once
RULES = (
    Rule("other fields", _other_fields, limited=False),  # they stand in the record elsewhere
    Rule("unseen", _unseen, limited=False),  # no reader has it before the eyes
    Rule("legends", _legends),
    Rule("pointers", _pointers),
    Rule("link lists", _link_lists),
    COPIES,
    Rule("closing headings", _closing_headings),
)
"""The rules that need no other field than headline and standfirst, in order."""


def without_pointers(blocks: Blocks, listed: Iterable[Block]) -> list[Block]:
    """Return the blocks without links to other stories, repetitions, closing headings."""
    draft = Draft(blocks, list(listed))
    apply(RULES, draft)
    return draft.chosen
