"""A page is fetched once: what makes two addresses the same page."""

from __future__ import annotations

import hashlib

from scrapy import Request
from scrapy.dupefilters import RFPDupeFilter

from newscrawl.discovery import url_key


class PageFingerprinter:
    """Fingerprints by page: tracking parameters, ``www.``, the scheme and the like do not count.

    Scrapy's setting REQUEST_FINGERPRINTER_CLASS.
    """

    def fingerprint(self, request: Request) -> bytes:
        """Return 20 bytes, the same for every address of one page."""
        identity = f"{request.method} {url_key(request.url)}".encode() + b" " + request.body
        return hashlib.blake2b(identity, digest_size=20).digest()


class PageDupeFilter(RFPDupeFilter):
    """Lets a page be fetched once, though it may redirect to another address of its own.

    Scrapy's setting DUPEFILTER_CLASS.
    """

    def request_seen(self, request: Request) -> bool:
        """Return whether the page of a request has been asked for before."""
        return not leads_to_itself(request) and super().request_seen(request)


def leads_to_itself(request: Request) -> bool:
    """Return whether a page redirects to another address of its own."""
    hops = request.meta.get("redirect_urls", ())
    return url_key(request.url) in {url_key(url) for url in hops}
