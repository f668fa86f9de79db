"""Bring every field of a record into its normal form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from newscrawl.items import Article, Form, Image, uses_of
from newscrawl.text.cleaning import clean_line, clean_text, content_hash
from newscrawl.text.dates import normalise_date
from newscrawl.text.urls import printable_address

_USES = uses_of(Article)
_ISO_DATE = re.compile(
    r"\d{4}(?:-\d{2}(?:-\d{2}"
    r"(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?"
)


def normalise(article: Article) -> None:
    """Clean every text, write every date as ISO 8601, and set the content hash.

    The form of each field is that of its definition in `newscrawl.items`. A date that cannot be
    read becomes None; ``date_raw`` keeps that of publication as it was written.
    """
    for name, use in _USES.items():
        value = getattr(article, name)
        if use.form == "date" and value and not _ISO_DATE.fullmatch(value):
            if name == "date":
                article.date_raw = article.date_raw or value
            setattr(article, name, normalise_date(value, language=article.language))
        elif (cleaner := _CLEANERS.get(use.form)) is not None:
            setattr(article, name, cleaner(value))
    article.content_hash = content_hash(article.headline, article.body, article.caption)


def _clean(text: str | None, cleaner: Callable[[str], str]) -> str | None:
    return (cleaner(text) or None) if text is not None else None


def _clean_line(text: str | None) -> str | None:
    return _clean(text, clean_line)


def _clean_text(text: str | None) -> str | None:
    return _clean(text, clean_text)


def _clean_all(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(cleaned for text in texts if (cleaned := clean_line(text))))


def _clean_image(image: Image) -> Image:
    return Image(
        url=printable_address(image.url),
        caption=_clean(image.caption, clean_line),
        credit=_clean(image.credit, clean_line),
        alt=_clean(image.alt, clean_line),
    )


def _clean_images(images: list[Image]) -> list[Image]:
    return [_clean_image(image) for image in images]


_CLEANERS: dict[Form, Callable[[Any], Any]] = {
    "line": _clean_line,
    "text": _clean_text,
    "lines": _clean_all,
    "pictures": _clean_images,
}
