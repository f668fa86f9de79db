"""The outlet's name."""

from __future__ import annotations

import json

import pytest

from newscrawl import Article, extract
from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.publisher import publisher_candidates, site_names
from newscrawl.page.page import Page

URL = "https://www.theharbourpost.example/news/a-new-market"


def page(
    head: str = "", *, body: str = "<h1>A new market</h1>", title: str = "A new market"
) -> Article:
    return extract(f"<title>{title}</title>{head}<body>{body}<p>Text.</p>", url=URL)


def json_ld(node: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (json_ld({"@type": "NewsArticle", "publisher": {"name": "The Harbour Post"}}), "json-ld"),
        (json_ld([{"@type": "NewsArticle", "publisher": {"@id": "#o"}},
                  {"@type": "Organization", "@id": "#o", "name": "The Harbour Post"}]), "json-ld"),
        ("<meta property='og:site_name' content='The Harbour Post'>", "opengraph"),
        ("<meta name='application-name' content='The Harbour Post'>", "meta"),
    ],
)  # fmt: skip
def test_a_declared_name(head: str, source: str) -> None:
    article = page(head)
    assert (article.publisher, article.sources["publisher"]) == ("The Harbour Post", source)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("A new market - Post of the Harbour", "<h1>A new market</h1>"),
        ("A new market | Town | The Harbour Post", "<p>No heading</p>"),
        ("Die Post - News - A new market", "<img src='/l.gif' alt='Die Post'><p>A new market</p>"),
    ],
)
def test_the_part_of_the_title_that_is_not_the_headline(title: str, body: str) -> None:
    article = page(title=title, body=body)
    assert article.publisher in {"Post of the Harbour", "The Harbour Post", "Die Post"}
    assert article.sources["publisher"] == "html"


@pytest.mark.parametrize("title", ["A new market", "A new market - and what it costs the town"])
def test_no_name_is_guessed(title: str) -> None:
    assert page(title=title, body=f"<h1>{title}</h1>").publisher is None


def test_an_address_is_no_name() -> None:
    node = {"@type": "NewsArticle", "publisher": {"name": "https://www.example.org/"}}
    assert page(json_ld(node)).publisher is None


def test_the_names_by_which_a_title_may_call_its_site() -> None:
    read = Page(
        "<meta property='og:site_name' content='The Harbour Post'><p>Text",
        url="https://news.post.example/a",
    )
    assert {"the harbour post", "news.post.example", "post"} <= site_names(
        read, publisher_candidates(read, Blocks(read.root))
    )
