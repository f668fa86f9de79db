"""What page and host reserve."""

from __future__ import annotations

from newscrawl import extract

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


def test_the_header_is_nearer_the_host_than_the_page() -> None:
    head = "<meta name='tdm-reservation' content='0'>"
    article = extract(PAGE.format(head), headers={"tdm-reservation": "1"})
    assert article.rights["tdm_reservation"] == {"value": "1", "source": "header"}
