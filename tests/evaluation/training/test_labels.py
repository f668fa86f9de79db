"""Which blocks are in a true body."""

from __future__ import annotations

import pytest

from newscrawl.evaluation.training.labels import label_blocks, label_words
from newscrawl.extraction.blocks import Blocks
from newscrawl.page.page import Page

FIRST = "The council voted late on Monday to rebuild the old covered market by the river."
SECOND = "Work on the hall begins next spring and is to take two years, said the mayor."
THIRD = "The money comes from the state, the city and a foundation that nobody named."


def labelled(html: str, body: str) -> list[str]:
    blocks = Blocks(Page(html).root).blocks
    labels = label_blocks(blocks, body)
    return [block.text for block, label in zip(blocks, labels, strict=True) if label]


def test_long_blocks_are_told_by_their_words_and_the_rest_is_not():
    call = "<p>Sign up for our letter and never miss it.</p>"
    html = f"<h1>A hall</h1><p>{FIRST}</p>{call}<p>{SECOND}</p>"
    assert labelled(html, f"{FIRST}\n\n{SECOND}") == [FIRST, SECOND]


def test_cells_and_items_are_told_by_their_place():
    table = "<table><tr><td>Roof<td>12<tr><td>Floor<td>7</table>"
    html = f"<p>Roof</p><p>{FIRST}</p><h2>Costs</h2>{table}<p>{SECOND}</p><ul><li>Floor</ul>"
    body = f"{FIRST}\n\nCosts\n\nRoof | 12\nFloor | 7\n\n{SECOND}"
    assert labelled(html, body) == [FIRST, "Costs", "Roof", "12", "Floor", "7", SECOND]


def test_a_short_text_far_from_its_place_is_another():
    html = f"<p>{FIRST}</p><p>Floor</p><p>{SECOND}</p><p>{THIRD}</p>"
    body = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nThe floor is of oak."
    assert labelled(html, body) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("body", ["", "…", "Nothing that the page has, in so many other words."])
def test_nothing_is_labelled_where_nothing_fits(body):
    assert labelled(f"<p>{FIRST}</p><p>Roof</p>", body) == []


def test_a_character_of_chinese_or_japanese_is_a_word():
    assert label_words("議会は voted") == ["議", "会", "は", "voted"]
