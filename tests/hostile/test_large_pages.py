"""Pages that are huge in one respect end within time and memory, and nothing of them is lost.

Cases 9 (one long line), 10 (deep nesting) and 11 (colspan) of the hostile pages, and what else
grows: each step of the extraction has a page here that would take it minutes, were it not bounded.
"""

from __future__ import annotations

import pytest

from newscrawl.page.metadata import MAX_VALUE
from tests.hostile.child import extract_in_child
from tests.hostile.large_pages import (
    BODY,
    DEEP_PAGES,
    HEADLINE,
    LARGE_PAGES,
    REFUSED_PAGES,
)

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", sorted(LARGE_PAGES))
def test_09_11_a_large_page_becomes_a_bounded_record(name):
    record = extract_in_child(name)
    assert record["headline"] is None or len(record["headline"]) < 400
    assert len(record["images"]) <= 100
    assert len(record["tags"]) <= 60
    assert len(record["authors"]) <= 20
    assert len(record["date_raw"] or "") <= 200
    for field in ("description", "section", "publisher", "credit", "canonical_url"):
        assert len(record[field] or "") <= MAX_VALUE, field


@pytest.mark.parametrize("name", sorted(DEEP_PAGES))
def test_10_an_article_beside_100_000_nested_tags_is_whole(name):
    record = extract_in_child(name)
    assert (record["headline"], record["body"]) == (HEADLINE, BODY)


@pytest.mark.parametrize("name", sorted(REFUSED_PAGES))
def test_what_is_too_large_is_refused_by_name(name):
    assert extract_in_child(name) == {"refused": "too_large"}
