"""The state of scheduled crawls between runs, in one file or in PostgreSQL.

    with State(Path("news.state")) as state:
        known = state.pages(keys)
        ...
        state.remember_page(key, url=url, site="The Harbour Post", outcome="article")
        state.commit({"news.jsonl": length})

`recheck` schedules the next check of a page, `interval` that of a feed, sitemap or section page.
"""

from newscrawl.state.errors import StateError
from newscrawl.state.interval import Bounds
from newscrawl.state.memories import (
    ArticleMemory,
    HostFile,
    ListingMemory,
    PageMemory,
    RunRecord,
)
from newscrawl.state.recheck import is_passing, next_check, published_at
from newscrawl.state.session import is_postgresql
from newscrawl.state.store import State

__all__ = [
    "ArticleMemory",
    "Bounds",
    "HostFile",
    "ListingMemory",
    "PageMemory",
    "RunRecord",
    "State",
    "StateError",
    "is_passing",
    "is_postgresql",
    "next_check",
    "published_at",
]
