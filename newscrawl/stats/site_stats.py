"""Counts of a crawl in Scrapy's stats: of the whole run, and of each site.

``newscrawl/NAME`` counts for the run, ``newscrawl/site/SITE/NAME`` for the site-list entry (or the
site of a plain target) that a request belongs to: its meta ``newscrawl_site``.
"""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

SITE = "newscrawl_site"
"""Key of a request's meta: the name of the site that it belongs to."""


def site_of_request(source: Any) -> str | None:
    """Return the site of a request, of a response or of a request's Failure; None without one."""
    request = getattr(source, "request", source)
    meta = getattr(request, "meta", None)
    return meta.get(SITE) if meta is not None else None


def count(stats: StatsCollector, name: str, site: str | None, number: float = 1) -> None:
    """Count something for the run and, where there is one, for the site."""
    stats.inc_value(f"newscrawl/{name}", number)  # type: ignore[arg-type]  # it adds any number
    count_for_site(stats, name, site, number)


def count_for_site(stats: StatsCollector, name: str, site: str | None, number: float = 1) -> None:
    """Count what is counted for the run elsewhere."""
    if site is not None:
        stats.inc_value(f"newscrawl/site/{site}/{name}", number)  # type: ignore[arg-type]


class Dropped(DropItem):
    """Ends an item's way; ``count`` is the name of the stat that counts it: ``rejects/empty``."""

    def __init__(self, count: str, message: str) -> None:
        super().__init__(message, log_level="DEBUG")
        self.count = count
