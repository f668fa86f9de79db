"""Extractors side by side on the same pages, and what is reported of them."""

from __future__ import annotations

import pytest

from newscrawl.evaluation.dataset import load
from newscrawl.evaluation.peers import PeerError
from newscrawl.evaluation.report import report
from newscrawl.evaluation.runner import extractors, run
from tests.evaluation.pages import TRUTH, write_folder

BINARY = b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 50


@pytest.fixture
def folder(tmp_path):
    truths = [
        TRUTH,
        {
            **TRUTH,
            "id": "other",
            "url": "https://example.com/b",
            "headline": "Not this",
            "lang": "de",
        },
        {**TRUTH, "id": "picture"},
    ]
    return write_folder(tmp_path / "set", truths, {"picture": BINARY})


@pytest.mark.parametrize("jobs", [1, 2])
def test_scores_of_pages_and_of_one_that_is_no_page(folder, jobs):
    results = list(run(load(folder), jobs=jobs))
    assert [result.truth.id for result in results] == ["ferry", "other", "picture"]
    ferry, other, picture = (result.outcomes[0] for result in results)
    assert set(ferry.scores.values()) == {1.0}
    assert {"f1", "exact", "headline", "date", "instant", "kind"} == set(ferry.scores) - {
        "precision",
        "recall",
    }
    assert (other.scores["f1"], other.scores["headline"]) == (1.0, 0.0)
    assert picture.error is not None
    assert picture.error.startswith("NotAPageError: binary: ")
    assert picture.scores["f1"] == picture.scores["headline"] == 0.0


def test_figures_of_all_pages_and_of_groups(folder):
    results = list(run(load(folder)))
    by_publisher = report("set", results, timed=True, by="publisher")
    assert [(row.group, row.pages) for row in by_publisher.rows] == [
        ("all", 3),
        ("example.com", 1),
        ("example.org", 2),
    ]
    own = by_publisher.row()
    assert own.figures.values["headline"] == pytest.approx(1 / 3)
    assert own.figures.values["f1"] == pytest.approx(2 / 3)
    assert own.errors == {"NotAPageError": 1}
    assert own.pages_per_second is not None
    assert own.pages_per_second > 0
    assert own.parse_ratio is not None
    by_language = report("set", results, timed=False, by="language")
    assert [row.group for row in by_language.rows] == ["all", "de", "en"]
    assert by_language.row().pages_per_second is None


def test_an_unknown_peer_is_refused_with_the_names_of_the_known():
    with pytest.raises(PeerError, match="no such peer; there are trafilatura, "):
        extractors(("bogus",))


def test_a_peer_runs_on_the_same_pages(folder):
    pytest.importorskip("trafilatura")
    results = list(run(load(folder), peers=("trafilatura",)))
    rows = report("set", results, timed=True).rows
    assert [row.extractor for row in rows] == ["newscrawl", "trafilatura"]
    assert "kind" not in rows[1].figures.values
    assert results[0].outcomes[1].scores["headline"] == 1.0
    assert "caption" not in rows[1].figures.values  # no truth on these pages


def test_a_page_without_markup_has_nothing_to_parse(tmp_path):
    folder = write_folder(tmp_path / "set", [TRUTH, {**TRUTH, "id": "void"}], {"void": ""})
    void = list(run(load(folder)))[1]
    assert void.outcomes[0].error is not None
    assert void.outcomes[0].error.startswith("NotAPageError: empty")
