"""What a response is: a feed, a sitemap, a page, or nothing of use; by its bytes first."""

from __future__ import annotations

import re
import zlib
from typing import Literal

DocumentKind = Literal["feed", "sitemap", "html", "other"]
"""What a document can be to a news crawl."""

_HEAD = 65_536
_BEFORE_ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s+|<\?[^>]*\?>|<!--.*?-->"
    rb"|<!DOCTYPE(?:[^\[>]*\[.*?\]\s*>|[^\[>]*>))*",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
_ROOTS: dict[bytes, DocumentKind] = {
    b"rss": "feed",
    b"rdf": "feed",
    b"feed": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
}
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ADDRESSES = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*https?://\S+\s*(?:\r?\n|\Z)")
_BINARY = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"ID3", b"OggS")

_READABLE = re.compile(
    r"(?:text/(?:html|plain|xml|x-[\w.-]+)|application/(?:xhtml\+xml|xml|[\w.-]+\+xml))$"
)
_LISTING = re.compile(
    r"(?:application/(?:json|feed\+json|[\w.+-]*gzip|octet-stream|x-rss\+xml)|text/json)$"
)


def document_kind(body: bytes, content_type: str | None = None) -> DocumentKind:
    """Return what a document is; ``content_type`` counts only where the bytes do not tell.

    >>> document_kind(b"<?xml version='1.0'?><rss/>", "text/html")
    'feed'
    """
    head = _head(body)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    if head.startswith(_BINARY):
        return "other"
    media_type = _media_type(content_type)
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith((b"{", b"[")):
        is_page = media_type in ("text/html", "application/xhtml+xml")
        return "feed" if _JSON_FEED.search(head) else ("html" if is_page else "other")
    if _ADDRESSES.match(head):
        return "sitemap"
    if kind := _kind_of_root(head):
        return kind
    if media_type in ("", "text/html", "application/xhtml+xml") or b"<" in head[:1024]:
        return "html"
    return "other"


def may_be_wanted(content_type: str | None, *, listing: bool) -> bool:
    """Tell by the Content-Type alone whether a body is worth reading.

    ``listing`` says that a feed or sitemap would be welcome, so JSON and gzip are, too. A missing
    or broken type is worth a look.
    """
    media_type = _media_type(content_type)
    if "/" not in media_type or _READABLE.match(media_type):
        return not media_type.startswith("image/")
    return listing and _LISTING.match(media_type) is not None


def _kind_of_root(head: bytes) -> DocumentKind | None:
    before = _BEFORE_ROOT.match(head)
    root = _ROOT.match(head, before.end() if before else 0)
    return _ROOTS.get(root[1].lower()) if root else None


def _media_type(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _head(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:_HEAD]
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _HEAD)
    except zlib.error:
        return b""
