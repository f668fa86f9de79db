from __future__ import annotations

import pytest

from newscrawl.discovery import Link
from newscrawl.discovery.scope import Scope, parse_scope
from newscrawl.items import Article

NOW = 1_764_590_400.0  # 2025-12-01T12:00:00Z
URL = "https://example.org/world/a-hall"


def scope(**options: object) -> Scope:
    return parse_scope(**options, now=NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("date", "since", "admitted"),
    [
        ("2025-11-25", "7d", True),
        ("2025-11-24", "7d", True),  # its end is within seven days
        ("2025-11-23", "7d", False),
        ("2025-12-01T00:30:00Z", "12h", True),
        ("2025-11-30T23:30:00Z", "12h", False),
        ("2025-12-01T00:30:00+02:00", "2025-11-30T22:00:00Z", True),
        ("2025-11-30", "2025-12-01", False),
        ("2025-12-01", "2025-12-01", True),
        (None, "2025-12-01", True),
    ],
)
def test_since(date: str | None, since: str, admitted: bool) -> None:
    assert scope(since=since).admits(Article(URL, date=date)) is admitted
    assert scope(since=since).admits_link(Link(URL, date=date)) is admitted


@pytest.mark.parametrize(
    ("date", "until", "admitted"),
    [
        ("2025-11-30", "2025-11-30", True),
        ("2025-11-30T23:59:00Z", "2025-11-30", True),
        ("2025-12-01", "2025-11-30", False),
        ("2025-12-01T10:00:00Z", "1h", True),
        ("2025-12-01T11:30:00Z", "1h", False),
    ],
)
def test_until(date: str, until: str, admitted: bool) -> None:
    assert scope(until=until).admits(Article(URL, date=date)) is admitted


def test_a_change_says_nothing_of_the_end() -> None:
    link = Link(URL, modified="2025-12-01")
    assert scope(until="2025-11-01").admits_link(link)
    assert not scope(since="2025-12-01").admits_link(Link(URL, modified="2025-11-01"))


def test_addresses_and_languages() -> None:
    some = scope(match=["/world/", "/town/"], exclude=["live"], language=["en", "pt-BR"])
    assert some.admits_address(URL)
    assert not some.admits_address("https://example.org/sport/a")
    assert not some.admits_address("https://example.org/world/live/a")
    tags = {"en-GB": True, "en": True, "pt-br": True, "pt": False, None: False}
    assert {tag: some.admits(Article(URL, language=tag)) for tag in tags} == tags


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"since": "soon"}, "since soon: write a day"),
        ({"until": "2025-13-01"}, "until 2025-13-01: write a day"),
        ({"since": "2025-12-02", "until": "2025-12-01"}, "is not before until"),
        ({"match": ["("]}, r"match \(: no regular expression"),
    ],
)
def test_what_makes_no_sense_is_named(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        scope(**options)
