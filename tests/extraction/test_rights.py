"""What page and host reserve."""

from __future__ import annotations

import pytest

from newscrawl import extract
from newscrawl.extraction.rights import robots_directives

PAGE = "<head>{}</head><h1>A new market</h1><p>Text."


def test_nothing_is_reserved() -> None:
    assert extract(PAGE.format("")).rights == {}


def test_robots_and_tdm_of_the_page() -> None:
    head = (
        "<meta name='ROBOTS' content='noarchive'><meta name='tdm-reservation' content='1'>"
        "<meta name='tdm-policy' content='https://paper.example/tdm.json'>"
    )
    assert extract(PAGE.format(head)).rights == {
        "robots": {"value": "noarchive", "source": "meta"},
        "tdm_reservation": {"value": "1", "source": "meta"},
        "tdm_policy": {"value": "https://paper.example/tdm.json", "source": "meta"},
    }


def test_headers_of_the_response() -> None:
    headers = {"x-robots-tag": "noai, noimageai", "tdm-reservation": "1"}
    assert extract(PAGE.format(""), headers=headers).rights == {
        "robots_header": {"value": "noai, noimageai", "source": "header"},
        "tdm_reservation": {"value": "1", "source": "header"},
    }


def test_the_page_is_nearer_to_the_text_than_the_header() -> None:
    head = "<meta name='tdm-reservation' content='0'>"
    article = extract(PAGE.format(head), headers={"tdm-reservation": "1"})
    assert article.rights["tdm_reservation"] == {"value": "0", "source": "meta"}


@pytest.mark.parametrize(
    ("name", "value", "directives"),
    [
        ("robots", "NoIndex , nofollow", {"noindex", "nofollow"}),
        ("robots", "none", {"noindex", "nofollow"}),
        ("robots", "max-snippet: 50, noarchive", {"max-snippet: 50", "noarchive"}),
        ("newscrawl", "noarchive", {"noarchive"}),
        ("googlebot", "noindex", set()),
        ("robots_header", "noarchive, otherbot: noindex, nofollow", {"noarchive"}),
        ("robots_header", "otherbot: noindex, newscrawl: noarchive", {"noarchive"}),
        ("robots_header", "unavailable_after: 25 Jun 2025 15:00:00 PST, noindex",
         {"unavailable_after: 25 jun 2025 15:00:00 pst", "noindex"}),
        ("tdm_reservation", "noindex", set()),
    ],
)  # fmt: skip
def test_directives_that_are_for_us(name: str, value: str, directives: set[str]) -> None:
    assert robots_directives({name: {"value": value, "source": "meta"}}) == directives
