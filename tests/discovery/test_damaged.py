"""Feeds and sitemaps that are not well-formed, or not whole."""

from __future__ import annotations

import gzip
import json
import time

import pytest

from newscrawl.discovery import Listing, read_feed, read_sitemap

SITE = "https://example.org"


def rss(*titles: str, end: str = "</channel></rss>") -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{SITE}/{number}</link></item>"
        for number, title in enumerate(titles)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel>{items}{end}".encode()


def paths(listing: Listing) -> list[str]:
    return [link.url.removeprefix(f"{SITE}/") for link in listing.links]


@pytest.mark.parametrize(
    "title",
    [
        "Turnout < 40 per cent",
        "Projects <6 months",
        "Score <-- final",
        "a <b c",
        "Price <$5",
        "An <b>unclosed word",
        "An </b>unopened word",
        "<![CDATA[never closed",
        "<!-- never closed",
        "Crossed <b><i>tags</b></i>",
        '<a href="x>y',
    ],
)
def test_a_fault_within_one_title_costs_no_other_entry(title: str) -> None:
    listing = read_feed(rss("first", title, "third", "fourth"))
    assert paths(listing) == ["0", "1", "2", "3"]
    assert listing.damage is None
    assert [link.headline for link in listing.links][2:] == ["third", "fourth"]


def test_what_follows_a_title_that_is_never_closed_is_not_lost() -> None:
    body = rss("a", "b", "c").replace(b"<title>b</title>", b"<title>b")
    listing = read_feed(body)
    assert paths(listing) == ["0", "1", "2"]
    assert listing.links[1].headline == "b"


def test_an_entry_that_is_never_closed_ends_where_the_next_begins() -> None:
    body = rss("a", "b", "c").replace(b"/0</link></item>", b"/0</link>")
    assert paths(read_feed(body)) == ["0", "1", "2"]


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.7, 0.9])
def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes(kept: float) -> None:
    body = rss(*"abcdefgh")
    torn = read_feed(body[: int(len(body) * kept)])
    whole = body[: int(len(body) * kept)].count(b"</item>")
    assert paths(torn) == [str(number) for number in range(whole)]
    assert torn.damage == f"it breaks off after {whole} whole entries"


def test_half_an_address_is_not_listed() -> None:
    body = rss("a", "b")
    cut = body.rindex(b"/1</link>") + 1
    assert paths(read_feed(body[:cut])) == ["0"]


def test_a_feed_without_its_last_tags_is_told() -> None:
    listing = read_feed(rss("a", "b", end=""))
    assert paths(listing) == ["0", "1"]
    assert listing.damage == "it breaks off after 2 whole entries"


def test_entries_that_cannot_be_listed_are_no_damage() -> None:
    body = rss("a", "b").replace(f"{SITE}/0".encode(), b"mailto:news@example.org")
    listing = read_feed(body)
    assert (paths(listing), listing.damage) == (["1"], None)


def test_a_sitemap_that_breaks_off() -> None:
    urls = "".join(f"<url><loc>{SITE}/{number}</loc></url>" for number in range(3))
    listing = read_sitemap(f"<urlset>{urls}<url><loc>{SITE}/3".encode())
    assert paths(listing) == ["0", "1", "2"]
    assert listing.damage == "it breaks off after 3 whole entries"


def test_a_torn_archive_is_told() -> None:
    urls = "".join(f"<url><loc>{SITE}/{number}</loc></url>" for number in range(5_000))
    packed = gzip.compress(f"<urlset>{urls}</urlset>".encode())
    listing = read_sitemap(packed[: len(packed) // 2])
    assert 0 < len(listing.links) < 5_000
    assert paths(listing) == [str(number) for number in range(len(listing.links))]
    assert listing.damage is not None
    assert "its gzip archive breaks off" in listing.damage


def test_every_member_of_an_archive_is_read() -> None:
    body = rss("a", "b", "c")
    third = len(body) // 3
    members = [body[:third], body[third : 2 * third], body[2 * third :]]
    listing = read_feed(b"".join(map(gzip.compress, members)) + b"\x00" * 8)
    assert (paths(listing), listing.damage) == (["0", "1", "2"], None)


def test_a_json_feed_that_breaks_off() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": f"{SITE}/{number}", "title": "A"} for number in range(4)],
    }
    body = json.dumps(feed).encode()
    listing = read_feed(body[: body.rindex(b"/3")])
    assert paths(listing) == ["0", "1", "2"]
    assert listing.damage is not None
    assert "JSON is broken" in listing.damage
    assert listing.damage.endswith("after 3 whole entries")


def test_an_emoji_as_two_references_is_one_character() -> None:
    listing = read_feed(rss("Ferry &#55357;&#56842; sails", "&#xD83D;&#xDE0A;", "&#0;&#xFFFF;x"))
    assert [link.headline for link in listing.links] == ["Ferry 😊 sails", "😊", "x"]


def test_half_an_emoji_costs_nothing_but_itself() -> None:
    assert [link.headline for link in read_feed(rss("a &#55357; b", "c")).links] == ["a b", "c"]


@pytest.mark.parametrize("base", ["http://[", "::", "javascript:x", "http://a b:c/"])
def test_a_base_that_is_no_address_counts_for_nothing(base: str) -> None:
    body = rss("a").replace(b"<item>", f'<item xml:base="{base}">'.encode())
    assert paths(read_feed(body)) == ["0"]


def test_a_link_may_have_a_base_of_its_own() -> None:
    body = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{SITE}/a/"><entry>'
        '<link xml:base="b/" href="c"/></entry></feed>'
    ).encode()
    assert paths(read_feed(body)) == ["a/b/c"]


@pytest.mark.parametrize(
    "name",
    "cent copy curren deg divide eth macr micro not ordf para reg sect shy times yen".split(),
)
@pytest.mark.parametrize("form", ["&amp;{}ion=2", "&amp;amp;{}ion=2", "&{}ion=2"])
def test_a_parameter_may_begin_like_a_reference(name: str, form: str) -> None:
    escaped = f"{SITE}/?a=1{form.format(name)}"
    wanted = f"{SITE}/?a=1&{name}ion=2"
    item = f"<rss><channel><item><link>{escaped}</link></item></channel></rss>"
    assert [link.url for link in read_feed(item.encode()).links] == [wanted]
    urlset = f"<urlset><url><loc>{escaped}</loc></url></urlset>"
    assert [link.url for link in read_sitemap(urlset.encode()).links] == [wanted]


@pytest.mark.parametrize("between", ["&", "&amp;", "&#38;", "&amp;amp;"])
def test_an_address_in_cdata_may_be_escaped_or_not(between: str) -> None:
    address = f"<![CDATA[{SITE}/?a=1{between}section=2]]>"
    body = f"<rss><channel><item><link>{address}</link></item></channel></rss>"
    assert [link.url for link in read_feed(body.encode()).links] == [f"{SITE}/?a=1&section=2"]


def test_a_line_break_within_an_address_is_dropped() -> None:
    body = rss("a").replace(f"{SITE}/0".encode(), f"{SITE}/a-long-\n      story".encode())
    assert paths(read_feed(body)) == ["a-long-story"]


@pytest.mark.parametrize(
    "before",
    [
        b"\r\n\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf",
        b"\xc2\xa0",
        b"<br />\n<b>Notice</b>: Undefined index: x in <b>/a.php</b> on line <b>3</b><br />\n",
        b"Warning: Cannot modify header information\n",
        b"<!-- " + b"x" * 70_000 + b" -->",
    ],
)
def test_what_stands_before_the_first_tag_is_passed_over(before: bytes) -> None:
    assert paths(read_feed(before + rss("a", "b"))) == ["0", "1"]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel>" + b"<item>" * 200_000,
        b"<rss><channel><item>" + b"<b>" * 300_000,
        b"<rss><channel>" + b"<![CDATA[" * 200_000,
        b"<rss><channel>" + b"<!--" * 200_000,
        b"<rss><channel><item>" + b'<a b="' * 200_000,
        b"<rss><channel><item><title>" + b"<" * 1_000_000,
        b"<rss><channel><item>" + b"</b>" * 300_000 + b"</item>",
    ],
)
def test_no_fault_takes_long(body: bytes) -> None:
    begun = time.process_time()
    read_feed(body)
    assert time.process_time() - begun < 5
