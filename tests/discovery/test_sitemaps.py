from __future__ import annotations

import gzip

import pytest

from newscrawl.discovery import Link, read_sitemap
from newscrawl.exceptions import NotAPageError

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
    xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc> https://example.org/hall?a=1&b=2 </loc>
    <lastmod>2022-04-13</lastmod>
    <xhtml:link rel="alternate" hreflang="es" href="https://example.org/es/sala"/>
    <image:image><image:loc>https://example.org/hall.jpg</image:loc>
      <image:title>A picture</image:title></image:image>
    <news:news>
      <news:publication><news:name>The Example</news:name></news:publication>
      <news:publication_date>2022-04-12T18:05:00-04:00</news:publication_date>
      <news:title>Hall &amp; market</news:title>
    </news:news>
  </url>
  <url><loc>https://example.org/old</loc><lastmod>2019-01-01</lastmod></url>
  <url><lastmod>2019-01-01</lastmod></url>
</urlset>"""
ARTICLES = [
    Link(
        "https://example.org/hall?a=1&b=2",
        headline="Hall & market",
        date="2022-04-12T18:05:00-04:00",
        modified="2022-04-13",
    ),
    Link("https://example.org/old", modified="2019-01-01"),
]


@pytest.mark.parametrize("body", [NEWS, gzip.compress(NEWS)], ids=["plain", "gzip"])
def test_a_news_sitemap_and_lastmod_is_never_the_date(body: bytes) -> None:
    assert read_sitemap(body).links == ARTICLES


def test_an_index() -> None:
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>/sitemap-1.xml.gz</loc><lastmod>2022-04-12</lastmod></sitemap>
      <sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap></sitemapindex>"""
    assert read_sitemap(index, "https://example.org/sitemap.xml").links == [
        Link("https://example.org/sitemap-1.xml.gz", "sitemap", modified="2022-04-12"),
        Link("https://example.org/sitemap-2.xml", "sitemap"),
    ]


def test_a_list_of_addresses() -> None:
    body = b"\xef\xbb\xbfhttps://example.org/a\r\n\r\nhttps://example.org/b\nno address\n"
    assert [link.url for link in read_sitemap(body).links] == [
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_an_archive_that_unpacks_beyond_the_limit_is_refused() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 120_000_000)
    with pytest.raises(NotAPageError) as error:
        read_sitemap(bomb)
    assert error.value.reason == "too_large"


@pytest.mark.parametrize("cut", [40, 200])
def test_a_torn_archive_gives_what_can_be_read(cut: int) -> None:
    urls = "".join(f"<url><loc>https://example.org/{n * 7919}</loc></url>" for n in range(200))
    links = read_sitemap(gzip.compress(f"<urlset>{urls}</urlset>".encode())[:-cut]).links
    assert 0 < len(links) <= 200
    assert links[0].url == "https://example.org/0"


def test_what_only_looks_like_an_archive_is_refused() -> None:
    with pytest.raises(NotAPageError) as error:
        read_sitemap(b"\x1f\x8b\x08no archive")
    assert error.value.reason == "binary"


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"<urlset/>"])
def test_what_lists_nothing_gives_nothing(body: bytes) -> None:
    assert read_sitemap(body).links == []
