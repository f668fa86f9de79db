"""The page of mistakes: what differs is marked, and nothing of a page gets into it as markup."""

from __future__ import annotations

from lxml import html

from newscrawl.evaluation.dataset import Truth
from newscrawl.evaluation.errors_page import errors_page, marked
from newscrawl.evaluation.metrics import Answer, score
from newscrawl.evaluation.mistakes import mistakes, worst
from newscrawl.evaluation.peers import ALL_FIELDS
from newscrawl.evaluation.runner import Outcome, PageResult


def result(truth: dict, answer: dict, error: str | None = None) -> PageResult:
    known, given = Truth(**truth), Answer(**answer)
    outcome = Outcome("newscrawl", given, score(known, given, ALL_FIELDS), 0.0, error)
    return PageResult(known, [outcome], 0.0)


def test_words_that_only_one_side_has_are_marked():
    assert marked("a new hall & bar", "a hall & pub") == (
        'a<span class="missing"> new</span> hall &amp;<span class="missing"> bar</span>',
        'a hall &amp;<span class="extra"> pub</span>',
    )
    assert marked("", "<b>") == ("", '<span class="extra">&lt;b&gt;</span>')
    assert marked("same\n\nwords ", "same\n\nwords ") == ("same\n\nwords ", "same\n\nwords ")


def test_no_string_becomes_markup():
    attack = "</td><script>alert(1)</script>\"'&"
    page = errors_page(
        attack,
        [
            result(
                {"id": attack, "url": "javascript:alert(1)", "headline": attack, "body": "a b"},
                {"headline": f"x {attack}", "body": "a c", "authors": [attack]},
                error=attack,
            )
        ],
    )
    tree = html.fromstring(page)
    assert not tree.xpath("//script")
    assert not tree.xpath("//a")
    assert tree.xpath("string(//h1)") == attack
    assert attack in tree.xpath("string(//section)")
    headline = tree.xpath("//tr[th='headline']")[0]
    assert headline.xpath("string(td[1])") == attack
    assert headline.xpath("string(td[2])") == f"x {attack}"
    assert not tree.xpath("//@src | //link | //style[contains(., 'http')]")


def test_web_addresses_are_links():
    page = errors_page(
        "t", [result({"id": "a", "url": "https://example.org/?a=1&b=2", "body": "x"}, {})]
    )
    assert html.fromstring(page).xpath("//a/@href") == ["https://example.org/?a=1&b=2"]


def test_the_worst_come_first_and_the_faultless_never():
    results = [
        result({"id": "good", "body": "a b"}, {"body": "a b"}),
        result({"id": "half", "body": "a b"}, {"body": "a c"}),
        result({"id": "none", "body": "a b"}, {}),
        result({"id": "headline", "headline": "x", "body": "a b"}, {"body": "a b"}),
    ]
    assert [page.truth.id for page in worst(results, 9)] == ["none", "half", "headline"]
    assert [page.truth.id for page in worst(results, 1)] == ["none"]
    assert [(m.id, m.f1) for m in mistakes(results, "body")] == [("none", 0.0), ("half", 0.5)]
    (wrong,) = mistakes(results, "headline")
    assert wrong.to_dict() == {
        "id": "headline",
        "url": "",
        "field": "headline",
        "expected": "x",
        "found": None,
    }
