"""The body: the blocks that the journalist wrote, chosen by a learned score with few rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.block_features import Matrix
from newscrawl.extraction.body.choice import likely_blocks
from newscrawl.extraction.body.leftovers import LEFTOVERS
from newscrawl.extraction.body.rules import QUOTATIONS, RULES, Draft, add_quotations, apply
from newscrawl.extraction.body.scoring import score_blocks
from newscrawl.extraction.overrides import Overrides
from newscrawl.items import Image
from newscrawl.page.page import Page


@dataclass(slots=True)
class Body:
    """A page's body as it is being found, with all that was weighed on the way."""

    listed: list[Block]
    """The candidate blocks, and the probability of each to be of the body:"""
    scores: Matrix
    draft: Draft


def find_body(
    page: Page,
    blocks: Blocks,
    not_body: frozenset[int],
    overrides: Overrides,
    heading: int | None = None,
) -> Body:
    """Return the body, as far as headline and standfirst tell.

    ``not_body`` are the indexes of blocks that are known to show these, ``heading`` that of the one
    that shows the headline.
    """
    listed, scores = score_blocks(page, blocks, overrides.body)
    draft = Draft(blocks, likely_blocks(listed, scores, heading) if listed else [], not_body)
    if draft.chosen and QUOTATIONS not in overrides.without:
        add_quotations(draft)
    apply(RULES, draft, overrides.without)
    return Body(listed, scores, draft)


def take_leftovers(
    draft: Draft,
    images: Sequence[Image],
    authors: Sequence[str],
    description: str,
    overrides: Overrides,
) -> None:
    """Take out of a body what repeats another field, or speaks of rights."""
    draft.images, draft.authors, draft.description = images, authors, description
    apply(LEFTOVERS, draft, overrides.without)
