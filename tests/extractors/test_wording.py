"""Who speaks to whom on a page."""

from __future__ import annotations

import pytest

from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.shape import is_address_of_other_kind
from newscrawl.extractors.wording import wording
from newscrawl.page import Page

ADDRESSING, OFFERS, FIRST, SAYING, SECOND, WE, PAGE_ADDRESSING, PAGE_OFFERS = range(8)
QUESTIONS, HEADINGS, WORDS = 8, 9, 10


def worded(text, rest=""):
    blocks = Blocks(Page(f"<div>{text}</div><p>{rest}</p>").root).blocks
    return wording(blocks, [block for block in blocks if block.container.parent.tag == "div"])


def test_each_voice_has_its_share():
    report = worded("<p>The mayor said that the hall opens, the council said so too.</p>")
    offer = worded("<p>Subscribe to our offers and our team will help you with your trial.</p>")
    letter = worded("<p>I wrote to my aunt, and I was late.</p>")
    assert report[SAYING] > 0 == report[SECOND] == report[OFFERS]
    assert offer[WE] > 0 < offer[SECOND]
    assert offer[OFFERS] > report[OFFERS]
    assert letter[FIRST] > offer[FIRST] == 0


def test_the_page_counts_apart_from_its_text():
    numbers = worded("<p>The hall opens today.</p>", rest="Subscribe to our newsletter")
    assert numbers[OFFERS] == 0 < numbers[PAGE_OFFERS]


def test_headings_are_counted_and_measured():
    numbers = worded("<h2>What is a hall?</h2><p>A large room.</p><h3>And why</h3>")
    assert (numbers[QUESTIONS], numbers[HEADINGS]) == (1, 11)


def test_no_text_gives_noughts():
    assert wording([], []) == [0.0] * 11


@pytest.mark.parametrize(
    ("url", "is_other"),
    [
        ("https://docs.example.org/setup", True),
        ("https://example.org/docs/setup", True),
        ("https://example.org/forum/t/12", True),
        ("https://example.org/services/repair", True),
        ("https://example.org/shop/", True),
        ("https://news.example.org/2026/a-hall-opens", False),
        ("https://example.org/news/a-hall-opens", False),
        ("https://[broken/docs/", False),
        ("", False),
    ],
)
def test_addresses_of_shops_forums_manuals_and_services(url, is_other):
    assert is_address_of_other_kind(url) == is_other
