"""newscrawl show: from records, saved pages and addresses, for people, and no command in it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.cli import main
from newscrawl.records.output import to_line
from tests.conftest import LocalSite
from tests.records.export.records import RICH, revision
from tests.records.reading.records import line, old_line, record, write

PAGE = Path(__file__).parents[2] / "fixtures" / "harbour-post" / "dawn-ferry" / "page.html"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def show(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["show", *words])
    captured = capsys.readouterr()
    return code, "\n".join(each.rstrip() for each in captured.out.splitlines()), captured.err


def test_a_record_is_set_for_reading(capsys):
    write(Path("one.jsonl"), [to_line(RICH)])
    code, out, err = show(capsys, "one.jsonl")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:5] == [
        "World · The Example",
        RICH["headline"],
        RICH["description"],
        "=Ana Writer, Jörg Ötztürk",
        f"published {RICH['date']}, updated {RICH['date_modified']}",
    ]
    assert "    ▣ +49 30 1234, the old number (A. Writer/Agency)" in lines
    assert "@home: Ёлка, 東京, ﷽." in lines
    fields = {each.split()[0]: each.split()[1:] for each in lines[lines.index("") :] if each}
    assert fields["headline"] == ["json-ld", "above"]
    assert fields["body"] == ["html", "above"]
    assert fields["tags"] == ["parliament;", "architecture"]
    assert fields["rights"] == "robots: value: noarchive, source: meta".split()


def test_long_lines_are_wrapped(capsys):
    write(Path("one.jsonl"), [line(1, body="word " * 100)])
    _, out, _ = show(capsys, "one.jsonl")
    assert max(map(len, out.splitlines())) <= 88


def test_many_records_are_listed_and_one_is_chosen(capsys):
    write(Path("news.jsonl.gz"), [line(number) for number in range(1, 61)])
    code, out, err = show(capsys, "news.jsonl.gz")
    assert code == 0
    assert out.splitlines()[:2] == ["line  date        headline", "1     2024-05-06  Headline 1"]
    assert "and more; name one by its address or line" in err
    assert "Headline 7\n" in show(capsys, "news.jsonl.gz", "7")[1]
    assert "Headline 9\n" in show(capsys, "news.jsonl.gz", "http://www.example.org/news/9/")[1]
    code, out, err = show(capsys, "news.jsonl.gz", "99")
    assert (code, out) == (4, "")
    assert "news.jsonl.gz: no article 99; newscrawl show news.jsonl.gz lists them" in err


def test_an_address_means_the_latest_revision(capsys):
    write(Path("news.jsonl"), [to_line(revision(1, number)) for number in (1, 3, 2)])
    _, out, _ = show(capsys, "news.jsonl", "https://www.example.org/news/1")
    assert "Article 1, revision 3" in out


def test_a_record_as_json(capsys):
    write(Path("one.jsonl"), [to_line(RICH)])
    assert json.loads(show(capsys, "one.jsonl", "--json")[1]) == RICH


def test_what_cannot_be_read_is_said(capsys):
    write(Path("torn.jsonl"), [old_line(1), line(2)[:50]])
    code, out, err = show(capsys, "torn.jsonl")
    assert code == 3
    assert "Headline 1" in out
    assert "torn.jsonl:1: other_schema: no schema_version" in err
    assert "newscrawl: torn.jsonl:2: torn: the file ends within this line" in err
    Path("empty.jsonl").touch()
    assert show(capsys, "empty.jsonl")[0] == 4
    assert show(capsys, "gone.jsonl")[0] == 4
    assert "cannot read gone: No such file or directory" in show(capsys, "gone")[2]


def test_nothing_in_a_record_commands_the_terminal(capsys):
    evil = "\x1b]0;owned\x07\x1b[2J[bold]x[/bold]\u202e\r"
    fields = ("headline", "body", "caption", "credit", "description", "section", "publisher")
    hostile = record(1, authors=[evil], tags=[evil], sources={"url": evil})
    hostile |= dict.fromkeys(fields, evil)
    write(Path("evil.jsonl"), [to_line(hostile)])
    _, out, _ = show(capsys, "evil.jsonl")
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "]0;owned[2J[bold]x[/bold]" in out
    write(Path("evils.jsonl"), [to_line(hostile)] * 2)
    _, out, _ = show(capsys, "evils.jsonl")
    assert "\x1b" not in out
    assert "[bold]x[/bold]" in out


def test_a_saved_page(capsys):
    code, out, err = show(capsys, str(PAGE))
    assert (code, err) == (0, "")
    assert "Islanders win back the dawn ferry" in out
    assert "▣ The Skerry Maid leaves Port Lorne before sunrise. (Moira Tulloch)" in out
    Path("page.html.gz").write_bytes(gzip.compress(PAGE.read_bytes()))
    assert "Islanders win back" in show(capsys, "page.html.gz")[1]


def test_a_page_that_is_no_article(capsys):
    Path("login.html").write_text("<html><body><form>Log in <input name=a></form></body></html>")
    code, _, err = show(capsys, "login.html", "--url", "https://www.example.org/login")
    assert code == 3
    assert "https://www.example.org/login would be rejected: " in err
    Path("picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    code, _, err = show(capsys, "picture.html")
    assert code == 4
    assert "picture.html: binary: " in err


@pytest.mark.parametrize("data", [to_line(RICH), PAGE.read_bytes()], ids=["record", "page"])
def test_standard_input(data):
    command = [sys.executable, "-m", "newscrawl", "show", "-"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert RICH["caption"].encode() in done.stdout or b"dawn ferry" in done.stdout


def test_an_address_is_fetched_as_a_crawl_would(site: LocalSite):
    url = site.article("/world/hall", "Parliament opens its new hall")
    command = [sys.executable, "-m", "newscrawl", "show"]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "Parliament opens its new hall" in done.stdout
    assert site.asked == ["/robots.txt", "/world/hall"]
    gone = [*command, site.url("/gone")]
    done = subprocess.run(gone, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 4
    assert "could not fetch" in done.stderr
