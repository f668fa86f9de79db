"""What the names of an element say about it."""

from __future__ import annotations

import pytest

from newscrawl.extraction import chrome
from newscrawl.extraction.chrome import judge, judge_role


@pytest.mark.parametrize(
    ("names", "flag"),
    [
        ("share-bar", chrome.SHARE),
        ("c-article__share", chrome.SHARE),
        ("ArticleShare", chrome.SHARE),
        ("related_stories", chrome.RELATED),
        ("readMore", chrome.RELATED),
        ("block-newsletter", chrome.PROMOTION),
        ("ad-slot-1", chrome.ADVERT),
        ("onetrust-banner-sdk", chrome.CONSENT),
        ("disqus_thread", chrome.COMMENTS),
        ("wp-caption-text", chrome.CAPTION),
        ("author-bio", chrome.BIOGRAPHY),
        ("entry-content", chrome.BODY),
        ("twitter-tweet", chrome.EMBED),
        ("d-none", chrome.HIDDEN),
        ("article__standfirst", chrome.STANDFIRST),
    ],
)
def test_a_name_is_known_in_whatever_way_it_is_spelled(names, flag):
    assert judge(names) & flag


@pytest.mark.parametrize(
    "names",
    [
        "",
        "  ",
        "has-sidebar",
        "nav-open",
        "no-comments",
        "header2",
        "u-share",
        "downloads",
        "shared",
    ],
)
def test_states_utilities_and_longer_words_say_nothing(names):
    assert not judge(names) & (chrome.CHROME | chrome.ASIDE | chrome.HIDDEN)


def test_hidden_is_said_by_the_whole_name_alone():
    assert judge("hide") & chrome.HIDDEN
    assert not judge("hide-on-print") & chrome.HIDDEN


def test_several_names_add_up():
    assert judge("sidebar related") & chrome.ASIDE
    assert judge("sidebar related") & chrome.RELATED


def test_roles_in_any_case():
    assert judge_role(" Navigation ") == chrome.NAVIGATION
    assert judge_role("presentation") == 0
