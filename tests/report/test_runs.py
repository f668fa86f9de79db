from __future__ import annotations

import json

from newscrawl.report.rejects import reasons_of, reasons_of_runs
from newscrawl.report.runs import alarms_of, runs_of, summaries_of
from newscrawl.report.side_files import read_rejects, read_summaries
from newscrawl.state import RunRecord
from newscrawl.stats.run_summary import RunSummary

ALARM = {"site": "The Post", "what": "caption", "detail": "set in 2% of the last 50 records"}


def summary(started, **figures):
    return {**RunSummary().to_dict(), "started": started, **figures}


def test_runs_are_ordered_and_each_counts_once():
    later = summary("2026-11-02T08:00:00+00:00", articles=9, revised=2, rejects={"http_404": 3})
    earlier = summary("2026-11-01T09:00:00+02:00", alarms=[ALARM], pages=4, seconds=1.5)
    runs = runs_of([later, earlier, later])
    assert [f"{run.started:%d %H}" for run in runs] == ["01 07", "02 08"]
    assert (runs[1].new, runs[1].revised, runs[1].rejects) == (7, 2, 3)
    ((started, alarms),) = alarms_of(runs)
    assert (started, alarms[0].what) == (runs[0].started, "caption")


def test_a_run_of_the_state_is_the_run_of_the_summary_file():
    written = summary("2026-11-02T08:00:00+00:00", articles=1)
    record = RunRecord(1_793_606_400, 1_793_606_410, {"articles": 1, "started": written["started"]})
    assert len(runs_of([written, *summaries_of([record])])) == 1
    old = RunRecord(1_793_606_400, 1_793_606_410, {"articles": 1})  # one that did not say when
    assert runs_of(summaries_of([old]))[0].started.isoformat() == "2026-11-02T08:00:00+00:00"


def test_reasons_are_counted_with_their_sites():
    rejects = [{"url": f"https://www.a.example/{n}", "reason": "http_404"} for n in range(5)]
    rejects.append({"url": "https://b.example/", "reason": "kind_wall", "detail": "a login"})
    first, second = reasons_of(rejects)
    assert (first.name, first.pages, first.sites["a.example"]) == ("http_404", 5, 5)
    assert len(first.examples) == 3
    assert second.examples == [("https://b.example/", "a login")]


def test_runs_count_rejects_too():
    figures = {"The Post": {"rejects": {"http_404": 2, "dns": 1}}}
    first, second = reasons_of_runs([
        summary("2026-11-02", rejects={"http_404": 3}, sites=figures),
        summary("2026-11-03", rejects={"http_404": 1, "dns": 2}, sites=figures),
    ])  # fmt: skip
    assert (first.name, first.pages, first.sites["The Post"]) == ("http_404", 4, 4)
    assert (second.name, second.pages) == ("dns", 2)


def test_lines_that_are_none_are_problems_with_their_place(tmp_path):
    path = tmp_path / "runs.jsonl"
    good = json.dumps(summary("2026-11-02T08:00:00"))
    edited = json.dumps(summary("2026-11-02T08:00:00", rejects={"http_404": "many"}))
    path.write_text(f'{good}\n\n[]\n{edited}\n{{"url": 1}}\n{good[:40]}\n{good[:30]}')
    problems = []
    assert len(list(read_summaries(str(path), problems.append))) == 1
    assert [(each.place.line, each.reason) for each in problems] == [
        (3, "foreign"), (4, "foreign"), (5, "foreign"), (6, "not_json"), (7, "torn"),
    ]  # fmt: skip
    assert list(read_rejects(str(tmp_path / "no.jsonl"), problems.append)) == []
    assert problems[-1].reason == "unreadable"
