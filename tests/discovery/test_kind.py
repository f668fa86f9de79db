from __future__ import annotations

import gzip

import pytest

from newscrawl.discovery import document_kind, is_binary, may_be_wanted

DOCTYPE = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<!DOCTYPE rss [<!ENTITY a "b">]>\n'


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"<rss version='2.0'/>", "text/html", "feed"),
        (DOCTYPE + b"<rss/>", "application/octet-stream", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'/>", "", "feed"),
        (b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'/>", "text/xml", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', "application/json", "feed"),
        (b'{"version": "1.0", "items": []}', "application/json", "other"),
        (b"\xef\xbb\xbf<urlset/>", "text/xml", "sitemap"),
        (b"<sm:sitemapindex xmlns:sm='x'/>", "application/xml", "sitemap"),
        (gzip.compress(b"<urlset/>", mtime=0), "application/gzip", "sitemap"),
        ("<?xml version='1.0' encoding='utf-16'?><urlset/>".encode("utf-16"), "", "sitemap"),
        (b"https://example.org/a\nhttps://example.org/b\n", "text/plain", "sitemap"),
        (b"<!DOCTYPE html><html></html>", "text/html", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'/>", "application/xml", "html"),
        (b"<p>A page without a head", "text/plain", "html"),
        (b"", "text/html", "html"),
        (b"Only words.", None, "html"),
        (b"Only words.", "text/plain", "other"),
        (b"%PDF-1.7", "text/html", "other"),
        (gzip.compress(b"no markup", mtime=0), "application/gzip", "other"),
        (b"\x1f\x8b\x08 no archive", "application/gzip", "other"),
        (b"<!--" + b"-" * 100_000, "text/html", "html"),
    ],
)
def test_the_bytes_decide_before_the_content_type(
    body: bytes, content_type: str | None, kind: str
) -> None:
    assert document_kind(body, content_type) == kind


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html; charset=utf-8",
        "application/xhtml+xml",
        "TEXT/XML",
        "text/plain",
        "",
        None,
        "html",
        "*/*",
        "text/html, text/html; charset=utf-8",
        "text/html charset=utf-8",
        "text/html:charset=utf-8",
        "text/htm",
        "unknown/unknown",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-httpd-php",
    ],
)
def test_what_may_be_a_page_is_read(content_type: str | None) -> None:
    assert may_be_wanted(content_type, listing=False)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/pdf", "video/mp4", "image/png", "image/svg+xml", "audio/mpeg", "font/woff2",
        "application/json", "application/ld+json; charset=utf-8", "application/zip", "text/css",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/javascript", "text/csv", "text/calendar",
    ],
)  # fmt: skip
def test_what_is_no_page_is_not_read(content_type: str) -> None:
    assert not may_be_wanted(content_type, listing=False)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/feed+json",
        "application/x-gzip",
        "image/png",
        "text/javascript",
    ],
)
def test_what_may_be_a_feed_or_sitemap_is_read_where_one_is_expected(content_type: str) -> None:
    assert may_be_wanted(content_type, listing=True)


@pytest.mark.parametrize(
    "head",
    [
        b"%PDF-1.7", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"PK\x03\x04", b"RIFF\x00",
        b"\x00\x00\x00\x20ftypisom", b"\x7fELF\x02\x01\x01\x00\x00\x00",
    ],
)  # fmt: skip
def test_pictures_recordings_and_archives_are_binary(head: bytes) -> None:
    assert is_binary(head)
    assert document_kind(head + b"<html>", "text/html") == "other"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html>",
        b"\xef\xbb\xbf<rss>",
        "<rss>".encode("utf-16"),
        gzip.compress(b"<rss/>", mtime=0),
    ],
)  # fmt: skip
def test_text_in_any_encoding_is_not_binary(head: bytes) -> None:
    assert not is_binary(head)
