"""Plain-text dumps of pages, as text browsers and copy and paste give them, to the same record.

There is no markup to go by. `layout` joins the lines to blocks, `body` finds the stretch that is
running text, `headline` the line above it that is its headline, `head` the rest.
"""

from __future__ import annotations

from datetime import datetime

from newscrawl.extraction.dump.body import body_texts, find_body
from newscrawl.extraction.dump.head import read_head
from newscrawl.extraction.dump.headline import find_headline, title_hints
from newscrawl.extraction.dump.kind import find_kind
from newscrawl.extraction.dump.layout import read_layout
from newscrawl.items import Article
from newscrawl.text.cleaning import content_hash
from newscrawl.text.dates import date_in_url, utc_timestamp
from newscrawl.text.language import detect_language

__all__ = ["extract_text"]


def extract_text(text: str, *, url: str = "", fetched_at: datetime | None = None) -> Article:
    r"""Return the record of a page that was kept as plain text.

    ``url`` is the page's address, if it is known; ``fetched_at`` is when it was fetched (aware),
    and relative dates count from it. A dump that holds no article gets a record without a body,
    whose kind says what it is: ``index``, ``wall``, ``error``, ``other``.

    >>> extract_text("Live\n\nHarbour > Ferries\n\nPage not found\n").kind
    'error'
    """
    layout = read_layout(text)
    blocks = layout.blocks
    article = Article(url=url)
    stretch = find_body(blocks)
    kept = body_texts(blocks, stretch)
    language = detect_language("\n".join(blocks[i].text for i in kept)) or detect_language(text)
    headline = find_headline(blocks, kept, title_hints(layout, url))
    head = read_head(blocks, headline, kept, language=language, now=fetched_at)
    kept = [i for i in kept if i not in head.used and (headline is None or i > headline)]
    published = head.published.value if head.published else None
    fields = {
        "headline": blocks[headline].text if headline is not None else None,
        "date": published,
        "caption": head.caption,
        "body": "\n\n".join(blocks[i].text for i in kept) or None,
        "description": head.description,
        "authors": head.authors,
        "credit": head.credit,
        "date_modified": head.updated.value if head.updated else None,
        "date_raw": head.date_raw,
        "section": head.section,
        "language": language,
    }
    for name, value in fields.items():
        if value:
            setattr(article, name, value)
            article.sources[name] = "text"
    if article.date is None and (in_url := date_in_url(url)):
        article.date, article.sources["date"] = in_url, "url"
    article.kind = find_kind(blocks, kept)
    if fetched_at is not None:
        article.fetched_at = utc_timestamp(fetched_at)
    article.content_hash = content_hash(article.headline, article.body, article.caption)
    return article
