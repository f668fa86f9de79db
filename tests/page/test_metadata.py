"""What a page says about itself, indexed once."""

from __future__ import annotations

import pytest

from newscrawl.page.metadata import MAX_VALUE, MAX_VALUES, plain, plains, types_of
from newscrawl.page.page import Page


def metadata(html):
    return Page(html).metadata


def test_meta_is_found_by_any_of_its_names_in_any_case():
    found = metadata(
        '<meta property="OG:Title" content="A"><meta name="og:title twitter:title" content="B">'
        "<meta itemprop=datePublished content=2024><meta http-equiv=Content-Language content=de>"
    )
    assert found.meta["og:title"] == ["A", "B"]
    assert found.first("none", "twitter:title", "og:title") == "B"
    assert found.all("og:title", "twitter:title") == ["A", "B"]
    assert (found.first("datepublished"), found.first("content-language")) == ("2024", "de")


def test_values_are_clean_lines_and_empty_ones_are_none():
    found = metadata(
        '<meta name=a content=" one\n two&amp;amp; "><meta name=b content="  "><meta name=c>'
    )
    assert found.meta == {"a": ["one two&"]}


def test_the_title_is_the_pages_not_a_pictures():
    assert metadata("<body><svg><title>Icon</title></svg>").title is None
    assert metadata("<title> </title><title>The \n page</title>").title == "The page"


def test_microdata_and_links_are_found_by_each_of_their_names():
    found = metadata(
        '<link rel="canonical alternate" href=/a>'
        '<h1 itemprop="name headline">A</h1><p itemprop=Name>'
    )
    assert [link.get("href") for link in found.links["alternate"]] == ["/a"]
    assert [element.tag for element in found.microdata["name"]] == ["h1", "p"]
    assert [element.tag for element in found.microdata["headline"]] == ["h1"]


def test_a_reference_gives_the_node_that_says_most_under_its_name():
    found = metadata(
        '<script type="application/ld+json">[{"@type":"Person","@id":"#a"},'
        '{"@type":"Person","@id":"#a","name":"Ana"},{"@type":"Person","@id":["#b"]}]</script>'
    )
    assert found.resolve({"@id": "#a"})["name"] == "Ana"
    assert found.resolve({"@id": "#b"}) == {"@id": "#b"}
    assert found.resolve({"@id": "#a", "name": "Own", "url": "/x"})["name"] == "Own"
    assert found.resolve("#a") == "#a"


def test_values_and_their_number_are_bounded():
    found = metadata(
        "".join(f"<meta name=a content=v{n}>" for n in range(MAX_VALUES + 50))
        + f"<meta name=b content={'x' * (MAX_VALUE + 1)}><title>{'y' * (MAX_VALUE + 1)}</title>"
        + "<i itemprop=c></i>" * (MAX_VALUES + 1)
        + "<link rel=d>" * (MAX_VALUES + 1)
    )
    assert len(found.meta["a"]) == len(found.microdata["c"]) == len(found.links["d"]) == MAX_VALUES
    assert len(found.meta["b"][0]) == len(found.title) == MAX_VALUE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  A\nhall ", "A hall"),
        ("Tom &amp;amp; Ana", "Tom & Ana"),
        ("A <em>new</em>&nbsp;hall", "A new hall"),
        ("5 < 6", "5 < 6"),
        (["", None, "second"], "second"),
        ({"@value": "A", "name": "B"}, "A"),
        ({"name": ["B", "C"]}, "B"),
        ({"name": {"name": "too deep"}}, None),
        (7, "7"),
        (True, None),
        ("", None),
        ("\u200b", None),
        (None, None),
    ],
)
def test_plain_text_of_a_json_ld_value(value, text):
    assert plain(value) == text


def test_plain_texts_of_a_value_that_may_be_a_list():
    assert plains("one") == ["one"]
    assert plains(["one", None, {"name": "two"}, ""]) == ["one", "two"]


def test_types_without_namespace_and_case():
    node = {"@type": ["https://schema.org/NewsArticle", "schema:Report", "THING", None, 7]}
    assert types_of(node) == {"newsarticle", "report", "thing"}
    assert types_of({}) == frozenset()
