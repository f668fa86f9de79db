"""What a page is, and who may read it."""

from __future__ import annotations

import json

import pytest

from newscrawl import Article, extract

URL = "https://paper.example/town/council-votes-for-a-new-market-hall"
TEXT = (
    "<p>The council voted late on Monday to rebuild the old covered market by the river, whose "
    "roof had leaked for eleven winters in a row, as every trader there can tell.</p>"
    "<p>“Traders will move into tents on the quay while the work goes on,” said the mayor. The "
    "cost is put at four million, half of it borne by the region.</p>"
    "<p>The first stalls should be back under the new glass by the spring of next year, said the "
    "mayor, who had himself sold fish there as a boy and still has the knife to show for it.</p>"
)


def page(
    body: str, *, title: str = "Council votes for a new market hall", head: str = "", url: str = URL
) -> Article:
    """Return the record of a page with this inside its body."""
    return extract(
        f"<html lang='en'><head><title>{title} | The Paper</title>{head}</head>"
        f"<body>{body}</body></html>",
        url=url,
    )


def json_ld(node: dict[str, object]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(node)}</script>"


def story(extra: str = "") -> str:
    return (
        "<main><h1>Council votes for a new market hall</h1><p class='byline'>By Ana Lima</p>"
        f"<time datetime='2026-04-12T18:05:00Z'>12 April 2026</time>{TEXT}{extra}</main>"
    )


def test_an_article() -> None:
    assert page(story()).kind == "article"


def test_an_article_whose_address_is_not_known() -> None:
    assert page(story(), url="").kind == "article"


def test_an_article_that_is_declared_news_is_one() -> None:
    head = json_ld({"@type": "NewsArticle", "headline": "Council votes for a new market hall"})
    assert page(story(), head=head, url="https://paper.example/shop/product/12").kind == "article"


@pytest.mark.parametrize(
    "title",
    [
        "Page not found", "404", "Error 404", "Seite nicht gefunden", "Página no encontrada",
        "Page introuvable", "Страница не найдена", "ページが見つかりません",
        "500 Internal Server Error",
    ],
)  # fmt: skip
def test_an_error_page_that_calls_itself_200(title: str) -> None:
    teasers = "".join(
        f"<li><a href='/{n}'>A story of the town, number {n}</a></li>" for n in range(5)
    )
    html = f"<h1>{title}</h1><p>Go back to the front page.</p><ul>{teasers}</ul>"
    assert page(html, title=title).kind == "error"


@pytest.mark.parametrize(
    "headline", ["404 homes without power after storm", "Missing boat not found after a week"]
)
def test_news_about_what_sounds_like_an_error(headline: str) -> None:
    html = story().replace("Council votes for a new market hall", headline)
    assert page(html, title=headline).kind == "article"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Before you continue", "We use cookies. Accept all or reject all."),
        ("The Paper", "Log in to continue reading. Already a subscriber? Sign in here."),
        ("Just a moment...", "Checking your browser before accessing paper.example."),
        ("The Paper", "Please verify you are a human to go on."),
        ("Zustimmung", "Mit Werbung weiterlesen oder Pur-Abo wählen. Akzeptieren und weiter."),
        ("Le Journal", "Connectez-vous pour lire la suite de cet article."),
    ],
)
def test_a_wall(title: str, text: str) -> None:
    assert page(f"<h1>{title}</h1><p>{text}</p>", title=title).kind == "wall"


def test_a_cookie_note_over_an_article_is_no_wall() -> None:
    note = "<div class='cookie-banner'><p>Before you continue: accept all cookies.</p></div>"
    assert page(note + story()).kind == "article"


def test_a_live_ticker() -> None:
    head = json_ld({"@type": "LiveBlogPosting", "headline": "Council votes for a new market hall"})
    assert page(story(), head=head).kind == "live"


def test_a_live_ticker_by_its_title_and_times() -> None:
    entries = "".join(f"<h2>Entry {n}</h2><time>1{n}:00</time>{TEXT}" for n in range(6))
    html = f"<h1>Live updates: the storm</h1>{entries}"
    assert page(html, title="Live updates: the storm").kind == "live"


def test_a_gallery() -> None:
    head = json_ld({"@type": "ImageGallery", "headline": "The fair in pictures"})
    assert page("<h1>The fair in pictures</h1><p>Twelve pictures.</p>", head=head).kind == "gallery"


def test_a_video() -> None:
    head = "<meta property='og:type' content='video.other'>"
    html = "<h1>Seals at play</h1><video src='/a.mp4'></video><p>They played for an hour.</p>"
    assert page(html, head=head).kind == "video"


def test_a_video_within_an_article_leaves_it_one() -> None:
    head = json_ld({"@type": "VideoObject", "name": "The hall"})
    assert page(story("<video src='/a.mp4'></video>"), head=head).kind == "article"


def test_a_list_of_stories() -> None:
    teasers = "".join(
        f"<div class='card'><h3><a href='/town/story-{n}'>A story of the town, number {n}</a></h3>"
        f"<p>What it is about, in a few words.</p><time>{n + 1} May 2026</time></div>"
        for n in range(12)
    )
    html = f"<h1>Town</h1><div class='list'>{teasers}</div>"
    assert page(html, title="Town", url="https://paper.example/town/").kind == "index"


def test_a_product() -> None:
    head = "<meta property='og:type' content='product'>" + json_ld(
        {"@type": "Product", "name": "Kettle", "offers": {"@type": "Offer", "price": "39.00"}}
    )
    html = (
        "<h1>Copper kettle</h1><p>$39.00</p><button>Add to cart</button><p>In stock</p>"
        "<h2>Description</h2><p>A kettle of copper that boils fast.</p><h2>Reviews</h2>"
        "<p>Quantity</p><p>Free shipping</p><p>You may also like</p><p>$12.00</p><p>$14.00</p>"
    )
    url = "https://shop.example/products/copper-kettle"
    assert page(html, title="Copper kettle", head=head, url=url).kind == "other"


# --- access ---


@pytest.mark.parametrize(
    ("node", "access"),
    [
        ({"isAccessibleForFree": True}, "open"),
        ({"isAccessibleForFree": "True"}, "open"),
        ({"isAccessibleForFree": False}, "closed"),
        ({"isAccessibleForFree": "http://schema.org/False"}, "closed"),
        ({"isAccessibleForFree": False, "hasPart": {"cssSelector": ".paywall"}}, "closed"),
        ({"isAccessibleForFree": False, "isPartOf": {"productID": "paper:metered"}}, "metered"),
        ({}, None),
    ],
)
def test_access_as_json_ld_states_it(node: dict[str, object], access: str | None) -> None:
    head = json_ld({"@type": "NewsArticle", "headline": "Council votes", **node})
    assert page(story(), head=head).access == access


@pytest.mark.parametrize(
    ("tier", "access"), [("free", "open"), ("metered", "metered"), ("locked", "closed")]
)
def test_the_tier_is_the_more_exact_statement(tier: str, access: str) -> None:
    head = f"<meta property='article:content_tier' content='{tier}'>" + json_ld(
        {"@type": "NewsArticle", "isAccessibleForFree": False}
    )
    assert page(story(), head=head).access == access
