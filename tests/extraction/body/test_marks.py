"""Heads of articles and the beginnings of readers' comments, and how blocks stand to them."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.block_features import MEASURES, PageHints, measure
from newscrawl.extraction.body.marks import MARKS, find_marks, measure_marks
from newscrawl.page.page import Page

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
PROSE = f"<p>{SENTENCE * 3}</p>"
FIRST = f"<article><h1>A market</h1><p>By Ana Lima</p>{PROSE}{PROSE}</article>"


def marks_of(html):
    listed, columns = measured_blocks(html)
    return find_marks(listed, columns), [block.text for block in listed]


def measured(html):
    listed, columns = measured_blocks(html)
    out = np.zeros((MARKS, len(listed)), dtype=np.float32)
    measure_marks(listed, find_marks(listed, columns), columns, out)
    return out


def measured_blocks(html):
    listed = Blocks(Page(html).root).blocks
    columns = np.zeros((MEASURES, len(listed)), dtype=np.float32)
    measure(listed, PageHints("", "", []), columns)
    return listed, columns


@pytest.mark.parametrize(
    "below",
    ["<p>By Omar Bello</p>", "<div>12 October 2026</div>", "<div><time>Oct 12, 2026</time></div>"],
)
@pytest.mark.parametrize("tag", ["h1", "h2", "h3"])
def test_a_heading_over_a_byline_or_date_is_the_head_of_another_article(tag, below):
    marks, texts = marks_of(f"{FIRST}<div><{tag}>Lithium</{tag}>{below}{PROSE}</div>")
    assert [texts[place] for place in marks.heads] == ["A market", "Lithium"]


@pytest.mark.parametrize(
    "below", ["<p>10:32</p>", "<p>Photo: Agency 2024</p>", f"<p>{SENTENCE}</p>"]
)
def test_a_time_of_day_or_a_credit_makes_no_head(below):
    marks, texts = marks_of(f"{FIRST}<div><h2>Update</h2>{below}{PROSE}</div>")
    assert [texts[place] for place in marks.heads] == ["A market"]


def test_a_subheading_is_no_head_though_a_sentence_names_a_year():
    marks, texts = marks_of(f"{FIRST}<h2>Costs</h2><p>In 2019 it cost less. {SENTENCE * 3}</p>")
    assert [texts[place] for place in marks.heads] == ["A market"]


@pytest.mark.parametrize("line", [
    "Comments (4)", "4 comments", "Kommentare (12)", "12 Kommentare", "Comentarios (3)",
    "Commentaires (3)", "3 commenti", "Comentários (2)", "Reacties (7)", "Kommentarer (1)",
    "Kommentit (5)", "Komentarze (5)", "Komentáře (8)", "Hozzászólások (2)", "Comentarii (2)",
    "Комментарии (9)", "Коментарі (9)", "Yorumlar (3)", "Σχόλια (3)", "コメント（4件）",
    "评论 (4)", "댓글 4", "التعليقات (3)", "نظرات (3)", "תגובות (3)", "टिप्पणियाँ (3)",
    "ความคิดเห็น (3)", "Bình luận (3)", "মন্তব্য (3)",
])  # fmt: skip
def test_comments_begin_under_their_heading_in_many_languages(line):
    marks, texts = marks_of(f"{FIRST}<section><h3>{line}</h3>{PROSE}</section>")
    assert [texts[place] for place in marks.comments] == [line]


def test_blocks_are_measured_against_the_heads_and_comments_above_them():
    other = f"<article><h2>Lithium</h2><p>By Omar Bello</p>{PROSE}</article>"
    out = measured(f"<div>{FIRST}{other}<div><h3>Comments (2)</h3>{PROSE}</div></div>")
    # h1, byline, two of prose; h2, byline, prose; heading of comments, prose.
    assert out[0].tolist() == [1, 1, 1, 1, 2, 2, 2, 2, 2]  # heads above
    assert out[2].tolist() == [1] * 9  # <h1> above
    # What is shared with the first head lies deeper for its own article than for the other.
    assert out[3].tolist() == [3, 2, 2, 2, 1, 1, 1, 1, 1]
    assert out[4].tolist() == [0, 0, 0, 0, 2, 1, 1, 0, 0]
    assert out[5].tolist() == [0, 1, 2, 3, 0, 1, 2, 3, 4]  # since the last head
    assert out[6].tolist() == [0] * 7 + [1, 1]  # comments above
    assert out[7].tolist() == [-1] * 7 + [0, 1]


def test_a_page_without_marks():
    out = measured(PROSE)
    assert out[0].tolist() == [0]
    assert out[6].tolist() == [0]
    assert out[7].tolist() == [-1]
