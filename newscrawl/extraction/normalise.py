"""Bring every field of a record into its normal form."""

from __future__ import annotations

import re
from collections.abc import Callable

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


def normalise(article: Article) -> None:
    """Clean every text, write every date as ISO 8601, and set the content hash.

    A date that cannot be read becomes None; ``date_raw`` keeps it as it was written.
    """
    for name in _LINES:
        setattr(article, name, _clean(getattr(article, name), clean_line))
    article.body = _clean(article.body, clean_text)
    article.authors = _clean_all(article.authors)
    article.tags = _clean_all(article.tags)
    article.images = [_clean_image(image) for image in article.images]
    if article.date and not _ISO_DATE.fullmatch(article.date):
        article.date_raw = article.date_raw or article.date
        article.date = normalise_date(article.date, language=article.language)
    if article.date_modified and not _ISO_DATE.fullmatch(article.date_modified):
        article.date_modified = normalise_date(article.date_modified, language=article.language)
    article.content_hash = content_hash(article.headline, article.body, article.caption)


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
