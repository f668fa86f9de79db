"""Which page of an article an address is."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pagination.page_numbers import (
    MAX_PAGES,
    WHOLE,
    ArticleAddress,
    address_key,
)

HALL = "https://harbour.example/world/market-hall.html?id=7"


@pytest.mark.parametrize(
    ("url", "number", "mark"),
    [
        ("https://www.harbour.example/world/market-hall.html?id=7&utm_source=x", 1, "first"),
        ("https://harbour.example/world/market-hall.html?page=3&id=7", 3, "named"),
        ("https://harbour.example/world/market-hall.html?id=7&start=1", 2, "named"),
        ("https://harbour.example/world/market-hall/2.html?id=7", 2, "step"),
        ("https://harbour.example/world/market-hall_2.html?id=7", 2, "file"),
        ("https://harbour.example/world/market-hall-page-2.html?id=7", 2, "named"),
        ("https://harbour.example/world/market-hall-2?id=7", 2, "suffix"),
        ("https://harbour.example/world/market-hall.html/seite/4/?id=7", 4, "named"),
        ("https://harbour.example/world/market-hall.html?id=7&showall=1", WHOLE, "named"),
        ("https://harbour.example/world/market-hall-all.html?id=7", WHOLE, "named"),
    ],
)
def test_an_address_of_the_article(url, number, mark):
    assert ArticleAddress(HALL).page_of(url) == (number, mark)


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/world/market-hall.html?id=8",
        "https://harbour.example/world/market-hall.html?id=8&page=2",
        "https://harbour.example/world/market-hall.html?page=2",
        "https://harbour.example/world/market-halls-2.html?id=7",
        "https://harbour.example/world/market-hall-2.pdf?id=7",
        "https://harbour.example/world/market-hall-2b.html?id=7",
        f"https://harbour.example/world/market-hall.html?id=7&page={MAX_PAGES + 1}",
        "https://harbour.example:8080/world/market-hall.html?id=7&page=2",
        "https://live.harbour.example/world/market-hall.html?id=7&page=2",
        "http://[::1/world/market-hall.html?id=7&page=2",
        "",
    ],
)
def test_an_address_of_something_else(url):
    assert ArticleAddress(HALL).page_of(url) is None


def test_an_address_that_is_none_is_the_same_as_itself_only():
    assert address_key("http://[::1/a") != address_key("http://[::1/b")
