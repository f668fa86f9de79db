"""Intervals between checks of feeds, sitemaps and section pages, by how often they change."""

from __future__ import annotations

from typing import NamedTuple

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 24 * HOUR

LONGEST = 31 * DAY
"""No plan looks further ahead; what lies further is the trace of a clock that was wrong."""

_SHRINK = 0.5
_GROW = 1.5
_EARLY = 0.1


class Bounds(NamedTuple):
    """The shortest and the longest pause between two looks at a listing, in seconds.

    The longest is short enough that what appears after a quiet night is seen before it has
    fallen off the end of a feed.
    """

    shortest: float = 5 * MINUTE
    longest: float = 4 * HOUR


def next_interval(interval: float | None, *, changed: bool, bounds: Bounds) -> float:
    """Return the seconds to the next look; ``interval`` is the last one, None for a new listing.

    Half the last pause if something changed, half as much again if nothing did, never outside
    the bounds. So the pause is never more than about half the time for which nothing has changed.
    A new listing is due in the next run, whenever that is: nothing is known of its pace.

    >>> next_interval(1200, changed=True, bounds=Bounds()), next_interval(
    ...     1200, changed=False, bounds=Bounds()
    ... )
    (600.0, 1800.0)
    """
    if interval is None:
        return 0.0
    pause = interval * (_SHRINK if changed else _GROW)
    return max(bounds.shortest, min(pause, bounds.longest))


def next_due(interval: float, now: float) -> float:
    """Return the time from which a listing is due: a tenth early.

    Else a run that starts a second sooner after the hour than the last one would pass it by.
    """
    return now + interval * (1 - _EARLY)


def is_due(due: float | None, now: float) -> bool:
    """Return whether the time has come; None never comes, one beyond every plan has.

    >>> is_due(100, now=100), is_due(101, now=100), is_due(None, now=100), is_due(1e10, now=100)
    (True, False, False, True)
    """
    return due is not None and (due <= now or due > now + LONGEST)
