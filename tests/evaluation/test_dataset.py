"""Evaluation folders: read in order, split by publisher, refused in words."""

from __future__ import annotations

import pytest

from newscrawl.evaluation.dataset import DatasetError, is_held_out, load
from tests.evaluation.pages import ARTICLE, TRUTH, write_folder


def test_samples_come_in_the_order_of_the_truth(tmp_path):
    folder = write_folder(tmp_path / "set", [{**TRUTH, "id": name} for name in ("b", "a")])
    samples = load(folder)
    assert [sample.truth.id for sample in samples] == ["b", "a"]
    assert samples[0].read() == ARTICLE.encode()
    assert samples[0].truth.headline == TRUTH["headline"]
    assert [sample.truth.id for sample in load(folder, limit=1)] == ["b"]


def test_pages_may_be_plain_files(tmp_path):
    folder = write_folder(tmp_path / "set", [TRUTH], {"ferry": None})
    (folder / "html" / "ferry.html").write_text(ARTICLE)
    assert load(folder)[0].read() == ARTICLE.encode()


def test_splits_are_whole_publishers_and_together_everything(tmp_path):
    truths = [
        {"id": f"{site}-{number}", "url": f"https://www{number}.site{site}.co.uk/a"}
        for site in range(40)
        for number in range(2)
    ]
    folder = write_folder(tmp_path / "set", truths)
    parts = {
        split: {sample.truth.id for sample in load(folder, split=split)}
        for split in ("all", "dev", "held-out")
    }
    assert parts["dev"] | parts["held-out"] == parts["all"] == {t["id"] for t in truths}
    assert not parts["dev"] & parts["held-out"]
    assert 4 <= len(parts["held-out"]) <= 36
    for site in range(40):
        assert (f"{site}-0" in parts["held-out"]) == (f"{site}-1" in parts["held-out"])


@pytest.mark.parametrize(
    ("domain", "held_out"),
    [("example.com", True), ("example.org", False), ("example.net", False)],
)
def test_the_split_never_changes(domain, held_out):
    """The first bytes of their BLAKE2b hashes, as b2sum prints them, are 0x84, 0x9e and 0x21."""
    assert is_held_out(domain) is held_out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{no json\n", "truth.jsonl:1: no JSON"),
        ('{"id": "a"}\n[]\n', "truth.jsonl:2: no object with an id"),
        ('{"url": "x"}\n', "truth.jsonl:1: no object with an id"),
        ("", "no pages in the split"),
        ('{"id": "b"}\n', "b.html.gz: the page is missing"),
    ],
)
def test_a_broken_truth_is_refused_in_words(tmp_path, content, message):
    folder = write_folder(tmp_path / "set", [{"id": "a"}])
    (folder / "truth.jsonl").write_text(content)
    with pytest.raises(DatasetError) as caught:
        load(folder)
    assert message in str(caught.value)


def test_a_page_that_cannot_be_unpacked_is_named(tmp_path):
    folder = write_folder(tmp_path / "set", [TRUTH])
    page = folder / "html" / "ferry.html.gz"
    page.write_bytes(page.read_bytes()[:-9])
    with pytest.raises(DatasetError, match=r"ferry\.html\.gz: cannot be read"):
        load(folder)[0].read()


def test_a_folder_without_a_truth_is_named(tmp_path):
    with pytest.raises(DatasetError, match=r"truth\.jsonl: cannot be read"):
        load(tmp_path)
