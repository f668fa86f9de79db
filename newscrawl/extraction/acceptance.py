"""Decide whether an article is a record or a reject."""

from __future__ import annotations

from newscrawl.items import ARTICLE_KINDS, Article, Reject
from newscrawl.schema import schema_errors

_KIND_DETAILS = {
    "index": "a list of articles, not an article",
    "wall": "a consent, login, captcha or subscription page",
    "error": "an error page",
    "other": "not a news article",
}


def reject_for(article: Article) -> Reject | None:
    """Return why ``article`` is no record, or None if it is one.

    The reasons, the first that holds: ``kind_index``, ``kind_wall``, ``kind_error``,
    ``kind_other`` (the page is no article), ``no_headline``, ``no_body``, ``invalid`` (the record
    does not fit its JSON Schema; the detail says which field).

    >>> reject_for(Article(url="https://example.org/a", headline="A", body="B"))
    >>> reject_for(Article(url="https://example.org/a", headline="A")).reason
    'no_body'
    """
    reason, detail = _objection(article)
    if not reason:
        return None
    return Reject(
        url=article.url,
        reason=reason,
        detail=detail,
        kind=article.kind,
        headline=article.headline,
        fetched_at=article.fetched_at,
    )


def _objection(article: Article) -> tuple[str, str]:
    if article.kind not in ARTICLE_KINDS:
        return f"kind_{article.kind}", _KIND_DETAILS[article.kind]
    if not (article.headline and article.headline.strip()):
        return "no_headline", "the page names no headline"
    if not (article.body and article.body.strip()):
        return "no_body", "no article text was found"
    errors = schema_errors(article.to_dict())
    if errors:
        return "invalid", "; ".join(errors)
    return "", ""
