from __future__ import annotations

from newscrawl.report.articles import FIELDS, collect, facts_of, instant_of
from tests.report.samples import record, revised


def places(records, limit=100):
    articles = collect([(f"a:{line}", each) for line, each in enumerate(records, 1)], limit=limit)
    return articles, [[version.place for version in versions] for versions in articles.newest()]


def test_versions_of_an_article_come_together_the_latest_first():
    first, second = revised(1)
    articles, found = places([second, record(2), first])
    assert found == [["a:2"], ["a:1", "a:3"]]
    assert len(articles.facts) == 2
    # The figures are of the latest version, in whatever order the versions came.
    assert [facts.length for facts in articles.facts] == [
        len(second["body"]),
        len(record(2)["body"]),
    ]


def test_a_record_that_is_there_twice_counts_once():
    articles, found = places([record(1), record(1), *revised(2), *revised(2)])
    assert [len(versions) for versions in found] == [2, 1]
    assert (articles.records, articles.repeated, len(articles.facts)) == (6, 3, 2)


def test_a_text_that_goes_back_to_what_it_was_is_a_version():
    first, second = revised(1)
    third = {**first, "revision": 3, "fetched_at": "2026-11-22T00:00:00Z"}
    articles, found = places([first, second, third])
    assert found == [["a:3", "a:2", "a:1"]]
    assert articles.repeated == 0


def test_an_article_is_known_again_under_another_address():
    moved = record(1, url="http://harbourpost.example/2026/ferry-1/?utm_source=x", revision=2)
    _, found = places([record(1), moved])
    assert found == [["a:2", "a:1"]]


def test_of_more_than_the_limit_the_newest_are_kept_and_all_are_counted():
    records = [record(n, date=f"2026-01-{n:02}") for n in range(1, 29)]
    articles, found = places([*records, *revised(1)], limit=5)
    assert found == [["a:28"], ["a:27"], ["a:26"], ["a:25"], ["a:24"]]
    assert len(articles.facts) == 28
    assert articles.facts[0].length > len(record(1)["body"]), "a revision of one that is not kept"


def test_articles_are_ordered_by_instant_not_by_clock():
    east = record(1, date="2026-05-01T01:00:00+09:00")  # 30 April, 16:00 UTC
    west = record(2, date="2026-04-30T23:00:00-05:00")  # 1 May, 04:00 UTC
    undated = record(3, date=None, fetched_at="2026-04-30T20:00:00Z")
    _, found = places([east, west, undated])
    assert found == [["a:2"], ["a:3"], ["a:1"]]
    assert instant_of({"date": "0001-01-01T00:00:00+10:00"}) == instant_of({})


def test_facts_are_what_the_record_says():
    facts = facts_of(record(1, authors=[], caption=None, language="pt-BR"))
    assert (facts.site, facts.language, facts.day) == ("harbourpost.example", "pt", "2026-02-02")
    missing = {name for bit, name in enumerate(FIELDS) if not facts.filled >> bit & 1}
    assert missing >= {"authors", "caption"}
    assert not missing & {"headline", "body", "images"}
