# ruff: noqa: S608 - what is put in are our own lists of columns, never a value
"""Every statement that the state asks its database; many keys travel as one JSON array."""

from __future__ import annotations

PROGRESS = "SELECT run, latest FROM progress"
SET_PROGRESS = "UPDATE progress SET run = ?, latest = ?"

_PAGE = """
    pages.key,
    CASE WHEN url_after IS NULL THEN url_before ELSE url_before || pages.key || url_after END,
    site, first_seen, last_seen, outcome, checks, failures, etag, last_modified, next_check,
    article, run = :run
"""
# CROSS JOIN keeps SQLite to this order: a look-up for each key, never a scan of all pages.
PAGES = f"""
    SELECT {_PAGE} FROM json_each(:hashes) AS wanted
    CROSS JOIN pages ON pages.hash = wanted.value
"""
DUE_PAGES = f"""
    SELECT {_PAGE} FROM pages
    WHERE site = :site AND next_check <= :now AND run <> :run ORDER BY next_check LIMIT :limit
"""
STRAY_PAGES = f"""
    SELECT {_PAGE} FROM pages
    WHERE site = :site AND next_check > :horizon AND run <> :run ORDER BY next_check LIMIT :limit
"""
_INSERT_PAGE = """
    INSERT INTO pages (
        hash, key, url_before, url_after, site, first_seen, last_seen, outcome, checks, failures,
        etag, last_modified, next_check, article, run
    ) VALUES (
        :hash, :key, :url_before, :url_after, :site, :now, :now, :outcome, :asked, :failed,
        :etag, :last_modified, :next_check, :article, :run
    ) ON CONFLICT (hash) DO
"""
FOUND_PAGE = f"{_INSERT_PAGE} NOTHING"
# A page that holds an article stays what it is through checks that fail. Else validators are of
# what came last: a check that brought none leaves them, a record without them clears them. Of what
# is never asked for again they are not needed.
_SAME_KEY = "key = excluded.key"
_HOLDS_ON = f":failed AND {_SAME_KEY} AND article IS NOT NULL"


def _validator(name: str) -> str:
    return f"""{name} = CASE
        WHEN excluded.next_check IS NULL THEN NULL
        WHEN {_HOLDS_ON} THEN {name}
        WHEN :failed OR :same_outcome THEN coalesce(excluded.{name}, {name})
        ELSE excluded.{name}
    END"""


CHECKED_PAGE = f"""{_INSERT_PAGE} UPDATE SET
    key = excluded.key, url_before = excluded.url_before, url_after = excluded.url_after,
    site = excluded.site, last_seen = excluded.last_seen,
    first_seen = CASE WHEN {_SAME_KEY} THEN first_seen ELSE excluded.first_seen END,
    outcome = CASE WHEN :same_outcome OR {_HOLDS_ON} THEN outcome ELSE excluded.outcome END,
    checks = checks + excluded.checks,
    failures = CASE
        WHEN :failed OR :same_outcome AND :asked AND failures AND article IS NULL THEN failures + 1
        WHEN :asked THEN 0
        ELSE failures
    END,
    {_validator("etag")},
    {_validator("last_modified")},
    next_check = excluded.next_check,
    article = CASE WHEN {_SAME_KEY} THEN coalesce(excluded.article, article)
                   ELSE excluded.article END,
    run = excluded.run
"""

_ARTICLE = """
    articles.id, url, site, content_hash, revision, published, first_written, last_written, cluster
"""
ARTICLES_OF_IDENTITIES = f"""
    SELECT {_ARTICLE}, x'' FROM json_each(:hashes) AS wanted
    CROSS JOIN identities ON identities.hash = wanted.value
    CROSS JOIN articles ON articles.id = identities.article
"""
ARTICLES = f"""
    SELECT {_ARTICLE}, x'' FROM json_each(:ids) AS wanted
    CROSS JOIN articles ON articles.id = wanted.value
"""
# MATERIALIZED, so that rows are read of those that are returned alone.
SIMILAR = f"""
    WITH candidates AS MATERIALIZED (
        SELECT article, count(DISTINCT band) AS shared FROM json_each(:bands) AS wanted
        CROSS JOIN bands ON bands.period IN (:period, :period - 1) AND bands.band = wanted.value
        GROUP BY article ORDER BY shared DESC, article LIMIT :limit
    )
    SELECT {_ARTICLE}, signature FROM candidates
    CROSS JOIN articles ON articles.id = candidates.article
    CROSS JOIN signatures
        ON signatures.article = candidates.article AND signatures.period = (
            SELECT max(period) FROM signatures
            WHERE period IN (:period, :period - 1) AND article = candidates.article
        )
    ORDER BY shared DESC, articles.id
"""
ADD_ARTICLE = """
    INSERT INTO articles (
        url, site, content_hash, revision, published, first_written, last_written, cluster
    ) VALUES (:url, :site, :content_hash, :revision, :published, :now, :now, :cluster)
"""
REVISE_ARTICLE = """
    UPDATE articles SET url = :url, site = :site, content_hash = :content_hash,
        revision = :revision, published = :published, last_written = :now, cluster = :cluster
    WHERE id = :id
"""
SET_IDENTITIES = """
    INSERT OR REPLACE INTO identities SELECT value, :article FROM json_each(:hashes)
"""
MOVE_IDENTITIES = "UPDATE identities SET article = ? WHERE article = ?"
DROP_ARTICLE = "DELETE FROM articles WHERE id = ?"
SET_SIGNATURE = "INSERT OR REPLACE INTO signatures VALUES (?, ?, ?)"
ADD_BANDS = "INSERT OR IGNORE INTO bands SELECT :period, value, :article FROM json_each(:bands)"
# A slice at each commit: a period may hold millions.
DROP_BANDS = """
    DELETE FROM bands WHERE (period, band, article) IN (
        SELECT period, band, article FROM bands WHERE period < :first OR period > :last
        LIMIT :slice
    )
"""
DROP_SIGNATURES = """
    DELETE FROM signatures WHERE (period, article) IN (
        SELECT period, article FROM signatures WHERE period < :first OR period > :last LIMIT :slice
    )
"""

_LISTING = """
    key, url, site, kind, etag, last_modified, content_hash, first_seen, last_seen, last_changed,
    interval, next_due
"""
LISTING = f"SELECT {_LISTING} FROM listings WHERE key = ?"
LISTINGS = f"SELECT {_LISTING} FROM listings WHERE site = ? ORDER BY key"
SET_LISTING = f"INSERT OR REPLACE INTO listings ({_LISTING}) VALUES ({', '.join('?' * 12)})"
SET_VALIDATORS = "UPDATE listings SET etag = ?, last_modified = ? WHERE key = ?"

OUTPUT_LENGTH = "SELECT length FROM outputs WHERE path = ?"
SET_OUTPUT_LENGTH = "INSERT OR REPLACE INTO outputs VALUES (?, ?)"

HOST_FILE = "SELECT fetched, status, body FROM host_files WHERE url = ?"
SET_HOST_FILE = "INSERT OR REPLACE INTO host_files VALUES (?, ?, ?, ?)"
DROP_OLD_HOST_FILES = "DELETE FROM host_files WHERE fetched < ?"

ADD_RUN = "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?)"
ADD_SITE_RUN = "INSERT OR REPLACE INTO site_runs VALUES (?, ?, ?)"
DROP_OLD_RUNS = """
    DELETE FROM runs WHERE id <= (SELECT id FROM runs ORDER BY id DESC LIMIT 1 OFFSET :kept)
"""
DROP_OLD_SITE_RUNS = """
    DELETE FROM site_runs WHERE site = :site AND run <= (
        SELECT run FROM site_runs WHERE site = :site ORDER BY run DESC LIMIT 1 OFFSET :kept
    )
"""
RUNS = "SELECT id, started, finished, summary FROM runs ORDER BY id DESC LIMIT :last"
RUNS_OF_SITE = """
    SELECT run, started, finished, summary, figures
    FROM site_runs JOIN runs ON runs.id = site_runs.run
    WHERE site_runs.site = :site ORDER BY run DESC LIMIT :last
"""
SITES_OF_RUN = "SELECT site, figures FROM site_runs WHERE run = ?"

# After a clock that was ahead, or with one that is behind: what is still to be looked at is due,
# and articles whose plan may have ended too early are looked at once more: those first seen lately,
# by the clock or, where that was ahead, by their own date. The rest stays: one wrong clock must not
# have years of articles fetched again. All rows are read, once.
PULL_BACK = (
    """
    UPDATE pages SET first_seen = min(first_seen, :now), last_seen = :now, next_check = :now
    WHERE last_seen > :now AND (
        next_check IS NOT NULL
        OR article IS NOT NULL AND first_seen BETWEEN :now - :plan AND :now
        OR first_seen > :now AND (
            SELECT coalesce(published, :now) >= :now - :plan FROM articles WHERE id = article
        )
    )
    """,
    """
    UPDATE listings SET first_seen = min(first_seen, :now), last_seen = :now,
        last_changed = min(last_changed, :now), next_due = :now
    WHERE last_seen > :now
    """,
)
