"""Links of a feed: RSS 0.9x, 1.0 (RDF) and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree
from w3lib.html import remove_tags

from newscrawl.discovery.link import Link
from newscrawl.discovery.xml import elements, gunzip, local_name
from newscrawl.page.decoding import decode
from newscrawl.text.cleaning import clean_line
from newscrawl.text.urls import clean_url

_ENTRIES = frozenset({"item", "entry"})
_DATES = ("pubdate", "published", "date", "issued", "created")
_MODIFIED = ("updated", "modified")
_RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MAX_HINT = 500
_WHITE_SPACE = " \t\r\n\f\ufeff"


def feed_links(body: bytes, url: str = "", content_type: str | None = None) -> Iterator[Link]:
    """Yield the articles that a feed lists, in its order, with their headlines and dates.

    ``url`` is the feed's address, for relative links. Raises NotAPageError as
    :func:`newscrawl.discovery.xml.elements` does; what is no feed gives nothing.
    """
    body = gunzip(body)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _json_feed_links(body, url)
        return
    for element in elements(body, _ENTRIES, content_type):
        if local_name(element) in _ENTRIES and (link := _entry_link(element, url)):
            yield link


def _entry_link(entry: etree._Element, feed_url: str) -> Link | None:
    children: dict[str, list[etree._Element]] = {}
    for child in entry:
        if _is_of_the_entry(child):
            children.setdefault(local_name(child), []).append(child)
    address = _entry_address(entry, children)
    url = clean_url(address, urljoin(feed_url, entry.base or "")) if address else None
    if url is None:
        return None
    return Link(
        url,
        headline=_plain(_first_text(children, ("title",))),
        date=_plain(_first_text(children, _DATES)),
        modified=_plain(_first_text(children, _MODIFIED)),
    )


def _is_of_the_entry(child: etree._Element) -> bool:
    """Tell the entry's own title, link and date from those of its media and podcast parts."""
    if not isinstance(child.tag, str):
        return False
    namespace, _, name = child.tag.rpartition("}")
    prefix = name.partition(":")[0] if ":" in name else ""
    vocabulary = f"{namespace} {prefix}".lower()
    return not any(word in vocabulary for word in ("mrss", "media", "itunes", "source"))


def _entry_address(entry: etree._Element, children: dict[str, list[etree._Element]]) -> str | None:
    """Return where the entry's article is: the publisher's own address before a counter's."""
    if original := _first_text(children, ("origlink",)):
        return html.unescape(original)
    links = children.get("link", [])
    for link in links:
        if (text := _text(link)) is not None:
            return html.unescape(text)
    for relation in (None, "alternate", "self"):
        for link in links:
            if link.get("rel") == relation and (href := link.get("href")):
                return href
    for guid in children.get("guid", []) + children.get("id", []):
        text = _text(guid) or ""
        if guid.get("isPermaLink", "true").lower() != "false" and text.startswith("http"):
            return html.unescape(text)
    return entry.get(_RDF_ABOUT)


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


def _json_feed_links(body: bytes, url: str) -> Iterator[Link]:
    _, text = decode(body)
    try:
        feed = json.loads(text.lstrip(_WHITE_SPACE))
    except (ValueError, RecursionError):
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        address = _string(item, "url") or _string(item, "external_url") or _string(item, "id")
        if address and (item_url := clean_url(address, url)):
            yield Link(
                item_url,
                headline=_plain(_string(item, "title")),
                date=_plain(_string(item, "date_published")),
                modified=_plain(_string(item, "date_modified")),
            )


def _string(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value.strip() else None
