"""Files that a host has for all of its crawlers, kept from run to run where there is a state."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawl.extensions.memory import Memory
from newscrawl.state import State, StateError

LARGEST = 100_000
"""Bytes; a larger file is asked for in every run."""


def split_address(url: str) -> SplitResult:
    """Return the parts of the address that is asked for a url: its host is in ASCII."""
    # A Request makes it so, and costs more than all else that is done with the address.
    return urlsplit(url if url.isascii() else Request(url).url)


class HostFiles:
    """Responses of hosts for robots.txt and similar files, kept in NEWSCRAWL_STATE."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    def get(self, url: str, max_age: float) -> tuple[int, bytes, float] | None:
        """Return status, body and age in seconds of an answer that is young enough."""
        state = self._state()
        try:
            known = state.host_file(url) if state is not None else None
        except StateError:  # the next commit fails, too, and ends the crawl
            return None
        if state is None or known is None:
            return None
        age = float(state.now() - known.fetched)
        # A clock that has gone back makes an age that is none.
        return (known.status, known.body, age) if 0 <= age < max_age else None

    def put(self, url: str, status: int, body: bytes) -> None:
        """Keep an answer."""
        state = self._state()
        if state is not None and len(body) <= LARGEST:
            state.remember_host_file(url, status, body)

    def _state(self) -> State | None:
        memory = self.crawler.get_extension(Memory)
        return memory.state if memory is not None and not memory.broken else None
