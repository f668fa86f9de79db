"""An article over several pages becomes one record."""

from __future__ import annotations

import copy

import pytest

import newscrawl
from newscrawl.extraction.joining import join_pages
from newscrawl.extraction.pagination.next_page import next_page
from newscrawl.items import Article, Image
from newscrawl.page.page import Page
from newscrawl.text.cleaning import content_hash

URL = "https://harbour.example/world/market-hall"
HEADLINE = "Market hall to be rebuilt"
STANDFIRST = "Its roof of 1903 had leaked for eleven winters in a row."
VOTED = "The council voted late on Monday to rebuild the old covered market by the river."
TENTS = "Traders will move into tents on the quay while the work goes on."
COST = "The cost is put at four million, half of it borne by the region."
SPRING = "The first stalls should be back under the new glass by the spring of next year."


def part(*paragraphs: str, url: str = URL, **values: object) -> Article:
    return Article(url=url, body="\n\n".join(paragraphs) or None, headline=HEADLINE, **values)


def body(*parts: Article) -> str | None:
    return join_pages(parts).body


def test_the_body_goes_from_page_to_page():
    assert body(part(VOTED, TENTS), part(COST), part(SPRING)) == "\n\n".join(
        (VOTED, TENTS, COST, SPRING)
    )


def test_what_each_page_repeats_stands_once():
    first = part(VOTED, TENTS, description=STANDFIRST)
    teaser = f"{VOTED[:60]} …"
    second = part(HEADLINE, "Page 2 of 2", STANDFIRST, teaser, COST, TENTS.upper(), SPRING)
    assert body(first, second) == "\n\n".join((VOTED, TENTS, COST, SPRING))


def test_a_short_line_may_be_said_again():
    first = part("Will it be dearer?", "Yes.", VOTED)
    second = part("Will it be dearer?", COST, "Yes.", SPRING)
    assert body(first, second) == "\n\n".join(
        ("Will it be dearer?", "Yes.", VOTED, COST, "Yes.", SPRING)
    )


def test_one_page_says_twice_what_it_says_twice():
    assert body(part(VOTED, TENTS, VOTED), part(COST)) == "\n\n".join((VOTED, TENTS, VOTED, COST))


def test_a_sentence_that_the_pages_cut_is_one_again():
    start, end = TENTS.split(" tents ")
    first, second = part(VOTED, start), part(f"tents {end}", COST)
    assert body(first, second) == "\n\n".join((VOTED, TENTS, COST))
    assert body(part("The market"), part(COST)) == f"The market\n\n{COST}"


def test_the_whole_article_after_its_first_page_is_the_whole_article():
    assert body(part(VOTED, TENTS), part(VOTED, TENTS, COST, SPRING)) == "\n\n".join(
        (VOTED, TENTS, COST, SPRING)
    )


def test_pages_without_text_add_none():
    assert body(part(), part(COST), part()) == COST
    assert body(part(), part()) is None
    assert body(part(VOTED), part(VOTED)) == VOTED


def test_headline_date_and_addresses_are_the_first_pages():
    first = part(VOTED, date="2024-05-06", date_raw="6 May 2024", caption="The old hall.")
    first.sources = {"headline": "json-ld", "date": "html", "body": "html"}
    second = Article(
        url=f"{URL}/2",
        headline="The traders",
        date="2024-05-07",
        body=COST,
        caption="Tents.",
        canonical_url=f"{URL}/2",
        authors=["Ana Writer"],
        section="World",
        tags=["market"],
        sources={"headline": "html", "date": "meta", "authors": "html", "section": "meta"},
    )
    joined = join_pages([first, second])
    assert (joined.url, joined.headline, joined.date) == (URL, HEADLINE, "2024-05-06")
    assert (joined.caption, joined.canonical_url) == ("The old hall.", None)
    assert (joined.authors, joined.section, joined.tags) == (["Ana Writer"], "World", ["market"])
    assert joined.sources == {
        "headline": "json-ld",
        "date": "html",
        "body": "html",
        "authors": "html",
        "section": "meta",
    }
    assert joined.content_hash == content_hash(HEADLINE, f"{VOTED}\n\n{COST}", "The old hall.")


def test_the_caption_of_a_later_picture_is_not_the_leads():
    assert join_pages([part(VOTED), part(COST, caption="Tents.", credit="A")]).caption is None


@pytest.mark.parametrize(
    ("dates", "latest"),
    [
        (["2024-05-06", None, "2024-05-08"], "2024-05-08"),
        (["2024-05-06T23:00:00-04:00", "2024-05-07T01:00:00+00:00"], "2024-05-06T23:00:00-04:00"),
        (["2024-05-06", "2024-05-06T08:30"], "2024-05-06T08:30"),
        (["9999-12-31T23:59:59-01:00", "2024-05-06"], "9999-12-31T23:59:59-01:00"),
        ([None, None], None),
    ],
)
def test_the_latest_change_counts(dates, latest):
    parts = [part(VOTED, date_modified=date, sources={"date_modified": "meta"}) for date in dates]
    joined = join_pages(parts)
    assert joined.date_modified == latest
    assert joined.sources["date_modified"] == "meta"


def test_each_picture_stands_once_with_all_that_is_said_of_it():
    hall, tents = "https://harbour.example/hall.jpg", "https://harbour.example/tents.jpg"
    first = part(VOTED, images=[Image(hall, credit="A. Writer")])
    second = part(COST, images=[Image(hall, caption="The hall."), Image(tents, alt="Tents")])
    assert join_pages([first, second]).images == [
        Image(hall, caption="The hall.", credit="A. Writer"),
        Image(tents, alt="Tents"),
    ]


def test_the_strictest_access_counts():
    assert join_pages([part(VOTED, access="open"), part(access="closed")]).access == "closed"
    assert join_pages([part(VOTED), part(COST)]).access is None


def test_the_parts_are_left_as_they_are():
    parts = [
        part(VOTED, images=[Image("https://harbour.example/a.jpg")]),
        part(COST, images=[Image("https://harbour.example/a.jpg", caption="A")], tags=["b"]),
    ]
    before = copy.deepcopy(parts)
    joined = join_pages(parts)
    joined.tags.append("c")
    joined.images[0].alt = "d"
    assert parts == before


def test_one_page_is_itself_and_none_is_an_error():
    only = part(VOTED)
    assert join_pages([only]).body == VOTED
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])


def sample_page(number: int) -> tuple[str, list[str]]:
    """Return the HTML of one of three pages, and its paragraphs."""
    paragraphs = [
        f"On page {number} the {word} part says this, in a sentence of some length. {VOTED} {COST}"
        for word in ("first", "second", "third", "last")
    ]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    pager = "".join(f'<a href="?page={n}">{n}</a> ' for n in range(1, 4))
    html = (
        f"<html><head><title>{HEADLINE}</title></head><body><article><h1>{HEADLINE}</h1>"
        f"<p class='standfirst'>{STANDFIRST}</p><time datetime='2024-05-06'>6 May 2024</time>"
        f"<div class='article-body'>{text}</div></article><nav class='pages'>{pager}</nav></body>"
    )
    return html, paragraphs


def test_pages_that_are_extracted_and_joined_are_the_article():
    addresses = [URL, f"{URL}?page=2", f"{URL}?page=3"]
    pages = {url: sample_page(number) for number, url in enumerate(addresses, 1)}
    visited, parts = [], []
    url = URL
    while url:
        visited.append(url)
        html = pages[url][0]
        parts.append(newscrawl.extract(html, url=url))
        url = next_page(Page(html, url=url), visited)
    joined = join_pages(parts)
    assert visited == addresses
    assert joined.body == "\n\n".join(text for _, texts in pages.values() for text in texts)
    assert (joined.url, joined.headline, joined.date) == (URL, HEADLINE, "2024-05-06")
