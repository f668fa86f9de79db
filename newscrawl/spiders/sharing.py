"""A spider whose run may be shared: what a request needs to know goes with it to other workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl.discovery import Link, url_key
from newscrawl.extensions.origin import Origin
from newscrawl.items import SCHEMA_VERSION, Article
from newscrawl.scheduler import FrontierError
from newscrawl.site_list.site_list import SiteEntry
from newscrawl.spiders.articles import ArticleSpider
from newscrawl.state import is_postgresql
from newscrawl.stats.site_stats import SITE

if TYPE_CHECKING:
    from newscrawl.scheduler.frontier import Frontier

_COMPONENTS = {
    "SCHEDULER": "newscrawl.scheduler.shared.SharedScheduler",
    "DOWNLOAD_HANDLERS": {
        "http": "newscrawl.scheduler.handler.LeasedDownloadHandler",
        "https": "newscrawl.scheduler.handler.LeasedDownloadHandler",
    },
}


class SharedRunSpider(ArticleSpider):
    """Knows what of a worker's own memory a request must take with it."""

    frontier: Frontier | None = None

    all_started = False

    domains: dict[str, set[str]]
    """The sites' own domains, with those that their start addresses redirected to."""

    def request_context(self, request: Request) -> dict[str, Any] | None:
        """Return what is known here of a request and not in it."""
        context: dict[str, Any] = {}
        link, site = request.cb_kwargs.get("link"), request.meta.get(SITE, "")
        if isinstance(link, Link) and (hints := self.hints.pop(url_key(link.url), None)):
            context["hints"] = hints
        if added := self.domains.get(site, set()) - set(self.entries[site].domains):
            context["domains"] = sorted(added)
        parts: tuple[Article, ...] = request.cb_kwargs.get("parts", ())
        if parts and (origin := self.memory.origin(parts[0].url)) is not None:
            context["origin"] = tuple(origin)
        return context or None

    def restore_context(self, request: Request, context: Mapping[str, Any]) -> None:
        """Know what another worker, or this one, knew of a request."""
        if "hints" in context:
            self.hints[url_key(request.cb_kwargs["link"].url)] = context["hints"]
        if "domains" in context:
            self.domains[request.meta[SITE]].update(context["domains"])
        if "origin" in context:
            url = request.cb_kwargs["parts"][0].url
            self.memory.set_origin(url, Origin(*context["origin"]))


def join_frontier(settings: BaseSettings, entries: Iterable[SiteEntry]) -> Frontier | None:
    """Return the frontier of NEWSCRAWL_FRONTIER, joined, and have Scrapy use it.

    Raises FrontierError.
    """
    url = settings.get("NEWSCRAWL_FRONTIER")
    if not url:
        return None
    state, output = settings.get("NEWSCRAWL_STATE"), settings.get("NEWSCRAWL_OUTPUT")
    if state and not is_postgresql(state):
        raise FrontierError(
            f"{state} is a state for one process: workers share --state postgresql://..., or have "
            "none (--no-state)"
        )
    if output in ("", None, "-"):
        raise FrontierError("a worker writes files of its own: name them with -o FOLDER/news.jsonl")
    try:
        from newscrawl.scheduler.frontier import Frontier
    except ImportError as error:
        raise FrontierError(
            f"a shared frontier needs redis-py: pip install 'newscrawl[redis]' ({error})"
        ) from error
    frontier = Frontier(
        url,
        name=settings["NEWSCRAWL_FRONTIER_NAME"],
        worker=settings["NEWSCRAWL_WORKER"],
        lease=settings.getfloat("NEWSCRAWL_LEASE"),
        patience=settings.getfloat("NEWSCRAWL_FRONTIER_PATIENCE"),
    )
    told = repr(sorted(entries, key=lambda entry: entry.name)).encode()
    frontier.join(targets=blake2b(told, digest_size=8).hexdigest(), schema=SCHEMA_VERSION)
    for name, value in _COMPONENTS.items():
        merged = {**settings.getdict(name), **value} if isinstance(value, dict) else value
        priority = max(settings.getpriority(name) or 0, SETTINGS_PRIORITIES["spider"])
        settings.set(name, merged, priority=priority)
    return frontier
