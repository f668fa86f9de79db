"""``newscrawl crawl`` again and again: the state, the summary of each run, drift."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.state import State

COMMAND = [sys.executable, "-m", "newscrawl", "crawl"]
FAST = [
    "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_TIMES=0",
    "--allow-host", "127.0.0.1", "--contact", "https://example.org/bot",
]  # fmt: skip


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *FAST, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def publish(site: Any, numbers: range, *, broken: bool = False) -> str:
    """Put a feed of articles online, or of pages that have lost their text."""
    paths = [f"/news/story-{n}-of-the-day" for n in numbers]
    for n, path in zip(numbers, paths, strict=True):
        if broken:
            site.add(path, f"<title>Story {n}</title><h1>Story {n}</h1><div id=app></div>")
        else:
            site.article(path, f"What became of story {n}")
    items = "".join(f"<item><link>{site.url(path)}</link></item>" for path in paths)
    return site.add(
        "/feed", f'<rss version="2.0"><channel>{items}</channel></rss>', "application/rss+xml"
    )


@pytest.fixture
def folder(site: Any, tmp_path: Path) -> Path:
    publish(site, range(4))
    (tmp_path / "sites.toml").write_text(
        f'[[site]]\nname = "The Post"\nstart = "{site.url("/feed")}"\n'
    )
    return tmp_path


def test_a_site_list_has_a_state_beside_it(site: Any, folder: Path) -> None:
    first = run("--sites", "sites.toml", "-o", "news.jsonl", cwd=folder)
    assert first.returncode == 0
    assert (folder / "sites.state").exists()
    written = (folder / "news.jsonl").read_bytes()
    again = run("--sites", "sites.toml", "-o", "news.jsonl", cwd=folder)
    assert again.returncode == 0
    assert (folder / "news.jsonl").read_bytes() == written
    assert re.search(r"skipped +4 +known 4", again.stderr)


def test_no_state_forgets(site: Any, folder: Path) -> None:
    for expected in (4, 8):
        run("--sites", "sites.toml", "--no-state", "-o", "news.jsonl", cwd=folder)
        assert len((folder / "news.jsonl").read_text().splitlines()) == expected
    assert not (folder / "sites.state").exists()


def test_targets_have_a_state_where_one_is_named(site: Any, folder: Path) -> None:
    feed = site.url("/feed")
    run(feed, "--state", "my.state", "-o", "news.jsonl", cwd=folder)
    publish(site, range(6))
    run(feed, "--state", "my.state", "-o", "news.jsonl", cwd=folder)
    addresses = [
        json.loads(line)["url"] for line in (folder / "news.jsonl").read_text().splitlines()
    ]
    assert len(addresses) == len(set(addresses)) == 6


def test_a_state_that_is_none_is_refused_before_anything_is_fetched(
    site: Any, folder: Path
) -> None:
    (folder / "my.state").write_text("Dear diary, today I crawled.\n" * 100)
    done = run(site.url("/feed"), "--state", "my.state", "-o", "news.jsonl", cwd=folder)
    assert done.returncode == 5
    assert "my.state" in done.stderr
    assert "Traceback" not in done.stderr
    assert site.asked == []
    assert (folder / "my.state").read_text().startswith("Dear diary")


def test_two_crawls_on_one_state_are_one_too_many(site: Any, folder: Path) -> None:
    with State(folder / "my.state"):
        done = run(site.url("/feed"), "--state", "my.state", "-o", "news.jsonl", cwd=folder)
    assert done.returncode == 5
    assert "my.state" in done.stderr
    assert site.asked == []


def test_every_run_leaves_its_summary_in_a_file_and_in_the_state(site: Any, folder: Path) -> None:
    for _ in range(2):
        run("--sites", "sites.toml", "-o", "news.jsonl", "--summary", "runs.jsonl", cwd=folder)
    first, second = map(json.loads, (folder / "runs.jsonl").read_text().splitlines())
    post = first["sites"]["The Post"]
    assert (post["pages"], post["listings"], post["found"], post["new"]) == (5, 1, 4, 4)
    assert post["filled"]["headline"] == 4
    assert len(post["body_lengths"]) == 4
    assert post["bytes"] == first["bytes"] > 0
    assert (first["articles"], second["articles"]) == (4, 0)
    assert second["sites"]["The Post"]["skipped"] == {"known": 4}
    with State(folder / "sites.state") as state:
        runs = state.runs("The Post")
        assert [run.summary["articles"] for run in state.runs()] == [0, 4]
    assert [run.sites["The Post"]["new"] for run in runs] == [0, 4]


def test_a_site_whose_pages_lose_their_text_raises_an_alarm(site: Any, folder: Path) -> None:
    options = ("--sites", "sites.toml", "-o", "news.jsonl")
    assert run(*options, "--fail-on-drift", cwd=folder).returncode == 0
    publish(site, range(10, 14), broken=True)
    done = run(*options, "--json", cwd=folder)
    assert done.returncode == 4
    summary = json.loads(next(line for line in done.stderr.splitlines() if line[:1] == "{"))
    assert [(alarm["site"], alarm["what"]) for alarm in summary["alarms"]] == [
        ("The Post", "articles")
    ]
    publish(site, range(20, 24), broken=True)
    done = run(*options, "--fail-on-drift", cwd=folder)
    assert done.returncode == 7
    assert "drift: The Post: articles: none of 4 pages is an article any more" in done.stderr


def test_the_table_has_a_row_for_each_of_several_sites(site: Any, folder: Path) -> None:
    site.article("/one", "The only story")
    site.add("/lost", "", status=500)
    with (folder / "sites.toml").open("a") as file:
        for name, path in (("One", "/one"), ("Lost", "/lost")):
            file.write(f'[[site]]\nname = "{name}"\nstart = "{site.url(path)}"\n')
    done = run("--sites", "sites.toml", "-o", "news.jsonl", cwd=folder)
    assert done.returncode == 3
    rows = [line.split() for line in done.stderr.splitlines()]
    assert ["The", "Post", "5", "4", "0", "0", "0", "100%", "0%", "0%"] in [r[:10] for r in rows]
    assert ["One", "1", "1", "0", "0", "0"] in [row[:6] for row in rows]
    assert ["Lost", "1", "0", "0", "0", "1"] in [row[:6] for row in rows]


def test_a_site_is_looked_at_no_more_often_than_its_entry_says(site: Any, folder: Path) -> None:
    with (folder / "sites.toml").open("a") as file:
        file.write('every = "1h"\n')
    run("--sites", "sites.toml", "-o", "news.jsonl", cwd=folder)
    site.asked.clear()
    done = run("--sites", "sites.toml", "-o", "news.jsonl", cwd=folder)
    assert done.returncode == 0
    assert site.asked == []
    assert re.search(r"skipped +1 +not_due 1", done.stderr)
