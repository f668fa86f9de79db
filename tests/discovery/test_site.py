from __future__ import annotations

import pytest

from newscrawl.discovery import (
    Link,
    announced_feeds,
    is_front_page,
    usual_places,
)
from newscrawl.page.page import Page


@pytest.mark.parametrize(
    "path", ["", "/", "/en", "/en/", "/pt-br/", "/index.html", "/de/index.php", "/home"]
)
def test_front_pages(path: str) -> None:
    assert is_front_page(f"https://example.org{path}")


@pytest.mark.parametrize("path", ["/world", "/world/", "/news/index.html", "/?p=7", "/a-story"])
def test_other_pages(path: str) -> None:
    assert not is_front_page(f"https://example.org{path}")


def test_announced_feeds_without_those_of_comments() -> None:
    page = Page(
        """<base href="/news/">
        <link rel="alternate" type="application/rss+xml" title="All" href="all.xml">
        <link rel="alternate" type="application/rss+xml" title="All" href="all.xml">
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
        <link rel="feed alternate" type="application/feed+json; charset=utf-8" href="/feed.json">
        <link rel="alternate" hreflang="es" href="/es/">
        <link rel="alternate" type="application/rss+xml" href="">
        <link rel="stylesheet" type="text/css" href="/style.css">""",
        url="https://example.org/",
    )
    assert list(announced_feeds(page)) == [
        Link("https://example.org/news/all.xml", "feed"),
        Link("https://example.org/feed.json", "feed"),
    ]


def test_usual_places_are_on_the_same_host_and_news_comes_first() -> None:
    places = usual_places("https://example.org/en/")
    assert places[0] == Link("https://example.org/sitemap-news.xml", "sitemap")
    assert Link("https://example.org/feed/", "feed") in places


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="text/xml" href="/news/feed.xml">',
        '<link rel="alternate" type="application/xml" title="RSS" href="/all">',
        '<link rel="alternate" type="application/json" href="/feed.json">',
        '<link rel="alternate" title="News feed" href="/news/all">',
        '<link rel="feed" href="/updates">',
        '<link rel="Alternate" type="text/rss" href="/updates">',
    ],
)
def test_feeds_are_announced_in_many_ways(link: str) -> None:
    page = Page(f"<head>{link}</head>", url="https://example.org/")
    assert [each.target for each in announced_feeds(page)] == ["feed"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="es" href="/es/feed-the-world">',
        '<link rel="alternate" media="handheld" href="https://m.example.org/feed">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/12">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=feed">',
        '<link rel="alternate" type="text/html" href="/feed">',
        '<link rel="alternate" href="android-app://org.example/https/example.org/">',
        '<link rel="alternate stylesheet" href="/feed.css">',
    ],
)
def test_other_versions_of_a_page_are_no_feeds(link: str) -> None:
    page = Page(f"<head>{link}</head>", url="https://example.org/")
    assert list(announced_feeds(page)) == []
