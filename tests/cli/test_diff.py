"""newscrawl diff: two revisions of an article, two outputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newscrawl.cli import main
from newscrawl.records.output import to_line
from tests.records.export.records import revision
from tests.records.reading.records import line, record, write

URL = "https://www.example.org/news/1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def diff(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["diff", *words])
    captured = capsys.readouterr()
    return code, "\n".join(each.rstrip() for each in captured.out.splitlines()), captured.err


@pytest.fixture
def revised() -> str:
    bodies = ["The hall is red.", "The hall is blue.", "The new hall is blue."]
    lines = [
        to_line(revision(1, number, body=body) | {"headline": "The hall"})
        for number, body in enumerate(bodies, start=1)
    ]
    return write(Path("news.jsonl"), [line(2), *lines])


def test_the_last_two_revisions(capsys, revised):
    code, out, err = diff(capsys, revised, "--article", URL)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "The hall",
        "revision 2, fetched 2024-05-06T06:00:02Z → revision 3, fetched 2024-05-06T06:00:03Z",
        "",
        "body",
        "The {+new+} hall is blue.",
    ]


def test_chosen_revisions(capsys, revised):
    _, out, _ = diff(capsys, revised, "--article", URL, "--revisions", "1:3")
    assert out.endswith("body\nThe {+new+} hall is [-red-] {+blue+}.")
    code, _, err = diff(capsys, revised, "--article", URL, "--revisions", "1:7")
    assert code == 4
    assert "news.jsonl: no revision 7 of it; there are 1, 2, 3" in err
    assert diff(capsys, revised, "--article", URL, "--revisions", "last")[0] == 2


def test_far_from_a_change_the_text_is_left_out(capsys):
    words = " ".join(f"word{number}" for number in range(200))
    olds, news = f"{words} end. {words}", f"{words} new end. {words}"
    both = [revision(1, 1, body=olds), revision(1, 2, body=news)]
    write(Path("news.jsonl"), map(to_line, both))
    _, out, _ = diff(capsys, "news.jsonl", "--article", URL)
    text = " ".join(out.split())
    assert "body … word193 word194" in text
    assert "word199 {+new+} end. word0 word1 " in text
    assert text.endswith("word8 …")
    assert "word100" not in out


def test_an_article_in_two_outputs(capsys):
    write(Path("old.jsonl"), [line(1, body="A red hat.", tags=["a"]), line(2)])
    write(Path("new.jsonl"), [line(1, body="A red hat.", tags=["a", "b"])])
    code, out, _ = diff(capsys, "old.jsonl", "new.jsonl", "--article", URL, "--json")
    assert code == 0
    assert json.loads(out) == {"field": "tags", "old": ["a"], "new": ["a", "b"]}


def test_one_revision_is_nothing_to_compare(capsys):
    write(Path("news.jsonl"), [line(1)])
    code, _, err = diff(capsys, "news.jsonl", "--article", URL)
    assert code == 4
    assert f"news.jsonl: one revision of {URL} alone, so nothing to compare" in err
    code, _, err = diff(capsys, "news.jsonl", "--article", "https://www.example.org/gone")
    assert code == 4
    assert "newscrawl show news.jsonl lists them" in err


@pytest.fixture
def outputs() -> tuple[str, str]:
    old = [line(1), line(2), line(3), line(4), to_line(revision(5, 1))]
    new = [
        line(2, headline="Another", body="Other."),
        line(3, fetched_at="2025-01-01T00:00:00Z", revision=2),
        line(4, tags=["x"]),
        to_line(revision(5, 1)),
        to_line(revision(5, 2)),
        line(6),
    ]
    return write(Path("old.jsonl.gz"), old), write(Path("new.jsonl"), new)


def test_two_outputs(capsys, outputs):
    code, out, err = diff(capsys, *outputs)
    assert code == 0
    assert [each.split() for each in err.splitlines()] == [
        ["added", "1"], ["removed", "1"], ["changed", "3"], ["same", "1"],
        ["headline", "2"], ["body", "1"], ["tags", "1"],
    ]  # fmt: skip
    assert out.splitlines() == [
        "+ Headline 6",
        "  https://www.example.org/news/6",
        "- Headline 1",
        "  https://www.example.org/news/1",
        "~ Another (headline, body)",
        "  https://www.example.org/news/2",
        "~ Headline 4 (tags)",
        "  https://www.example.org/news/4",
        "~ Article 5, revision 2 (headline)",
        "  https://www.example.org/news/5",
    ]


def test_two_outputs_for_machines(capsys, outputs):
    code, out, _ = diff(capsys, *outputs, "--json", "--fail-on-change")
    assert code == 6
    changes = [json.loads(each) for each in out.splitlines()]
    assert changes[0] == {
        "kind": "changed", "url": "https://www.example.org/news/2", "headline": "Another",
        "fields": ["headline", "body"],
    }  # fmt: skip
    assert [each["kind"] for each in changes] == [*["changed"] * 3, "added", "removed"]
    assert diff(capsys, outputs[0], outputs[0], "--fail-on-change")[0] == 0


def test_many_changes_are_said_in_short(capsys):
    write(Path("old.jsonl"), [line(1)])
    write(Path("new.jsonl"), [line(number) for number in range(1, 101)])
    _, out, _ = diff(capsys, "old.jsonl", "new.jsonl")
    assert out.count("+ Headline") == 20
    assert out.splitlines()[-1] == "+ and 79 more"


def test_bad_input(capsys):
    write(Path("old.jsonl"), [line(1), b"torn"])
    write(Path("new.jsonl"), [line(1)])
    code, _, err = diff(capsys, "old.jsonl", "new.jsonl")
    assert code == 3
    assert "newscrawl: old.jsonl:2: torn: " in err
    assert diff(capsys, "gone.jsonl", "gone.jsonl")[0] == 4
    assert "name two files, or an article with --article" in diff(capsys, "old.jsonl")[2]
    assert diff(capsys, "old.jsonl", "new.jsonl", "--revisions", "1:2")[0] == 2


def test_nothing_in_a_record_commands_the_terminal(capsys):
    evil = "\x1b[2J[red]x[/red]"
    write(Path("old.jsonl"), [to_line(record(1, headline="a", body="b", tags=["c"]))])
    hostile = record(1, headline=evil, body=evil, tags=[evil])
    write(Path("new.jsonl"), [to_line(hostile), to_line(record(2, headline=evil, url=evil))])
    for words in ([], ["--article", URL]):
        _, out, _ = diff(capsys, "old.jsonl", "new.jsonl", *words)
        assert "\x1b" not in out
        assert "[2J[red]x[/red]" in out
