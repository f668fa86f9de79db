from __future__ import annotations

import pytest

from newscrawl.discovery import Link, article_links, is_listing, listing_links, section_links
from newscrawl.page.page import Page

FRONT = """<html><body>
<header><nav>
  <a href="/">Home</a> <a href="/world/">World</a> <a href="/sport">Sport</a>
  <a href="/about-us">About us</a> <a href="/login">Log in</a>
  <a href="/world/europe/">Europe</a> <a href="https://shop.example.org/">Shop</a>
</nav></header>
<main>
  <article><h2><a href="/world/new-hall">Parliament opens its new hall by the river</a></h2>
    <a href="/world/new-hall#comments">12 comments</a></article>
  <article><a href="/2024/05/06/rain"><img src="r.jpg" alt="Rain over the bay"></a></article>
  <div class="teaser"><a href="/article/3829102">Ferry stuck for a day</a></div>
  <div class="card">
    <a href="/story.php?id=77123"><h3>Harbour wall to be raised next year</h3></a></div>
  <li><a href="/sport/late-goal-saves-the-rovers-again.html?utm_source=home">Late goal</a></li>
  <h3><a href="/tag/harbour">Everything that we know on the harbour</a></h3>
  <h3><a href="https://other.example.com/some-long-slug-here">A story of somebody else</a></h3>
  <h3><a rel="nofollow sponsored" href="/buy-this-lovely-thing-now">Buy this lovely thing</a></h3>
  <h3><a href="/files/the-budget-of-the-year.pdf">The whole budget of the year, as PDF</a></h3>
  <a href="mailto:desk@example.org">Write to the desk of the paper</a>
  <a href="javascript:more()">Show me some more of these stories</a>
</main>
<footer><a href="/privacy">Privacy</a> <a href="/terms">Terms</a></footer>
</body></html>"""


def urls(links: list) -> list[str]:
    return [link.url.removeprefix("https://www.example.org") for link in links]


@pytest.fixture
def front() -> Page:
    return Page(FRONT, url="https://www.example.org/")


def test_article_links_by_place_address_and_text(front: Page) -> None:
    assert urls(article_links(front)) == [
        "/world/new-hall",
        "/2024/05/06/rain",
        "/article/3829102",
        "/story.php?id=77123",
        "/sport/late-goal-saves-the-rovers-again.html",
    ]


def test_section_links_are_those_of_menus(front: Page) -> None:
    assert urls(section_links(front)) == ["/world/", "/sport", "/world/europe/"]


def test_articles_come_before_sections(front: Page) -> None:
    targets = [link.target for link in listing_links(front)]
    assert targets == sorted(targets)


def test_subdomains_are_of_the_same_site_and_other_sites_are_not() -> None:
    page = Page(
        '<h2><a href="https://sport.example.co.uk/late-goal-saves-rovers">Late goal saves</a></h2>'
        '<h2><a href="https://other.co.uk/late-goal-saves-rovers">Late goal saves it</a></h2>',
        url="https://www.example.co.uk/",
    )
    assert [link.url for link in article_links(page)] == [
        "https://sport.example.co.uk/late-goal-saves-rovers"
    ]


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (
            "/news/%E6%96%B0%E3%81%97%E3%81%84%E8%AD%B0%E5%A0%B4%E3%81%8C%E9%96%8B%E3%81%8F",
            "新しい議場が開く",
        ),
        ("/2022/0412/c90-12345678.html", "新议会大厅周一开放数千人参观"),
        ("/politica/2022/04/12/sala.html", "La sala nueva abre sus puertas al público"),
        ("/a/5f2c9e7b81d4a6", "Die neue Halle ist nach Jahren endlich offen"),
        ("/новости/новый-зал-открыт-сегодня", "Новый зал открыт"),
    ],
)
def test_articles_in_other_scripts_and_shapes(address: str, text: str) -> None:
    page = Page(f'<div><a href="{address}">{text}</a></div>', url="https://example.org/")
    assert len(article_links(page)) == 1


@pytest.mark.parametrize(
    ("name", "content"), [("ROBOTS", "index, NoFollow"), ("robots", "none"), ("newscrawl", "none")]
)
def test_nofollow_for_the_whole_page(name: str, content: str) -> None:
    markup = f'<meta name="{name}" content="{content}">{FRONT}'
    assert listing_links(Page(markup, url="https://www.example.org/")) == []


def test_nofollow_in_the_header_and_for_another_crawler() -> None:
    def links(value: str) -> list[Link]:
        headers = {"x-robots-tag": value}
        return listing_links(Page(FRONT, url="https://www.example.org/", headers=headers))

    assert links("noarchive, nofollow") == []
    assert links("otherbot: nofollow")


def test_a_base_address_is_respected() -> None:
    page = Page(
        '<base href="https://example.org/deep/"><h2><a href="a-new-hall-opens">A new hall</a></h2>',
        url="https://example.org/",
    )
    assert [link.url for link in article_links(page)] == [
        "https://example.org/deep/a-new-hall-opens"
    ]


def test_a_page_of_teasers_is_a_listing(front: Page) -> None:
    assert is_listing(Page(FRONT, url="https://www.example.org/world/"))
    assert is_listing(front)


ARTICLE = (
    "<h1>A new hall</h1>"
    + f"<p>{'The hall has stood by the river for years. ' * 6}</p>" * 4
    + FRONT
)


@pytest.mark.parametrize(
    ("html", "path"),
    [
        (ARTICLE, "/world/"),
        (FRONT, "/world/the-new-hall-is-open-today"),
        ('<meta property="og:type" content="article">' + FRONT, "/world/"),
        ('<script type="application/ld+json">{"@type": "NewsArticle"}</script>' + FRONT, "/world/"),
        ("<h1>A hall</h1><p>Text.</p>", "/world/"),
    ],
    ids=["text", "address", "opengraph", "json-ld", "no links"],
)
def test_an_article_with_related_links_is_no_listing(html: str, path: str) -> None:
    assert not is_listing(Page(html, url=f"https://www.example.org{path}"))
