"""``newscrawl sites new`` as a user runs it, on a site on the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.site_list.site_list import parse_site_list, read_site_list
from tests.conftest import SENTENCES, LocalSite

FAST = [
    "--allow-host", "127.0.0.0/8",
    "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_TIMES=0",
]  # fmt: skip


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newscrawl", *arguments, *FAST],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        env=os.environ | {"COLUMNS": "200"},
    )


@pytest.fixture
def paper(site: LocalSite) -> LocalSite:
    """An outlet with a feed of six articles, a news sitemap and an archive of sitemaps."""
    name = '<meta property="og:site_name" content="The &quot;Quay&quot; / Herald">'
    urls = [
        site.article(f"/s/the-story-number-{n}", f"What happened in story {n}", head=name)
        for n in range(6)
    ]
    items = "".join(f"<item><link>{url}</link><title>Story</title></item>" for url in urls)
    site.add("/all.rss", f"<rss><channel>{items}</channel></rss>", "text/xml")
    site.add("/empty.rss", "<rss><channel></channel></rss>", "text/xml")
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{feed}.rss">'
        for feed in ("all", "empty")
    )
    site.listing("/", dict.fromkeys(urls, "What happened in this story"), head=name + feeds)
    site.add(
        "/robots.txt",
        "".join(f"Sitemap: {site.url(path)}\n" for path in ("/index.xml", "/news.xml")),
        "text/plain",
    )
    news = (
        '<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{urls[0]}</loc><n:news><n:publication_date>2024-05-06</n:publication_date>"
        "<n:title>Story</n:title></n:news></url></urlset>"
    )
    site.add("/news.xml", news, "text/xml")
    site.add(
        "/index.xml",
        f"<sitemapindex><sitemap><loc>{site.url('/old.xml')}</loc></sitemap></sitemapindex>",
        "text/xml",
    )
    site.add("/old.xml", f"<urlset><url><loc>{urls[5]}</loc></url></urlset>", "text/xml")
    return site


def test_an_entry_with_what_the_site_announces(paper: LocalSite, tmp_path: Path) -> None:
    done = run("sites", "new", paper.url("/"), cwd=tmp_path)
    assert done.returncode == 0
    (entry,) = parse_site_list(done.stdout, Path("-")).entries
    assert entry.name == 'The "Quay" - Herald'
    assert sorted(entry.start) == [paper.url("/all.rss"), paper.url("/news.xml")]
    assert entry.language == "en"
    comments = [line for line in done.stdout.splitlines() if line.lstrip().startswith("#")]
    for kind, path in (("page", "/"), ("sitemap index, 1 sitemaps", "/index.xml")):
        assert any(f'"{paper.url(path)}",  # {kind}' in line for line in comments)
    assert "/empty.rss" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_five_articles_are_shown_as_a_table(paper: LocalSite, tmp_path: Path) -> None:
    lines = run("sites", "new", paper.url("/"), cwd=tmp_path).stderr.splitlines()
    title = next(line for line in lines if line.strip().startswith("headline"))
    assert title.split() == ["headline", "date", "authors", "words", "caption"]
    rows = [line for line in lines if "What happened in story" in line]
    assert len(rows) == 5
    words = str(2 * sum(len(sentence.split()) for sentence in SENTENCES))
    assert [row.split()[-4:] for row in rows] == [["2024-05-06", "-", words, "no"]] * 5


def test_the_entry_can_be_crawled(paper: LocalSite, tmp_path: Path) -> None:
    done = run("sites", "new", paper.url("/"), "-o", "sites.toml", "--name", "Quay", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "newscrawl crawl --sites sites.toml" in done.stderr
    done = run("crawl", "--sites", "sites.toml", "--only", "quay", cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 6


def test_an_entry_is_put_after_what_is_there(paper: LocalSite, tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    before = (
        '# ours\ncontact = "me@example.org"\n[[site]]\nname = "A"\nstart = "https://a.example/"'
    )
    path.write_text(before)
    assert run("sites", "new", paper.url("/"), "-o", "sites.toml", cwd=tmp_path).returncode == 0
    assert path.read_text().startswith(before + "\n\n[[site]]\n")
    assert [entry.name for entry in read_site_list(path).entries] == ["A", 'The "Quay" - Herald']
    assert {agent.partition(" ")[2] for agent in paper.agents} == {"(+me@example.org)"}


def test_a_section_starts_where_it_was_looked_at(paper: LocalSite, tmp_path: Path) -> None:
    links = {f"/s/the-story-number-{n}": f"What happened in story {n}" for n in range(6)}
    section = paper.listing("/harbour/", links)
    done = run("sites", "new", section, cwd=tmp_path)
    assert parse_site_list(done.stdout, Path("-")).entries[0].start == (section,)
    feed = run("sites", "new", paper.url("/all.rss"), cwd=tmp_path)
    assert parse_site_list(feed.stdout, Path("-")).entries[0].start == (paper.url("/all.rss"),)


def test_what_was_found_as_json(paper: LocalSite, tmp_path: Path) -> None:
    done = run("sites", "new", paper.url("/"), "--json", cwd=tmp_path)
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["name"] == 'The "Quay" - Herald'
    assert {"url": paper.url("/all.rss"), "kind": "feed", "links": 6} in found["start"]
    assert {"url": paper.url("/old.xml"), "kind": "sitemap", "links": 1} in found["others"]
    assert len(found["articles"]) == 5
    assert set(found["articles"][0]) == {"url", "headline", "date", "authors", "words", "caption"}
    assert parse_site_list(found["toml"], Path("-")).entries[0].name == found["name"]


def test_a_name_or_a_start_that_is_there_is_refused(paper: LocalSite, tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(f'[[site]]\nname = "Quay"\nstart = "{paper.url("/all.rss")}"\n')
    before = path.read_bytes()
    new = ("sites", "new", paper.url("/"), "-o", "sites.toml")
    done = run(*new, "--name", "QUAY", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "newscrawl: sites.toml: 'Quay' is there already; choose another with --name\n"
    )
    assert paper.asked == []
    done = run(*new, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{paper.url('/all.rss')} is there already, as a start of 'Quay'" in done.stderr
    assert path.read_bytes() == before


def test_nothing_is_written_for_a_site_without_articles(site: LocalSite, tmp_path: Path) -> None:
    done = run("sites", "new", site.url("/"), "-o", "sites.toml", cwd=tmp_path)
    assert done.returncode == 4
    assert f"newscrawl: could not fetch {site.url('/')}: the server answered 404" in done.stderr
    site.add("/", "<html><title>Soon</title><p>Here will be news.</html>")
    done = run("sites", "new", site.url("/"), "-o", "sites.toml", cwd=tmp_path)
    assert done.returncode == 4
    assert f"newscrawl: no article was found from {site.url('/')}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_list_with_mistakes_is_told_before_anything_is_fetched(
    site: LocalSite, tmp_path: Path
) -> None:
    (tmp_path / "sites.toml").write_text('[[site]]\nname = "A"\n')
    done = run("sites", "new", site.url("/"), "-o", "sites.toml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "sites.toml:1: this [[site]] has no start\n")
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ftp://a.example/"], "'ftp://a.example/' is no http or https address"),
        (["http://a.example/", "--name", "a/b"], "--name: expected at most 100 characters"),
        (["http://a.example/", "-o", "."], "cannot read .: Is a directory"),
    ],
)
def test_a_wrong_command_line_is_one_line(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    done = run("sites", "new", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert message in line
