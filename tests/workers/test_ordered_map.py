"""The ordered map over worker processes: order, memory, and workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from newscrawl.workers.ordered_map import Crash, ordered_map

SECONDS = 120
"""A net; it takes one."""


def double(number: int) -> int:
    return 2 * number


def double_or_die(number: int) -> int:
    if number % 20 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_items(jobs):
    assert list(ordered_map(double, range(200), jobs=jobs)) == [2 * n for n in range(200)]


def test_no_items():
    assert list(ordered_map(double, [], jobs=2)) == []


def test_only_a_bounded_number_of_items_is_read_ahead():
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = ordered_map(double, endless(), jobs=2)
    assert [next(results) for _ in range(100)] == [2 * n for n in range(1, 101)]
    assert taken < 300
    results.close()


def test_a_dying_worker_costs_its_item_alone():
    results = list(ordered_map(double_or_die, range(60), jobs=2))
    assert results == [Crash(n) if n % 20 == 7 else 2 * n for n in range(60)]


def test_workers_end_with_the_process_that_started_them_though_it_is_killed():
    script = (
        "import itertools\n"
        "from newscrawl.workers.ordered_map import ordered_map\n"
        "from tests.workers.test_ordered_map import pid_of\n"
        "for pid in ordered_map(pid_of, itertools.count(), jobs=2): print(pid, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pids = {int(process.stdout.readline()) for _ in range(200)}
        assert process.pid not in pids
        process.kill()
    until = time.monotonic() + SECONDS
    while any(is_running(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.05)


def pid_of(_: int) -> int:
    return os.getpid()


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
