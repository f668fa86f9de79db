"""What is remembered comes back, in the same run and in the next one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.state import Bounds, RunRecord, State, keys
from newscrawl.state.store import BAND_PERIOD, KEPT_RUNS

NOW = 1_790_000_000
DAY = 86_400
KEY = "example.org/world/hall"
URL = "https://www.example.org/world/hall/"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.seconds = float(NOW)

    def __call__(self) -> float:
        return self.seconds


class Runs:
    """Runs after one another on one state."""

    def __init__(self, where: Path | str) -> None:
        self.where = where
        self.clock = Clock()
        self.state = State(where, clock=self.clock)

    def next(self, *, commit: bool = True) -> State:
        if commit:
            self.state.commit()
        self.state.close()
        self.state = State(self.where, clock=self.clock)
        return self.state


@pytest.fixture(params=["sqlite", "postgresql"])
def runs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Runs]:
    where: Path | str = tmp_path / "news.state"
    if request.param == "postgresql":
        where = request.getfixturevalue("postgresql_server").database()
    runs = Runs(where)
    yield runs
    runs.state.close()


def page(state: State, key: str = KEY, **about: Any) -> None:
    state.remember_page(
        key, **({"url": f"https://{key}", "site": "hall", "outcome": "article"} | about)
    )


def article(state: State, *identities: str, **about: Any) -> int:
    given = {"url": URL, "site": "hall", "content_hash": "a" * 32} | about
    return state.remember_article(identities=identities, **given)


def test_a_page_comes_back_as_it_was_remembered(runs: Runs) -> None:
    page(
        runs.state, url=URL, etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT",
        article_id=7, next_check=NOW + 900,
    )  # fmt: skip
    here = runs.state.pages([KEY, "example.org/other"])
    assert list(here) == [KEY]
    assert here[KEY].seen_this_run
    there = runs.next().pages([KEY])[KEY]
    assert there == here[KEY]._replace(seen_this_run=False)
    assert there._asdict() == {
        "key": KEY, "url": URL, "site": "hall", "first_seen": NOW, "last_seen": NOW,
        "outcome": "article", "checks": 1, "failures": 0, "etag": '"1"',
        "last_modified": "Mon, 01 Jan 2024 00:00:00 GMT", "next_check": NOW + 900,
        "article_id": 7, "seen_this_run": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [KEY, f"http://{KEY}", f"http://{KEY}{KEY}", "https://example.org/a?b=2&a=1", "ü\u2028 %", ""],
)
def test_any_address_comes_back_unchanged(runs: Runs, url: str) -> None:
    page(runs.state, url=url)
    assert runs.state.pages([KEY])[KEY].url == url


def test_thousands_of_keys_at_once(runs: Runs) -> None:
    known = [f"example.org/{number}" for number in range(2_500)]
    for key in known:
        page(runs.state, key)
    assert set(runs.state.pages([*known, "example.org/x"])) == set(known)
    assert runs.state.pages([]) == {}


def test_what_is_not_committed_is_not_there_in_the_next_run(runs: Runs) -> None:
    page(runs.state, "example.org/a")
    runs.state.commit({"news.jsonl": 120})
    page(runs.state, "example.org/b")
    article(runs.state, "example.org/b")
    runs.next(commit=False)
    assert set(runs.state.pages(["example.org/a", "example.org/b"])) == {"example.org/a"}
    assert runs.state.articles(["example.org/b"]) == []
    assert runs.state.output_length("news.jsonl") == 120


def test_a_found_page_waits_for_the_next_run_and_never_hides_what_is_known(runs: Runs) -> None:
    page(runs.state, outcome="found")
    assert runs.state.due_pages("hall") == []
    (due,) = runs.next().due_pages("hall")
    assert (due.key, due.outcome, due.checks) == (KEY, "found", 0)
    page(runs.state)
    page(runs.state, outcome="found")
    known = runs.next().pages([KEY])[KEY]
    assert (known.outcome, known.checks, known.next_check) == ("article", 1, None)


def test_failures_are_counted_until_a_check_gives_a_record(runs: Runs) -> None:
    counts = []
    for outcome in ("http_503", "timeout", "host_limit", "article", "kind_wall", "unchanged"):
        page(runs.state, outcome=outcome, next_check=NOW)
        known = runs.state.pages([KEY])[KEY]
        counts.append((known.outcome, known.checks, known.failures))
    assert counts == [
        ("http_503", 1, 1),
        ("timeout", 2, 2),
        ("timeout", 2, 2),
        ("article", 3, 0),
        ("kind_wall", 4, 1),
        ("kind_wall", 5, 2),
    ]


def test_a_page_that_holds_an_article_stays_one_through_checks_that_fail(runs: Runs) -> None:
    page(runs.state, outcome="live", etag='"1"', article_id=3, next_check=NOW)
    for outcome, etag in (("http_503", None), ("kind_wall", '"wall"'), ("timeout", None)):
        page(runs.state, outcome=outcome, etag=etag, next_check=NOW)
    known = runs.state.pages([KEY])[KEY]
    assert (known.outcome, known.etag, known.article_id) == ("live", '"1"', 3)
    assert (known.checks, known.failures) == (4, 3)
    page(runs.state, outcome="unchanged", next_check=NOW)
    known = runs.state.pages([KEY])[KEY]
    assert (known.outcome, known.etag, known.article_id) == ("live", '"1"', 3)
    assert (known.checks, known.failures) == (5, 0)


def test_validators_are_those_of_the_last_record(runs: Runs) -> None:
    page(runs.state, etag='"1"', article_id=3, next_check=NOW)
    page(runs.state, outcome="unchanged", last_modified="now", next_check=NOW)
    known = runs.state.pages([KEY])[KEY]
    assert (known.etag, known.last_modified) == ('"1"', "now")
    page(runs.state, last_modified="then", next_check=NOW)
    known = runs.state.pages([KEY])[KEY]
    assert (known.etag, known.last_modified, known.article_id) == (None, "then", 3)


def test_validators_of_what_is_never_asked_for_again_are_not_kept(runs: Runs) -> None:
    page(runs.state, etag='"1"', next_check=NOW)
    page(runs.state, outcome="unchanged", next_check=None)
    assert runs.state.pages([KEY])[KEY].etag is None


def test_two_keys_of_one_hash_are_never_taken_for_each_other(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newscrawl.state.store.hashed", lambda key: 1)
    page(runs.state, "example.org/a", article_id=3)
    assert runs.state.pages(["example.org/b"]) == {}
    runs.clock.seconds += 50
    page(runs.state, "example.org/b")
    known = runs.state.pages(["example.org/a", "example.org/b"])
    assert list(known) == ["example.org/b"]
    assert known["example.org/b"].article_id is None
    assert known["example.org/b"].first_seen == NOW + 50


def test_hashes_are_the_same_in_every_process_and_version() -> None:
    # BLAKE2b of 8 bytes, big-endian, signed; of "abc" as `b2sum -l 64` prints it.
    assert keys.hashed("abc") == int.from_bytes(bytes.fromhex("d8bb14d833d59559"), signed=True)


def test_due_pages_are_those_of_the_site_whose_time_has_come(runs: Runs) -> None:
    for key, due in (("later", NOW + 60), ("second", NOW - 5), ("first", NOW - 9), ("never", None)):
        page(runs.state, key, next_check=due)
    page(runs.state, "elsewhere", site="other", next_check=NOW - 7)
    state = runs.next()
    assert [due.key for due in state.due_pages("hall")] == ["first", "second"]
    assert [due.key for due in state.due_pages("hall", limit=1)] == ["first"]
    runs.clock.seconds += 60
    assert [due.key for due in state.due_pages("hall")] == ["first", "second", "later"]
    assert [due.key for due in state.due_pages("other")] == ["elsewhere"]


def test_an_article_is_found_by_any_identity(runs: Runs) -> None:
    number = article(runs.state, "example.org/a", "example.org/amp/a", published=NOW - 60)
    runs.clock.seconds += 100
    again = article(runs.state, "example.org/amp/a", "canonical", revision=2, content_hash="b" * 32)
    assert again == number
    state = runs.next()
    for found in (state.articles(["canonical", "example.org/a"]), state.articles(ids=[number])):
        (known,) = found
        assert (known.id, known.revision, known.content_hash) == (number, 2, "b" * 32)
        assert (known.first_written, known.last_written) == (NOW, NOW + 100)
    assert state.articles(["example.org/b"]) == []


def test_articles_that_turn_out_to_be_one_become_one(runs: Runs) -> None:
    first, second = article(runs.state, "a"), article(runs.state, "b")
    assert [known.id for known in runs.state.articles(["b", "a"])] == [first, second]
    assert article(runs.state, "a", "b") == first
    assert [known.id for known in runs.state.articles(["b"])] == [first]
    # The number of the other one stays its own: pages may still name it.
    assert article(runs.state, "c") > second


def test_similar_articles_are_found_by_a_shared_band_the_most_alike_first(runs: Runs) -> None:
    little = article(runs.state, "a", bands=[1, 2, 3], signature=b"A", cluster="x")
    much = article(runs.state, "b", bands=[2**64 - 1, 2, -5], signature=b"B")
    article(runs.state, "c", bands=[7], signature=b"C")
    found = runs.next().similar([-1, 2, 9, -5])
    assert [(known.id, known.signature, known.cluster) for known in found] == [
        (much, b"B", None),
        (little, b"A", "x"),
    ]
    assert [known.id for known in runs.state.similar([-1, 2, -5], limit=1)] == [much]
    assert runs.state.similar([]) == []


def test_bands_are_forgotten_after_a_while(runs: Runs) -> None:
    article(runs.state, "a", bands=[1], signature=b"A")
    runs.clock.seconds += BAND_PERIOD
    assert len(runs.next().similar([1])) == 1
    runs.clock.seconds += BAND_PERIOD
    assert runs.next().similar([1]) == []
    page(runs.state)
    runs.state.commit()
    # Gone from the file too: not found again by a clock that goes back.
    runs.clock.seconds -= BAND_PERIOD
    assert runs.next().similar([1]) == []
    assert len(runs.state.articles(["a"])) == 1


def test_a_listing_comes_back_and_its_interval_follows_its_changes(runs: Runs) -> None:
    about = {"url": "https://example.org/feed", "site": "hall", "kind": "feed"}
    bounds = Bounds(shortest=300, longest=3_600)
    assert runs.state.listing("feed") is None
    runs.state.remember_listing(
        "feed", **about, changed=True, etag='"1"', content_hash="c1", bounds=bounds
    )
    runs.clock.seconds += 300
    state = runs.next()
    known = state.listing("feed")
    assert known is not None
    assert known.is_due(runs.clock())
    state.remember_listing("feed", **about, changed=False, bounds=bounds)
    known = state.listing("feed")
    assert known is not None
    assert known._asdict() == {
        "key": "feed", "url": "https://example.org/feed", "site": "hall", "kind": "feed",
        "etag": '"1"', "last_modified": None, "content_hash": "c1", "first_seen": NOW,
        "last_seen": NOW + 300, "last_changed": NOW, "interval": 300, "next_due": NOW + 300 + 270,
    }  # fmt: skip
    state.remember_listing("feed", **about, changed=True, content_hash="c2", bounds=bounds)
    known = state.listing("feed")
    assert known is not None
    assert (known.etag, known.content_hash, known.interval) == (None, "c2", 300)
    assert known.last_changed == NOW + 300
    state.remember_listing("map", **{**about, "kind": "sitemap"}, changed=True)
    state.remember_listing("other", **{**about, "site": "other"}, changed=True)
    assert [listing.key for listing in state.listings("hall")] == ["feed", "map"]


def test_outputs_have_their_lengths_by_path(runs: Runs) -> None:
    assert runs.state.output_length("a.jsonl") is None
    runs.state.commit({"a.jsonl": 10, "b.jsonl": 0})
    runs.state.commit({"a.jsonl": 25})
    assert runs.next().output_length("a.jsonl") == 25
    assert runs.state.output_length("b.jsonl") == 0


def test_runs_come_back_the_newest_first(runs: Runs) -> None:
    for number in range(3):
        figures = {"hall": {"new": number}} | ({"other": {"new": 9}} if number == 1 else {})
        runs.state.add_run(RunRecord(NOW, NOW + number, {"new": number, "é": None}, figures))
        runs.next()
    assert [run.summary["new"] for run in runs.state.runs()] == [2, 1, 0]
    assert runs.state.runs(last=2)[1] == RunRecord(
        NOW, NOW + 1, {"new": 1, "é": None}, {"hall": {"new": 1}, "other": {"new": 9}}
    )
    assert [run.sites for run in runs.state.runs("other")] == [{"other": {"new": 9}}]
    assert runs.state.runs("nobody") == []


def test_only_the_last_runs_are_kept(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    assert KEPT_RUNS == 500
    monkeypatch.setattr("newscrawl.state.store.KEPT_RUNS", 2)
    for number in range(4):
        sites = {"hall": {}} | ({"other": {}} if number == 0 else {})
        runs.state.add_run(RunRecord(NOW, NOW, {"new": number}, sites))
        runs.next()
    assert [run.summary["new"] for run in runs.state.runs(last=9)] == [3, 2]
    assert len(runs.state.runs("hall", last=9)) == 2


def test_inside_a_run_time_never_goes_back(runs: Runs) -> None:
    runs.clock.seconds += 100
    assert runs.state.now() == NOW + 100
    runs.clock.seconds -= 3_600
    assert runs.state.now() == NOW + 100
    page(runs.state)
    assert runs.state.pages([KEY])[KEY].last_seen == NOW + 100


def test_a_clock_that_jumps_has_nothing_looked_at_twice_in_a_run(runs: Runs) -> None:
    page(runs.state, next_check=NOW + 900)
    runs.clock.seconds += 365 * DAY
    assert not runs.state.pages([KEY])[KEY].is_due(runs.state.now())
    assert runs.state.due_pages("hall") == []


def test_what_lies_beyond_every_plan_is_due(runs: Runs) -> None:
    page(runs.state, next_check=NOW + 400 * DAY)
    (due,) = runs.next().due_pages("hall")
    assert due.is_due(NOW)


def test_what_a_run_with_a_clock_ahead_marked_is_due_again(runs: Runs) -> None:
    page(runs.state, "young", article_id=1, next_check=NOW + 900)
    page(runs.state, "done", article_id=2, next_check=None)
    runs.clock.seconds += 365 * DAY
    state = runs.next()
    page(state, "young", article_id=1, next_check=None)
    page(state, "waiting", outcome="found")
    listing = {"url": "u", "site": "hall", "kind": "feed", "changed": True}
    state.remember_listing("feed", **listing)
    runs.clock.seconds = NOW + 60
    state = runs.next()
    assert {due.key for due in state.due_pages("hall")} == {"young", "waiting"}
    assert state.pages(["young"])["young"].last_seen == NOW + 60
    known = state.listing("feed")
    assert known is not None
    assert known.is_due(NOW + 60)
    # Once: what has been looked at since is as usual.
    page(state, "young", next_check=None)
    page(state, "waiting", next_check=None)
    assert runs.next().due_pages("hall") == []


def test_a_clock_that_is_far_behind_has_nothing_finished_fetched_again(runs: Runs) -> None:
    page(runs.state, "done", article_id=2, next_check=None)
    page(runs.state, "young", article_id=1, next_check=NOW + 900)
    runs.clock.seconds = 3_600.0
    assert [due.key for due in runs.next().due_pages("hall")] == ["young"]
    runs.clock.seconds = NOW + 60.0
    assert [due.key for due in runs.next().due_pages("hall")] == ["young"]
