"""``newscrawl crawl`` as a user runs it: a process, its two streams, its exit code."""

from __future__ import annotations

import gzip
import json
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "newscrawl", "crawl"]
FAST = [
    "-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "RETRY_TIMES=0",
    "-s", "NEWSCRAWL_ALLOWED_HOSTS=127.0.0.1",
]  # fmt: skip
HEADLINE = "Parliament opens its new hall"


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *FAST, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def refused() -> str:
    """An address where nobody listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{unused.getsockname()[1]}/"


def test_records_on_standard_output_and_the_table_beside_it(site: Any, tmp_path: Path) -> None:
    done = run(site.article("/a", HEADLINE), cwd=tmp_path)
    (record,) = records(done.stdout)
    assert record["headline"] == HEADLINE
    assert done.returncode == 0
    assert re.search(r"pages fetched +1 ", done.stderr)
    assert re.search(r"articles +1", done.stderr)
    assert re.search(r"with headline +100%", done.stderr)
    assert "give --contact" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_file_is_appended_to_or_begun_anew(site: Any, tmp_path: Path) -> None:
    url, output = site.article("/a", HEADLINE), tmp_path / "new" / "100% out.jsonl"
    for expected in (1, 2):
        done = run(url, "-o", str(output), cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        assert len(records(output.read_text())) == expected
    run(url, "-o", str(output), "--overwrite", cwd=tmp_path)
    assert len(records(output.read_text())) == 1


def test_rejects_lie_beside_the_output_or_where_told(site: Any, tmp_path: Path) -> None:
    gone, output = site.url("/gone"), tmp_path / "out" / "articles.jsonl"
    run(gone, "-o", str(output), cwd=tmp_path)
    (reject,) = records((output.parent / "rejects.jsonl").read_text())
    assert (reject["url"], reject["reason"]) == (gone, "http_404")
    run(gone, "-o", str(output), "--rejects", str(tmp_path / "why.jsonl"), cwd=tmp_path)
    assert len(records((tmp_path / "why.jsonl").read_text())) == 1
    assert len(records((output.parent / "rejects.jsonl").read_text())) == 1


def test_a_target_that_cannot_be_reached_is_one_line_and_code_3(
    site: Any, tmp_path: Path, refused: str
) -> None:
    done = run(site.article("/a", HEADLINE), refused, cwd=tmp_path)
    assert len(records(done.stdout)) == 1
    assert done.returncode == 3
    said = [line for line in done.stderr.splitlines() if refused in line]
    assert said == [
        f"newscrawl: could not fetch {refused}: the connection was refused (connection)"
    ]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("target", ["http://no.invalid/", "no.invalid"])
def test_nothing_at_all_is_code_4(tmp_path: Path, target: str) -> None:
    done = run(target, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "the host name cannot be resolved (dns)" in done.stderr


def test_an_output_that_cannot_be_opened_is_code_5_before_anything_is_fetched(
    site: Any, tmp_path: Path
) -> None:
    done = run(site.article("/a", HEADLINE), "-o", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 5
    assert done.stderr == (f"newscrawl: the output cannot be written: {tmp_path}: Is a directory\n")
    assert site.asked == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_ends_the_crawl_with_code_5(site: Any, tmp_path: Path) -> None:
    rejects = str(tmp_path / "rejects.jsonl")
    done = run(site.article("/a", HEADLINE), "-o", "/dev/full", "--rejects", rejects, cwd=tmp_path)
    assert done.returncode == 5
    assert "the output could not be written" in done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_code_5_without_a_traceback(site: Any, tmp_path: Path) -> None:
    urls = [site.article(f"/{n}", f"{HEADLINE}, part {n}") for n in range(20)]
    with subprocess.Popen(
        [*COMMAND, *FAST, *urls], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read().decode()
        process.wait(timeout=60)
    assert process.returncode == 5
    assert "Traceback" not in error
    assert "Exception ignored" not in error


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "nothing to crawl: name a TARGET, a file of them with --from, or a"),
        (["ftp://example.org/"], "'ftp://example.org/' is no http or https address"),
        (["http://a/", "-s", "NAME"], "-s NAME: a setting is written NAME=VALUE"),
        (
            ["http://a/", "-s", "NEWSCRAWL_STATES=a"],
            "neither Scrapy nor newscrawl has such a setting; did you mean NEWSCRAWL_STATE?",
        ),
        (["--from", "no.txt"], "cannot read no.txt: No such file or directory"),
        (["--from", "binary"], "cannot read binary: it is not UTF-8 text"),
        (["--from", "empty"], "nothing to crawl: name a TARGET, a file of them with --from, or a"),
        (["http://a/", "--limit", "-1"], "--limit"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_code_2(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\x81")
    (tmp_path / "empty").write_text("# nothing\n")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_targets_from_a_file_a_limit_and_the_summary_as_json(site: Any, tmp_path: Path) -> None:
    urls = [site.article(f"/{n}", f"{HEADLINE}, part {n}") for n in range(5)]
    (tmp_path / "targets.txt").write_text("\n".join(urls))
    done = run("--from", "targets.txt", "--limit", "3", "--json", cwd=tmp_path)
    assert len(records(done.stdout)) == 3
    summary = json.loads(done.stderr.splitlines()[-1])
    assert summary["pages"] == summary["articles"] == summary["filled"]["headline"] == 3
    assert summary["skipped"] == {"page_limit": 2}
    assert summary["finish_reason"] == "finished"
    assert summary["failed_targets"] == []
    assert summary["pages_per_second"] > 0


SITES = """contact = "desk@example.org"

[[site]]
name = "The Post"
start = "{post}"

[[site]]
name = "The Echo"
start = "{echo}"
"""


def test_a_site_list_and_the_sites_of_it_that_are_wanted(site: Any, tmp_path: Path) -> None:
    post, echo = (site.article(f"/{n}", f"{HEADLINE}, part {n}") for n in range(2))
    (tmp_path / "sites.toml").write_text(SITES.format(post=post, echo=echo))
    done = run("--sites", "sites.toml", cwd=tmp_path)
    assert sorted(record["url"] for record in records(done.stdout)) == [post, echo]
    assert {agent.partition(" ")[2] for agent in site.agents} == {"(+desk@example.org)"}
    assert "--contact" not in done.stderr
    target = site.article("/target", f"{HEADLINE}, not in the list")
    arguments = ("--sites", "sites.toml", "--no-state", "--only", "the echo", target)
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 0
    assert sorted(record["url"] for record in records(done.stdout)) == [echo, target]


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        (SITES, ["--only", "The Ekho"], "'The Ekho'; did you mean 'The Echo' or 'The Post'?"),
        (SITES + 'langauge = "en"\n', [], ":10: unknown key 'langauge'; did you mean 'language'?"),
        (None, [], "cannot be read: No such file or directory"),
        (SITES, ["--per-run"], "--per-run needs a file: name it with -o"),
        (
            SITES,
            ["--frontier", "redis://127.0.0.1", "-o", "news.jsonl", "--overwrite"],
            "--overwrite would begin anew what other workers write: leave it out",
        ),
    ],
)
def test_a_site_list_that_cannot_be_used_is_one_line_and_nothing_is_crawled(
    site: Any, tmp_path: Path, text: str | None, arguments: list[str], said: str
) -> None:
    if text is not None:
        post, echo = site.url("/post"), site.url("/echo")
        (tmp_path / "sites.toml").write_text(text.format(post=post, echo=echo))
    done = run("--sites", "sites.toml", *arguments, site.url("/t"), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert said in line
    assert line.startswith(("sites.toml", "newscrawl: "))
    assert site.asked == []


def test_every_mistake_of_a_site_list_is_a_line(site: Any, tmp_path: Path) -> None:
    same = site.url("/same")
    text = SITES.format(post=same, echo=same) + "every = 5\n"
    (tmp_path / "sites.toml").write_text(text)
    done = run("--sites", "sites.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"sites.toml:9: start: {same} is there already, in line 5",
        'sites.toml:10: every: expected a time such as "90s", "15m", "6h" or "1d", not 5',
    ]
    assert site.asked == []


def test_a_private_host_is_crawled_when_it_is_allowed(site: Any, tmp_path: Path) -> None:
    url = site.article("/a", HEADLINE)
    public = [*FAST[:-2], "-s", "NEWSCRAWL_ALLOWED_HOSTS=10.1.2.3"]
    command = [*COMMAND, *public, url]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, site.asked) == (4, [])
    command += ["--allow-host", "intranet.example", "--allow-host", "127.0.0.0/8"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert len(records(done.stdout)) == 1


def test_a_compressed_output_and_a_file_a_run(site: Any, tmp_path: Path) -> None:
    url = site.article("/a", HEADLINE)
    for expected in (1, 2):
        assert run(url, "-o", "news.jsonl.gz", cwd=tmp_path).returncode == 0
        with gzip.open(tmp_path / "news.jsonl.gz", "rt", encoding="utf-8") as file:
            assert len(records(file.read())) == expected
    (tmp_path / "runs").mkdir()
    assert run(url, "-o", "runs/news.jsonl", "--per-run", cwd=tmp_path).returncode == 0
    (written,) = (tmp_path / "runs").glob("*.jsonl")
    assert re.fullmatch(r"news-\d{8}T\d{6}Z\.jsonl", written.name)
    assert len(records(written.read_text())) == 1


def test_feed_exports_of_scrapys_in_the_place_of_the_output(site: Any, tmp_path: Path) -> None:
    url = site.article("/a", HEADLINE)
    feeds = json.dumps({str(tmp_path / "feed.csv"): {"format": "csv", "fields": ["headline"]}})
    done = run(url, "-s", f"FEEDS={feeds}", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "feed.csv").read_text().split() == ["headline", *HEADLINE.split()]
    run(url, "-s", f"FEEDS={feeds}", "-o", "both.jsonl", cwd=tmp_path)
    assert len(records((tmp_path / "both.jsonl").read_text())) == 1


def test_the_contact_reaches_the_site(site: Any, tmp_path: Path) -> None:
    done = run(site.article("/a", HEADLINE), "--contact", "me@example.org", cwd=tmp_path)
    assert "--contact" not in done.stderr
    assert {agent.partition(" ")[2] for agent in site.agents} == {"(+me@example.org)"}


def test_a_component_that_is_not_there_is_one_line_without_traceback(
    site: Any, tmp_path: Path
) -> None:
    url = site.article("/a", HEADLINE)
    done = run(url, "-s", 'EXTENSIONS={"no.such.Thing": 1}', cwd=tmp_path)
    assert done.returncode == 1
    assert "No module named 'no'" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_the_crawl_in_order_with_code_130(site: Any, tmp_path: Path) -> None:
    url, output = site.article("/a", HEADLINE), tmp_path / "out.jsonl"
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        arguments = [url, slow, "-o", str(output), "-s", "DOWNLOAD_TIMEOUT=2"]
        with subprocess.Popen(
            [*COMMAND, *FAST, *arguments], cwd=tmp_path, stderr=subprocess.PIPE
        ) as process:
            while not (output.exists() and output.stat().st_size):
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            error = process.stderr.read().decode()
    assert process.returncode == 130
    assert len(records(output.read_text())) == 1
    assert "Traceback" not in error
