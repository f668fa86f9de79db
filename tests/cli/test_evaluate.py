"""``newscrawl evaluate``: tables for people, JSON for machines, a code for floors."""

from __future__ import annotations

import json

import pytest

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from tests.evaluation.pages import TRUTH, write_folder


@pytest.fixture
def folder(tmp_path):
    truths = [
        TRUTH,
        {**TRUTH, "id": "other", "url": "https://example.com/b", "headline": "Not <this>"},
    ]
    return write_folder(tmp_path / "ferries", truths)


def test_the_table_is_for_people(folder, capsys):
    assert main(["evaluate", str(folder)]) == ExitCode.OK
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = [line.split() for line in shown.err.splitlines()]
    assert lines[0] == ["ferries"]
    head = ["extractor", "P", "R", "F1", "exact", "headline", "date", "instant", "kind", "pages"]
    assert lines[2][:10] == head
    assert lines[3][:10] == ["newscrawl", *["1.000"] * 4, "0.500", *["1.000"] * 3, "2"]


def test_json_is_for_machines(folder, capsys):
    assert main(["evaluate", str(folder), "--json", "--by", "publisher"]) == ExitCode.OK
    (report,) = json.loads(capsys.readouterr().out)
    assert report["name"] == "ferries"
    assert [row["group"] for row in report["rows"]] == ["all", "example.com", "example.org"]
    assert report["rows"][0]["figures"]["headline"] == 0.5
    assert report["rows"][0]["counts"]["headline"] == 2
    assert report["rows"][0]["pages_per_second"] > 0


def test_more_processes_take_no_time(folder, capsys):
    assert main(["evaluate", str(folder), "--json", "--jobs", "2"]) == ExitCode.OK
    (report,) = json.loads(capsys.readouterr().out)
    assert report["rows"][0]["pages_per_second"] is None
    assert report["rows"][0]["figures"]["headline"] == 0.5


def test_wrong_answers_for_a_field(folder, capsys):
    assert main(["evaluate", str(folder), "--field", "headline"]) == ExitCode.OK
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "id": "other",
        "url": "https://example.com/b",
        "field": "headline",
        "expected": "Not <this>",
        "found": "Ferry returns to the lake",
    }


def test_the_worst_pages_as_html(folder, tmp_path, capsys):
    page = tmp_path / "worst.html"
    assert main(["evaluate", str(folder), "--errors", "1", "--html", str(page)]) == ExitCode.OK
    assert "Not &lt;this&gt;" in page.read_text()
    assert "<this>" not in page.read_text()
    assert f"worst pages: 1 in {page}" in capsys.readouterr().err
    nowhere = tmp_path / "missing" / "worst.html"
    assert main(["evaluate", str(folder), "--html", str(nowhere)]) == ExitCode.OUTPUT


@pytest.mark.parametrize(
    ("floors", "code", "message"),
    [
        ({"ferries": {"headline": 0.5, "f1": 1}}, ExitCode.OK, None),
        (
            {"ferries": {"headline": 0.51, "f1": 1}},
            ExitCode.FLOOR,
            "newscrawl: ferries: headline fell to 0.5000, the floor is 0.51",
        ),
        (
            {"ferries": {"caption": 0.1}},
            ExitCode.FLOOR,
            "newscrawl: ferries: caption has a floor of 0.1 but no page to measure",
        ),
        (
            {"boats": {"f1": 0.1}},
            ExitCode.FLOOR,
            "newscrawl: boats: has a floor but was not measured",
        ),
        ({"ferries": {"speed": 1}}, ExitCode.USAGE, "ferries: speed: no metric with a number"),
        ([], ExitCode.USAGE, "no object of folder names"),
    ],
)
def test_a_figure_below_its_floor_ends_with_code_6(folder, tmp_path, floors, code, message, capsys):
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(floors))
    assert main(["evaluate", str(folder), "--floor", str(path)]) == code
    last = capsys.readouterr().err.splitlines()[-1]
    assert message is None or last.endswith(message)
    assert json.loads(path.read_text()) == floors


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["{folder}", "--compare", "bogus"], "bogus: no such peer; there are trafilatura, "),
        (["{folder}/html"], "truth.jsonl: cannot be read"),
        (["{folder}", "--json", "--field", "date"], "both write to standard output"),
        (["{folder}", "--floor", "gone.json"], "gone.json: cannot be read"),
    ],
)
def test_a_wrong_line_ends_with_code_2_and_one_line(folder, words, message, capsys):
    assert main(["evaluate", *(word.format(folder=folder) for word in words)]) == ExitCode.USAGE
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert shown.err.count("\n") == 1
