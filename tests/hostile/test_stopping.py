"""Cases 26 and 27: a run that is told to end, once or twice; a second run beside one under way."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.state import State
from tests.hostile.kills import Crawls, all_gone, wait_until
from tests.hostile.outlets import Outlets

pytestmark = pytest.mark.slow

INTERRUPTED, REFUSED = 130, 5


@pytest.fixture
def outlets() -> Iterator[Outlets]:
    with Outlets(datetime.now(UTC)) as running:
        yield running


@pytest.fixture
def crawls(tmp_path: Path, outlets: Outlets) -> Crawls:
    return Crawls(tmp_path, outlets)


def under_way(crawls: Crawls) -> tuple[subprocess.Popen[bytes], str]:
    """Return a run that has written some articles and has more to fetch."""
    served = crawls.outlets.served
    process, mark = crawls.start()
    output = crawls.folder / crawls.output
    wait_until(process, lambda: crawls.outlets.served > served + 15 and bool(output.stat().st_size))
    assert process.poll() is None, crawls.said
    return process, mark


def tell_twice(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Tell a run that waits for an answer to end, and once more; it must not wait on."""
    process.send_signal(number)
    wait_until(process, lambda: False, 0.5)
    assert process.poll() is None, "it drains"
    process.send_signal(number)
    assert process.wait(30) == INTERRUPTED


def assert_all_there(crawls: Crawls) -> None:
    account = crawls.account()
    assert (account.lost, account.doubled, account.torn, account.wrong) == ([], [], [], [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_told_once_it_ends_in_order(crawls: Crawls, number: signal.Signals) -> None:
    crawls.settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = 1
    process, mark = under_way(crawls)
    process.send_signal(number)
    assert crawls.code_of(process) == INTERRUPTED
    assert all_gone(mark)
    written = [json.loads(line)["url"] for line in crawls.lines()]
    assert 0 < len(written) < len(crawls.outlets.articles)
    # All that it wrote is marked: nothing is left for the next run to find in the file.
    with State(crawls.folder / "news.state") as state:
        length = state.output_length(str((crawls.folder / "news.jsonl").resolve()))
    assert length == (crawls.folder / "news.jsonl").stat().st_size
    assert crawls.run() == 0
    assert_all_there(crawls)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_told_twice_it_ends_at_once(crawls: Crawls, number: signal.Signals) -> None:
    # A page that never comes would hold up a run that drains for three minutes.
    crawls.outlets.hang()
    process, mark = under_way(crawls)
    tell_twice(process, number)
    assert "Traceback" not in crawls.said
    assert all_gone(mark)
    assert all(json.loads(line) and line.endswith(b"\n") for line in crawls.lines())
    crawls.outlets.release()
    assert crawls.run() == 0
    assert_all_there(crawls)


def test_told_twice_a_file_of_its_own_is_finished_by_the_next_run(
    tmp_path: Path, outlets: Outlets
) -> None:
    crawls = Crawls(tmp_path, outlets, "news.jsonl.gz", ("--per-run",))
    outlets.hang()
    served = outlets.served
    process, _ = crawls.start()
    wait_until(process, lambda: outlets.served > served + 15)
    tell_twice(process, signal.SIGTERM)
    outlets.release()
    assert crawls.run() == 0
    assert_all_there(crawls)


def test_a_second_run_beside_the_first_is_refused(crawls: Crawls) -> None:
    crawls.outlets.hang()
    first, _ = under_way(crawls)
    for output, state, named in (
        ("news.jsonl", "news.state", "news.state is in use by another run"),
        ("other.jsonl", "news.state", "news.state is in use by another run"),
        ("news.jsonl", "other.state", "news.jsonl is being written by another process"),
    ):
        second = Crawls(crawls.folder, crawls.outlets, output, state=state)
        assert second.run() == REFUSED
        assert named in second.said
    assert first.poll() is None
    tell_twice(first, signal.SIGTERM)
    (crawls.folder / "other.state").unlink()
    crawls.outlets.release()
    assert crawls.run() == 0
    assert_all_there(crawls)
