"""Every field of a record in its normal form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from newscrawl.items import Article, Image
from newscrawl.text.cleaning import clean_line, clean_text, content_hash
from newscrawl.text.dates import normalise_date

_LINES = (
    "headline", "caption", "description", "credit", "date_raw", "section", "language",
    "publisher", "canonical_url",
)  # fmt: skip
_ISO_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?"
)


class NormalisePipeline:
    """Gives every text one form, every date ISO 8601, and the record its content hash."""

    def process_item(self, item: Any) -> Any:
        """Return an Article with every field in its normal form, other items as they are."""
        if not isinstance(item, Article):
            return item
        for name in _LINES:
            setattr(item, name, _clean(getattr(item, name), clean_line))
        item.body = _clean(item.body, clean_text)
        item.authors = _clean_all(item.authors)
        item.tags = _clean_all(item.tags)
        item.images = [_clean_image(image) for image in item.images]
        if item.date and not _ISO_DATE.fullmatch(item.date):
            item.date_raw = item.date_raw or item.date
            item.date = normalise_date(item.date, language=item.language)
        if item.date_modified and not _ISO_DATE.fullmatch(item.date_modified):
            item.date_modified = normalise_date(item.date_modified, language=item.language)
        item.content_hash = content_hash(item.headline, item.body, item.caption)
        return item


def _clean(text: str | None, cleaner: Callable[[str], str]) -> str | None:
    return (cleaner(text) or None) if text is not None else None


def _clean_all(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(cleaned for text in texts if (cleaned := clean_line(text))))


def _clean_image(image: Image) -> Image:
    return Image(
        url=clean_line(image.url),
        caption=_clean(image.caption, clean_line),
        credit=_clean(image.credit, clean_line),
        alt=_clean(image.alt, clean_line),
    )
