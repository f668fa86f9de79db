"""What becomes a record, and the reason for what does not."""

from __future__ import annotations

import pytest

from newscrawl.extraction.acceptance import reject_for
from newscrawl.items import ARTICLE_KINDS, KINDS, Article


def article(**changes) -> Article:
    return Article(**{"url": "https://example.org/a", "headline": "A", "body": "B", **changes})


@pytest.mark.parametrize("kind", sorted(ARTICLE_KINDS))
def test_articles_are_accepted(kind):
    assert reject_for(article(kind=kind)) is None


@pytest.mark.parametrize("kind", sorted(set(KINDS) - ARTICLE_KINDS))
def test_other_kinds_are_rejected_whatever_else_they_hold(kind):
    reject = reject_for(article(kind=kind, headline=None))
    assert reject is not None
    assert (reject.reason, reject.kind) == (f"kind_{kind}", kind)
    assert reject.detail


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"headline": None}, "no_headline"),
        ({"headline": " \n"}, "no_headline"),
        ({"body": None}, "no_body"),
        ({"body": " "}, "no_body"),
        ({"date": "yesterday"}, "invalid"),
    ],
)
def test_what_is_missing_or_wrong_is_named(changes, reason):
    reject = reject_for(article(fetched_at="2022-04-12T22:40:05Z", **changes))
    assert reject is not None
    assert reject.reason == reason
    assert reject.url == "https://example.org/a"
    assert reject.fetched_at == "2022-04-12T22:40:05Z"
    assert reason != "invalid" or "date" in (reject.detail or "")
