"""The headline among what a page shows and declares."""

from __future__ import annotations

import json

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.headline.headline import headline_candidates
from newscrawl.page.page import Page

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
            "<h1>The <i>Halle</i>s of <br>old, <b>reborn</b>.</h1>",
            ("The Halles of old, reborn.", "html"),
        ),
        (
            "<h1><span>A hall opens</span><span>What it holds</span></h1>",
            ("A hall opens What it holds", "html"),
        ),
        ("<h1><span>i</span>Hall opens</h1>", ("iHall opens", "html")),
        (
            "<meta property=og:title content='Hall &amp;#x26; market &amp;amp; quay'>",
            ("Hall & market & quay", "opengraph"),
        ),
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


def title(text):
    return f"<title>{text} - The Post</title>"


def og(text):
    return f'<meta property="og:title" content="{text}">'


PARAGRAPH = f"<p>{'It did so on Monday, after years of work. ' * 8}</p>"


def test_a_heading_outweighs_json_ld_that_repeats_the_title():
    html = f"{node(headline='Hall: all dates')}{title('Hall: all dates')}"
    assert headline(f"{html}<h1>A hall opens at last</h1>") == ("A hall opens at last", "html")


def test_a_heading_outweighs_json_ld_that_nothing_else_bears_out():
    html = f"{node(headline='A new house of music is there.')}{title('Hall opens')}"
    assert headline(f"{html}<h1>A hall opens at last</h1>") == ("A hall opens at last", "html")


def test_json_ld_that_og_title_bears_out_against_the_title_stays_first():
    html = f"{node(headline='Hall is open')}{og('Hall is open')}{title('A hall opens at last')}"
    assert headline(f"{html}<h1>A hall opens at last</h1>") == ("Hall is open", "json-ld")


def test_json_ld_with_the_kicker_of_the_heading_stays_first():
    full = "After the long fight: A hall opens"
    html = f"{node(headline=full)}{title(full)}<h1>A hall opens</h1>"
    assert headline(html) == (full, "json-ld")


def test_json_ld_that_is_cut_gives_way_to_the_whole_title():
    whole = "A hall opens " + "and all of the town comes to see it " * 3 + "on Monday"
    html = f"{node(headline=whole[:110])}{og(whole)}{title(whole)}"
    assert headline(html) == (whole, "opengraph")


@pytest.mark.parametrize(
    ("declared", "heading", "expected"),
    [
        ("Town: A hall opens", "<b class=kicker>Town</b><i>: </i><b>A hall opens</b>", None),
        ("A hall opens", "<b class=kicker>Town</b><i class=hide>: </i><b>A hall opens</b>", None),
        ("Roads of the town", "<b class=roofline>Roads of the town</b> A hall", "A hall"),
        ("A hall opens", "<a href=/1>A hall opens</a> <span>(by.example) 87</span>", None),
        ("A hall opens", "<strong>Blog:</strong> A hall opens", None),
        ("A hall opens", "A hall opens<div><h3>3 May</h3></div>", None),
        ("A hall opens", "<style>.a{top:0}</style><i>News</i><i>:</i><i>A hall opens</i>", None),
        ("Hall: it opens", "<b>News</b> <i>Hall<!-- -->: it</i> <i>opens</i>", "Hall: it opens"),
    ],
)
def test_the_declared_titles_say_what_of_a_heading_is_the_headline(declared, heading, expected):
    html = f"{og(declared)}<body><h1>{heading}</h1>{PARAGRAPH}"
    assert headline(html)[0] == (expected or declared)


@pytest.mark.parametrize(
    "unseen",
    [
        "<nav><ul><li><h1>Hall opening: dates and tickets</h1></ul></nav>",
        "<ul class=breadcrumbs><li><h1>Hall opening: dates and tickets</h1></ul>",
        "<h1 class=sr-only>Hall opening: dates and tickets</h1>",
        "<h1 style='position: absolute; width: 1px'>Hall opening: dates and tickets</h1>",
    ],
)
def test_a_heading_that_is_not_set_as_one_is_no_headline(unseen):
    html = f"{node(headline='A hall opens')}{title('Hall opening: dates and tickets')}{unseen}"
    assert headline(html + PARAGRAPH) == ("A hall opens", "json-ld")


def test_where_the_heading_is_hidden_the_line_that_is_shown_is_the_headline():
    html = "<title>A hall opens | Town | The Post</title><h1 class=sr-only>A hall opens | Town</h1>"
    assert headline(f"{html}<b>A hall opens</b>{PARAGRAPH}") == ("A hall opens", "html")


def test_what_is_set_apart_for_search_engines_is_asked_last():
    text = "Hall opening: dates and tickets"
    html = (
        f"{node(headline=text)}{title(text)}{og('A hall opens')}<h1 class=a_seotitle__x>{text}</h1>"
    )
    assert headline(html) == ("A hall opens", "opengraph")


def test_headings_below_the_text_are_no_headline():
    html = f"{og('A hall opens')}{PARAGRAPH}<h1>How many came to see it</h1>"
    assert headline(html) == ("A hall opens", "opengraph")
    teaser = "<h1>A hall opens in the harbour</h1>"
    html = f"{og('A hall opens in the town')}<h1>In the town, a hall</h1>{PARAGRAPH}{teaser}"
    assert headline(html) == ("In the town, a hall", "html")


def test_of_several_headings_that_nothing_supports_none_is_the_headline():
    html = f"{og('A hall opens')}<h1>What it has cost us</h1><h1>Who has paid for it</h1>"
    assert headline(html) == ("A hall opens", "opengraph")


def test_a_slogan_is_no_headline():
    html = f"{node(headline='A hall opens')}{title('A hall opens')}<h1>All that is fit to say</h1>"
    assert headline(html + PARAGRAPH) == ("A hall opens", "json-ld")


def test_scripts_without_spaces_share_no_words_and_yet_have_headlines():
    html = "<title>新しいホールが開館</title><h1>町の新しいホールがついに開館した</h1>"
    assert headline(html + PARAGRAPH) == ("町の新しいホールがついに開館した", "html")


def test_a_masthead_may_hold_an_empty_link_first():
    html = "<h1><a href=/></a> <a href=/>Daily Echo</a></h1><meta property=og:title content=Hall>"
    assert headline(f"{html}<title>Daily Echo: Hall</title>") == ("Hall", "opengraph")


def test_a_meta_element_may_be_named_headline():
    html = f"<meta name=headline content='A hall opens'>{og('A hall opens - Town')}"
    assert headline(html) == ("A hall opens", "meta")


def test_the_kicker_of_a_headline_in_microdata_goes_too():
    html = "<h2 itemprop=headline><span class=dachzeile>Town</span> A hall opens</h2>"
    assert headline(html) == ("A hall opens", "microdata")


SEO = (
    "<title>Hall: when it opens | The Post</title>"
    "<meta property=og:title content='Hall: when it opens'>"
)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("NewsArticle", ("Hall: when it opens", "json-ld")),
        ("AnalysisNewsArticle", ("Hall: when it opens", "json-ld")),
        ("BlogPosting", ("All that we know of the new hall", "html")),
        ("Article", ("All that we know of the new hall", "html")),
    ],
)
def test_what_a_newsroom_declares_twice_is_its_headline(kind, expected):
    declared = node(headline="Hall: when it opens").replace("NewsArticle", kind)
    assert headline(f"{declared}{SEO}<h1>All that we know of the new hall</h1>") == expected
