"""Training pages once more, changed as no reader of the article would notice."""

from __future__ import annotations

from hashlib import blake2b
from random import Random

from newscrawl.evaluation import disturbances as d
from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.disturbances import Change, Stock, disturb
from newscrawl.page.page import Page

_NAMES: tuple[Change, ...] = (
    d.names_hashed, d.names_removed, d.names_shuffled, d.taxonomy_names, d.paywall_class,
    d.misleading_paragraphs, d.misleading_ancestor, d.misleading_role,
)  # fmt: skip
_BOXES: tuple[Change, ...] = (
    d.div_for_p, d.each_in_a_box, d.first_apart, d.last_apart, d.first_outside, d.last_outside,
    d.second_half_wrapped, d.in_sections,
)  # fmt: skip
_AMID: tuple[Change, ...] = (
    d.newsletter_amid, d.advertising_amid, d.pointers_amid, d.pointers_at_end,
)  # fmt: skip
_AROUND: tuple[Change, ...] = (
    d.company_at_foot, d.other_stories_below, d.comments_below, d.next_article_below,
    d.teasers_before,
)  # fmt: skip


_SIZES: tuple[Change, ...] = (d.shortened, d.plainer)
_SHARES = (
    (_SIZES, 0.4), (_SIZES, 0.15), (_BOXES, 0.6), (_AMID, 0.5), (_AMID, 0.25), (_AROUND, 0.6),
    (_AROUND, 0.2), (_NAMES, 0.7),
)  # fmt: skip
"""How often a change of each sort is made, in this order."""


def chosen_changes(random: Random, *, whole: bool = False) -> list[Change]:
    """Return changes for one copy of a page: of each sort none, one or two.

    With ``whole`` none of them shortens the text.
    """
    changes = [random.choice(sort) for sort, share in _SHARES if random.random() < share]
    return [change for change in changes if not whole or change not in _SIZES]


def changed_copy(
    sample: Sample, page: Page, stock: Stock, number: int, *, whole: bool = False
) -> str:
    """Return the HTML of a page's copy; the same number gives the same changes ever again."""
    digest = blake2b(f"copy {number} {sample.truth.id}".encode(), digest_size=8).digest()
    changes = chosen_changes(Random(digest), whole=whole)  # noqa: S311 - no secrets
    return disturb(sample, page, changes, stock, number)
