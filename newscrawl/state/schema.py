"""The tables of the state, as the steps that lead to them.

Step N makes a state of version N - 1 one of version N. A step that has shipped never changes: what
is to be different comes as the next one.

They are SQLite's; `newscrawl.state.dialect` makes PostgreSQL's of them.

Addresses, keys and identities are looked up by a hash of 64 bits, in integers; rows are appended,
so that what is recent lies together. Times are whole seconds since 1970, UTC.
"""

from __future__ import annotations

APPLICATION_ID = 0x6E637277
"""Tells our files from other SQLite databases: "ncrw"."""

Migration = tuple[str, ...]
"""The statements of one step."""

_FIRST: Migration = (
    # One row: the number of the last run, the latest time that was written.
    "CREATE TABLE progress (id INTEGER PRIMARY KEY, run INTEGER NOT NULL, latest INTEGER NOT NULL)",
    "INSERT INTO progress VALUES (1, 0, 0)",
    # The address is url_before, or url_before + key + url_after: most addresses hold their key.
    """
    CREATE TABLE pages (
        id INTEGER PRIMARY KEY,
        hash INTEGER NOT NULL,
        key TEXT NOT NULL,
        url_before TEXT NOT NULL,
        url_after TEXT,
        site TEXT NOT NULL,
        first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        outcome TEXT NOT NULL,
        checks INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        etag TEXT,
        last_modified TEXT,
        next_check INTEGER,
        article INTEGER,
        run INTEGER NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX pages_by_hash ON pages (hash)",
    "CREATE INDEX pages_due ON pages (site, next_check) WHERE next_check IS NOT NULL",
    # AUTOINCREMENT: the number of an article that was merged into another is not given again.
    """
    CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        url TEXT NOT NULL,
        site TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        revision INTEGER NOT NULL,
        published INTEGER,
        first_written INTEGER NOT NULL,
        last_written INTEGER NOT NULL,
        cluster TEXT
    )
    """,
    "CREATE TABLE identities (hash INTEGER PRIMARY KEY, article INTEGER NOT NULL)",
    "CREATE INDEX identities_of ON identities (article)",
    # What finds near duplicates, for some days. By period, so that writing touches the present one
    # and what has passed lies together.
    """
    CREATE TABLE signatures (
        period INTEGER NOT NULL,
        article INTEGER NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (period, article)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE bands (
        period INTEGER NOT NULL,
        band INTEGER NOT NULL,
        article INTEGER NOT NULL,
        PRIMARY KEY (period, band, article)
    ) WITHOUT ROWID
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
        first_seen INTEGER NOT NULL,
        last_seen INTEGER NOT NULL,
        last_changed INTEGER NOT NULL,
        interval INTEGER NOT NULL,
        next_due INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX listings_of ON listings (site)",
    "CREATE TABLE outputs (path TEXT PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started INTEGER NOT NULL,
        finished INTEGER NOT NULL,
        summary TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE site_runs (
        site TEXT NOT NULL,
        run INTEGER NOT NULL,
        figures TEXT NOT NULL,
        PRIMARY KEY (site, run)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX site_runs_of ON site_runs (run)",
)

_SECOND: Migration = (
    """
    CREATE TABLE host_files (
        url TEXT PRIMARY KEY,
        fetched INTEGER NOT NULL,
        status INTEGER NOT NULL,
        body BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX host_files_by_age ON host_files (fetched)",
)

# What the workers of one run have in common, NULL for a run of one process.
_THIRD: Migration = ("ALTER TABLE progress ADD COLUMN token TEXT",)

MIGRATIONS: tuple[Migration, ...] = (_FIRST, _SECOND, _THIRD)
