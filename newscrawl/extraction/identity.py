"""Keys by which two records are known to be of one article."""

from __future__ import annotations

from newscrawl.items import Article
from newscrawl.text.urls import site_of, url_key


def identities_of(article: Article) -> tuple[str, ...]:
    """Return the keys of an article; two records that share one of them are one article.

    They are its address; its canonical address with its headline, since some sites call their
    front page, or one address, the canonical one of all pages; and its site with its
    ``content_hash``, since one text may come under ever new addresses. A record without a body
    has no such hash: its headline alone tells too little.
    """
    keys = identities(article.url, article.canonical_url, article.headline)
    if not article.body or not article.content_hash:
        return keys
    return (*keys, f"{site_of(article.url)} #{article.content_hash}")


def identities(url: str, canonical: str | None, headline: str | None) -> tuple[str, str]:
    """Return the first two of these keys, of a record's fields."""
    if canonical is None or site_of(canonical) != site_of(url):
        canonical = url
    return url_key(url), f"{url_key(canonical, fold_twins=True)} {(headline or '').casefold()}"
