"""Which addresses are made by one rule, and which go on and on."""

from __future__ import annotations

import pytest

from newscrawl.middlewares.address_patterns import address_pattern, repeats_itself

SITE = "https://paper.example"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/calendar/2024/05/06", "/calendar/1999/12/1"),
        ("/calendar?month=5&year=2024", "/calendar?year=1&month=12"),
        ("/2024/a-long-headline-in-an-address", "/2025/another-long-headline-in-an-address"),
        ("/list?page1=x", "/list?page2=y"),
        ("http-is-no-difference", "http-is-no-difference"),
    ],
)
def test_one_pattern(one: str, other: str) -> None:
    assert address_pattern(f"{SITE}/{one}") == address_pattern(f"{SITE}/{other}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/calendar/2024/05/06", "/calendar/2024/05"),
        ("/calendar/5", "/archive/5"),
        ("/calendar/5", "/calendar/5?view=day"),
        ("/short-slug", "/other-slug"),
    ],
)
def test_two_patterns(one: str, other: str) -> None:
    assert address_pattern(SITE + one) != address_pattern(SITE + other)


@pytest.mark.parametrize(
    "path",
    [
        "/a/a/a",
        "/x/a/b/a/b/a/b/y",
        "/news/2024/news/2024/news/2024/",
        "/a//a//a/",
        "/" + "/".join(map(str, range(41))),
        "/x" * 1_000,
    ],
)
def test_a_path_that_goes_on_and_on(path: str) -> None:
    assert repeats_itself(SITE + path)


@pytest.mark.parametrize(
    "path",
    ["/", "/11/11/11/a-story", "/a/a/b/b", "/a/b/a/b/a", "/de/de/a", "/1/1/1/1", "/a?a=/b/b/b"],
)
def test_a_path_that_does_not(path: str) -> None:
    assert not repeats_itself(SITE + path)
