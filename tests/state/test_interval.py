"""How often a listing is looked at."""

from __future__ import annotations

from newscrawl.state import Bounds
from newscrawl.state.interval import LONGEST, is_due, next_due, next_interval

BOUNDS = Bounds(shortest=300, longest=3_600)


def test_a_new_listing_is_due_in_the_next_run_and_then_after_the_shortest_pause() -> None:
    assert next_interval(None, changed=True, bounds=BOUNDS) == 0
    assert next_interval(0, changed=True, bounds=BOUNDS) == 300
    assert next_interval(0, changed=False, bounds=BOUNDS) == 300


def test_the_pause_grows_while_nothing_changes_up_to_the_longest() -> None:
    pauses = [300.0]
    for _ in range(8):
        pauses.append(next_interval(pauses[-1], changed=False, bounds=BOUNDS))
    assert pauses == [300, 450, 675, 1012.5, 1518.75, 2278.125, 3417.1875, 3600, 3600]


def test_the_pause_shrinks_with_every_change_down_to_the_shortest() -> None:
    pauses = [3_600.0]
    for _ in range(4):
        pauses.append(next_interval(pauses[-1], changed=True, bounds=BOUNDS))
    assert pauses == [3600, 1800, 900, 450, 300]


def test_new_bounds_hold_for_a_pause_from_before() -> None:
    assert next_interval(86_400, changed=True, bounds=BOUNDS) == 3_600
    assert next_interval(10, changed=False, bounds=BOUNDS) == 300


def test_a_run_that_starts_a_little_earlier_than_the_last_one_is_not_too_early() -> None:
    due = next_due(300, now=1_000_000)
    assert is_due(due, now=1_000_299)
    assert not is_due(due, now=1_000_200)


def test_a_time_beyond_every_plan_is_due_and_never_is_not() -> None:
    now = 1_700_000_000
    assert not is_due(now + LONGEST, now)
    assert is_due(now + LONGEST + 1, now)
    assert not is_due(None, now)
