"""The memory between runs, in SQLite or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from newscrawl.state import statements as sql
from newscrawl.state.interval import DAY, HOUR, LONGEST, Bounds, next_due, next_interval
from newscrawl.state.keys import batches, hashed, signed
from newscrawl.state.memories import (
    ArticleMemory,
    HostFile,
    ListingMemory,
    PageMemory,
    RunRecord,
)
from newscrawl.state.recheck import FOUND, PLAN, UNCHANGED, is_record, was_asked
from newscrawl.state.session import open_session
from newscrawl.state.sums import added

KEPT_RUNS = 500
"""Number of runs that are kept, in all and of each site."""

KEPT_HOST_FILES = DAY
"""Seconds; RFC 9309 lets a robots.txt be kept no longer."""

BAND_PERIOD = 4 * DAY
"""Seconds: bands are looked for that were remembered in this period or in the one before."""

_CLOCK_SLACK = HOUR
_SLICE = 10_000
_ALL = 2**62


class State:
    """The state of a scheduled crawl: one file, for one process at a time; or PostgreSQL.

    Keys and identities are strings that the caller makes (`newscrawl.discovery.url_key`); the
    state never changes an address. What is remembered is read back at once by this State, and is
    in the file when `commit` returns, all or nothing. Every method raises StateError when the
    file cannot be read or written; after that only `close` is of use, and what was not committed
    is as if it had never been remembered.

    ``clock`` gives seconds since 1970; None is the system's, or PostgreSQL's. Inside a run time
    never goes back; if the clock was ahead by more than an hour in an earlier run, what that run
    marked is due again.

    ``token`` names a run that several workers share, in a state that is an address of PostgreSQL;
    without one, a run has the state for itself.
    """

    def __init__(
        self,
        where: Path | str,
        *,
        clock: Callable[[], float] | None = None,
        token: str | None = None,
    ) -> None:
        self.shared = token is not None
        self._session = open_session(where, clock, shared=self.shared)
        try:
            ((_, latest),) = self._session.query(sql.PROGRESS)
            if latest > self.now() + _CLOCK_SLACK:
                self._pull_back()
            # The number is taken for good: two runs never share it.
            self._session.execute(sql.BEGIN_RUN, {"token": token, "now": self.now()})
            ((self._run, _),) = self._session.query(sql.PROGRESS)
            self.commit()
        except BaseException:
            self._session.close()
            raise

    def now(self) -> int:
        """Return the time of this run: the clock's, never earlier than it was before."""
        return self._session.now()

    def pages(self, keys: Collection[str]) -> dict[str, PageMemory]:
        """Return the known pages of these keys, by key."""
        wanted = set(keys)
        known = {}
        for batch in batches(hashed(key) for key in wanted):
            for row in self._session.query(sql.PAGES, {"wanted": batch, "run": self._run}):
                page = _page(row)
                if page.key in wanted:  # and not another one of the same hash
                    known[page.key] = page
        return known

    def due_pages(self, site: str, limit: int = -1) -> list[PageMemory]:
        """Return a site's pages that are due, the longest due first; a negative limit is none.

        Pages that were remembered since this State was opened are not among them.
        """
        now = self.now()
        about = {"site": site, "run": self._run, "limit": limit if limit >= 0 else _ALL}
        due = self._session.query(sql.DUE_PAGES, {**about, "now": now})
        stray = self._session.query(sql.STRAY_PAGES, {**about, "horizon": now + LONGEST})
        found = [_page(row) for row in (*due, *stray)]
        return found if limit < 0 else found[:limit]

    def articles(
        self, identities: Collection[str] = (), *, ids: Collection[int] = ()
    ) -> list[ArticleMemory]:
        """Return the articles that have any of these identities or numbers, the oldest first."""
        found = {}
        for batch in batches(hashed(identity) for identity in identities):
            for row in self._session.query(sql.ARTICLES_OF_IDENTITIES, {"wanted": batch}):
                found[row[0]] = ArticleMemory._make(row)
        for batch in batches(ids):
            for row in self._session.query(sql.ARTICLES, {"wanted": batch}):
                found[row[0]] = ArticleMemory._make(row)
        return [found[number] for number in sorted(found)]

    def similar(self, bands: Collection[int], limit: int = 100) -> list[ArticleMemory]:
        """Return articles of the last days that share a band, at most ``limit``.

        Those that share most come first. They are candidates: compare their signatures. What was
        remembered in the last four days is found, what is older than eight is not.
        """
        about = {"period": self._period(), "limit": limit}
        wanted = json.dumps([signed(band) for band in bands])
        rows = self._session.query(sql.SIMILAR, {**about, "wanted": wanted})
        return [ArticleMemory._make(row) for row in rows]

    def listing(self, key: str) -> ListingMemory | None:
        """Return the feed, sitemap or section page of this key, None for an unknown one."""
        rows = self._session.query(sql.LISTING, (key,))
        return ListingMemory._make(rows[0]) if rows else None

    def listings(self, site: str) -> list[ListingMemory]:
        """Return all feeds, sitemaps and section pages of a site, due or not."""
        return [ListingMemory._make(row) for row in self._session.query(sql.LISTINGS, (site,))]

    def host_file(self, url: str) -> HostFile | None:
        """Return the last answer of a host for a file, None if there is none."""
        rows = self._session.query(sql.HOST_FILE, (url,))
        return HostFile._make(rows[0]) if rows else None

    def output_length(self, path: str) -> int | None:
        """Return the length in bytes of an output at the last commit, None for an unknown one."""
        rows = self._session.query(sql.OUTPUT_LENGTH, (path,))
        return rows[0][0] if rows else None

    def runs(self, site: str | None = None, last: int = 20) -> list[RunRecord]:
        """Return the last runs, the newest first; of a site, those that have figures of it.

        What other workers did so far in the same run is not among a site's.
        """
        if site is not None:
            rows = self._session.query(sql.RUNS_OF_SITE, {"site": site, "last": last})
            return [
                RunRecord(began, ended, _summary(summary), {site: json.loads(figures)})
                for run, began, ended, summary, figures in rows
                if not (self.shared and run == self._run)
            ]
        return [
            RunRecord(begun, ended, json.loads(summary), self._sites_of(run))
            for run, begun, ended, summary in self._session.query(sql.RUNS, {"last": last})
        ]

    def remember_page(
        self,
        key: str,
        *,
        url: str,
        site: str,
        outcome: str,
        etag: str | None = None,
        last_modified: str | None = None,
        article_id: int | None = None,
        next_check: float | None = None,
    ) -> None:
        """Remember the outcome of a page, a record's kind or a reject's reason, and its next check.

        ``found`` remembers a page that is still to be fetched, for a later run if this one does
        not come to it; on a page that is known it does nothing. ``unchanged``, and reasons that
        left the page out (``host_limit`` …), keep the last outcome. A page that holds an article
        keeps outcome and validators when a check fails, and its article until another is given.
        """
        now, asked = self.now(), was_asked(outcome)
        if next_check is None and not asked:
            next_check = now
        before, found, after = url.partition(key)
        row = {
            "hash": hashed(key), "key": key, "site": site, "outcome": outcome, "now": now,
            "url_before": before if found else url, "url_after": after if found else None,
            "asked": int(asked), "failed": int(asked and not is_record(outcome)),
            "same_outcome": int(outcome == UNCHANGED or not asked),
            "etag": etag if next_check is not None else None,
            "last_modified": last_modified if next_check is not None else None,
            "next_check": None if next_check is None else int(next_check),
            "article": article_id, "run": self._run,
        }  # fmt: skip
        self._session.execute(sql.FOUND_PAGE if outcome == FOUND else sql.CHECKED_PAGE, row)

    def claim(self, identities: Collection[str]) -> None:
        """Lock an article for this worker until the commit; wait for one that has it already.

        Call it before `articles`.
        """
        self._session.claim([hashed(identity) for identity in identities])

    def remember_article(  # noqa: PLR0913 - the columns of an article
        self,
        *,
        identities: Collection[str],
        url: str,
        site: str,
        content_hash: str,
        revision: int = 1,
        published: float | None = None,
        cluster: str | None = None,
        signature: bytes = b"",
        bands: Collection[int] = (),
    ) -> int:
        """Remember an article that was written, new or as a revision, and return its number.

        If any identity is known it is that article; if several articles are, they become the
        oldest of them. ``bands`` are integers of 64 bits by which `similar` finds it,
        with its ``signature``.
        """
        known = [article.id for article in self.articles(identities)]
        row = {
            "url": url, "site": site, "content_hash": content_hash, "revision": revision,
            "published": None if published is None else int(published), "cluster": cluster,
            "now": self.now(),
        }  # fmt: skip
        if known:
            number = known[0]
            self._session.execute(sql.REVISE_ARTICLE, {**row, "id": number})
        else:
            ((number,),) = self._session.query(sql.NEXT_ARTICLE)
            self._session.execute(sql.ADD_ARTICLE, {**row, "id": number})
        for other in known[1:]:
            self._session.execute(sql.MOVE_IDENTITIES, (number, other))
            self._session.execute(sql.DROP_ARTICLE, (other,))
        for batch in batches(hashed(identity) for identity in identities):
            self._session.execute(sql.SET_IDENTITIES, {"wanted": batch, "article": number})
        period = self._period()
        if signature:
            self._session.execute(sql.SET_SIGNATURE, (period, number, signature))
        for batch in batches(signed(band) for band in bands):
            about = {"period": period, "article": number}
            self._session.execute(sql.ADD_BANDS, {**about, "wanted": batch})
        return number

    def remember_listing(  # noqa: PLR0913 - the columns of a listing
        self,
        key: str,
        *,
        url: str,
        site: str,
        kind: str,
        changed: bool,
        etag: str | None = None,
        last_modified: str | None = None,
        content_hash: str | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        """Remember a look at a feed, sitemap or section page, and adapt its interval.

        ``kind`` is ``feed``, ``sitemap`` or ``page``. Unchanged (304, the same content, or no
        answer), it keeps what is not given anew.
        """
        now, last = self.now(), self.listing(key)
        if last and not changed:
            etag = etag or last.etag
            last_modified = last_modified or last.last_modified
            content_hash = content_hash or last.content_hash
        pause = next_interval(
            last.interval if last else None, changed=changed, bounds=bounds or Bounds()
        )
        row = ListingMemory(
            key, url, site, kind, etag, last_modified, content_hash,
            first_seen=last.first_seen if last else now, last_seen=now,
            last_changed=last.last_changed if last and not changed else now,
            interval=int(pause), next_due=int(next_due(pause, now)),
        )  # fmt: skip
        self._session.execute(sql.SET_LISTING, row)

    def remember_validators(self, key: str, *, etag: str | None, last_modified: str | None) -> None:
        """Remember the validators of a listing that is known, and nothing else of it."""
        self._session.execute(sql.SET_VALIDATORS, (etag, last_modified, key))

    def remember_host_file(self, url: str, status: int, body: bytes) -> None:
        """Remember the answer of a host for a file, for `KEPT_HOST_FILES` seconds."""
        self._session.execute(sql.SET_HOST_FILE, (url, self.now(), status, body))

    def add_run(self, record: RunRecord) -> None:
        """Remember the outcome of this run, in place of an earlier record; `KEPT_RUNS` are kept.

        The records of the workers of a shared run are added up.
        """
        if self.shared:
            record = self._with_other_workers(record)
        summary = json.dumps(record.summary, ensure_ascii=False)
        started, finished = int(record.started), int(record.finished)
        self._session.execute(sql.ADD_RUN, (self._run, started, finished, summary))
        for site, figures in record.sites.items():
            shown = json.dumps(figures, ensure_ascii=False)
            self._session.execute(sql.ADD_SITE_RUN, (site, self._run, shown))
            self._session.execute(sql.DROP_OLD_SITE_RUNS, {"site": site, "kept": KEPT_RUNS})
        self._session.execute(sql.DROP_OLD_RUNS, {"kept": KEPT_RUNS})
        self._session.execute(sql.DROP_OLD_HOST_FILES, (self.now() - KEPT_HOST_FILES,))

    def commit(self, outputs: Mapping[str, int] | None = None) -> None:
        """Make all that was remembered since the last commit durable, in one transaction.

        ``outputs`` are the lengths in bytes, durable by now, of the files that hold the records.
        """
        if not outputs and not self._session.changed:
            return
        for path, length in (outputs or {}).items():
            self._session.execute(sql.SET_OUTPUT_LENGTH, (path, length))
        self._drop_bands()
        self._session.execute(sql.SET_LATEST, (self.now(),))
        self._session.commit()

    def forget(self) -> None:
        """Drop all that was remembered since the last commit."""
        self._session.roll_back()

    def close(self) -> None:
        """Release the file. What was not committed is dropped."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _sites_of(self, run: int) -> dict[str, Any]:
        return {
            site: json.loads(text) for site, text in self._session.query(sql.SITES_OF_RUN, (run,))
        }

    def _with_other_workers(self, record: RunRecord) -> RunRecord:
        self._session.claim([self._run])  # one worker after another
        for run, began, ended, summary in self._session.query(sql.RUNS, {"last": 1}):
            if run == self._run:
                return RunRecord(
                    min(began, record.started),
                    max(ended, record.finished),
                    added(json.loads(summary), record.summary),
                    added(self._sites_of(run), record.sites),
                )
        return record

    def _pull_back(self) -> None:
        for statement in sql.PULL_BACK:
            self._session.execute(statement, {"now": self.now(), "plan": PLAN[-1]})

    def _drop_bands(self) -> None:
        periods = {"first": self._period() - 1, "last": self._period()}
        self._session.execute(sql.DROP_BANDS, {**periods, "slice": _SLICE})
        self._session.execute(sql.DROP_SIGNATURES, {**periods, "slice": _SLICE})

    def _period(self) -> int:
        return int(self.now() // BAND_PERIOD)


@lru_cache(maxsize=64)
def _summary(text: str) -> dict[str, Any]:
    # A thousand sites share the summaries of the same runs.
    summary: dict[str, Any] = json.loads(text)
    return summary


def _page(row: tuple[Any, ...]) -> PageMemory:
    return PageMemory._make((*row[:-1], bool(row[-1])))
