"""Drift alarms: a site's figures against its own recent ones."""

from __future__ import annotations

import json

import pytest

from newscrawl.stats.drift import Run, SiteFigures, find_alarms

HOUR = 3600.0


def run(hour, new=0, *, fetched=None, caption=None, body=2000, **figures):
    captions = new if caption is None else caption
    return Run(
        hour * HOUR,
        SiteFigures(
            new=new,
            fetched=new if fetched is None else fetched,
            filled={"headline": new, "caption": captions},
            body_lengths=[body] * new,
            **figures,
        ),
    )


def alarms(now, before):
    return {alarm.what: alarm.detail for alarm in find_alarms("The Post", now, before)}


USUAL = [run(hour, new=12, listings=1, found=30) for hour in range(6)]


def test_a_site_as_it_always_was_raises_no_alarm():
    assert alarms(run(6, new=11, listings=1, found=28), USUAL) == {}


def test_a_first_run_has_nothing_to_be_compared_with():
    assert alarms(run(0, new=0, fetched=9, listings=1), []) == {}


def test_a_run_that_fetches_nothing_new_is_no_drift():
    assert alarms(run(6, new=0, fetched=0), USUAL) == {}


def test_pages_that_are_no_articles_any_more():
    found = alarms(run(6, fetched=8, rejects={"no_body": 8}), USUAL)
    assert found == {"articles": "none of 8 pages is an article any more"}


def test_one_bad_page_is_no_drift_but_one_in_each_of_three_runs_is():
    bad = [run(hour, fetched=1, rejects={"no_body": 1}) for hour in (6, 7, 8)]
    assert alarms(bad[0], USUAL) == {}
    assert alarms(bad[1], [*USUAL, bad[0]]) == {}
    assert alarms(bad[2], [*USUAL, *bad[:2]]) == {
        "articles": "none of 3 pages is an article any more over 3 runs"
    }


def test_pages_that_are_known_and_unchanged_are_articles():
    assert alarms(run(6, fetched=5, unchanged=5), USUAL) == {}


def test_listings_that_list_nothing_any_more():
    found = alarms(run(6, listings=1, found=0), USUAL)
    assert found == {"links": "no article is listed any more; before it were 30 a run"}


def test_a_listing_that_has_not_changed_is_not_read():
    assert alarms(run(6, listings=0, found=0), USUAL) == {}


def test_silence_is_measured_by_the_site_s_own_pauses():
    daily = [run(24 * day, new=1) for day in range(8)]
    assert "silence" not in alarms(run(24 * 9), daily)
    assert alarms(run(24 * 7 + 73), daily)["silence"] == (
        "nothing new for 3 days; before, at most 24 hours"
    )


def test_a_night_without_news_is_no_silence_for_a_site_of_every_hour():
    assert alarms(run(5 + 14), USUAL) == {}
    assert "silence" in alarms(run(5 + 25), USUAL)


def test_a_field_that_is_lost():
    found = alarms(run(6, new=12, caption=0), USUAL)
    assert found == {"caption": "set in 0% of the last 12 records; before, 100%"}


def test_a_field_that_was_never_there_and_now_is():
    bare = [run(hour, new=12, caption=0) for hour in range(6)]
    found = alarms(run(6, new=12, caption=12), bare)
    assert found == {"caption": "set in 100% of the last 12 records; before, 0%"}


@pytest.mark.parametrize("captions", [12, 11, 10])
def test_a_record_or_two_without_a_field_are_chance(captions):
    assert alarms(run(6, new=12, caption=captions), USUAL) == {}


def test_a_field_that_comes_and_goes_has_a_wide_range():
    wavering = [run(hour, new=12, caption=c) for hour, c in enumerate((2, 9, 4, 11, 6))]
    assert alarms(run(6, new=12, caption=1), wavering) == {}


def test_small_runs_are_put_together():
    small = [run(hour, new=2) for hour in range(15)]
    lost = [run(hour, new=2, caption=0) for hour in range(15, 20)]
    assert alarms(lost[0], small) == {}
    found = alarms(lost[-1], [*small, *lost[:-1]])
    assert found == {"caption": "set in 0% of the last 10 records; before, 100%"}


@pytest.mark.parametrize(
    ("body", "alarmed"), [(1900, False), (1400, False), (900, True), (9000, True)]
)
def test_bodies_that_are_cut_or_swallow_the_page(body, alarmed):
    assert ("body" in alarms(run(6, new=12, body=body), USUAL)) is alarmed


def test_figures_survive_json_and_another_version():
    figures = USUAL[0].figures
    stored = json.loads(json.dumps(figures.to_dict() | {"of_the_future": 1}))
    assert SiteFigures.from_dict(stored) == figures
