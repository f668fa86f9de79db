"""The one decision: whether a host may be connected to at an address."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newscrawl.downloader.addresses import literal_address, special_kind
from newscrawl.downloader.allowed import AllowedHosts
from newscrawl.downloader.errors import RefusedAddressError, RefusedSchemeError

_DEFAULT_PORTS = {"http": 80, "https": 443}


class AddressGuard:
    """Refuses addresses outside the public internet, unless NEWSCRAWL_ALLOWED_HOSTS names them.

    >>> guard = AddressGuard(AllowedHosts.parse(["127.0.0.1:8000"]))
    >>> guard.check_url("http://127.1:8000/")
    >>> guard.check_address("www.example.org", "10.0.0.7", 80)
    Traceback (most recent call last):
        ...
    newscrawl.downloader.errors.RefusedAddressError: refused: www.example.org is at 10.0.0.7, a \
private address; allow it with -s NEWSCRAWL_ALLOWED_HOSTS=www.example.org
    """

    def __init__(self, allowed: AllowedHosts) -> None:
        self.allowed = allowed

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the guard of a crawl; raises ValueError for a setting that cannot be read."""
        return cls(AllowedHosts.parse(settings.getlist("NEWSCRAWL_ALLOWED_HOSTS")))

    def check_url(self, url: str) -> None:
        """Check what an address itself tells: its scheme, and a host that is no name.

        Names are not resolved here; `check_address` is for what they resolve to. Raises
        RefusedSchemeError, RefusedAddressError.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise RefusedSchemeError(url) from None
        if parts.scheme not in _DEFAULT_PORTS or not host:
            raise RefusedSchemeError(url)
        if (address := literal_address(host)) is not None:
            self.check_address(host, str(address), port or _DEFAULT_PORTS[parts.scheme])

    def check_address(self, host: str, address: str, port: int) -> None:
        """Check the address that a connection is about to be made to.

        ``host`` is the name or address that the request names. Raises RefusedAddressError.
        """
        found = ip_address(address.partition("%")[0])
        kind = special_kind(found)
        if kind is not None and not self.allowed.allows(host, found, port):
            raise RefusedAddressError(host, address, kind)
