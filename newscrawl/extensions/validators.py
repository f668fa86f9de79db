"""Validators of listings that name other listings, kept back until the run has come to those."""

from __future__ import annotations

from typing import NamedTuple

from newscrawl.state import State


class _Held(NamedTuple):
    site: str
    etag: str | None
    last_modified: str | None


class HeldValidators:
    """Keeps back what would let a front page or an index of sitemaps be "not modified".

    The articles that a listing names are remembered with it, the feeds, sitemaps and sections are
    not. If a run is cut off before it comes to them, the next one has to read the listing again.
    """

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}
        self._sites_left_out: set[str] = set()

    def hold(self, key: str, site: str, etag: str | None, last_modified: str | None) -> None:
        """Keep back the validators of the listing that has this key."""
        self._held[key] = _Held(site, etag, last_modified)

    def left_out(self, site: str) -> None:
        """Take note that a limit kept the run from a listing of a site."""
        self._sites_left_out.add(site)

    def release(self, state: State) -> None:
        """Remember what was kept back, of the sites of which no listing was left out."""
        for key, held in self._held.items():
            if held.site not in self._sites_left_out:
                state.remember_validators(key, etag=held.etag, last_modified=held.last_modified)
        self._held.clear()
