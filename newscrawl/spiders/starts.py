"""Start addresses of a crawl, their order, and the settings that sites ask for."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from newscrawl.discovery import site_of
from newscrawl.site_list.site_list import SiteEntry

_PROJECT, _SPIDER = SETTINGS_PRIORITIES["project"], SETTINGS_PRIORITIES["spider"]
_SHARE_OF_HOSTS = 4
"""Of so many hosts one may hang without holding the others up."""
_MOST_REQUESTS = 250
"""At the same time; each may hold a page in memory."""


def read_urls(path: Path) -> list[str]:
    """Return the addresses of a file, one a line, without blank lines and ``#`` comments.

    Raises OSError, or UnicodeDecodeError for what is not UTF-8.
    """
    lines = (line.strip() for line in path.read_text("utf-8-sig").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def sites_by_name(entries: Iterable[SiteEntry], targets: Iterable[str]) -> dict[str, SiteEntry]:
    """Return the entries of a site list and those made of plain targets, by their names.

    The targets of a registrable domain are one entry, called after the domain.
    """
    sites = {entry.name: entry for entry in entries}
    for url in targets:
        name = site_of(url)
        known = sites.get(name)
        if known is None:
            sites[name] = SiteEntry(name, (url,))
        elif url not in known.start:
            sites[name] = replace(known, start=(*known.start, url))
    return sites


def interleaved(entries: Iterable[SiteEntry]) -> Iterator[tuple[SiteEntry, str]]:
    """Yield each entry's start addresses, one of each host in turn."""
    waiting: dict[str, deque[tuple[SiteEntry, str]]] = {}
    for entry in entries:
        for url in entry.start:
            waiting.setdefault(urlsplit(url).netloc, deque()).append((entry, url))
    queues = deque(waiting.values())
    while queues:
        queue = queues.popleft()
        yield queue.popleft()
        if queue:
            queues.append(queue)


def apply_site_settings(entries: Iterable[SiteEntry], settings: BaseSettings) -> None:
    """Fill DOWNLOAD_SLOTS, NEWSCRAWL_HOST_LIMITS and CONCURRENT_REQUESTS from entries.

    What the user set for a host, or for CONCURRENT_REQUESTS, stays as it is.
    """
    known = list(entries)
    _add(settings, "DOWNLOAD_SLOTS", _slots(known))
    _add(settings, "NEWSCRAWL_HOST_LIMITS", _limits(known))
    requests = len({host for entry in known for host in map(_host, entry.start)}) // _SHARE_OF_HOSTS
    if (settings.getpriority("CONCURRENT_REQUESTS") or 0) <= _PROJECT:
        least = settings.getint("CONCURRENT_REQUESTS")
        number = max(least, min(requests, _MOST_REQUESTS))
        settings.set("CONCURRENT_REQUESTS", number, priority=_SPIDER)


def apply_contact(contact: str, settings: BaseSettings) -> None:
    """Put the contact of the settings, else the one given, into the settings and User-Agent.

    A User-Agent that the user set is left alone: whoever writes one puts their contact there.
    """
    contact = settings.get("NEWSCRAWL_CONTACT") or contact
    if not contact:
        return
    if not settings.get("NEWSCRAWL_CONTACT"):
        priority = max(settings.getpriority("NEWSCRAWL_CONTACT") or 0, _SPIDER)
        settings.set("NEWSCRAWL_CONTACT", contact, priority=priority)
    if (settings.getpriority("USER_AGENT") or 0) <= _PROJECT:
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority=_SPIDER)


def _add(settings: BaseSettings, name: str, by_host: Mapping[str, Mapping[str, Any]]) -> None:
    if by_host:
        priority = max(settings.getpriority(name) or 0, _SPIDER)
        settings.set(name, {**by_host, **settings.getdict(name)}, priority=priority)


def _slots(entries: Iterable[SiteEntry]) -> dict[str, dict[str, Any]]:
    """Return the pace of each host; of entries that share a host the gentlest counts."""
    slots: dict[str, dict[str, Any]] = {}
    for entry in entries:
        for host in entry.hosts:
            if entry.delay is not None:
                slot = slots.setdefault(host, {})
                slot["delay"] = max(entry.delay, slot.get("delay", 0.0))
            if entry.concurrency is not None:
                slot = slots.setdefault(host, {})
                slot["concurrency"] = min(
                    entry.concurrency, slot.get("concurrency", entry.concurrency)
                )
    return slots


def _limits(entries: Iterable[SiteEntry]) -> dict[str, dict[str, int]]:
    """Return the budget of each host: the sum of its entries', where each of them has one."""
    limits: dict[str, dict[str, int]] = {}
    sharing = Counter(host for entry in entries for host in entry.hosts)
    for kind in ("pages", "bytes"):
        limited: Counter[str] = Counter()
        for entry in entries:
            amount = getattr(entry, f"max_{kind}")
            for host in entry.hosts if amount is not None else ():
                limited[host] += 1
                budget = limits.setdefault(host, {})
                budget[kind] = budget.get(kind, 0) + amount
        for host, number in limited.items():
            if number < sharing[host]:
                del limits[host][kind]
    return {host: budget for host, budget in limits.items() if budget}


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
