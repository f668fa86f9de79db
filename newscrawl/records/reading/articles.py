"""Recognise revisions of one article, and order them."""

from __future__ import annotations

from hashlib import blake2b

from newscrawl.records.output import Record
from newscrawl.text.urls import url_key


def article_key(url: str) -> bytes:
    """Return 16 bytes that are the same for every address of one page.

    >>> article_key("http://www.example.org/a?utm_medium=rss") == article_key("https://example.org/a")
    True
    """
    try:
        key = url_key(url)
    except ValueError:  # no address, but the only name that the article has
        key = url
    return blake2b(key.encode(), digest_size=16).digest()


def age_of(record: Record) -> tuple[int, str]:
    """Return what is greater for the later of two revisions: its number, when it was fetched."""
    return record.get("revision") or 1, record.get("fetched_at") or ""
