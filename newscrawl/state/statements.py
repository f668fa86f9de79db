# ruff: noqa: S608 - what is put in are our own lists of columns, never a value
"""The statements of the state; many keys are passed as one JSON array.

They are templates of `newscrawl.state.dialect`, for SQLite and PostgreSQL.
"""

from __future__ import annotations

PROGRESS = "SELECT run, latest FROM progress"
# A run whose token is known is one that several workers share; without a token it is a new one.
BEGIN_RUN = """
    UPDATE progress SET
        run = CASE WHEN token = :token THEN run ELSE run + 1 END, token = :token, latest = :now
"""
SET_LATEST = "UPDATE progress SET latest = ?"

_PAGE = """
    pages.key,
    CASE WHEN url_after IS NULL THEN url_before ELSE url_before || pages.key || url_after END,
    site, first_seen, last_seen, outcome, checks, failures, etag, last_modified, next_check,
    article, run = :run
"""
PAGES = f"""
    SELECT {_PAGE} FROM $wanted
    $join_in_order pages ON pages.hash = wanted.value
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
_SAME_KEY = "pages.key = excluded.key"
_HOLDS_ON = f":failed = 1 AND {_SAME_KEY} AND pages.article IS NOT NULL"


def _validator(name: str) -> str:
    return f"""{name} = CASE
        WHEN excluded.next_check IS NULL THEN NULL
        WHEN {_HOLDS_ON} THEN pages.{name}
        WHEN :failed = 1 OR :same_outcome = 1 THEN coalesce(excluded.{name}, pages.{name})
        ELSE excluded.{name}
    END"""


CHECKED_PAGE = f"""{_INSERT_PAGE} UPDATE SET
    key = excluded.key, url_before = excluded.url_before, url_after = excluded.url_after,
    site = excluded.site, last_seen = excluded.last_seen,
    first_seen = CASE WHEN {_SAME_KEY} THEN pages.first_seen ELSE excluded.first_seen END,
    outcome = CASE
        WHEN :same_outcome = 1 OR {_HOLDS_ON} THEN pages.outcome ELSE excluded.outcome
    END,
    checks = pages.checks + excluded.checks,
    failures = CASE
        WHEN :failed = 1 THEN pages.failures + 1
        WHEN :same_outcome = 1 AND :asked = 1 AND pages.failures > 0 AND pages.article IS NULL
            THEN pages.failures + 1
        WHEN :asked = 1 THEN 0
        ELSE pages.failures
    END,
    {_validator("etag")},
    {_validator("last_modified")},
    next_check = excluded.next_check,
    article = CASE WHEN {_SAME_KEY} THEN coalesce(excluded.article, pages.article)
                   ELSE excluded.article END,
    run = excluded.run
"""

_ARTICLE = """
    articles.id, url, site, content_hash, revision, published, first_written, last_written, cluster
"""
ARTICLES_OF_IDENTITIES = f"""
    SELECT {_ARTICLE}, $no_bytes FROM $wanted
    $join_in_order identities ON identities.hash = wanted.value
    $join_in_order articles ON articles.id = identities.article
"""
ARTICLES = f"""
    SELECT {_ARTICLE}, $no_bytes FROM $wanted
    $join_in_order articles ON articles.id = wanted.value
"""
# MATERIALIZED, so that rows are read of those that are returned alone.
SIMILAR = f"""
    WITH candidates AS MATERIALIZED (
        SELECT article, count(DISTINCT band) AS shared FROM $wanted
        $join_in_order bands ON bands.period IN (:period, :period - 1) AND bands.band = wanted.value
        GROUP BY article ORDER BY shared DESC, article LIMIT :limit
    )
    SELECT {_ARTICLE}, signature FROM candidates
    $join_in_order articles ON articles.id = candidates.article
    $join_in_order signatures
        ON signatures.article = candidates.article AND signatures.period = (
            SELECT max(period) FROM signatures
            WHERE period IN (:period, :period - 1) AND article = candidates.article
        )
    ORDER BY shared DESC, articles.id
"""
# A number that was given once is never given again, whatever became of its article.
NEXT_ARTICLE = "SELECT $next_article"
ADD_ARTICLE = """
    INSERT INTO articles (
        id, url, site, content_hash, revision, published, first_written, last_written, cluster
    ) VALUES (:id, :url, :site, :content_hash, :revision, :published, :now, :now, :cluster)
"""
REVISE_ARTICLE = """
    UPDATE articles SET url = :url, site = :site, content_hash = :content_hash,
        revision = :revision, published = :published, last_written = :now, cluster = :cluster
    WHERE id = :id
"""
# WHERE true: SQLite would take ON for a join's.
SET_IDENTITIES = """
    INSERT INTO identities (hash, article)
    SELECT wanted.value, :article FROM $wanted WHERE true
    ON CONFLICT (hash) DO UPDATE SET article = excluded.article
"""
MOVE_IDENTITIES = "UPDATE identities SET article = ? WHERE article = ?"
DROP_ARTICLE = "DELETE FROM articles WHERE id = ?"
SET_SIGNATURE = """
    INSERT INTO signatures (period, article, signature) VALUES (?, ?, ?)
    ON CONFLICT (period, article) DO UPDATE SET signature = excluded.signature
"""
ADD_BANDS = """
    INSERT INTO bands (period, band, article)
    SELECT :period, wanted.value, :article FROM $wanted WHERE true
    ON CONFLICT (period, band, article) DO NOTHING
"""
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
_NOT_THE_KEY = [name.strip() for name in _LISTING.split(",")][1:]
_GIVEN = ", ".join(f"{name} = excluded.{name}" for name in _NOT_THE_KEY)
SET_LISTING = f"""
    INSERT INTO listings ({_LISTING}) VALUES ({", ".join("?" * 12)})
    ON CONFLICT (key) DO UPDATE SET {_GIVEN}
"""
SET_VALIDATORS = "UPDATE listings SET etag = ?, last_modified = ? WHERE key = ?"

OUTPUT_LENGTH = "SELECT length FROM outputs WHERE path = ?"
SET_OUTPUT_LENGTH = """
    INSERT INTO outputs (path, length) VALUES (?, ?)
    ON CONFLICT (path) DO UPDATE SET length = excluded.length
"""

HOST_FILE = "SELECT fetched, status, body FROM host_files WHERE url = ?"
SET_HOST_FILE = """
    INSERT INTO host_files (url, fetched, status, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET
        fetched = excluded.fetched, status = excluded.status, body = excluded.body
"""
DROP_OLD_HOST_FILES = "DELETE FROM host_files WHERE fetched < ?"

ADD_RUN = """
    INSERT INTO runs (id, started, finished, summary) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        started = excluded.started, finished = excluded.finished, summary = excluded.summary
"""
ADD_SITE_RUN = """
    INSERT INTO site_runs (site, run, figures) VALUES (?, ?, ?)
    ON CONFLICT (site, run) DO UPDATE SET figures = excluded.figures
"""
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
    UPDATE pages SET first_seen = $least(first_seen, :now), last_seen = :now, next_check = :now
    WHERE last_seen > :now AND (
        next_check IS NOT NULL
        OR article IS NOT NULL AND first_seen BETWEEN :now - :plan AND :now
        OR first_seen > :now AND (
            SELECT coalesce(published, :now) >= :now - :plan FROM articles WHERE id = article
        )
    )
    """,
    """
    UPDATE listings SET first_seen = $least(first_seen, :now), last_seen = :now,
        last_changed = $least(last_changed, :now), next_due = :now
    WHERE last_seen > :now
    """,
)
