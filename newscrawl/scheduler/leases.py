"""The requests that a worker has in hand: they wait here, or are under way, and are not done."""

from __future__ import annotations

from collections.abc import Container
from weakref import WeakSet

from scrapy import Request


class Hand:
    """Requests that this worker holds, by their number in the frontier, and their progress."""

    def __init__(self) -> None:
        self._numbers: dict[Request, tuple[str, str]] = {}
        self._sites: dict[str, set[str]] = {}
        self._started: dict[Request, tuple[str, str]] = {}
        self._waiting: dict[str, int] = {}
        self._ever: WeakSet[Request] = WeakSet()

    @property
    def total(self) -> int:
        """All of them."""
        return len(self._numbers)

    def take(self, site: str, number: str, request: Request) -> None:
        """Have one more, which waits."""
        self._numbers[request] = site, number
        self._sites.setdefault(site, set()).add(number)
        self._waiting[site] = self._waiting.get(site, 0) + 1
        self._ever.add(request)

    def start(self, request: Request) -> bool:
        """Let one that waits be under way; False for one that is in hand no more."""
        if request not in self._numbers or request in self._started:
            return False
        self._started[request] = self._numbers[request]
        self._waiting[self._numbers[request][0]] -= 1
        return True

    def has(self, request: Request) -> bool:
        """Return whether a request is in hand."""
        return request in self._numbers

    def is_ours(self, request: Request) -> bool:
        """Return whether a request is or was in hand: others (robots.txt) come by another way."""
        return request in self._ever

    def knows(self, site: str, number: str) -> bool:
        """Return whether the request of a number is in hand."""
        return number in self._sites.get(site, ())

    def size(self, site: str) -> int:
        """Return how many of a site there are."""
        return len(self._sites.get(site, ()))

    def has_any(self, site: str) -> bool:
        """Return whether there is any of a site."""
        return bool(self._sites.get(site))

    def waiting(self, site: str) -> int:
        """Return how many of a site wait."""
        return self._waiting.get(site, 0)

    def under_way(self, site: str) -> int:
        """Return how many of a site are under way, or wait to be durable."""
        return self.size(site) - self.waiting(site)

    def finished(self, in_progress: Container[Request]) -> list[tuple[str, str]]:
        """Let go of those that were under way and are not any more; return site and number."""
        over = {r: about for r, about in self._started.items() if r not in in_progress}
        for request in over:
            self.drop(request)
        return list(over.values())

    def drop(self, request: Request) -> None:
        """Let go of one."""
        site, number = self._numbers.pop(request)
        self._sites[site].discard(number)
        if self._started.pop(request, None) is None:
            self._waiting[site] -= 1

    def put_back(self, site: str) -> None:
        """Let go of those of a site that wait."""
        for request in [r for r, (of, _) in self._numbers.items() if of == site]:
            if request not in self._started:
                self.drop(request)

    def forget(self, site: str) -> None:
        """Let go of all of a site."""
        for request in [r for r, (of, _) in self._numbers.items() if of == site]:
            self.drop(request)
        self._sites.pop(site, None)
        self._waiting.pop(site, None)
