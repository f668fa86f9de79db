"""A crawl that remembers nothing: everything is new, and everything is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scrapy.http import Response

from newscrawl.discovery import Link
from newscrawl.extensions.origin import Origin
from newscrawl.items import Reject


class NoMemory:
    """The memory of a crawl without a state: everything is new."""

    def due_links(self, site: str) -> list[Link]:  # noqa: ARG002
        """Return the pages and listings of a site that earlier runs say to look at now."""
        return []

    def is_due(self, listing: Link, pause: float | None = None) -> bool:  # noqa: ARG002
        """Return whether to look at a feed, sitemap or section page now.

        ``pause`` is how many seconds the user wants between two looks; without it what was last
        found there decides.
        """
        return True

    def wanted(self, links: Iterable[Link], site: str) -> list[Link]:  # noqa: ARG002
        """Return those of the articles found that are to be fetched."""
        return list(links)

    def validators(self, link: Link) -> Mapping[str, str]:  # noqa: ARG002
        """Return the headers that ask for a page only if it has changed."""
        return {}

    def expect(self, response: Response, link: Link, site: str) -> None:
        """Take note of a page that becomes a record or a reject, before it does."""

    def origin(self, url: str) -> Origin | None:  # noqa: ARG002
        """Return where the item of a response's address comes from, if it is expected."""
        return None

    def set_origin(self, url: str, origin: Origin) -> None:
        """Expect an item as another worker does."""

    def expect_reject(self, reject: Reject, link: Link, site: str) -> None:
        """Take note of where a reject comes from, before it is written."""

    def failed(self, link: Link, site: str, reason: str) -> None:
        """Take note of a page that gave neither a record nor a reject."""

    def unchanged(self, link: Link, site: str) -> str:  # noqa: ARG002
        """Take note of a 304.

        Return ``unchanged`` for an article, ``not_modified`` for a listing, "" for what is not
        known.
        """
        return ""

    def read_listing(
        self,
        response: Response,
        link: Link,
        site: str,
        kind: str,
        links: Iterable[Link],
        *,
        whole: bool = True,
    ) -> None:
        """Take note of what a feed, sitemap or section page lists."""
