from __future__ import annotations

import pytest

from newscrawl.discovery import Link, newest_first, period_of, priority_of, sitemaps_newest_first
from newscrawl.discovery.order import instant_of

NOW = 1_764_590_400.0  # 2025-12-01T12:00:00Z
HOUR = 3_600.0


def article(name: str, date: str | None = None, modified: str | None = None) -> Link:
    return Link(f"https://example.org/{name}", date=date, modified=modified)


def sitemap(name: str, modified: str | None = None) -> Link:
    return Link(f"https://example.org/{name}", "sitemap", modified=modified)


def test_a_publication_counts_before_a_change_and_undated_links_come_last() -> None:
    undated, changed = article("u"), article("c", modified="2022-03-01")
    published = article("p", date="2021-01-01", modified="2023-01-01")
    assert newest_first([undated, published, changed]) == [changed, published, undated]


def test_the_dates_of_rss_are_compared_as_instants_not_as_text() -> None:
    tuesday = article("tue", "Tue, 11 Nov 2025 23:30:00 -0500")
    wednesday = article("wed", "Wed, 12 Nov 2025 04:00:00 +0000")
    monday = article("mon", "Mon, 10 Nov 2025 09:00:00 GMT")
    assert newest_first([monday, wednesday, tuesday]) == [tuesday, wednesday, monday]


def test_undated_links_keep_the_order_of_their_page() -> None:
    links = [article("c"), article("a"), article("b")]
    assert newest_first(links) == links


def test_sitemaps_of_news_come_first_then_the_newest() -> None:
    old, new = sitemap("a.xml", "2020-01-01"), sitemap("b.xml", "2022-01-01")
    news = sitemap("sitemap-news.xml")
    assert sitemaps_newest_first([old, new, news]) == [news, new, old]


@pytest.mark.parametrize(
    "names",
    [
        ["posts-2010.xml", "posts-2024.xml", "posts-2025.xml"],
        ["2024/11/map.xml", "2025/02/map.xml", "2025/10/map.xml"],
        ["map.xml?yyyy=2024&mm=11", "map.xml?yyyy=2025&mm=02"],
        ["post-sitemap1.xml", "post-sitemap2.xml", "post-sitemap10.xml"],
    ],
)
def test_sitemaps_without_a_date_go_by_what_their_addresses_name(names: list[str]) -> None:
    oldest_first = [sitemap(name) for name in names]
    assert sitemaps_newest_first(oldest_first) == oldest_first[::-1]


@pytest.mark.parametrize(
    ("address", "days"),
    [
        ("https://example.org/sitemap-2024.xml", 366),
        ("https://example.org/sitemap-2024-02.xml", 29),
        ("https://example.org/sitemap-20240229.xml", 1),
        ("https://example.org/2025/12/sitemap.xml", 31),
    ],
)
def test_the_period_of_a_sitemap(address: str, days: int) -> None:
    period = period_of(address)
    assert period is not None
    assert period[1] - period[0] == days * 24 * HOUR


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap-30001.xml", "sitemap-20240230.xml"])
def test_an_address_that_names_no_day_has_no_period(name: str) -> None:
    period = period_of(f"https://example.org/{name}")
    assert period is None or period[1] - period[0] > 24 * HOUR


def test_the_newer_a_page_the_sooner_it_is_asked_for() -> None:
    dates = ["2025-12-01T11:00:00Z", "2025-11-30T12:00:00Z", "2025-10-01", "2015-01-01"]
    priorities = [priority_of(article(date, date), 50, NOW) for date in dates]
    assert priorities == sorted(priorities, reverse=True)
    assert len(set(priorities)) == len(priorities)


def test_undated_pages_go_by_their_place() -> None:
    priorities = [priority_of(article("a"), place, NOW) for place in (0, 2, 10, 100)]
    assert priorities == sorted(priorities, reverse=True)
    assert len(set(priorities)) == 4


def test_listings_come_before_articles_and_old_sitemaps_before_what_they_list() -> None:
    newest = priority_of(article("a", "2025-12-01T12:00:00Z"), 0, NOW)
    for link in (sitemap("map.xml"), sitemap("map-2025-12.xml"), sitemap("map-2025.xml")):
        assert priority_of(link, 0, NOW) > newest
    assert priority_of(Link("https://example.org/s", "section"), 0, NOW) > newest
    archive = priority_of(sitemap("map-2019-05.xml"), 0, NOW)
    assert archive < newest
    assert archive > priority_of(article("b", "2019-05-31T23:00:00Z"), 0, NOW)


def test_a_date_of_tomorrow_is_as_new_as_one_of_now() -> None:
    tomorrow, now = article("a", "2025-12-02T12:00:00Z"), article("b", "2025-12-01T12:00:00Z")
    assert priority_of(tomorrow, 0, NOW) == priority_of(now, 0, NOW)


@pytest.mark.parametrize("date", ["", "soon", "Tue, 99 Foo 2025", "9" * 400])
def test_what_is_no_date_has_no_instant(date: str) -> None:
    assert instant_of(date) is None
