"""The body: the rules around the learned score, and the score on a plain page."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.body import find_body
from newscrawl.extraction.body.rules import MOST_TAKEN, RULES, Draft, Rule, apply, without_pointers
from newscrawl.extraction.overrides import Overrides
from newscrawl.page.page import Page, parse

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
PARAGRAPHS = [f"{number}. {SENTENCE * 2}".strip() for number in range(6)]
OTHERS = [f"Elsewhere {number} a ferry was late again. {SENTENCE}".strip() for number in range(4)]
LONG = SENTENCE * 8
MENU = "<ul>" + "".join(f"<li><a href=/{n}>Section {n}</a>" for n in range(8)) + "</ul>"


def kept(html):
    blocks = Blocks(parse(html.encode()))
    return [block.text for block in without_pointers(blocks, blocks.blocks)]


def extracted(html):
    page = Page(html)
    return [block.text for block in body_of(page, Blocks(page.root))]


def body_of(page, blocks, not_body=()):
    return find_body(page, blocks, frozenset(not_body), Overrides()).draft.chosen


def paragraphs(texts=PARAGRAPHS):
    return "".join(f"<p>{text}</p>" for text in texts)


def test_paragraphs_are_found_among_menus_teasers_and_footers():
    teasers = "".join(
        f"<div class=teaser><a href=/{n}>Another story {n}</a></div>" for n in range(9)
    )
    page = (
        f"{MENU}<article><h1>A hall opens</h1>{paragraphs()}</article><aside>{teasers}</aside>"
        "<div class=newsletter>Sign up for our newsletter and never miss a story again.</div>"
        "<footer>© 2024 The Post. All rights reserved.</footer>"
    )
    assert extracted(page) == PARAGRAPHS


def test_subheadings_lists_and_quotations_are_of_the_text():
    page = (
        f"{MENU}<article><h1>A hall opens</h1>{paragraphs(PARAGRAPHS[:3])}<h2>What it costs</h2>"
        f"{paragraphs(PARAGRAPHS[3:])}<blockquote><p>“{SENTENCE.strip()}”</p></blockquote>"
        f"<ul><li>{SENTENCE.strip()}</li></ul><p>Last. {SENTENCE.strip()}</p></article>"
    )
    found = extracted(page)
    assert found[3] == "What it costs"
    assert found[-3:] == [f"“{SENTENCE.strip()}”", SENTENCE.strip(), f"Last. {SENTENCE.strip()}"]


def test_what_is_known_to_be_another_field_is_not_body():
    page = Page(f"<h1>A hall</h1><p class=dek>{SENTENCE}</p>{paragraphs()}")
    blocks = Blocks(page.root)
    found = body_of(page, blocks, {0, 1})
    assert [block.index for block in found] == [2, 3, 4, 5, 6, 7]


def test_a_standfirst_set_as_the_text_is_set_is_the_text():
    page = Page(f"<h1>A hall</h1>{paragraphs()}")
    found = body_of(page, Blocks(page.root), {0, 1})
    assert [block.index for block in found] == [1, 2, 3, 4, 5, 6]


def test_all_the_text_there_is_is_no_standfirst():
    page = Page(f"{MENU}<article><h1>A hall</h1><p>{SENTENCE * 3}</p></article>")
    blocks = Blocks(page.root)
    last = len(blocks.blocks) - 1
    assert [b.index for b in body_of(page, blocks, {last})] == [last]


def test_another_article_below_with_its_own_headline_is_not_of_the_text():
    page = (
        f"<article><h1>A hall opens</h1>{paragraphs()}</article>"
        f"<article><h1>A school closes</h1><p>By Ana Lima</p>{paragraphs(OTHERS)}</article>"
    )
    assert extracted(page) == PARAGRAPHS


def test_the_text_of_a_box_with_a_picture_is_its_caption():
    box = "<table><tr><td><img src=hall.jpg><br>The mayor at the door of the hall</table>"
    page = f"<h1>A hall opens</h1><div>{box}{paragraphs()}</div>"
    assert extracted(page) == PARAGRAPHS


@pytest.mark.parametrize("html", ["<p></p>", "<body></body>", "<footer>x</footer>"])
def test_a_page_without_text_has_no_body(html):
    assert extracted(html) in ([], ["x"])


def test_a_lone_link_to_another_story_goes_and_a_linked_subheading_stays():
    html = (
        f"<p>{LONG}<p><a href=/b>Another hall closes in the next town</a>"
        f"<h2><a href=/c>The costs</a></h2><p>See <a href=/d>the plan</a> of it. {SENTENCE}"
    )
    texts = kept(html)
    assert "Another hall closes in the next town" not in texts
    assert "The costs" in texts
    assert len(texts) == 3


@pytest.mark.parametrize("line", ["12 Comments", "Read more: <a href=/b>Another hall</a>"])
def test_labels_of_other_boxes_go(line):
    assert kept(f"<p>{LONG}<p>{line}<p>End of it.") == [LONG.strip(), "End of it."]


def test_what_a_copy_says_again_goes_but_short_lines_may_repeat():
    html = f"<p>{SENTENCE}<p>No.<p>No.<p>{SENTENCE.upper()}<p>End of it."
    assert kept(html) == [SENTENCE.strip(), "No.", "No.", "End of it."]


def test_a_heading_with_nothing_under_it_goes():
    assert kept(f"<h2>First</h2><p>{SENTENCE}<h2>More</h2><h3>News</h3>") == [
        "First",
        SENTENCE.strip(),
    ]


def test_a_list_of_links_goes_and_a_list_with_links_stays():
    links = "".join(f"<li><a href=/{n}>Story number {n}</a>" for n in range(3))
    steps = "".join(
        f"<li>Step {n} is told in <a href=/{n}>a note</a> of the council" for n in range(3)
    )
    assert kept(f"<p>{LONG}<ul>{links}</ul><p>End.") == [LONG.strip(), "End."]
    assert len(kept(f"<p>{LONG}<ul>{steps}</ul><p>End.")) == 5


def draft_of(count, lengths=None):
    html = "".join(f"<p>{chr(97 + n) * (lengths or [100] * count)[n]}</p>" for n in range(count))
    blocks = Blocks(parse(html.encode()))
    return Draft(blocks, blocks.blocks)


def test_a_rule_that_would_take_more_than_a_seventh_of_the_text_is_not_heard():
    assert MOST_TAKEN == 1 / 7
    first = Rule("first", lambda draft: {draft.chosen[0].index})
    seven, six = draft_of(7), draft_of(6)
    apply([first], seven)
    apply([first], six)
    assert [block.index for block in seven.chosen] == [1, 2, 3, 4, 5, 6]
    assert seven.left_out == {0: "first"}
    assert [block.index for block in six.chosen] == [0, 1, 2, 3, 4, 5]
    assert six.left_out == {}


def test_rules_are_applied_in_turn_and_may_be_switched_off():
    rules = [
        Rule("first", lambda draft: {draft.chosen[0].index}),
        Rule("last", lambda draft: {draft.chosen[-1].index}),
    ]
    draft = draft_of(9)
    apply(rules, draft, without=frozenset({"first"}))
    assert draft.left_out == {8: "last"}


def test_each_rule_has_a_name_of_its_own():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
