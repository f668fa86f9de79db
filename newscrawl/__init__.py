"""newscrawl: news pages in, clean article records out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from newscrawl.errors import NotAPageError
from newscrawl.items import Article, Image

__all__ = ["Article", "Image", "NotAPageError", "extract"]


def extract(
    html: bytes | str,
    *,
    url: str = "",
    content_type: str | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    hints: Mapping[str, str] | None = None,
) -> Article:
    """Return the record of one article page."""
    raise NotImplementedError
