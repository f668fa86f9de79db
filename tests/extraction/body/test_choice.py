"""From scores to a choice of the whole: what stands together goes together."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.choice import _best_path, likely_blocks
from newscrawl.page.page import Page


def chosen(html, scores):
    """Return the numbers of the blocks that are chosen, given a score for each."""
    listed = Blocks(Page(html).root).blocks
    found = likely_blocks(listed, np.array(scores, dtype=np.float32))
    return [block.index for block in found]


def p(count):
    return "<p>Some words of a text.</p>" * count


def test_what_is_likelier_than_not_is_chosen_where_boxes_part_the_blocks():
    boxes = "<div><p>Some words.</p></div>" * 3
    # A change between boxes costs 0.3: odds of 0.6 to get in and out again, or 0.65.
    assert chosen(boxes, [0.1, 0.66, 0.8]) == [1, 2]
    assert chosen(boxes + boxes, [0.9, 0.1, 0.63, 0.1, 0.1, 0.1]) == [0]
    assert chosen(boxes + boxes, [0.9, 0.1, 0.66, 0.1, 0.1, 0.1]) == [0, 2]
    assert chosen(boxes, [0.9, 0.37, 0.9]) == [0, 1, 2]
    assert chosen(boxes, [0.9, 0.34, 0.9]) == [0, 2]


def test_a_doubtful_block_goes_with_those_around_it_in_its_box():
    # In a box a change costs 1.2: odds of -2.4 to leave one out amid the text, or 0.083.
    assert chosen(f"<div>{p(3)}</div>", [0.9, 0.09, 0.9]) == [0, 1, 2]
    assert chosen(f"<div>{p(3)}</div>", [0.9, 0.08, 0.9]) == [0, 2]


def test_a_doubtful_last_paragraph_goes_with_its_fellows():
    # To go on to the end of the box costs nothing, to stop before it 1.2: a probability of 0.23.
    assert chosen(f"<div>{p(3)}</div>", [0.9, 0.9, 0.24]) == [0, 1, 2]
    assert chosen(f"<div>{p(3)}</div>", [0.9, 0.9, 0.22]) == [0, 1]
    # In a box of its own it stays only if it is hardly less likely than not.
    assert chosen(f"<div>{p(2)}</div><div>{p(1)}</div>", [0.9, 0.9, 0.44]) == [0, 1, 2]
    assert chosen(f"<div>{p(2)}</div><div>{p(1)}</div>", [0.9, 0.9, 0.41]) == [0, 1]


def test_another_tag_in_the_same_box_parts_more_easily():
    html = "<div><p>Some words.</p><h3>Some words.</h3><p>Some words.</p></div>"
    # Two changes of 0.8 each: odds of -1.6, a probability of 0.17.
    assert chosen(html, [0.9, 0.18, 0.9]) == [0, 1, 2]
    assert chosen(html, [0.9, 0.16, 0.9]) == [0, 2]


def test_what_stands_above_the_headline_has_to_be_likelier():
    listed = Blocks(Page("<div><p>Some words.</p></div>" * 3).root).blocks
    scores = np.array([0.72, 0.01, 0.72], dtype=np.float32)
    # Odds of 0.8 less, and a change of 0.3: a probability of 0.75.
    assert [b.index for b in likely_blocks(listed, scores, heading=1)] == [2]
    assert [b.index for b in likely_blocks(listed, scores + 0.04, heading=1)] == [0, 2]


def test_where_nothing_is_likely_the_likeliest_may_be_the_text():
    assert chosen(f"<div>{p(3)}</div>", [0.3, 0.3, 0.3]) == [0, 1, 2]
    assert chosen(f"<div>{p(3)}</div>", [0.24, 0.24, 0.24]) == []


@pytest.mark.parametrize("seed", range(20))
def test_no_other_choice_has_a_higher_total(seed):
    random = np.random.default_rng(seed)
    odds, changes = random.normal(size=8) * 2, random.random(8) * 2
    changes[0] = 0.0

    def total(path):
        switches = [a != b for a, b in zip((False, *path), path, strict=False)]
        return sum(odds[list(path)]) - sum(changes[1:][switches[1:]])

    best = max(product((False, True), repeat=8), key=total)
    assert tuple(_best_path(odds.tolist(), changes.tolist())) == best
