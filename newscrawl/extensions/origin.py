"""The origin of an item on its way through the pipelines."""

from __future__ import annotations

from typing import NamedTuple, Self

from scrapy.http import Response

from newscrawl.discovery import Link, url_key


class Origin(NamedTuple):
    """The page of an item, by its addresses, and what its server said of the version."""

    urls: tuple[str, ...]
    """The address that was asked for, and those that it redirected to."""
    site: str
    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, response: Response, link: Link, site: str) -> Self:
        """Return the origin of what a response to a link's request holds."""
        asked = (link.url, *response.meta.get("redirect_urls", ()), response.url)
        urls = tuple({url_key(url): url for url in asked}.values())
        return cls(urls, site, *validators_of(response))

    @property
    def key(self) -> str:
        """Of the page that was asked for."""
        return url_key(self.urls[0])


def validators_of(response: Response) -> tuple[str | None, str | None]:
    """Return the ETag and Last-Modified of a response."""
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return (
        etag.decode("latin-1") if etag else None,
        modified.decode("latin-1") if modified else None,
    )
