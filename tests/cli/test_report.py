from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys

import pytest

from newscrawl.cli import main
from newscrawl.cli.exit_codes import ExitCode
from newscrawl.state import RunRecord, State
from newscrawl.stats.run_summary import RunSummary
from tests.report.samples import record, revised


def lines(*records):
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


@pytest.fixture
def news(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "news.jsonl"
    path.write_text(lines(record(1), *revised(2)), encoding="utf-8")
    return path


def summary(**figures):
    return {**RunSummary().to_dict(), "started": "2026-11-02T08:00:00+00:00", **figures}


def test_a_report_is_made_of_the_output_alone(news, capsys):
    assert main(["report", "news.jsonl"]) == ExitCode.OK
    assert re.search(r"report\.html: 2 articles of 1 site, 0\.\d MB", capsys.readouterr().err)
    html = (news.parent / "report.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")


def test_standard_output_and_standard_input(news, capsysbinary, monkeypatch):
    made = subprocess.run(
        [sys.executable, "-m", "newscrawl", "report", "-", "-o", "-"],
        input=news.read_bytes(), capture_output=True, check=True,
    )  # fmt: skip
    assert made.stdout.startswith(b"<!DOCTYPE html>")
    assert b"2 articles" in made.stderr
    assert not (news.parent / "report.html").exists()


def test_state_summaries_and_rejects(news, capsys):
    alarm = {"site": "The Post", "what": "caption", "detail": "set in 2% of the records"}
    with State(news.parent / "news.state") as state:
        state.add_run(RunRecord(1_793_606_400, 1_793_606_460, summary(articles=3, alarms=[alarm])))
        state.commit()
    before = (news.parent / "news.state").read_bytes()
    (news.parent / "runs.jsonl").write_text(
        lines(summary(), summary(started="2026-11-01T00:00:00", rejects={"dns": 7}))
    )
    arguments = ["report", "news.jsonl", "--state", "news.state", "--summary", "runs.jsonl"]
    assert main(arguments) == ExitCode.OK
    html = (news.parent / "report.html").read_text(encoding="utf-8")
    assert "set in 2% of the records" in html
    assert "2 runs, 1 November 2026 to 2 November 2026" in html
    assert "7 pages became no record (counted by the runs)." in html
    assert (news.parent / "news.state").read_bytes() == before, "nothing of the state is changed"

    (news.parent / "rejects.jsonl").write_text(
        lines({"url": "https://a.example/", "reason": "tls"})
    )
    assert main(arguments) == ExitCode.OK
    html = (news.parent / "report.html").read_text(encoding="utf-8")
    assert "1 page became no record (rejects.jsonl)." in html
    assert capsys.readouterr().err.count("report.html") == 2


def test_what_cannot_be_read_is_named_and_the_rest_is_reported(news, capsys):
    with news.open("a", encoding="utf-8") as file:
        file.write('{"a": 1}\nno json\n[]\n')
        file.write(lines({**record(3), "schema_version": "9.0.0"}))
        file.write(lines(record(4))[:90])
    (news.parent / "empty.jsonl").write_bytes(b"")
    packed = gzip.compress(lines(record(5)).encode() * 50)
    (news.parent / "torn.jsonl.gz").write_bytes(packed[:-20])
    (news.parent / "no.state").write_bytes(b"no state " * 100)
    arguments = ["report", "news.jsonl", "empty.jsonl", "torn.jsonl.gz", "gone.jsonl"]
    sides = ["--state", "no.state", "--rejects", "gone-rejects.jsonl", "--summary", "news.jsonl"]
    assert main([*arguments, *sides]) == ExitCode.PARTIAL
    said = capsys.readouterr().err
    html = (news.parent / "report.html").read_text(encoding="utf-8")
    for place in (
        "news.jsonl:4", "news.jsonl:5", "news.jsonl:6", "news.jsonl:7", "news.jsonl:8",
        "torn.jsonl.gz", "gone.jsonl", "no.state", "gone-rejects.jsonl", "news.jsonl:1",
    ):  # fmt: skip
        assert place in said, place
        assert place in html, place
    assert "What is not in this report" in html
    assert "empty.jsonl: empty" in said


def test_many_problems_of_a_kind_are_counted_not_listed(news, capsys):
    with news.open("a", encoding="utf-8") as file:
        file.write("no json\n" * 5_000)
    assert main(["report", "news.jsonl"]) == ExitCode.PARTIAL
    said = capsys.readouterr().err
    assert said.count("not_json") == 11
    assert "not_json: 4,990 more" in said
    assert "and 4,990 more" in (news.parent / "report.html").read_text(encoding="utf-8")


def test_nothing_to_report(news, capsys):
    (news.parent / "empty.jsonl").write_bytes(b"")
    assert main(["report", "empty.jsonl", "-o", "a.html"]) == ExitCode.NOTHING
    assert "No articles." in (news.parent / "a.html").read_text(encoding="utf-8")
    # A misspelt name must not put an empty report in the place of a good one.
    (news.parent / "b.html").write_text("good")
    assert main(["report", "nwes.jsonl", "-o", "b.html"]) == ExitCode.NOTHING
    assert (news.parent / "b.html").read_text() == "good"
    assert "nwes.jsonl: unreadable: no such file or folder" in capsys.readouterr().err
    assert main(["report"]) == ExitCode.USAGE


def test_a_target_that_cannot_be_written_stays_as_it_was(news, capsys):
    assert main(["report", "news.jsonl", "-o", "no/folder/report.html"]) == ExitCode.OUTPUT
    assert "no/folder/report.html: cannot be written" in capsys.readouterr().err
    kept = news.parent / "kept.html"
    kept.write_text("as it was")
    command = f"{sys.executable} -m newscrawl report news.jsonl -o kept.html"
    limited = subprocess.run(
        ["bash", "-c", f"ulimit -f 40; exec {command}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert limited.returncode == ExitCode.OUTPUT, limited.stderr
    assert "kept.html: cannot be written (File too large)" in limited.stderr
    assert kept.read_text() == "as it was"
    assert sorted(path.name for path in news.parent.iterdir()) == ["kept.html", "news.jsonl"]


def test_a_state_in_use_is_left_out(news, capsys):
    with State(news.parent / "news.state") as state:
        state.add_run(RunRecord(1_793_606_400, 1_793_606_460, summary()))
        state.commit()
        assert main(["report", "news.jsonl", "--state", "news.state"]) == ExitCode.PARTIAL
        assert "news.state is in use by another run" in capsys.readouterr().err
    assert main(["report", "news.jsonl", "--state", "news.state"]) == ExitCode.OK


def test_what_is_missing_is_said_in_words(news, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    for name in [name for name in sys.modules if name.startswith("newscrawl.report")]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["report", "news.jsonl"]) == ExitCode.USAGE
    assert "a report needs vl_convert: pip install 'newscrawl[report]'" in capsys.readouterr().err


def test_a_folder_is_read_with_the_rejects_in_it(news, capsys):
    folder = news.parent / "archive"
    folder.mkdir()
    news.rename(folder / "news.jsonl")
    (folder / "rejects.jsonl").write_text(lines({"url": "https://a.example/", "reason": "tls"}))
    assert main(["report", "archive"]) == ExitCode.OK
    assert "2 articles" in capsys.readouterr().err
    html = (news.parent / "report.html").read_text(encoding="utf-8")
    assert "1 page became no record (archive/rejects.jsonl)." in html
