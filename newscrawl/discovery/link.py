"""A link that was found, and what was said about the page behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Target = Literal["start", "article", "section", "feed", "sitemap"]
"""What a link is expected to lead to; ``start`` is an address that the user gave."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address to fetch, with hints from where it was found."""

    url: str
    """Absolute http or https address, as :func:`newscrawl.discovery.clean_url` writes it."""

    target: Target = "article"
    """What is expected there."""

    headline: str | None = None
    """The headline that a feed or news sitemap gives."""

    date: str | None = None
    """The date of publication that a feed or news sitemap gives, as it is written there."""

    modified: str | None = None
    """The last change (``lastmod``, ``updated``) as it is written; only good for ordering."""

    def hints(self) -> dict[str, str]:
        """Return the hints that :func:`newscrawl.extract` takes: ``headline`` and ``date``."""
        hints = {"headline": self.headline, "date": self.date}
        return {name: value for name, value in hints.items() if value}


@dataclass(frozen=True, slots=True)
class Listing:
    """The links of a document that lists pages, and what of it could not be read."""

    links: list[Link]
    damage: str | None = None
    """What is missing of a document that is damaged, in words; None where all of it was read."""
