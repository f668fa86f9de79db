"""The standfirst as shown, and the description as declared."""

from __future__ import annotations

import json

import pytest

from newscrawl import Article, extract

FIRST = (
    "The council voted late on Monday to rebuild the old covered market by the river, whose roof "
    "had leaked for eleven winters in a row, as every trader there can tell."
)
SECOND = (
    "Traders will move into tents on the quay while the work goes on. The cost is put at four "
    "million, half of it borne by the region, and nobody spoke against the plan."
)
STANDFIRST = "After eleven wet winters the stalls by the river are to get a roof of glass."


def page(below: str = "", *, head: str = "") -> Article:
    return extract(
        f"<html lang='en'><head><title>A new market</title>{head}</head><body><article>"
        f"<h1>A new market</h1>{below}<div class='article-body'><p>{FIRST}</p><p>{SECOND}</p>"
        f"<p>{FIRST.replace('Monday', 'Tuesday')}</p></div></article></body></html>",
        url="https://paper.example/news/a-new-market",
    )


@pytest.mark.parametrize(
    "below",
    [
        f"<p class='standfirst'>{STANDFIRST}</p>",
        f"<p class='entry-subtitle'>{STANDFIRST}</p>",
        f"<div itemprop='description'>{STANDFIRST}</div>",
        f"<p class='einleitung'>{STANDFIRST}</p>",
        f"<h2>{STANDFIRST}</h2>",
        f"<p class='byline'>By Ana Lima</p><time>12 May</time><p class='lead'>{STANDFIRST}</p>",
    ],
)
def test_a_standfirst_is_the_description_and_not_body(below: str) -> None:
    article = page(below)
    assert (article.description, article.sources["description"]) == (STANDFIRST, "html")
    assert article.body is not None
    assert article.body.startswith(FIRST)
    assert STANDFIRST not in article.body


def test_a_bold_paragraph_that_is_declared_the_description() -> None:
    head = f"<meta name='description' content='{STANDFIRST}'>"
    article = page(f"<p><b>{STANDFIRST}</b></p>", head=head)
    assert article.sources["description"] == "html"
    assert STANDFIRST not in (article.body or "")


def test_the_first_paragraph_is_no_standfirst_though_it_is_declared() -> None:
    article = page(head=f"<meta property='og:description' content='{FIRST}'>")
    assert (article.description, article.sources["description"]) == (FIRST, "opengraph")
    assert (article.body or "").startswith(FIRST)


def test_a_box_with_a_wrong_name_keeps_the_text_in_the_body() -> None:
    html = (
        f"<html lang='en'><h1>A new market</h1><div class='description'><p>{FIRST}</p>"
        f"<p>{SECOND}</p><p>{FIRST.replace('Monday', 'Tuesday')}</p>"
        f"<p>{SECOND.replace('four', 'five')}</p><p>{FIRST.replace('Monday', 'Friday')}</p>"
        f"<p>{SECOND.replace('four', 'six')}</p></div>"
    )
    article = extract(html, url="https://paper.example/news/a-new-market")
    assert SECOND in (article.body or "")


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("<meta property='og:description' content='A roof of glass.'>", "opengraph"),
        ("<meta name='description' content='A roof of glass.'>", "meta"),
        ("<script type='application/ld+json'>"
         + json.dumps({"@type": "NewsArticle", "description": "A roof of glass."})
         + "</script>", "json-ld"),
    ],
)  # fmt: skip
def test_a_declared_description(head: str, source: str) -> None:
    article = page(head=head)
    assert (article.description, article.sources["description"]) == ("A roof of glass.", source)


def test_nothing_shown_and_nothing_declared() -> None:
    assert page().description is None
