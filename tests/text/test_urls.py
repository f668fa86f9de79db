from __future__ import annotations

import pytest

from newscrawl.discovery import clean_url, is_twin, site_of, target_url, url_key


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/world/hall", "https://example.org/world/hall"),
        ("hall?page=2", "https://example.org/news/hall?page=2"),
        ("//cdn.example.org/a", "https://cdn.example.org/a"),
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443/a#comments", "https://example.org/a"),
        ("/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("/a?gclid=1", "https://example.org/a"),
        ("/a?UTM_Medium=rss", "https://example.org/a"),
        ("  /a\n", "https://example.org/a"),
        ("/a b/ü", "https://example.org/a%20b/%C3%BC"),
        ("/100%-sure", "https://example.org/100%25-sure"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://example.org", "https://example.org/"),
    ],
)
def test_clean_url(address: str, expected: str) -> None:
    assert clean_url(address, "https://example.org/news/") == expected


@pytest.mark.parametrize(
    "address",
    [
        "mailto:a@example.org",
        "javascript:void(0)",
        "tel:+123",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/a",
        "http://",
        "http://[::1",
        "http://example.org:port/",
        "https://example.org/" + "a" * 2100,
    ],
)
def test_what_is_not_of_the_web_is_no_address(address: str) -> None:
    assert clean_url(address, "https://example.org/news/") is None


def test_words_that_only_begin_like_tracking_parameters_stay() -> None:
    assert (
        clean_url("https://example.org/?utmost=1&spmx=2") == "https://example.org/?utmost=1&spmx=2"
    )


@pytest.mark.parametrize(
    "other",
    [
        "https://www.example.org/world/hall/",
        "http://example.org/world/hall",
        "https://EXAMPLE.org/world/hall#top",
        "https://example.org/world/hall?utm_campaign=all",
    ],
)
def test_addresses_of_one_page_have_one_key(other: str) -> None:
    assert url_key(other) == url_key("https://example.org/world/hall")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/world/hall?id=8",
        "https://example.org/world/Hall",
        "https://blog.example.org/world/hall",
        "https://example.org:8080/world/hall",
    ],
)
def test_addresses_of_other_pages_have_other_keys(other: str) -> None:
    assert url_key(other) != url_key("https://example.org/world/hall")


@pytest.mark.parametrize(
    "twin",
    [
        "https://example.org/amp/world/hall",
        "https://example.org/world/hall/amp/",
        "https://example.org/world/hall?amp=1",
        "https://example.org/world/hall?outputType=amp",
    ],
)
def test_an_amp_page_is_the_twin_of_its_article(twin: str) -> None:
    article = "https://example.org/world/hall"
    assert is_twin(twin)
    assert url_key(twin) != url_key(article)
    assert url_key(twin, fold_twins=True) == url_key(article, fold_twins=True)


@pytest.mark.parametrize("path", ["/world/hall", "/amplifier/review", "/print-shop", "/x?ampere=1"])
def test_an_article_is_no_twin(path: str) -> None:
    assert not is_twin(f"https://example.org{path}")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://edition.news.example.co.uk:8080/a", "example.co.uk"),
        ("https://example.org", "example.org"),
        ("https://one.blogspot.com/a", "one.blogspot.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("http://[::1", ""),
    ],
)
def test_site_of(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.org", "https://example.org/"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        (" http://example.org/a ", "http://example.org/a"),
        ("localhost:8000", "http://localhost:8000/"),
        ("127.0.0.1:8000/x", "http://127.0.0.1:8000/x"),
    ],
)
def test_target_url(text: str, url: str) -> None:
    assert target_url(text) == url


@pytest.mark.parametrize(
    "text", ["ftp://example.org/", "two words", "file:///etc/passwd", "http://", ""]
)
def test_what_is_no_target_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="no http or https address"):
        target_url(text)
