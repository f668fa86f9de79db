"""Which rules of a robots.txt are ours, and what they allow."""

from __future__ import annotations

import gzip

import pytest

from newscrawl.middlewares.robots_parser import MAX_BYTES, PathPattern, RobotsTxtParser

URL = "https://paper.example"


def allowed(text: str | bytes, path: str) -> bool:
    body = text.encode() if isinstance(text, str) else text
    return RobotsTxtParser(body, None, "newscrawl").allowed(URL + path, "newscrawl")


@pytest.mark.parametrize(
    "agent", ["newscrawl", "NewsCrawl", "newscrawl/2.1", "*", "newscrawl # ours"]
)
def test_a_group_that_is_ours(agent: str) -> None:
    assert not allowed(f"User-agent: {agent}\nDisallow: /a\n", "/a/b")


@pytest.mark.parametrize("agent", ["news", "newscrawler", "crawl", "other", ""])
def test_a_group_that_is_not_ours(agent: str) -> None:
    assert allowed(f"User-agent: {agent}\nDisallow: /a\n", "/a/b")


def test_our_own_groups_count_together_and_those_for_everyone_do_not() -> None:
    text = (
        "User-agent: newscrawl\nDisallow: /a\n"
        "User-agent: *\nDisallow: /\n"
        "User-agent: other\nUser-agent: newscrawl\nDisallow: /b\n"
    )
    assert [allowed(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_our_own_group_without_a_rule_allows_everything() -> None:
    assert allowed("User-agent: *\nDisallow: /\n\nUser-agent: newscrawl\nDisallow:\n", "/a")


def test_blank_unknown_and_sitemap_lines_do_not_end_a_group() -> None:
    text = (
        "User-agent: newscrawl\n\nNoindex: /x\nSitemap: https://paper.example/s.xml\n"
        "User-agent: other\n\nHost: paper.example\nDisallow: /a\n"
    )
    assert not allowed(text, "/a")


def test_the_longest_match_wins_and_of_equals_the_one_that_allows() -> None:
    text = (
        "User-agent: *\nDisallow: /\nAllow: /news/\nDisallow: /news/*.pdf$\n"
        "Disallow: /same\nAllow: /same\n"
    )
    answers = {
        "/": False,
        "/news/a": True,
        "/news/a.pdf": False,
        "/news/a.pdf?x": True,
        "/same": True,
    }
    assert {path: allowed(text, path) for path in answers} == answers


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_and_a_byte_order_mark(end: str) -> None:
    lines = ("user-agent:*", "DISALLOW : /a", "Disallow /b")
    assert not allowed(b"\xef\xbb\xbf" + end.join(lines).encode(), "/a")
    assert not allowed(end.join(lines), "/b")


def test_a_page_in_the_place_of_the_file_has_no_rules() -> None:
    page = "\n <!doctype html><pre>\nUser-agent: *\nDisallow: /\n</pre>"
    assert allowed(page, "/a")


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert not allowed(b"\xff\x00\xfe\nUser-agent: *\n\xff\nDisallow: /a\n", "/a")


def test_what_is_within_500_kib_counts_and_half_a_line_does_not() -> None:
    start = b"User-agent: *\nDisallow: /early\n"
    last = b"\nDisallow: /late"
    filling = b"#" * (MAX_BYTES - len(start) - len(last))
    whole = start + filling + last + b"\n"
    assert not allowed(whole[:MAX_BYTES], "/late")
    cut = start + filling + b"#" + last + b"r\nDisallow: /never\n"
    assert not allowed(cut, "/early")
    assert allowed(cut, "/later")
    assert allowed(cut, "/late")
    assert allowed(cut, "/never")


@pytest.mark.parametrize(
    ("value", "delay"), [("2.5", 2.5), ("-1", None), ("nan", None), ("soon", None), ("", None)]
)
def test_crawl_delay(value: str, delay: float | None) -> None:
    parser = RobotsTxtParser(f"User-agent: *\nCrawl-delay: {value}\n".encode(), None, "newscrawl")
    assert parser.crawl_delay("newscrawl") == delay


def test_usage_of_our_group_the_longest_path_first() -> None:
    text = (
        "User-agent: other\nContent-Signal: search=no\n"
        "User-agent: *\nContent-Signal: search=yes, ai-train=no\nContent-Usage: train-ai=n\n"
        "Content-Usage: /open/ train-ai=y\nAllow: /\n"
    )
    parser = RobotsTxtParser(text.encode(), None, "newscrawl")
    signal = {"content_signal": "search=yes, ai-train=no"}
    assert parser.usage(f"{URL}/a") == signal | {"content_usage": "train-ai=n"}
    assert parser.usage(f"{URL}/open/a") == signal | {"content_usage": "train-ai=y"}
    assert RobotsTxtParser(b"", None, "newscrawl").usage(f"{URL}/a") == {}


def test_path_patterns() -> None:
    pattern = PathPattern("/a/*/b$")
    assert pattern.matches(f"{URL}/a/x/y/b")
    assert not pattern.matches(f"{URL}/a/x/b/c")
    assert PathPattern("/caf%C3%A9").matches(f"{URL}/caf%c3%a9/menu")


TEXT = "User-agent: *\nDisallow: /a\nSitemap: https://paper.example/map.xml\n"


@pytest.mark.parametrize(
    "body",
    [
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        gzip.compress(TEXT.encode(), mtime=0),
        b"\xef\xbb\xbf" + TEXT.encode(),
    ],
)
def test_a_file_in_another_encoding_holds_all_the_same(body: bytes) -> None:
    assert [allowed(body, path) for path in ("/a", "/b")] == [False, True]


@pytest.mark.parametrize(
    "value",
    [
        '"https://paper.example/map.xml"',
        "'https://paper.example/map.xml'",
        "<https://paper.example/map.xml>",
        "[https://paper.example/map.xml]",
        "( https://paper.example/map.xml )",
        "https://paper.example/map.xml",
    ],
)
def test_the_address_of_a_sitemap_may_stand_in_quotes_or_brackets(value: str) -> None:
    parser = RobotsTxtParser(f"Sitemap: {value}\n".encode(), None)
    assert list(parser.rp.sitemaps) == ["https://paper.example/map.xml"]
