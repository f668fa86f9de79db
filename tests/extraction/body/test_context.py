"""What the scores around a block say of it."""

from __future__ import annotations

import numpy as np
import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.block_features import MEASURES, PageHints, measure
from newscrawl.extraction.body.context import CONTEXT, Layout, context_features
from newscrawl.extraction.body.layout_features import Places
from newscrawl.extraction.body.marks import find_marks
from newscrawl.page.page import Page


def context(html, scores):
    listed = Blocks(Page(html).root).blocks
    columns = np.zeros((MEASURES, len(listed)), dtype=np.float32)
    measure(listed, PageHints("", "", []), columns)
    layout = Layout.of(listed, Places.of(listed), find_marks(listed, columns))
    out = context_features(layout, np.array(scores, dtype=np.float32))
    assert out.shape == (len(listed), CONTEXT)
    return out.T


def p(length, name=""):
    return f"<p class='{name}'>{'x' * length}</p>"


def odds(score):
    return np.log(score / (1 - score))


def test_the_odds_of_a_block_and_of_three_to_each_side():
    out = context(p(100) * 4, [0.5, 0.9, 0.2, 0.7])
    np.testing.assert_allclose(out[0], odds(np.array([0.5, 0.9, 0.2, 0.7])), atol=1e-5)
    # Third, second, first before; first, second, third after; -8 past the ends.
    expected = [-8, odds(0.5), odds(0.9), odds(0.7), -8, -8]
    np.testing.assert_allclose(out[1:7, 2], expected, atol=1e-5)
    # The means of up to eight before and after.
    np.testing.assert_allclose(out[7, 2], (odds(0.5) + odds(0.9)) / 2, atol=1e-5)
    np.testing.assert_allclose(out[8, 2], odds(0.7), atol=1e-5)


def test_a_score_is_never_quite_sure():
    out = context(p(100) * 2, [0.0, 1.0])
    np.testing.assert_allclose(out[0], [odds(0.001), odds(0.999)], rtol=1e-4)


def test_the_mean_score_in_the_boxes_around_a_block_and_their_share():
    html = f"<div><section>{p(100)}{p(300)}</section>{p(100)}</div>{p(500)}"
    out = context(html, [1.0, 0.5, 0.0, 1.0])
    # <section>: (100 + 150) / 400 of the text. <div>: 250 / 500. <body>: 400 of the last count.
    np.testing.assert_allclose(out[9:12, 0], [250 / 400, 250 / 500, 650 / 900], rtol=1e-5)
    np.testing.assert_allclose(out[12:15, 0], [250 / 650, 250 / 650, 1], rtol=1e-5)


def test_blocks_set_alike_by_name_and_by_tag():
    html = p(100, "a") + p(300, "a") + p(100, "b")
    out = context(html, [1.0, 0.5, 0.0])
    np.testing.assert_allclose(out[15], [250 / 400, 250 / 400, 0], rtol=1e-5)
    np.testing.assert_allclose(out[16], [0.8, 0.8, 0.2], rtol=1e-5)
    np.testing.assert_allclose(out[17], [250 / 500] * 3, rtol=1e-5)
    # Without the block itself; -1 where there is no other.
    np.testing.assert_allclose(out[19], [0.5, 1, -1], rtol=1e-5)


def test_blocks_set_alike_wherever_they_are():
    html = f"<div class=lead>{p(100, 'a')}</div><div>{p(300, 'a')}{p(100, 'b')}</div>"
    out = context(html, [0.2, 0.5, 0.0])
    np.testing.assert_allclose(out[20], [0.5, 0.2, -1], rtol=1e-5)
    np.testing.assert_allclose(out[21], [300 / 500, 100 / 500, 0], rtol=1e-5)


def test_where_a_block_stands_among_the_likely():
    out = context(p(100) + p(200) + p(100) + p(50), [0.9, 0.1, 0.9, 0.9])
    total = 90 + 20 + 90 + 45
    np.testing.assert_allclose(out[22], np.array([0, 90, 110, 200]) / total, rtol=1e-5)
    np.testing.assert_allclose(out[23], np.array([155, 135, 45, 0]) / total, rtol=1e-5)
    assert out[25].tolist() == [-1, 1, 2, 1]  # since the last likely block of some length
    assert out[26].tolist() == [2, 1, -1, -1]  # to the next
    np.testing.assert_allclose(out[27], [-1, 0, 180, 0], atol=1e-3)  # unlikely text in between
    np.testing.assert_allclose(out[28], [180, 0, -1, -1], atol=1e-3)
    assert out[29].tolist() == [1, 1, 2, 2]
    assert out[30].tolist() == [1, 1, 0, 0]


def test_how_the_text_is_shared_out_among_the_articles_of_a_page():
    html = f"<h1>{'x' * 100}</h1>{p(300)}<h1>{'y' * 100}</h1>{p(100)}"
    out = context(html, [0.0, 1.0, 0.0, 1.0])
    np.testing.assert_allclose(out[31], [0.75, 0.75, 0.25, 0.25], rtol=1e-5)
    np.testing.assert_allclose(out[32], [0, 0, 0.75, 0.75], rtol=1e-5)
    assert out[33].tolist() == [0, 0, 1, 1]
    np.testing.assert_allclose(out[34], [0.75, 0.75, 0.5, 0.5], rtol=1e-5)
    np.testing.assert_allclose(out[35], [0.75] * 4, rtol=1e-5)


@pytest.mark.parametrize("scores", [[0.0], [1.0]])
def test_a_single_block(scores):
    assert np.isfinite(context(p(10), scores)).all()
