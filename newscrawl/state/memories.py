"""Values that the state returns. Times are whole seconds since 1970."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from newscrawl.state.interval import is_due


class PageMemory(NamedTuple):
    """The memory of one page."""

    key: str
    """The key that it was remembered under."""

    url: str
    """The address to fetch."""

    site: str
    """The entry of the site list that it belongs to."""

    first_seen: float
    """When it was first remembered."""

    last_seen: float
    """When it was last remembered: as a rule its last check."""

    outcome: str
    """A record's kind (``article``, …), a reject's reason, or ``found``: not yet fetched.
    While it holds an article, checks that fail do not change it."""

    checks: int
    """Number of requests for it."""

    failures: int
    """Number of checks without a record since the last that gave one."""

    etag: str | None
    """ETag of the article's version that is held; without one, of what was last received."""

    last_modified: str | None
    """Last-Modified of the same."""

    next_check: float | None
    """When to look again; None is never."""

    article_id: int | None
    """The article that it holds."""

    seen_this_run: bool
    """Remembered since this State was opened: not to be requested again in this run."""

    def is_due(self, now: float) -> bool:
        """Return whether to look at it now."""
        return not self.seen_this_run and is_due(self.next_check, now)


class ArticleMemory(NamedTuple):
    """The memory of one article, whatever pages hold it."""

    id: int
    """Number of the article in this state."""

    url: str
    """Where it was last written from."""

    site: str
    """The entry of the site list that it belongs to."""

    content_hash: str
    """Of the version last written."""

    revision: int
    """Of the version last written."""

    published: float | None
    """Instant of its publication, as `recheck.published_at` gives it."""

    first_written: float
    """When it was first written."""

    last_written: float
    """When its last revision was written."""

    cluster: str | None
    """Shared by articles of the same text from several outlets."""

    signature: bytes
    """Of its text, for comparing; empty but from `State.similar`."""


class ListingMemory(NamedTuple):
    """The memory of a feed, a sitemap or a section page."""

    key: str
    """The key that it was remembered under."""

    url: str
    """The address to fetch."""

    site: str
    """The entry of the site list that it belongs to."""

    kind: str
    """``feed``, ``sitemap`` or ``page``."""

    etag: str | None
    """ETag of what was last received."""

    last_modified: str | None
    """Last-Modified of what was last received."""

    content_hash: str | None
    """Of what it listed; the same hash, nothing new."""

    first_seen: float
    """When it was first remembered."""

    last_seen: float
    """When it was last checked."""

    last_changed: float
    """When a check last found it changed."""

    interval: float
    """Seconds between checks, as it stands now."""

    next_due: float
    """When to look again."""

    def is_due(self, now: float) -> bool:
        """Return whether to look at it now."""
        return is_due(self.next_due, now)


class HostFile(NamedTuple):
    """A file that a host has for all of its crawlers: robots.txt and its like."""

    fetched: int
    """When it was asked for, seconds since 1970."""

    status: int
    """Of the answer."""

    body: bytes
    """Empty for one that the host does not have."""


@dataclass(slots=True)
class RunRecord:
    """The record of one run; ``summary`` and the figures of each site are JSON values."""

    started: float
    """When it began."""

    finished: float
    """When it ended."""

    summary: Mapping[str, Any] = field(default_factory=dict)
    """Of the whole run."""

    sites: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The figures of each site that had any."""
