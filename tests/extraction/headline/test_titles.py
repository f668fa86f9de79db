"""Titles taken apart."""

from __future__ import annotations

import pytest

from newscrawl.extraction.headline.titles import is_site_name, overlap, strip_site, title_parts

NAMES = frozenset({"the post", "thepost", "post.example", "post"})


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("A hall opens - The Post", "A hall opens"),
        ("A hall opens | World | The Post", "A hall opens | World"),
        ("A hall opens » post.example", "A hall opens"),
        ("The Post: A hall opens", "A hall opens"),
        ("The Post | A hall opens", "A hall opens"),
        ("The Post :: A hall opens :: The Post", "A hall opens"),
        ("Video: A hall opens - The Post", "A hall opens"),
        ("A hall opens | Opinion | The Post", "A hall opens"),
        ("A hall opens | Opinion", "A hall opens"),
        ("A hall is a matter of opinion", "A hall is a matter of opinion"),
        ("Opinion", "Opinion"),
        ("新しいホールが開館した。－朝の新聞", "新しいホールが開館した。－朝の新聞"),
        ("A hall-opening in a well-known town", "A hall-opening in a well-known town"),
        ("Mayor: 'A hall opens'", "Mayor: 'A hall opens'"),
        ("The Post office closes", "The Post office closes"),
        ("The Post", "The Post"),
        ("", ""),
    ],
)
def test_the_sites_name_goes_and_nothing_else(title, headline):
    assert strip_site(title, NAMES, ()) == headline


def test_the_part_that_the_page_shows_elsewhere_is_the_headline():
    title = "A hall – at last – opens – News – Somewhere"
    assert (
        strip_site(title, frozenset(), ["A hall – at last – opens"]) == "A hall – at last – opens"
    )
    assert strip_site("Somewhere - A Hall Opens", frozenset(), ["A hall opens"]) == "A Hall Opens"


def test_separators_need_white_space_but_for_bars():
    assert title_parts("On-and-off: a 1/2 story|Part two") == [
        "On-and-off: a 1/2 story",
        "Part two",
    ]
    assert title_parts(" | ") == []


@pytest.mark.parametrize("part", ["The Post", "THE POST", "www.post.example", "Thepost.com"])
def test_a_site_is_known_by_any_spelling(part):
    assert is_site_name(part, NAMES)


@pytest.mark.parametrize("part", ["A hall", "The Times", ""])
def test_other_parts_are_no_site(part):
    assert not is_site_name(part, frozenset({"the post"}))


def test_overlap_counts_distinct_words():
    assert overlap(["a", "b"], ["b", "a", "a"]) == 1
    assert overlap(["a", "b"], ["b", "c"]) == 0.5
    assert overlap([], ["a"]) == overlap([], []) == 0
