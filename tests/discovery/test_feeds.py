from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from newscrawl.discovery import Link, read_feed
from newscrawl.exceptions import NotAPageError

FEED_URL = "https://example.org/feeds/all.xml"


def test_rss_2() -> None:
    feed = b"""<?xml version="1.0" encoding="UTF-8"?>
    <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
      <title>The Example</title><link>https://example.org/</link>
      <item>
        <media:title>A picture's title</media:title>
        <title>Market &amp;amp; hall reopen</title>
        <link>https://example.org/market?utm_source=rss&amp;id=3</link>
        <pubDate>Tue, 12 Apr 2022 18:05:00 -0400</pubDate>
      </item>
      <item><title><![CDATA[ <b>Rain</b> & wind ]]></title>
        <link><![CDATA[https://example.org/rain?a=1&b=2]]></link></item>
    </channel></rss>"""
    assert read_feed(feed, FEED_URL).links == [
        Link(
            "https://example.org/market?id=3",
            headline="Market & hall reopen",
            date="Tue, 12 Apr 2022 18:05:00 -0400",
        ),
        Link("https://example.org/rain?a=1&b=2", headline="Rain & wind"),
    ]


def test_rss_0_91_with_its_document_type() -> None:
    feed = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"
      "http://127.0.0.1:9/rss-0.91.dtd"><rss version="0.91"><channel>
      <item><title>Caf&eacute; opens</title><link>/cafe</link></item></channel></rss>"""
    assert read_feed(feed, FEED_URL).links == [
        Link("https://example.org/cafe", headline="Café opens")
    ]


def test_rdf() -> None:
    feed = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.org/"><title>The Example</title></channel>
      <item rdf:about="https://example.org/one"><title>One</title><dc:date>2022-04-12</dc:date>
      </item></rdf:RDF>"""
    assert read_feed(feed).links == [
        Link("https://example.org/one", headline="One", date="2022-04-12")
    ]


def test_atom_links_are_relative_to_their_base_and_updated_is_no_publication() -> None:
    feed = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/news/">
      <entry><title type="html">Hall &amp;lt;i&amp;gt;open&amp;lt;/i&amp;gt;</title>
        <link rel="enclosure" href="hall.mp3"/><link rel="self" href="hall.atom"/>
        <link rel="alternate" href="hall"/><id>tag:example.org,2022:1</id>
        <updated>2022-04-13T00:00:00Z</updated><published>2022-04-12T08:00:00Z</published></entry>
      <entry><title>Later</title><link href="later"/><updated>2022-04-14T00:00:00Z</updated></entry>
    </feed>"""
    assert read_feed(feed, FEED_URL).links == [
        Link(
            "https://example.org/news/hall",
            headline="Hall open",
            date="2022-04-12T08:00:00Z",
            modified="2022-04-13T00:00:00Z",
        ),
        Link("https://example.org/news/later", headline="Later", modified="2022-04-14T00:00:00Z"),
    ]


def test_a_guid_serves_where_there_is_no_link_and_a_counter_gives_way() -> None:
    feed = b"""<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel>
      <item><guid>https://example.org/a</guid></item>
      <item><guid isPermaLink="false">https://example.org/b</guid></item>
      <item><link>https://counter.example/~r/9</link>
        <feedburner:origLink>https://example.org/c</feedburner:origLink></item>
    </channel></rss>"""
    assert [link.url for link in read_feed(feed).links] == [
        "https://example.org/a",
        "https://example.org/c",
    ]


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "url": "/hall", "title": "Hall & market", "date_published": "2022-04-12"},
            {"id": "https://example.org/two"},
            "no item",
            {"id": 3},
        ],
    }
    assert read_feed(b"\xef\xbb\xbf" + json.dumps(feed).encode(), FEED_URL).links == [
        Link("https://example.org/hall", headline="Hall & market", date="2022-04-12"),
        Link("https://example.org/two"),
    ]


@pytest.mark.parametrize("body", [b"{", b"{}", b'{"items": {}}', b'{"items":' + b"[" * 100_000])
def test_broken_json_gives_nothing(body: bytes) -> None:
    assert read_feed(body).links == []


def test_bare_ampersands_and_harmless_entities_are_read() -> None:
    feed = b"""<!DOCTYPE rss [<!ENTITY paper "The Example &#169;"> <!ENTITY quote 'said "no"'>]>
      <rss><channel><item><title>Fish & chips, &paper; &quote; AT&T &nbsp;&unknown;</title>
      <link>https://example.org/?a=1&b=2</link></item></channel></rss>"""
    assert read_feed(feed).links == [
        Link(
            "https://example.org/?a=1&b=2",
            headline='Fish & chips, The Example © said "no" AT&T &unknown;',
        )
    ]


def test_nested_entities_are_refused() -> None:
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(1, 10))
    feed = (
        f'<!DOCTYPE rss [<!ENTITY l1 "lol">{entities}]><rss><channel><item>'
        "<title>&l10;</title><link>https://example.org/</link></item></channel></rss>"
    )
    with pytest.raises(NotAPageError) as error:
        read_feed(feed.encode())
    assert error.value.reason == "unsafe_xml"


def test_external_entities_are_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    feed = (
        f'<!DOCTYPE rss [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY % b SYSTEM '
        f'"{secret.as_uri()}">]><rss><channel><item><title>x &a; y</title>'
        "<link>https://example.org/</link></item></channel></rss>"
    )
    (link,) = read_feed(feed.encode()).links
    assert link.headline == "x &a; y"


def test_a_feed_that_is_cut_short_gives_what_came_before() -> None:
    feed = b"<rss><channel><item><link>https://example.org/a</link></item><item><link>https://exa"
    assert read_feed(feed).links[0].url == "https://example.org/a"


def test_control_characters_and_undeclared_prefixes_do_no_harm() -> None:
    feed = b"""\n\n<?xml version="1.0"?><rss><channel><item><dc:creator>A</dc:creator>
      <title>A\x0b bell\x07 rang</title><link>https://example.org/a</link></item></channel></rss>"""
    assert read_feed(feed).links == [Link("https://example.org/a", headline="A bell rang")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_declared_encoding_is_obeyed(encoding: str) -> None:
    feed = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>Überfluß für'
        " Jürgen</title><link>https://example.org/a</link></item></channel></rss>"
    ).encode(encoding)
    assert [link.headline for link in read_feed(feed).links] == ["Überfluß für Jürgen"]


def test_links_that_are_not_of_the_web_are_left_out() -> None:
    feed = b"""<rss><channel><item><link>javascript:alert(1)</link></item>
      <item><link>file:///etc/passwd</link></item><item><title>None</title></item></channel></rss>"""
    assert read_feed(feed).links == []


def test_a_long_feed_is_read_to_its_end() -> None:
    items = "".join(
        f"<item><title>Story {n} &amp; more</title><link>https://example.org/{n}</link></item>"
        for n in range(20_000)
    )
    links = read_feed(gzip.compress(f"<rss><channel>{items}</channel></rss>".encode())).links
    assert len(links) == 20_000
    assert links[-1] == Link("https://example.org/19999", headline="Story 19999 & more")
    assert all(link.headline == f"Story {n} & more" for n, link in enumerate(links))


@pytest.mark.parametrize("body", [b"", b"   ", b"<html><body>no feed</body></html>", b"\x00\x01"])
def test_what_is_no_feed_gives_nothing(body: bytes) -> None:
    assert read_feed(body).links == []
