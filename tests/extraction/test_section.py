"""The section, by breadcrumb and otherwise, and the keywords."""

from __future__ import annotations

import json

import pytest

from newscrawl import Article, extract

TEXT = (
    "<p>The council voted late on Monday to rebuild the old covered market by the river, whose "
    "roof had leaked for eleven winters in a row, as every trader there can tell.</p>" * 3
)


def page(
    above: str = "", *, head: str = "", below: str = "", title: str = "A new market",
    url: str = "https://paper.example/town/2026/a-new-market",
) -> Article:  # fmt: skip
    """Return the record of a page with these parts around its headline."""
    return extract(
        f"<html lang='en'><head><title>{title}</title>{head}</head><body>{above}"
        f"<h1>A new market</h1>{below}{TEXT}</body></html>",
        url=url,
    )


def json_ld(node: dict[str, object]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


HOME = "<a href='/'>Home</a>"
TOWN = "<a href='/town'>Town</a>"


@pytest.mark.parametrize(
    "trail",
    [
        f"<nav class='breadcrumb'><ol><li>{HOME}</li><li>{TOWN}</li></ol></nav>",
        f"<nav aria-label='Breadcrumb'>{HOME} {TOWN}</nav>",
        f"<div class='rootline'>{HOME} &gt; {TOWN} &gt; A new market</div>",
        f"<p class='crumbs'>{HOME} » {TOWN}</p>",
        f"<table><tr><td>{HOME} &gt; {TOWN}</td></tr></table>",
        f"<table><tr><td>You are here: {HOME} &gt; {TOWN}</td></tr></table>",
        f"<ul class='breadcrumbs'><li>{HOME}</li><li>{TOWN}</li><li>A new market</li></ul>",
        f"<ul class='breadcrumbs'><li>{HOME}</li><li>Town</li></ul>",
    ],
)
def test_the_last_step_of_a_breadcrumb(trail: str) -> None:
    article = page(trail)
    assert (article.section, article.sources["section"]) == ("Town", "html")


def test_a_breadcrumb_in_json_ld_does_not_name_the_article_itself() -> None:
    steps = [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://paper.example/"},
        {"@type": "ListItem", "position": 2, "item": {"@id": "/town", "name": "Town"}},
        {"@type": "ListItem", "position": 3, "name": "Market",
         "item": "https://paper.example/town/2026/a-new-market"},
    ]  # fmt: skip
    article = page(head=json_ld({"@type": "BreadcrumbList", "itemListElement": steps}))
    assert (article.section, article.sources["section"]) == ("Town", "json-ld")


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (json_ld({"@type": "NewsArticle", "articleSection": ["Town", "News"]}), "json-ld"),
        ("<meta property='article:section' content='Town'>", "opengraph"),
        ("<meta name='section' content='Town'>", "meta"),
    ],
)
def test_a_declared_section(head: str, source: str) -> None:
    article = page(head=head)
    assert (article.section, article.sources["section"]) == ("Town", source)


@pytest.mark.parametrize(
    "kicker", ["<div class='rubrik'>Town</div>", "<div class='x1'><a href='/town'>Town</a></div>"]
)
def test_a_kicker_that_is_called_a_section_or_links_to_one(kicker: str) -> None:
    assert page(kicker).section == "Town"


def test_the_middle_of_a_title_in_three_parts() -> None:
    assert page(title="A new market | Town | The Paper").section == "Town"


@pytest.mark.parametrize(
    "above",
    ["", f"<nav class='menu'>{HOME}{TOWN}</nav>", "<div class='x'>Live</div>",
     f"<nav class='breadcrumb'>{HOME}</nav>"],
)  # fmt: skip
def test_no_section_is_guessed(above: str) -> None:
    assert page(above).section is None


# --- tags ---


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (json_ld({"@type": "NewsArticle", "keywords": "market, river, Market"}), "json-ld"),
        (json_ld({"@type": "NewsArticle", "keywords": ["market", "river"]}), "json-ld"),
        (("<meta property='article:tag' content='market'>"
         "<meta property='article:tag' content='river'>"), "opengraph"),
        ("<meta name='news_keywords' content='market; river'>", "meta"),
    ],
)  # fmt: skip
def test_declared_tags(head: str, source: str) -> None:
    article = page(head=head)
    assert [tag.lower() for tag in article.tags] == ["market", "river"]
    assert article.sources["tags"] == source


@pytest.mark.parametrize(
    "below",
    [
        "<p><a rel='tag' href='/m'>#market</a> <a rel='tag' href='/r'>river</a></p>",
        "<div class='tag-list'><a href='/m'>market</a> <a href='/r'>river</a></div>",
    ],
)
def test_shown_tags(below: str) -> None:
    article = page(below=below)
    assert (article.tags, article.sources["tags"]) == (["market", "river"], "html")
