"""Scores worked out by hand."""

from __future__ import annotations

import pytest

from newscrawl.evaluation.dataset import Truth
from newscrawl.evaluation.metrics import Answer, figures, score, word_f1
from newscrawl.evaluation.peers import ALL_FIELDS


def scores(truth: dict, answer: dict) -> dict[str, float]:
    return score(Truth(id="a", **truth), Answer(**answer), ALL_FIELDS)


def test_words_are_bags_and_case_and_punctuation_do_not_count():
    assert word_f1("A hall, a hall.", "a HALL") == (1.0, 0.5, pytest.approx(2 / 3))
    assert word_f1("a hall", "a hall a wall") == (0.5, 1.0, pytest.approx(2 / 3))
    assert word_f1("a hall", "") == (0.0, 0.0, 0.0)
    assert word_f1("a hall", "no such") == (0.0, 0.0, 0.0)


def test_a_body_is_held_against_the_truth_with_and_without_its_summary():
    truth = {"body": "one two three", "summary": "four"}
    alone = scores(truth, {"body": "One two three"})
    both = scores(truth, {"body": "four one two three"})
    for result in (alone, both):
        assert (result["precision"], result["recall"], result["f1"]) == (1.0, 1.0, 1.0)
        assert result["exact"] == 1.0
    swapped = scores(truth, {"body": "three two one"})
    assert (swapped["f1"], swapped["exact"]) == (1.0, 0.0)
    without_summary = scores({"body": "one two three"}, {"body": "four one two three"})
    assert (without_summary["precision"], without_summary["recall"]) == (0.75, 1.0)


@pytest.mark.parametrize(
    ("found", "day", "instant"),
    [
        ("2022-04-12T18:05:00-04:00", 1, 1),
        ("2022-04-12T22:05:00Z", 1, 1),
        ("2022-04-13T00:05:00+02:00", 0, 1),
        ("2022-04-12T22:05:00", 1, 0),
        ("2022-04-12", 1, 0),
        ("2022-04-12T18:05:01-04:00", 1, 0),
        (None, 0, 0),
    ],
)
def test_the_day_is_as_written_and_the_instant_in_utc(found, day, instant):
    result = scores({"date": "2022-04-12 22:05:00+00:00"}, {"date": found})
    assert (result["date"], result["instant"]) == (day, instant)


def test_a_truth_without_an_offset_judges_no_instant():
    assert scores({"date": "2022-04-12"}, {"date": "2022-04-12T10:00:00Z"}) == {"date": 1.0}


def test_headline_caption_and_authors():
    truth = {"headline": "A “new” hall", "caption": "a b c d e f g h i j", "authors": ["A. B", "C"]}
    good = scores(
        truth, {"headline": 'a "New" hall', "caption": "a b c d e f g h i", "authors": ["c", "A B"]}
    )
    assert good == {"headline": 1.0, "caption": 1.0, "authors": 1.0}
    bad = scores(truth, {"headline": "A hall", "caption": "a b c d e f x y z", "authors": ["A. B"]})
    assert bad == {"headline": 0.0, "caption": 0.0, "authors": 0.0}


def test_snippets_are_whole_words_in_a_row():
    truth = Truth(
        id="a",
        body="x",
        required_snippets=["new hall", "old wall"],
        unwanted_snippets=["share", "hall opened", "subscribe now", "new"],
    )
    result = score(truth, Answer(body="A new hall; sharely opened."), ALL_FIELDS)
    assert result["with"] == 0.5
    assert result["without"] == 0.75


def test_only_what_is_known_and_offered_is_judged():
    assert scores({}, {"headline": "A hall"}) == {}
    truth = Truth(id="a", headline="A hall", date="2022-04-12")
    assert score(truth, Answer(date="2022-04-12"), frozenset({"date"})) == {"date": 1.0}


def test_of_a_page_that_is_no_article_the_kind_alone_is_judged():
    truth = {"kind": "forum", "headline": "A hall", "body": "one"}
    assert scores(truth, {"kind": "other"}) == {"kind": 1.0}
    assert scores(truth, {"kind": "article", "headline": "A hall"}) == {"kind": 0.0}


def test_figures_are_means_and_the_kind_an_f1():
    article, forum = Truth(id="a", kind="article"), Truth(id="b", kind="forum")
    result = figures(
        [
            (article, {"kind": 1.0, "f1": 1.0}),
            (article, {"kind": 1.0, "f1": 0.5}),
            (article, {"kind": 0.0, "f1": 0.0}),
            (forum, {"kind": 0.0}),
            (forum, {"kind": 1.0}),
        ]
    )
    assert result.values["f1"] == 0.5
    assert result.counts == {"f1": 3, "kind": 5}
    # Two articles found, one missed, one forum taken for one: P = R = 2/3.
    assert result.values["kind"] == pytest.approx(2 / 3)
