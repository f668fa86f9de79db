"""Forests measured on the publishers that they were not grown from."""

from __future__ import annotations

import json
import re

import pytest

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode

pytest.importorskip("catboost")

from newscrawl.evaluation.training.cross_validation import fold_of

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river."
PUBLISHERS = [f"paper{number}.example" for number in range(6)]


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    (folder / "html").mkdir(parents=True)
    menu = "".join(f"<li><a href=/{number}>Section {number}</a>" for number in range(8))
    lines = []
    for number, site in enumerate(PUBLISHERS):
        texts = [f"{number}.{paragraph}. {SENTENCE} {SENTENCE}" for paragraph in range(8)]
        body = "".join(f"<p>{text}</p>" for text in texts)
        html = f"<nav><ul>{menu}</ul></nav><article><h1>A hall</h1>{body}</article>"
        (folder / "html" / f"{number}.html").write_text(html, encoding="utf-8")
        truth = {"id": str(number), "url": f"https://{site}/a", "body": "\n\n".join(texts)}
        lines.append(json.dumps(truth))
    (folder / "truth.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_each_page_is_measured_once_in_its_publishers_fold(pages, capsys):
    assert main(["train", str(pages), "--cross-validate", "2"]) == ExitCode.OK
    shown = capsys.readouterr()
    assert not shown.out
    rows = re.findall(r"fold (\d) of 2, grown from (\d) pages   pages ([\d.]+) \((\d)\)", shown.err)
    sizes = [sum(fold_of(site, 2) == fold for site in PUBLISHERS) for fold in range(2)]
    assert [(int(row[1]), int(row[3])) for row in rows] == [(6 - size, size) for size in sizes]
    assert re.search(r"all folds   pages [\d.]+ \(6\)", shown.err)


def test_the_same_pages_give_the_same_bytes(pages, tmp_path):
    written = [tmp_path / "one.npz", tmp_path / "two.npz"]
    for target in written:
        assert main(["train", str(pages), "-o", str(target)]) == ExitCode.OK
    assert written[0].read_bytes() == written[1].read_bytes()


@pytest.mark.parametrize("words", [[], ["-o", "x.npz", "--cross-validate", "2"]])
def test_it_writes_or_measures(pages, words, capsys):
    assert main(["train", str(pages), *words]) == ExitCode.USAGE
    assert "either -o FILE" in capsys.readouterr().err


def test_a_fold_without_other_publishers_is_an_error(pages, capsys):
    lines = (pages / "truth.jsonl").read_text(encoding="utf-8").splitlines()[:1]
    (pages / "truth.jsonl").write_text(lines[0], encoding="utf-8")
    assert main(["train", str(pages), "--cross-validate", "2"]) == ExitCode.USAGE
    assert "no pages of other publishers to learn from" in capsys.readouterr().err
