"""Links of a feed: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from w3lib.html import remove_tags

from newscrawl.discovery.link import Link, Listing
from newscrawl.discovery.xml import MAX_BYTES, Reading, elements, local_name
from newscrawl.page.decoding import decode
from newscrawl.page.unpacking import unpack_gzip
from newscrawl.text.cleaning import clean_line
from newscrawl.text.urls import clean_url, unescape_url

_ENTRIES = frozenset({"item", "entry"})
_DATES = ("pubdate", "published", "date", "issued", "created")
_MODIFIED = ("updated", "modified")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_JSON_ITEMS = re.compile(r'"items"\s*:\s*\[')
_MAX_HINT = 500
_JSON_SEPARATORS = frozenset(" \t\r\n,")
_WHITE_SPACE = " \t\r\n\f\ufeff"


def read_feed(body: bytes, url: str = "", content_type: str | None = None) -> Listing:
    """Return the articles that a feed lists, in its order, with their headlines and dates.

    ``body`` may be gzip; ``url`` is the feed's address, for relative links. Of a damaged feed the
    entries that are whole are returned, and `Listing.damage` says what is missing; what is no
    feed lists nothing.

    Raises NotAPageError as :func:`newscrawl.discovery.xml.elements` does.
    """
    unpacked = unpack_gzip(body, MAX_BYTES)
    if unpacked.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        torn = None if unpacked.is_whole else "its gzip archive breaks off"
        return _read_json_feed(unpacked.data, url, torn)
    reading = Reading()
    entries = elements(body, _ENTRIES, content_type, reading)
    links = [link for entry in entries if (link := _entry_link(entry, url))]
    return Listing(links, reading.damage)


def _entry_link(entry: etree._Element, feed_url: str) -> Link | None:
    children: dict[str, list[etree._Element]] = {}
    for child in entry:
        if _is_of_the_entry(child):
            children.setdefault(local_name(child), []).append(child)
    found = _entry_address(entry, children)
    if found is None:
        return None
    address, holder = found
    url = clean_url(unescape_url(address), _base_url(holder, feed_url))
    if url is None:
        return None
    return Link(
        url,
        headline=_plain(_first_text(children, ("title",))),
        date=_plain(_first_text(children, _DATES)),
        modified=_plain(_first_text(children, _MODIFIED)),
    )


def _base_url(element: etree._Element, feed_url: str) -> str:
    """Return what the addresses of an element are relative to, by ``xml:base`` of it and around.

    A base that is no address counts for nothing.
    """
    url = feed_url
    holders = (element, *element.iterancestors())
    for base in reversed([base for holder in holders if (base := holder.get(_XML_BASE))]):
        url = clean_url(base, url) or url
    return url


def _is_of_the_entry(child: etree._Element) -> bool:
    """Return whether a child is the entry's own, not of its media and podcast parts."""
    if not isinstance(child.tag, str):
        return False
    namespace, _, name = child.tag.rpartition("}")
    prefix = name.partition(":")[0] if ":" in name else ""
    vocabulary = f"{namespace} {prefix}".lower()
    return not any(word in vocabulary for word in ("mrss", "media", "itunes", "source"))


def _entry_address(
    entry: etree._Element, children: dict[str, list[etree._Element]]
) -> tuple[str, etree._Element] | None:
    """Return the address of the entry's article and the element that it stands in.

    The publisher's own address goes before that of a service which counts readers.
    """
    for name in ("origlink", "link"):
        for element in children.get(name, ()):
            if (text := _text(element)) is not None:
                return text, element
    links = children.get("link", [])
    for relation in (None, "alternate", "self"):
        for link in links:
            if link.get("rel") == relation and (href := link.get("href")):
                return href, link
    for guid in children.get("guid", []) + children.get("id", []):
        text = _text(guid) or ""
        if guid.get("isPermaLink", "true").lower() != "false" and text.startswith("http"):
            return text, guid
    about = entry.get(_RDF_ABOUT)
    return (about, entry) if about else None


def _first_text(children: dict[str, list[etree._Element]], names: tuple[str, ...]) -> str | None:
    for name in names:
        for element in children.get(name, ()):
            if (text := _text(element)) is not None:
                return text
    return None


def _text(element: etree._Element) -> str | None:
    text = "".join(map(str, element.itertext())).strip(_WHITE_SPACE)
    return text or None


def _plain(text: str | None) -> str | None:
    """Return markup's text on one line, or None; feeds often escape their titles twice."""
    if text is None:
        return None
    if "&" in text or "<" in text:
        text = html.unescape(remove_tags(html.unescape(text)))
    return clean_line(text)[:_MAX_HINT] or None


def _read_json_feed(body: bytes, url: str, torn: str | None) -> Listing:
    _, text = decode(body)
    text = text.lstrip(_WHITE_SPACE)
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        items = list(_whole_items(text))
        damage = torn or f"its JSON is broken ({error})"
        return Listing(list(_json_links(items, url)), f"{damage} after {len(items)} whole entries")
    found = feed.get("items") if isinstance(feed, dict) else None
    return Listing(list(_json_links(found if isinstance(found, list) else [], url)), torn)


def _whole_items(text: str) -> Iterator[Any]:
    """Yield the items of a JSON feed up to the first that is broken."""
    start = _JSON_ITEMS.search(text)
    if start is None:
        return
    decoder, position = json.JSONDecoder(), start.end()
    while True:
        while text[position : position + 1] in _JSON_SEPARATORS:
            position += 1
        try:
            item, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield item


def _json_links(items: list[Any], url: str) -> Iterator[Link]:
    for item in items:
        if not isinstance(item, dict):
            continue
        address = _string(item, "url") or _string(item, "external_url") or _string(item, "id")
        if address and (item_url := clean_url(unescape_url(address), url)):
            yield Link(
                item_url,
                headline=_plain(_string(item, "title")),
                date=_plain(_string(item, "date_published")),
                modified=_plain(_string(item, "date_modified")),
            )


def _string(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value.strip() else None
