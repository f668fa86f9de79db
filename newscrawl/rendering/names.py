"""The addresses of a host name, by the resolver that Scrapy's settings chose."""

from __future__ import annotations

import asyncio
from typing import Any

from twisted.internet.interfaces import IResolutionReceiver
from zope.interface import implementer


async def addresses_of(name: str) -> list[str]:
    """Return all addresses of a host name; none where it cannot be resolved."""
    from twisted.internet import reactor

    receiver = _Receiver()
    reactor.nameResolver.resolveHostName(receiver, name)
    return await receiver.found


@implementer(IResolutionReceiver)
class _Receiver:
    """Gathers what Twisted's resolver tells."""

    def __init__(self) -> None:
        self.found: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
        self._addresses: list[str] = []

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        """Do nothing; this is Twisted's interface."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Take one address."""
        self._addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        """Hand on all addresses, unless nobody waits any more."""
        if not self.found.done():
            self.found.set_result(self._addresses)
