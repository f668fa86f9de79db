"""Normalisers: one line, paragraphs, words, the form for comparing, the hash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.text.cleaning import clean_line, clean_text, content_hash, fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  A\tnew\n hall ", "A new hall"),
        ("A\u00a0new\u202fhall", "A new hall"),
        ("A\u200bnew\ufeff hall\u00ad", "Anew hall"),
        ("A\x00new\x07 hall\x1f", "Anew hall"),
        ("\ud800lone", "lone"),
        ("می‌خواند", "می‌خواند"),
        ("👩‍🚒 here", "👩‍🚒 here"),
        ("", ""),
    ],
)
def test_clean_line(text: str, expected: str) -> None:
    assert clean_line(text) == expected


def test_clean_text_keeps_paragraphs() -> None:
    assert clean_text("One\nline. \r\n\r\n\t\n Two. \n") == "One line.\n\nTwo."
    assert clean_text(" \n\n\n ") == ""


def test_words_are_lower_case() -> None:
    assert words("Ana's 2nd Große—Überraschung!") == ["ana", "s", "2nd", "große", "überraschung"]


def test_fold_hides_typography() -> None:
    assert fold("“Don’t  –  stop”") == fold('"don\'t - STOP"')
    assert fold("Straße") == fold("STRASSE")
    assert fold("ﬁsh") == "fish"
    assert fold("hall") != fold("halls")


def test_content_hash_sees_words_and_not_typography() -> None:
    first = content_hash("The “hall”", "Body – text.", None)
    assert len(first) == 32
    assert first == content_hash('the "hall"', "Body - text.  ", "")
    assert first != content_hash('the "hall"', "Body - texts.", None)
    assert content_hash("a", "b", None) != content_hash("a", None, "b")
    assert content_hash("ab", None, None) != content_hash("a", "b", None)


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert "\n" not in line
    assert clean_text(clean_text(text)) == clean_text(text)
