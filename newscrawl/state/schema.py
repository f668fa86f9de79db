"""The tables of the state, as the steps that lead to them.

Step N makes a state of version N - 1 one of version N. A step that has shipped never changes: what
is to be different comes as the next one.

They are templates of `newscrawl.state.dialect`, for SQLite and PostgreSQL.

Addresses, keys and identities are looked up by a hash of 64 bits, in integers; rows are appended,
so that what is recent lies together. Times are whole seconds since 1970, UTC.
"""

from __future__ import annotations

APPLICATION_ID = 0x6E637277
"""Tells our files from other SQLite databases: "ncrw"."""

Migration = tuple[str, ...]
"""The templates of one step's statements."""

_FIRST: Migration = (
    # One row: the number of the last run, the latest time that was written.
    "CREATE TABLE progress (id $row_number, run $integer NOT NULL, latest $integer NOT NULL)",
    "INSERT INTO progress VALUES (1, 0, 0)",
    # The address is url_before, or url_before + key + url_after: most addresses hold their key.
    """
    CREATE TABLE pages (
        id $row_number,
        hash $integer NOT NULL,
        key TEXT NOT NULL,
        url_before TEXT NOT NULL,
        url_after TEXT,
        site TEXT NOT NULL,
        first_seen $integer NOT NULL,
        last_seen $integer NOT NULL,
        outcome TEXT NOT NULL,
        checks $integer NOT NULL,
        failures $integer NOT NULL,
        etag TEXT,
        last_modified TEXT,
        next_check $integer,
        article $integer,
        run $integer NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX pages_by_hash ON pages (hash)",
    "CREATE INDEX pages_due ON pages (site, next_check) WHERE next_check IS NOT NULL",
    # The number of an article that was merged into another is not given again.
    """
    CREATE TABLE articles (
        id $lasting_number,
        url TEXT NOT NULL,
        site TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        revision $integer NOT NULL,
        published $integer,
        first_written $integer NOT NULL,
        last_written $integer NOT NULL,
        cluster TEXT
    )
    """,
    "CREATE TABLE identities (hash $row_number, article $integer NOT NULL)",
    "CREATE INDEX identities_of ON identities (article)",
    # What finds near duplicates, for some days. By period, so that writing touches the present one
    # and what has passed lies together.
    """
    CREATE TABLE signatures (
        period $integer NOT NULL,
        article $integer NOT NULL,
        signature $bytes NOT NULL,
        PRIMARY KEY (period, article)
    )$in_order_of_key
    """,
    """
    CREATE TABLE bands (
        period $integer NOT NULL,
        band $integer NOT NULL,
        article $integer NOT NULL,
        PRIMARY KEY (period, band, article)
    )$in_order_of_key
    """,
    """
    CREATE TABLE listings (
        key TEXT PRIMARY KEY,
        url TEXT NOT NULL,
        site TEXT NOT NULL,
        kind TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT,
        content_hash TEXT,
        first_seen $integer NOT NULL,
        last_seen $integer NOT NULL,
        last_changed $integer NOT NULL,
        interval $integer NOT NULL,
        next_due $integer NOT NULL
    )$in_order_of_key
    """,
    "CREATE INDEX listings_of ON listings (site)",
    "CREATE TABLE outputs (path TEXT PRIMARY KEY, length $integer NOT NULL)$in_order_of_key",
    """
    CREATE TABLE runs (
        id $row_number,
        started $integer NOT NULL,
        finished $integer NOT NULL,
        summary TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE site_runs (
        site TEXT NOT NULL,
        run $integer NOT NULL,
        figures TEXT NOT NULL,
        PRIMARY KEY (site, run)
    )$in_order_of_key
    """,
    "CREATE INDEX site_runs_of ON site_runs (run)",
)

_SECOND: Migration = (
    """
    CREATE TABLE host_files (
        url TEXT PRIMARY KEY,
        fetched $integer NOT NULL,
        status $integer NOT NULL,
        body $bytes NOT NULL
    )$in_order_of_key
    """,
    "CREATE INDEX host_files_by_age ON host_files (fetched)",
)

# What the workers of one run have in common, NULL for a run of one process.
_THIRD: Migration = ("ALTER TABLE progress ADD COLUMN token TEXT",)

MIGRATIONS: tuple[Migration, ...] = (_FIRST, _SECOND, _THIRD)
