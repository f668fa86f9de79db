"""The link that leads on within an article, and the many that do not."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pagination.next_page import is_page_line, next_page
from newscrawl.page.page import Page

TEXT = "<p>The council voted late on Monday to rebuild the old covered market by the river.</p>" * 5


def page(pager: str, url: str, head: str = "") -> Page:
    html = f"<html><head>{head}</head><body><article><h1>A hall</h1>{TEXT}{pager}</article></body>"
    return Page(html, url=url)


STYLES = {
    "rel=next in the head": (
        "https://harbour.example/world/market-hall",
        "",
        '<link rel="next" href="https://harbour.example/world/market-hall?page=2">',
        "https://harbour.example/world/market-hall?page=2",
    ),
    "numbers and Next": (
        "https://harbour.example/world/market-hall",
        (
            '<nav class="pagination"><span>1</span> <a href="?page=2">2</a> <a href="?page=3">3</a>'
            '<a href="?page=2" rel="next">Next</a></nav>'
        ),
        "",
        "https://harbour.example/world/market-hall?page=2",
    ),
    "German, a step with its name": (
        "https://hafen.example/2024/markthalle-neubau",
        (
            '<ul class="seiten"><li>Seite 1</li><li><a href="/2024/markthalle-neubau/seite-2">'
            "Seite 2: Die Händler warten</a></li></ul>"
        ),
        "",
        "https://hafen.example/2024/markthalle-neubau/seite-2",
    ),
    "German, files": (
        "https://hafen.example/news/markthalle-2405-17.html",
        (
            '<a href="/news/markthalle-2405-17-2.html">2</a>'
            '<a href="/news/markthalle-2405-17-3.html">3</a>'
            '<a href="/news/markthalle-2405-17-2.html">weiter »</a>'
        ),
        "",
        "https://hafen.example/news/markthalle-2405-17-2.html",
    ),
    "Spanish, a folder with its name": (
        "https://puerto.example/economia/mercado-nuevo/",
        '<div class="paginas"><a href="/economia/mercado-nuevo/pagina/2/">Página siguiente</a>',
        "",
        "https://puerto.example/economia/mercado-nuevo/pagina/2/",
    ),
    "French, continue reading": (
        "https://port.example/region/la-halle.php?id=812",
        '<div class="read-more"><a href="la-halle.php?id=812&amp;page=2">Lire la suite →</a></div>',
        "",
        "https://port.example/region/la-halle.php?id=812&page=2",
    ),
    "Japanese": (
        "https://minato.example/articles/20240506-ichiba",
        '<div class="pager"><a href="/articles/20240506-ichiba?page=2">次のページ</a></div>',
        "",
        "https://minato.example/articles/20240506-ichiba?page=2",
    ),
    "Chinese, an address in Chinese": (
        "https://gang.example/新聞/市場重建",
        "<a href='/%e6%96%b0%e8%81%9e/%e5%b8%82%e5%a0%b4%e9%87%8d%e5%bb%ba/2'>2</a>",
        "",
        "https://gang.example/%e6%96%b0%e8%81%9e/%e5%b8%82%e5%a0%b4%e9%87%8d%e5%bb%ba/2",
    ),
    "Russian, numbers as steps": (
        "https://port.example/2024/05/rynok-u-reki/",
        '<p>Страницы: 1 <a href="https://www.port.example/2024/05/rynok-u-reki/2/">2</a></p>',
        "",
        "https://www.port.example/2024/05/rynok-u-reki/2/",
    ),
    "counting from 0": (
        "https://harbour.example/node/market-hall",
        (
            '<ul class="pager"><li>1</li><li><a href="/node/market-hall?page=1">2</a></li>'
            '<li><a href="/node/market-hall?page=2">3</a></li></ul>'
        ),
        "",
        "https://harbour.example/node/market-hall?page=1",
    ),
    "an arrow that is described": (
        "https://harbour.example/world/market-hall.html",
        '<a aria-label="Next page" href="market-hall,2.html"><svg></svg></a>',
        "",
        "https://harbour.example/world/market-hall,2.html",
    ),
    "the first of numbered files": (
        "https://harbour.example/world/market-hall/index.html",
        '<a href="2.html">Page 2 of 3</a> <a href="/world/market-hall/2.html">Continue</a>',
        "",
        "https://harbour.example/world/market-hall/2.html",
    ),
    "the canonical address's pages": (
        "https://harbour.example/world/market-hall?source=feed",
        '<a href="/world/market-hall/2">2</a>',
        '<link rel="canonical" href="https://harbour.example/world/market-hall">',
        "https://harbour.example/world/market-hall/2",
    ),
}


@pytest.mark.parametrize(("url", "pager", "head", "expected"), STYLES.values(), ids=STYLES.keys())
def test_the_next_page_is_found(url, pager, head, expected):
    assert next_page(page(pager, url, head)) == expected
    assert next_page(page(pager, url, head), [url]) == expected


URL = "https://harbour.example/world/market-hall"
TRAPS = {
    "no link at all": "",
    "the next article": '<a rel="next" href="/world/dawn-ferry">Next</a>',
    "the next article, announced in the head": '<link rel="next" href="/world/dawn-ferry">',
    "a later article under the same words": '<a rel="next" href="/world/market-hall-2">'
    "Market hall, once more</a>",
    "the next article under the same words": '<a rel="next" href="/world/market-hall-2">Next</a>',
    "the same, announced with its title": '<link rel="next" title="Market hall" '
    'href="/world/market-hall/2">',
    "the article of the next number": '<a href="/world/market-halls?page=2">2</a>',
    "pages of the section": '<a href="/world/?page=2">2</a><a href="/world?page=2">Next</a>',
    "pages of the front page": '<a href="/?page=2">2</a>',
    "pages of the comments": '<div id="comments"><a href="?page=2">2</a></div>',
    "older comments": '<a href="?page=2#comments">Next</a>',
    "a parameter of the comments": '<a href="?cpage=2">Next</a>',
    "pages of a list of other stories": '<div class="related-stories"><a href="/world/dawn-ferry">'
    'Islanders win back the dawn ferry</a><a href="?page=2">Next</a></div>',
    "another site": '<a href="https://other.example/world/market-hall?page=2">2</a>',
    "a page far on": '<a href="?page=7">7</a>',
    "an id": '<a href="/world/market-hall/2024">2024</a>',
    "the page itself": '<a href="?">1</a><a href="#2">2</a><a href="/world/market-hall#p2">2</a>',
    "a picture": '<a href="/world/market-hall-2.jpg">2</a>',
    "not to be followed": '<a rel="nofollow" href="?page=2">2</a>',
    "another page's number under this text": '<a href="?page=2">3 of 3</a>',
    "a headline": '<a href="/world/market-hall/2">Two hurt as roof of market hall falls in</a>',
    "no address": "<a>2</a><a href=''>Next</a><a href='javascript:next(2)'>2</a>",
    "broken addresses": "<a href='http://[::1/market-hall?page=2'>2</a><a href='?page=%zz'>2</a>",
    "the article on one page, with no others": '<a href="?view=all">Single page</a>',
}


@pytest.mark.parametrize("links", TRAPS.values(), ids=TRAPS.keys())
def test_what_is_no_next_page_is_left_alone(links):
    assert next_page(page(links, URL)) is None


def test_a_page_whose_links_are_not_to_be_followed():
    pager = '<a href="?page=2">2</a>'
    assert next_page(page(pager, URL, '<meta name="robots" content="noindex, nofollow">')) is None
    assert next_page(page(pager, URL, '<meta name="robots" content="noindex">')) == f"{URL}?page=2"


PAGER = "".join(f'<a href="{URL}/{n}">{n}</a> ' for n in range(1, 4))


def test_page_after_page_until_the_last():
    visited = [URL]
    while following := next_page(page(PAGER, visited[-1]), visited):
        visited.append(following)
    assert visited == [URL, f"{URL}/2", f"{URL}/3"]


def test_a_page_that_was_visited_is_not_visited_again():
    links = f'<a href="{URL}/2">2</a> <a href="{URL}/3">Next</a>'
    assert next_page(page(links, f"{URL}/2"), [URL, f"{URL}/2", f"{URL}/3"]) is None


def test_counting_from_zero_to_the_end():
    pager = '<a href="?page=0">1</a> <a href="?page=1">2</a> <a href="?page=2">3</a>'
    visited = [URL]
    while following := next_page(page(pager, visited[-1]), visited):
        visited.append(following)
    assert visited == [URL, f"{URL}?page=1", f"{URL}?page=2"]


def test_parameters_of_where_the_reader_came_from_are_lost_on_the_way():
    first, second = f"{URL}?source=feed", f"{URL}?page=2"
    canonical = f'<link rel="canonical" href="{URL}">'
    pager = '<a href="?page=2">2</a> <a href="?page=3">3</a>'
    assert next_page(page(pager, first, canonical), [first]) == second
    own = f'<link rel="canonical" href="{second}">'
    assert next_page(page(pager, second, own), [first, second]) == f"{URL}?page=3"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="?view=all">View all on one page</a>', f"{URL}?view=all"),
        (f'<a href="{URL}/komplettansicht">Auf einer Seite lesen</a>', f"{URL}/komplettansicht"),
        (f'<a href="{URL}/lang">Ver en una sola página</a>', f"{URL}/lang"),
        (f'<a href="{URL}/photos">Photos</a>', f"{URL}/2"),
        ('<a href="/world/all">View all</a>', f"{URL}/2"),
    ],
)
def test_the_whole_article_on_one_page_comes_first(link, expected):
    assert next_page(page(PAGER + link, URL), [URL]) == expected


def test_after_the_whole_article_there_is_no_next_page():
    whole = f"{URL}?view=all"
    assert next_page(page(PAGER, whole), [URL, whole]) is None


def test_an_article_whose_own_address_is_a_number():
    url = "https://harbour.example/?p=123"
    assert next_page(page('<a href="/?p=124">Next</a>', url)) is None
    assert next_page(page('<a href="/?p=123&amp;page=2">2</a>', url)) == f"{url}&page=2"
    assert next_page(page('<a href="/news/13">Next</a>', "https://harbour.example/news/12")) is None


def test_a_page_without_an_address_and_a_front_page_have_no_next_page():
    assert next_page(page('<a href="?page=2">2</a>', "")) is None
    assert next_page(page('<a href="?page=2">2</a>', "https://harbour.example/")) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Page 2", True),
        ("Page 2 of 3", True),
        ("Seite 2 / 3", True),
        ("2/3", True),
        ("2ページ", True),
        ("Page 2 of the report names the builder.", False),
        ("Seite an Seite", False),
        ("2", False),
        ("", False),
    ],
)
def test_the_mark_of_a_page_is_told_from_text(line, expected):
    assert is_page_line(line) is expected
