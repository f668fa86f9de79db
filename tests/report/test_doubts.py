"""The articles whose bodies are most in doubt, site by site."""

from __future__ import annotations

import pytest

from newscrawl.report.articles import Version
from newscrawl.report.doubts import DOUBTFUL, MOST_OF_A_SITE, Doubt, doubtful_sites


def article(confidence, number=1, site="a.example"):
    url = f"https://{site}/{number}"
    record = {"url": url, "headline": f"Story {number}", "confidence": {"body": confidence}}
    return [Version("news.jsonl:1", record)]


def test_a_body_below_the_border_is_doubtful():
    assert DOUBTFUL == 0.8
    assert doubtful_sites([article(0.8), article(0.93)]) == []
    (site,) = doubtful_sites([article(0.8), article(0.799, 2)])
    assert site == ("a.example", 1, [Doubt(0.799, "https://a.example/2", "Story 2")])


def test_the_most_doubtful_come_first_and_no_more_than_a_few_of_a_site():
    (site,) = doubtful_sites([article(0.7 - number / 100, number) for number in range(9)])
    assert site.articles == 9
    assert [doubt.headline for doubt in site.worst] == [f"Story {n}" for n in (8, 7, 6, 5, 4)]
    assert len(site.worst) == MOST_OF_A_SITE == 5


def test_the_site_with_most_doubts_comes_first():
    found = doubtful_sites([article(0.1, 1, "b.example"), article(0.7, 1), article(0.7, 2)])
    assert [site.site for site in found] == ["a.example", "b.example"]


@pytest.mark.parametrize("confidence", [None, {}, {"body": None}, {"body": "0.1"}, 0.1])
def test_a_record_without_a_confidence_is_not_doubted(confidence):
    record = {"url": "https://a.example/1", "confidence": confidence}
    assert (
        doubtful_sites([[Version("", record)], [Version("", {"url": "https://a.example"})]]) == []
    )
