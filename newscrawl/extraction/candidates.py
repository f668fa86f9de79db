"""A value that a field might have, and where on the page it was found."""

from __future__ import annotations

from typing import NamedTuple

from newscrawl.items import Source


class Candidate(NamedTuple):
    """One possible value of a field; extractors return them in their order of trust."""

    value: str
    source: Source
    where: str
    """The exact place, for ``--explain``: ``h1``, ``og:title``, ``NewsArticle.headline``."""
