"""The plan by which pages are looked at again.

An article: 15 minutes, 1, 4 and 12 hours, 1, 3 and 7 days after its publication, then never. One
that has just changed: after a quarter of the plan's present step too, at least 15 minutes; one
that still changes at the end of the plan, every 4 days until it is 30 days old.

A live page: after half the time since its last change, between 5 minutes and a day, until it has
not changed for 2 days or is 30 days old.

A page that gave no record: after 15 minutes, 1, 4 and 12 hours, 1, 3 and 7 days from one try to the
next (consent pages, paywalls, 5xx, timeouts and all that may pass), until it has been known for 30
days. 404 and 410: a day and a week later, then never. An answer that is no page (JSON, a picture):
after 1 and 12 hours, 3 and 7 days, then never. What robots.txt forbids: daily, for 30 days. What
the run itself left out (a budget, a pause that the host asked for): in the next run. What cannot
become a page of ours (another scheme or site, too large, one that is known under another address):
never.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from newscrawl.items import ARTICLE_KINDS
from newscrawl.state.interval import DAY, HOUR, MINUTE

PLAN = (15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""Seconds: an article's ages at which it is looked at, a failed page's pauses between tries."""

OLDEST = 30 * DAY
"""Seconds: nothing older is looked at again."""

FOUND = "found"
"""Outcome of a page that is known and was not asked for yet."""

UNCHANGED = "unchanged"
"""Outcome of a check that brought nothing new: the outcome of the last one still holds."""

_GONE = {"http_404", "http_410"}
_LEFT_OUT = {FOUND, "page_limit", "byte_limit", "host_limit", "paused"}
_PASSING = {
    "http_429", "dns", "timeout", "connection", "tls", "deadline", "cut_short",
    "robots_unreachable",
}  # fmt: skip
_FINAL = {
    "scheme", "refused_scheme", "offsite", "too_large", "duplicate", "out_of_scope",
}  # fmt: skip
# A server in trouble may answer so for once; most files that are no page remain what they are.
_ODD = {"not_html", "binary"}
_ODD_PAUSES = (HOUR, 12 * HOUR, 3 * DAY, 7 * DAY)
_LIVE_SHORTEST = 5 * MINUTE
_LIVE_QUIET = 2 * DAY
_DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")


def next_check(
    outcome: str,
    *,
    now: float,
    first_seen: float,
    published: float | None = None,
    last_changed: float | None = None,
    changed: bool = False,
    failures: int = 0,
) -> float | None:
    """Return when to look at a page again that has just been looked at, or None for never.

    ``outcome`` is the record's kind or the reject's reason; ``published`` comes from
    `published_at`; ``changed`` says that this check found a revision, ``last_changed`` when one
    was last found; ``failures`` counts the checks in a row without a record, this one among them.
    """
    born = published if published is not None and published <= now else min(first_seen, now)
    if outcome == "live":
        quiet = 0.0 if changed else now - min(last_changed or born, now)
        return _live(age=now - born, quiet=quiet, now=now)
    if outcome in ARTICLE_KINDS:
        return _article(born, now=now, changed=changed)
    return _reject(outcome, known=now - min(first_seen, now), failures=failures, now=now)


def is_record(outcome: str) -> bool:
    """Return whether a check of this outcome gave a record, or found the last one unchanged."""
    return outcome in ARTICLE_KINDS or outcome == UNCHANGED


def was_asked(outcome: str) -> bool:
    """Return whether the page was asked for at all."""
    return outcome not in _LEFT_OUT


def is_passing(reason: str) -> bool:
    """Return whether a page that gave nothing for this reason may give something in the next run.

    >>> is_passing("http_503"), is_passing("host_limit"), is_passing("http_404")
    (True, True, False)
    """
    return reason in _LEFT_OUT | _PASSING or reason.startswith("http_5")


def published_at(iso_date: str | None) -> float | None:
    """Return the instant of a record's ``date`` in seconds since 1970, None if it cannot be told.

    Of a day alone it is the day's end: what was published today may be new. Times without a zone
    are taken for UTC.

    >>> published_at("1970-01-02T00:00:00+01:00"), published_at("1970-01-01")
    (82800.0, 86400.0)
    """
    if not iso_date:
        return None
    try:
        if _DAY_ALONE.fullmatch(iso_date):
            midnight = datetime.combine(date.fromisoformat(iso_date), datetime.min.time(), UTC)
            return (midnight + timedelta(days=1)).timestamp()
        instant = datetime.fromisoformat(iso_date)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _article(born: float, *, now: float, changed: bool) -> float | None:
    age = now - born
    last = 0.0
    for step in PLAN:
        if age < step:
            planned = born + step
            return min(planned, now + max(PLAN[0], (step - last) / 4)) if changed else planned
        last = step
    return now + (PLAN[-1] - PLAN[-2]) if changed and age < OLDEST else None


def _live(*, age: float, quiet: float, now: float) -> float | None:
    if quiet >= _LIVE_QUIET or age >= OLDEST:
        return None
    return now + max(_LIVE_SHORTEST, min(quiet / 2, DAY))


def _reject(outcome: str, *, known: float, failures: int, now: float) -> float | None:
    if outcome in _LEFT_OUT:
        return now
    if outcome in _FINAL or known >= OLDEST:
        return None
    tries = max(failures, 1)
    if outcome in _GONE:
        pauses = (DAY, 7 * DAY)
        return now + pauses[tries - 1] if tries <= len(pauses) else None
    if outcome in _ODD:
        return now + _ODD_PAUSES[tries - 1] if tries <= len(_ODD_PAUSES) else None
    if outcome == "robots":
        return now + DAY
    return now + PLAN[min(tries, len(PLAN)) - 1]
