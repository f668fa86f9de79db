"""A page decoded, parsed and addressed."""

from __future__ import annotations

import pytest

from newscrawl import NotAPageError
from newscrawl.page.page import MAX_ADDRESS, MAX_BYTES, MAX_TAGS, Page

URL = "https://example.org/news/a"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/b", "https://example.org/b"),
        (" c ", "https://example.org/news/c"),
        ("//cdn.example/x.jpg", "https://cdn.example/x.jpg"),
        ("HTTPS://EXAMPLE.ORG/b", "https://EXAMPLE.ORG/b"),
        ("/a\x00\nb", "https://example.org/ab"),
        ("data:image/png;base64,x", None),
        ("javascript:void(0)", None),
        ("mailto:ana@example.org", None),
        ("file:///etc/passwd", None),
        ("http://[::1", None),
        ("/" + "x" * MAX_ADDRESS, None),
    ],
)
def test_a_link_is_an_absolute_address_of_the_web_or_none(href, address):
    assert Page("<p>x", url=URL).urljoin(href) == address


def test_the_first_base_that_has_an_address_counts():
    page = Page('<base target=_top><base href="/base/"><base href="/other/">', url=URL)
    assert page.urljoin("b") == "https://example.org/base/b"


def test_without_an_address_relative_links_are_none():
    assert Page("<p>x").urljoin("/b") is None


def test_comments_and_instructions_are_not_in_the_tree():
    page = Page("<?xml version='1.0' encoding='x'?><!-- c --><p>a<!-- b -->c<?php echo ?></p>")
    assert page.root.css_first("p").text_lexbor() == "ac"
    assert [element.tag for element in page.root.css("*")] == ["html", "head", "body", "p"]


def test_a_page_of_text_alone_has_a_tree():
    assert Page("only words").root.text_lexbor() == "only words"


def test_articles_named_by_address_or_title_come_first_then_the_fullest():
    nodes = (
        '{"@type":"Article","headline":"Full","datePublished":"2024","author":"A"},'
        '{"@type":"Article","headline":"In the title"},'
        '{"@type":"Article","mainEntityOfPage":{"@id":"https://example.org/news/a/"}},'
        '{"@type":"Article"}'
    )
    page = Page(
        f'<title>In the title</title><script type="application/ld+json">[{nodes}]</script>', url=URL
    )
    assert [node.get("headline") for node in page.articles] == ["In the title", None, "Full", None]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "empty"),
        (b"\x00\xef\xbb\xbf \n", "binary"),
        ("\ufeff\n", "empty"),
        (b"%PDF-1.4", "binary"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        ("<" * (MAX_TAGS + 1), "too_large"),
    ],
)
def test_what_is_no_page_is_refused_by_name(html, reason):
    with pytest.raises(NotAPageError) as error:
        Page(html)
    assert error.value.reason == reason
    assert error.value.detail


def test_the_header_says_the_charset_where_no_content_type_is_given():
    body = "<p>Мост".encode("cp1251")
    page = Page(body, headers={"content-type": "text/html; charset=windows-1251"})
    assert (page.encoding, page.root.text_lexbor().strip()) == ("cp1251", "Мост")


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://a.example/b/c">',
        '<link rel="canonical" href="/b/c"><meta property="og:url" content="https://a.example/b/c">',
    ],
)
def test_a_page_without_an_address_is_where_it_says(head):
    page = Page(f"<head>{head}</head><p>Text.")
    assert page.urljoin("d.jpg") == "https://a.example/b/d.jpg"
    assert Page(f"<head>{head}</head><p>Text.", url="https://e.example/").urljoin("d.jpg") == (
        "https://e.example/d.jpg"
    )


def test_a_page_that_says_nothing_of_its_address_has_no_relative_links():
    assert Page("<p>Text.").urljoin("d.jpg") is None


@pytest.mark.parametrize("end", ["</body></html>", "</BODY>\n</HTML >", "</html>"])
def test_what_comes_after_an_early_end_is_part_of_the_page(end):
    article = "".join(f"<p>Paragraph {number} of the article.</p>" for number in range(20))
    page = Page(f"<html><body><header>Menu</header>{end}<div>{article}</div></body></html>")
    assert len(page.root.css("body > div > p")) == 20


def test_a_selector_reads_the_page_as_it_was_decoded():
    page = Page("<p>Zürich \u2603".encode("latin-1", "xmlcharrefreplace"))
    assert page.selector.css("p::text").get() == "Zürich \u2603"
