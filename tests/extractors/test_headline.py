"""The headline among what a page shows and declares."""

from __future__ import annotations

import json

import pytest

from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.headline import headline_candidates
from newscrawl.page import Page

NAMES = frozenset({"the post", "post"})


def headline(html):
    page = Page(html, url="https://post.example/town/a-hall-opens")
    found = headline_candidates(page, Blocks(page.root), NAMES)
    return (found[0].value, found[0].source) if found else None


def node(**fields):
    data = json.dumps({"@type": "NewsArticle", **fields})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>A hall opens</h1>", ("A hall opens", "html")),
        (
            f"{node(headline='A hall opens in town')}<h1>Hall opens in town</h1>",
            ("A hall opens in town", "json-ld"),
        ),
        ("<meta property=og:title content='A hall opens'>", ("A hall opens", "opengraph")),
        ("<title>A hall opens in town - The Post</title>", ("A hall opens in town", "html")),
        (
            "<h1>The Post</h1><meta name=twitter:title content='A hall opens'>",
            ("A hall opens", "meta"),
        ),
        (
            "<title>A hall opens | The Post</title><h1>Weather</h1><h1>A hall opens</h1>",
            ("A hall opens", "html"),
        ),
        (
            f"{node(headline='A hall that is cut in the …')}<h1>A hall opens</h1>",
            ("A hall opens", "html"),
        ),
        (
            node(headline="SEO words", alternativeHeadline="A hall opens in town")
            + "<h1>A hall opens in town</h1>",
            ("A hall opens in town", "html"),
        ),
        ("<h1><a href=/>Daily Echo</a></h1><h1>A hall opens</h1>", ("A hall opens", "html")),
        (
            "<h1><span class=kicker>Town</span> <span>A hall opens</span></h1>",
            ("A hall opens", "html"),
        ),
        ("<h1>A hall<br>opens</h1>", ("A hall opens", "html")),
        (
            "<title>A hall opens - The Post</title><b>A hall opens</b><p>It did so on Monday.",
            ("A hall opens", "html"),
        ),
    ],
)
def test_the_best_witness_wins(html, expected):
    assert headline(html) == expected


def test_curly_quotes_and_entities_are_as_the_reader_sees_them():
    assert headline("<h1>Mayor: “A hall” &amp; more</h1>") == ("Mayor: “A hall” & more", "html")


@pytest.mark.parametrize(
    "html", ["<p>text", "<h1></h1>", f"<h1>{'word ' * 200}</h1>", "<h1>-</h1>"]
)
def test_nothing_is_invented(html):
    assert headline(html) is None
