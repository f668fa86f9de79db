"""The ordered map over worker processes: order, memory, and workers that die."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from newscrawl.cli.workers import Crash, ordered_map


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
