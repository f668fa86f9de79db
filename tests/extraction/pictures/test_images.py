"""The pictures of an article, and the caption of its lead image."""

from __future__ import annotations

import json

import pytest

from newscrawl import Article, extract

URL = "https://paper.example/news/hall"
FIRST = (
    "The council voted late on Monday to rebuild the old covered market by the river, whose roof "
    "dates from 1903 and had leaked for eleven winters in a row, as every trader there can tell."
)
SECOND = (
    "Traders will move into tents on the quay while the work goes on. The cost is put at four "
    "million, half of it borne by the region, and nobody on the benches spoke against the plan."
)
THIRD = (
    "The first stalls should be back under the new glass by the spring of next year, said the "
    "mayor, who had himself sold fish there as a boy and still has the knife to show for it."
)
LEAD = "<figure><img src='/a.jpg' alt='Hall'><figcaption>A hall. Foto: dpa</figcaption></figure>"


def article(
    *, above: str = "", first: str = "", between: str = "", after: str = "", head: str = ""
) -> Article:
    """Return the record of a page with these parts at their places."""
    return extract(
        f"<html><head><title>Market to be rebuilt</title>{head}</head><body><article>{first}"
        f"<h1>Market to be rebuilt</h1>{above}<div class='article-body'><p>{FIRST}</p>"
        f"<p>{SECOND}</p>{between}<p>{THIRD}</p></div></article>{after}</body></html>",
        url=URL,
    )


def test_the_lead_image_gives_caption_and_credit() -> None:
    found = article(above=LEAD)
    assert (found.caption, found.credit) == ("A hall.", "dpa")
    assert found.sources["caption"] == found.sources["credit"] == "html"
    [image] = found.images
    assert image.url == "https://paper.example/a.jpg"
    assert (image.caption, image.credit, image.alt) == ("A hall.", "dpa", "Hall")


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='wp-caption'><img src=a.jpg><p class='wp-caption-text'>{}</p></div>",
        "<div class='media'><img src=a.jpg><div class='mediaInfo'>{}</div></div>",
        "<div class='photo'><img src=a.jpg><p>{}</p></div>",
        "<div class='x9'><div><img src=a.jpg></div><div>{}</div></div>",
        "<table><tr><td><img src=a.jpg><br><i>{}</i></td></tr></table>",
        "<center><img src=a.jpg><br><font size=1>{}</font></center>",
        "<div itemprop=image><img src=a.jpg><span><p itemprop=caption>{}</p></span></div>",
        "<img src=a.jpg data-caption='<p>{}</p>'>",
        "<a href=a.jpg data-caption='{}'><img src=a.jpg></a>",
        "<img src=a.jpg><p class='image-caption'>{}</p>",
        "<figure><button><img src=a.jpg></button><div class=imageCaption>{}</div></figure>",
        "<figure><amp-img src=a.jpg></amp-img><figcaption>{}</figcaption></figure>",
        "<figure class='teaser-image'><img src=a.jpg><figcaption>{}</figcaption></figure>",
        "<figure class='video'><video src=a.mp4></video><figcaption>{}</figcaption></figure>",
    ],
)
def test_where_papers_put_a_caption(markup: str) -> None:
    caption = "Traders of the market look up at its roof"
    assert article(above=markup.format(caption)).caption == caption


def test_a_picture_above_the_headline_is_the_lead() -> None:
    assert article(first=LEAD).caption == "A hall."


def test_without_a_picture_above_the_first_in_the_text_leads() -> None:
    second = LEAD.replace("a.jpg", "b.jpg").replace("A hall", "A knife")
    found = article(between=LEAD + second)
    assert found.caption == "A hall."
    assert [image.caption for image in found.images] == ["A hall.", "A knife."]


def test_a_lead_image_without_a_caption_leaves_it_unknown() -> None:
    found = article(above="<figure><img src='/top.jpg'></figure>", between=LEAD)
    assert found.caption is None
    assert [image.url[-7:] for image in found.images] == ["top.jpg", "e/a.jpg"]


def test_paragraphs_of_the_text_beside_a_picture_are_no_caption() -> None:
    column = (
        f"<figure class='lead'><img src='/a.jpg'><div><p>{FIRST}</p><p>{SECOND}</p></div></figure>"
    )
    text = f"{column}<p>{THIRD}</p><p>{FIRST[::-1]}</p>"
    page = f"<h1>Market to be rebuilt</h1><article>{text}</article>"
    assert extract(page, url=URL).caption is None


def test_a_line_with_a_credit_below_it_is_a_caption_though_it_reads_like_text() -> None:
    line = "Pictured right, the mayor shows traders the plan for the new glass roof in the hall."
    picture = f"<div class='x9'><img src='/a.jpg'><p>{line}</p><p>Image: Ana Lima</p></div>"
    html = (
        f"<h1>Market to be rebuilt</h1><div>By Rui Costa</div><article>{picture}<p>{FIRST}</p>"
        f"<p>{SECOND}</p><p>{THIRD}</p></article>"
    )
    found = extract(html, url=URL)
    assert (found.caption, found.credit) == (line, "Ana Lima")
    assert line not in (found.body or "")


def test_a_caption_ends_without_a_stray_separator() -> None:
    found = article(above=LEAD.replace("A hall. Foto: dpa", "The hall, &nbsp;"))
    assert (found.caption, found.credit) == ("The hall", None)


def test_a_page_without_pictures_has_no_caption() -> None:
    found = article()
    assert (found.caption, found.credit, found.images) == (None, None, [])


def test_the_same_picture_in_two_sizes_is_there_once() -> None:
    assert len(article(above=LEAD + LEAD.replace("a.jpg", "a-large.jpg")).images) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='/'><img src='/masthead.jpg' width=980 height=120></a>",
        "<img src='/logo.png'>",
        "<img src='/p.jpg' width=1 height=1>",
        "<div class='byline'><img src='/ana.jpg'>By Ana Lima</div>",
        "<figure class='x'><img src='/ana.jpg'><p>By Ana Lima, senior editor</p></figure>",
        "<div class='related'><img src='/other.jpg'><p>Other news of the day for you</p></div>",
        "<div class=x><a href='/n/2'><img src='/o.jpg'><p>Other news of this day</p></a></div>",
        "<img src='data:image/gif;base64,R0lGOD'>",
        "<img src='/blank.gif'>",
        "<img>",
    ],
)
def test_what_is_no_picture_of_the_article(markup: str) -> None:
    found = article(above=markup, after=LEAD)
    assert (found.images, found.caption) == ([], None)


@pytest.mark.parametrize(
    ("attributes", "address"),
    [
        ("src=s.jpg srcset='/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w'", "/l.jpg"),
        ("src=s.jpg srcset='/a,b/s.jpg 320w,/a,b/l.jpg 640w'", "/a,b/l.jpg"),
        ("src=s.jpg srcset='/s.jpg, /l.jpg 2x'", "/l.jpg"),
        ("src='data:image/gif;base64,R0' data-src=l.jpg", "/news/l.jpg"),
        ("src=placeholder.png data-original='//paper.example/l.jpg'", "/l.jpg"),
    ],
)
def test_the_largest_of_a_pictures_addresses(attributes: str, address: str) -> None:
    [image] = article(above=f"<figure><img {attributes}></figure>").images
    assert image.url == f"https://paper.example{address}"


def test_a_lazy_picture_is_taken_from_its_noscript() -> None:
    figure = (
        "<figure><img src='data:image/png;base64,iVB'><noscript><img src='/a.jpg'></noscript>"
        "<figcaption>A hall</figcaption></figure>"
    )
    [image] = article(above=figure).images
    assert (image.url, image.caption) == ("https://paper.example/a.jpg", "A hall")


def json_ld(caption: str) -> str:
    image = {"@type": "ImageObject", "url": "/a.jpg", "caption": caption, "creditText": "Ana Gil"}
    node = {"@type": "NewsArticle", "headline": "Market to be rebuilt", "image": image}
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def test_a_caption_that_only_json_ld_has_says_so() -> None:
    found = article(head=json_ld("Traders look up at the roof"), above="<img src='/a.jpg'>")
    assert (found.caption, found.credit) == ("Traders look up at the roof", "Ana Gil")
    assert found.sources["caption"] == "json-ld"


def test_a_headline_in_place_of_a_caption_is_none() -> None:
    assert article(head=json_ld("Market to be rebuilt")).caption is None
