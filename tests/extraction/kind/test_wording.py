"""Who speaks to whom in a text."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.kind.shape import is_address_of_other_kind
from newscrawl.extraction.kind.wording import wording
from newscrawl.page.page import Page

ADDRESSING, OFFERS, FIRST, SAYING, SECOND, WE = range(6)
QUESTIONS, HEADINGS, WORDS = 6, 7, 8


def worded(text):
    return wording(Blocks(Page(f"<div>{text}</div>").root).blocks)


def test_each_voice_has_its_share():
    report = worded("<p>The mayor said that the hall opens, the council said so too.</p>")
    offer = worded("<p>Subscribe to our offers and our team will help you with your trial.</p>")
    letter = worded("<p>I wrote to my aunt, and I was late.</p>")
    assert report[SAYING] > 0 == report[SECOND] == report[OFFERS]
    assert offer[WE] > 0 < offer[SECOND]
    assert offer[OFFERS] > report[OFFERS]
    assert letter[FIRST] > offer[FIRST] == 0


def test_headings_are_counted_and_measured():
    numbers = worded("<h2>What is a hall?</h2><p>A large room.</p><h3>And why</h3>")
    assert (numbers[QUESTIONS], numbers[HEADINGS]) == (1, 11)


def test_no_text_gives_noughts():
    assert wording([]) == [0.0] * 9


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
