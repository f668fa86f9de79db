"""Downloader middlewares: what an address itself tells, and where a redirect may lead."""

from __future__ import annotations

from typing import Self
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import (
    MetaRefreshMiddleware as ScrapyMetaRefreshMiddleware,
)
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware as ScrapyRedirectMiddleware
from scrapy.http import Response

from newscrawl.discovery import may_refresh, site_of
from newscrawl.downloader.address_guard import AddressGuard
from newscrawl.downloader.errors import BadRedirectError, RefusedSchemeError
from newscrawl.text.urls import MAX_URL_LENGTH

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What says nothing of who asks, or for what: the rest is for the site that it was set for.
# Proxy-Authorization is for the proxy; Scrapy sees to that.
_FOR_ANYONE = frozenset(
    {b"Accept", b"Accept-Encoding", b"Accept-Language", b"User-Agent", b"Proxy-Authorization"}
)


class GuardMiddleware:
    """Refuses what is neither http nor https, and hosts written as addresses that are refused.

    So nothing is asked of such a host, not even its robots.txt, with a proxy or without. Names
    are checked by GuardedDownloadHandler, once they have been resolved.
    """

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler."""
        return cls(AddressGuard.from_settings(crawler.settings))

    def process_request(self, request: Request) -> None:
        """Raise RefusedSchemeError or RefusedAddressError."""
        self._guard.check_url(request.url)


class RedirectMiddleware(ScrapyRedirectMiddleware):
    """Scrapy's own; to the web alone, and headers set for one site go to no other.

    Scrapy itself keeps Authorization from other origins and cookies from other hosts; here go
    all other headers that may hold a secret.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a redirect leads to, or the response.

        Raises RefusedSchemeError, BadRedirectError; IgnoreRequest at REDIRECT_MAX_TIMES.
        """
        location = response.headers.get("Location")
        if location is None or response.status not in _REDIRECTS or _is_asked_for(request):
            return response
        _check_location(request.url, location.decode("latin-1"))
        try:
            result = super().process_response(request, response)
        except ValueError:
            raise BadRedirectError(location.decode("latin-1")) from None
        return _without_secrets(request, result)


class MetaRefreshMiddleware(ScrapyMetaRefreshMiddleware):
    """Scrapy's own; headers set for one site go to no other.

    A page that refreshes to something else than the web is taken as it is.
    """

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the request that a page leads to at once, or the response."""
        # Nearly all lead nowhere, and to see it in the bytes saves decoding the whole page.
        if not may_refresh(response.body):
            return response
        try:
            result = super().process_response(request, response)
        except ValueError:  # to what is no address
            return response
        return _without_secrets(request, result)


def _check_location(url: str, location: str) -> None:
    try:
        target = urljoin(url, location.strip())
        scheme = urlsplit(target).scheme
    except ValueError:
        raise BadRedirectError(location) from None
    if scheme not in ("http", "https"):
        raise RefusedSchemeError(target)
    if len(target) > MAX_URL_LENGTH:
        raise BadRedirectError(location)


def _is_asked_for(request: Request) -> bool:
    """Return whether the redirect itself is wanted, not what it leads to."""
    return bool(request.meta.get("dont_redirect") or request.meta.get("handle_httpstatus_all"))


def _without_secrets(request: Request, result: Request | Response) -> Request | Response:
    if isinstance(result, Request) and not _is_same_site(request.url, result.url):
        for name in set(result.headers) - _FOR_ANYONE:
            del result.headers[name]
    return result


def _is_same_site(url: str, other: str) -> bool:
    """Return whether a site sends to itself, and not from https back to http."""
    downgraded = url.startswith("https:") and not other.startswith("https:")
    return site_of(url) == site_of(other) and not downgraded
