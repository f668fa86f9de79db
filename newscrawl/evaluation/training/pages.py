"""Whole pages of known kind, as rows to learn from."""

from __future__ import annotations

import numpy as np

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.training.rows import Rows
from newscrawl.exceptions import NotAPageError
from newscrawl.extraction.article import Extraction
from newscrawl.extraction.kind.shape import page_shape
from newscrawl.page.page import Page

# A page that the truth calls no kind is from a set of news alone: an article, and worth more.
_NEWS_WEIGHT = 2.0


def page_rows(sample: Sample) -> list[Rows]:
    """Return a page's one row, label 1 for an article; none where the truth tells neither."""
    truth = sample.truth
    if not truth.kind and not truth.body:
        return []
    try:
        page = Page(sample.read(), url=truth.url)
    except NotAPageError:
        return []
    read = Extraction(page, {})
    article, blocks, body = read.article, read.blocks, read.body
    return [
        Rows(
            page_shape(page, blocks, body, article),
            np.array([truth.kind in (None, "article")], dtype=np.int8),
            np.array([_NEWS_WEIGHT if truth.kind is None else 1.0]),
        )
    ]
