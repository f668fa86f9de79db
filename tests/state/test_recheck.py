"""When a page is looked at again."""

from __future__ import annotations

import pytest

from newscrawl.state import next_check, published_at

MINUTE, HOUR, DAY = 60, 3_600, 86_400
BORN = 1_700_000_000


def article(age: float, **about: object) -> float | None:
    """Return the age at which an article is looked at again that is looked at now."""
    due = next_check("article", now=BORN + age, first_seen=BORN, **about)
    return None if due is None else due - BORN


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, 15 * MINUTE),
        (15 * MINUTE, HOUR),
        (2 * HOUR, 4 * HOUR),
        (5 * HOUR, 12 * HOUR),
        (13 * HOUR, DAY),
        (DAY, 3 * DAY),
        (3 * DAY, 7 * DAY),
        (7 * DAY, None),
        (900 * DAY, None),
    ],
)
def test_an_article_is_looked_at_ever_more_rarely_and_then_never(
    age: float, expected: float | None
) -> None:
    assert article(age) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (15 * MINUTE, 30 * MINUTE),
        (HOUR, HOUR + 45 * MINUTE),
        (4 * HOUR, 6 * HOUR),
        (3.5 * HOUR, 4 * HOUR),
        (3 * DAY, 4 * DAY),
        (7 * DAY, 11 * DAY),
        (29 * DAY, 33 * DAY),
        (30 * DAY, None),
    ],
)
def test_one_that_was_revised_is_looked_at_sooner(age: float, expected: float | None) -> None:
    assert article(age, changed=True) == expected


def test_one_that_changes_at_every_look_is_not_looked_at_without_end() -> None:
    age: float | None = 0.0
    looks = 0
    while age is not None:
        age = article(age, changed=True)
        looks += 1
    # The first, one after a quarter of an hour, 3 more in that hour, 4 in each of 5 steps of the
    # plan, then one every 4 days from day 11 to day 31.
    assert looks == 31


def test_age_counts_from_publication_not_from_when_it_was_found() -> None:
    assert article(0, published=BORN - 2 * DAY) == DAY
    assert article(0, published=BORN - 800 * DAY) is None


def test_a_publication_in_the_future_is_not_believed() -> None:
    assert article(HOUR, published=BORN + 70 * DAY) == 4 * HOUR


def test_a_clock_that_was_wrong_when_it_was_found_does_not_end_the_plan() -> None:
    now = BORN + HOUR
    assert next_check("article", now=now, first_seen=0, published=BORN) == BORN + 4 * HOUR
    assert next_check("article", now=now, first_seen=now + 400 * DAY) == now + 15 * MINUTE


@pytest.mark.parametrize(
    ("quiet", "pause"),
    [
        (0, 5 * MINUTE),
        (8 * MINUTE, 5 * MINUTE),
        (HOUR, 30 * MINUTE),
        (40 * HOUR, 20 * HOUR),
        (48 * HOUR, None),
    ],
)
def test_a_live_page_is_looked_at_after_half_its_silence(quiet: float, pause: float | None) -> None:
    now = BORN + 10 * DAY
    due = next_check("live", now=now, first_seen=BORN, last_changed=now - quiet)
    assert due == (None if pause is None else now + pause)


def test_a_live_page_that_changed_now_is_looked_at_soon_but_not_for_ever() -> None:
    now = BORN + 10 * DAY
    about = {"first_seen": BORN, "last_changed": BORN, "changed": True}
    assert next_check("live", now=now, **about) == now + 5 * MINUTE
    assert next_check("live", now=BORN + 30 * DAY, **about) is None


@pytest.mark.parametrize(
    "outcome",
    ["kind_wall", "kind_error", "kind_index", "http_503", "http_403", "http_429", "timeout",
     "dns", "connection", "no_body", "robots_unreachable", "a_reason_of_tomorrow"],
)  # fmt: skip
def test_what_may_pass_comes_back_with_growing_pauses(outcome: str) -> None:
    pauses = [15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY, 7 * DAY]
    for failures, pause in enumerate(pauses, start=1):
        due = next_check(outcome, now=BORN + HOUR, first_seen=BORN, failures=failures)
        assert due == BORN + HOUR + pause


def test_what_has_not_passed_in_30_days_is_left() -> None:
    now = BORN + 30 * DAY
    assert next_check("kind_wall", now=now, first_seen=BORN, failures=12) is None
    assert next_check("robots", now=now, first_seen=BORN, failures=12) is None


@pytest.mark.parametrize("outcome", ["http_404", "http_410"])
def test_what_is_gone_is_looked_for_twice(outcome: str) -> None:
    dues = [next_check(outcome, now=BORN, first_seen=BORN, failures=n) for n in (1, 2, 3)]
    assert dues == [BORN + DAY, BORN + 7 * DAY, None]


def test_robots_txt_is_asked_again_the_next_day() -> None:
    assert next_check("robots", now=BORN, first_seen=BORN, failures=5) == BORN + DAY


@pytest.mark.parametrize("outcome", ["found", "host_limit", "page_limit", "paused"])
def test_what_the_run_left_out_is_due_at_once(outcome: str) -> None:
    assert next_check(outcome, now=BORN, first_seen=BORN - 90 * DAY) == BORN


@pytest.mark.parametrize(
    "outcome",
    ["scheme", "refused_scheme", "offsite", "too_large", "duplicate"],
)
def test_what_can_be_no_page_of_ours_is_not_asked_again(outcome: str) -> None:
    assert next_check(outcome, now=BORN, first_seen=BORN, failures=1) is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T02:00:00+02:00", 0),
        ("1970-01-01T00:00", 0),
        ("1970-01-01T00:00:00.5+00:00", 0.5),
        ("1970-01-01", DAY),
        (None, None),
        ("", None),
        ("yesterday", None),
        ("9999-12-31", None),
        ("0000-01-01", None),
    ],
)
def test_published_at(date: str | None, expected: float | None) -> None:
    assert published_at(date) == expected


@pytest.mark.parametrize("outcome", ["binary", "not_html"])
def test_an_answer_that_is_no_page_is_asked_for_four_times_more(outcome: str) -> None:
    pauses = [
        next_check(outcome, now=BORN, first_seen=BORN, failures=failures)
        for failures in range(1, 6)
    ]
    hours = [None if due is None else (due - BORN) / HOUR for due in pauses]
    assert hours == [1, 12, 72, 168, None]
