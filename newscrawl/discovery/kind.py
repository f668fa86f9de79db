"""Classify documents as feed, sitemap, page or other, by their bytes first."""

from __future__ import annotations

import re
from typing import Literal

from newscrawl.discovery.prolog import find_root
from newscrawl.page.unpacking import GZIP_MAGIC, gzip_head

DocumentKind = Literal["feed", "sitemap", "html", "other"]
"""What a document can be to a news crawl."""

_HEAD = 1_048_576
_JSON_HEAD = 65_536
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ADDRESSES = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*https?://\S+\s*(?:\r?\n|\Z)")
_BINARY = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"RIFF", b"ID3", b"OggS")

# The first type that a header names, whatever else stands in it.
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)")
_MEDIA = ("image/", "audio/", "video/", "font/", "model/")
_NO_PAGE = re.compile(
    r"application/(?:(?:[\w.-]*\+)?json|pdf|postscript|rtf|zip|gzip|x-(?:gzip|tar|rar\S*|7z\S*|bzip2?"
    r"|shockwave-flash|mpegurl)|msword|vnd\.(?!wap\.xhtml)[\w.+-]+|epub\+zip|java-archive|wasm|ogg|mp4"
    r"|(?:x-)?(?:java|ecma)script)$"
    r"|text/(?:css|csv|calendar|vcard|json|(?:java|ecma)script)$"
)


def document_kind(body: bytes, content_type: str | None = None) -> DocumentKind:
    """Return what a document is; ``content_type`` counts only where the bytes do not tell.

    >>> document_kind(b"<?xml version='1.0'?><rss/>", "text/html")
    'feed'
    """
    head = gzip_head(body, _HEAD)
    if is_binary(head):
        return "other"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\x00", b"")[2:]
    media_type = _media_type(content_type)
    stripped = head[:_JSON_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith((b"{", b"[")):
        is_page = media_type in ("text/html", "application/xhtml+xml")
        return "feed" if _JSON_FEED.search(stripped) else ("html" if is_page else "other")
    if _ADDRESSES.match(head):
        return "sitemap"
    if root := find_root(head.decode("latin-1")):
        return root.kind
    if media_type in ("", "text/html", "application/xhtml+xml") or b"<" in head[:1024]:
        return "html"
    return "other"


def is_binary(head: bytes) -> bool:
    """Return whether the first bytes are those of a picture, a recording, an archive and the like.

    gzip is none: what it holds counts.
    """
    if head.startswith(_BINARY):
        return True
    is_text = head.startswith((b"\xff\xfe", b"\xfe\xff", GZIP_MAGIC))
    # Text in UTF-16 without a mark has a zero in every other byte at most.
    sample = head[:1024]
    return not is_text and b"\x00\x00" in sample


def may_be_wanted(content_type: str | None, *, listing: bool) -> bool:
    """Return whether a body is worth reading, by its Content-Type alone.

    ``listing`` says that a feed or sitemap would be welcome: servers name these by any type, so
    only the bytes can tell. So they do of a page whose type is missing, unknown or no type.

    >>> may_be_wanted("text/html:charset=utf-8", listing=False)
    True
    >>> may_be_wanted("application/pdf", listing=False)
    False
    """
    media_type = _media_type(content_type)
    return listing or not (media_type.startswith(_MEDIA) or _NO_PAGE.match(media_type))


def _media_type(content_type: str | None) -> str:
    """Return the media type of a header in lower case, ``""`` where it has none."""
    found = _MEDIA_TYPE.match((content_type or "").lower())
    return found[1] if found else ""
