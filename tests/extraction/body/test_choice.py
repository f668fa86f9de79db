"""From scores to a choice: what stands together, and what is set alike."""

from __future__ import annotations

import numpy as np

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.choice import likely_blocks
from newscrawl.page.page import Page

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "


def chosen(parts):
    """Return the numbers of the blocks that are chosen; each part is markup and its score."""
    listed = Blocks(Page("".join(html for html, _ in parts)).root).blocks
    scores = np.array([score for _, score in parts], dtype=np.float32)
    return [place for place, likely in enumerate(likely_blocks(listed, scores)) if likely]


def paragraph(name=""):
    return f"<div class='{name}'><p class='{name}'>{SENTENCE}</p></div>"


def test_a_doubtful_block_goes_with_those_around_it_in_its_box():
    box = [(f"<div><p>{SENTENCE}</p>", 0.95), (f"<p>{SENTENCE}</p>", 0.95)]
    assert chosen([*box, (f"<p>{SENTENCE}</p></div>", 0.39)]) == [0, 1, 2]
    assert chosen([*box, (f"</div><div><p class=x>{SENTENCE}</p></div>", 0.39)]) == [0, 1]


def test_a_doubtful_block_amid_others_that_is_set_like_them_is_one_of_them():
    assert chosen([(paragraph(), 0.95), (paragraph(), 0.2), (paragraph(), 0.95)]) == [0, 1, 2]


def test_below_the_others_only_a_named_style_tells_and_only_up_to_the_next_headline():
    text = [(paragraph("text"), 0.95), (paragraph("text"), 0.95), (paragraph("text"), 0.95)]
    teaser = ("<h2>Other stories</h2>", 0.01)
    assert chosen([*text, teaser, (paragraph("text"), 0.25)]) == [0, 1, 2, 4]
    plain = [(paragraph(), 0.95)] * 3
    assert chosen([*plain, teaser, (paragraph(), 0.25)]) == [0, 1, 2]
    next_article = ("<h1>Another</h1>", 0.01)
    assert chosen([*text, next_article, (paragraph("text"), 0.25)]) == [0, 1, 2]


def test_a_style_that_is_hardly_chosen_is_not_chosen_at_all():
    text = [(paragraph("text"), 0.95)] * 4
    excerpts = [(paragraph("excerpt"), 0.3)] * 5
    assert chosen([*text, (paragraph("excerpt"), 0.5), *excerpts]) == [0, 1, 2, 3]


def test_what_stands_above_the_headline_has_to_be_likelier():
    text = [("<h1>A hall</h1>", 0.1), *[(paragraph("text"), 0.95)] * 2]
    assert chosen([(paragraph("note"), 0.5), *text]) == [2, 3]
    assert chosen([*text, (paragraph("note"), 0.5)]) == [1, 2, 3]
