from __future__ import annotations

import pytest

from newscrawl.discovery import (
    Link,
    announced_feeds,
    is_front_page,
    newest_first,
    news_first,
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


def test_sitemaps_of_news_come_first_then_the_newest() -> None:
    old = Link("https://news.example.org/a.xml", "sitemap", modified="2020-01-01")
    new = Link("https://news.example.org/b.xml", "sitemap", modified="2022-01-01")
    news = Link("https://news.example.org/sitemap-news.xml", "sitemap")
    assert news_first([old, new, news]) == [news, new, old]


def test_a_publication_counts_before_a_change_and_undated_links_come_last() -> None:
    undated = Link("https://example.org/u")
    changed = Link("https://example.org/c", modified="2022-03-01")
    published = Link("https://example.org/p", date="2021-01-01", modified="2023-01-01")
    assert newest_first([undated, published, changed]) == [changed, published, undated]
