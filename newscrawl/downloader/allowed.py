"""The hosts that may be connected to though their addresses are none of the public internet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from newscrawl.downloader.addresses import IPAddress

_WITH_PORT = re.compile(r"(?P<host>\[[^\]]*\]|[^:\[\]]+):(?P<port>\d{1,5})")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str | None
    network: IPv4Network | IPv6Network | None
    port: int | None

    def allows(self, host: str, address: IPAddress | None, port: int) -> bool:
        if self.port not in (None, port):
            return False
        if self.network is None:
            return host == self.name
        return address is not None and address in self.network


class AllowedHosts:
    """The hosts of NEWSCRAWL_ALLOWED_HOSTS: names, addresses and networks, with or without a port.

    A name is allowed whatever it resolves to, an address whatever name led to it.

    >>> allowed = AllowedHosts.parse(["intranet.example", "10.2.0.0/16", "[::1]:8080"])
    >>> from ipaddress import ip_address
    >>> allowed.allows("intranet.example", ip_address("10.9.9.9"), 80)
    True
    >>> allowed.allows("www.example.org", ip_address("10.2.7.7"), 443)
    True
    >>> allowed.allows("::1", ip_address("::1"), 80)
    False
    """

    def __init__(self, entries: Iterable[_Entry] = ()) -> None:
        self._entries = tuple(entries)

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Self:
        """Return the hosts that are listed; raises ValueError for what is none."""
        return cls(_entry(text) for text in map(str.strip, texts) if text)

    def allows(self, host: str, address: IPAddress | None, port: int) -> bool:
        """Return whether a host may be connected to at this address and port.

        ``host`` is the name or address that the request names; ``address`` None, where nothing
        has been resolved, asks for the name alone.
        """
        host = host.lower().removesuffix(".").strip("[]")
        return any(entry.allows(host, address, port) for entry in self._entries)


def _entry(text: str) -> _Entry:
    match = _WITH_PORT.fullmatch(text)
    host = (match["host"] if match else text).strip("[]").lower().removesuffix(".")
    port = int(match["port"]) if match else None
    try:
        return _Entry(None, ip_network(host, strict=False), port)
    except ValueError:
        if _NAME.fullmatch(host) and not re.fullmatch(r"[\d.]+", host):
            return _Entry(host, None, port)
    raise ValueError(
        f"NEWSCRAWL_ALLOWED_HOSTS: {text!r} is no host name, address or network (10.0.0.0/8)"
    )
