"""What differs between two records, in fields and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.records.changes import changed_fields, value_text, word_changes
from tests.records.reading.records import record


def sides(old: str, new: str) -> tuple[str, str]:
    """Return both texts as the changes have them."""
    changes = word_changes(old, new)
    return (
        "".join(text for kind, text in changes if kind != "added"),
        "".join(text for kind, text in changes if kind != "removed"),
    )


def marked(old: str, new: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[kind].format(text) for kind, text in word_changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A red hat.", "A blue hat.", "A[- red-][+ blue+] hat."),
        ("", "New.", "[+New.+]"),
        ("Old.", "", "[-Old.-]"),
        ("Same.", "Same.", "Same."),
        ("One.\n\nTwo.", "One.\n\nAnd.\n\nTwo.", "One.\n\n[+And.\n\n+]Two."),
        ("東京の朝", "東京の夜", "東京の[-朝-][+夜+]"),
        ("He said “no”.", "He said “yes”.", "He said “[-no-][+yes+]”."),
    ],
)
def test_words_that_changed_are_marked(old, new, expected):
    assert marked(old, new) == expected


@given(st.text("ab .\n東é", max_size=60), st.text("ab .\n東é", max_size=60))
def test_both_texts_are_in_the_changes(old, new):
    assert sides(old, new) == (old, new)


def test_long_texts_are_compared_by_paragraph_or_not_at_all():
    """Word by word, either would take hours."""
    old = "\n\n".join(f"Paragraph {number} of a live blog, with words." for number in range(20_000))
    new = old.replace("Paragraph 777 ", "Paragraph seven ")
    assert sides(old, new) == (old, new)
    assert [kind for kind, _ in word_changes(old, new)] == ["same", "removed", "added", "same"]
    changes = word_changes("word " * 100_000, "text " * 100_000)
    assert [kind for kind, _ in changes] == ["removed", "added"]


def test_fields_that_say_how_a_record_was_made_are_not_content():
    old = record(1, tags=[], revision=1)
    new = record(1, tags=["x"], revision=2, content_hash="f" * 32, fetched_at=None)
    assert changed_fields(old, new) == ["tags"]
    assert changed_fields({"url": "a"}, {"url": "a", "tags": [], "rights": {}}) == []
    assert changed_fields(old, record(1, body="x", headline="y")) == ["headline", "body"]


def test_values_as_text():
    assert value_text(["a", "b"]) == "a\nb"
    assert value_text([{"url": "u", "alt": None, "credit": "c"}]) == "url: u, credit: c"
    assert value_text({"robots": {"value": "noindex"}}) == "robots: value: noindex"
    assert value_text(None) == ""
