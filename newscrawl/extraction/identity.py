"""What makes two records one article."""

from __future__ import annotations

from newscrawl.items import Article
from newscrawl.text.urls import site_of, url_key


def identities_of(article: Article) -> tuple[str, str]:
    """Return the article's address, and its canonical address with its headline, as keys.

    Two records that share one of them are one article. The headline counts, since some sites call
    their front page, or one address, the canonical one of all pages.
    """
    return identities(article.url, article.canonical_url, article.headline)


def identities(url: str, canonical: str | None, headline: str | None) -> tuple[str, str]:
    """Return the same of a record's fields."""
    if canonical is None or site_of(canonical) != site_of(url):
        canonical = url
    return url_key(url), f"{url_key(canonical, fold_twins=True)} {(headline or '').casefold()}"
