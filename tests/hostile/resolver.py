"""Names under ``.test`` that resolve as a case wants it; all other names resolve to nothing."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver
from zope.interface import implementer

# Each look-up gets the next of a name's answers, the last one ever after.
NAMES: dict[str, list[list[str]]] = {
    "inner.test": [["127.0.0.2"]],
    "mapped.test": [["0.0.0.0"]],
    "mixed.test": [["127.0.0.2", "127.0.0.1"]],
    # robots.txt, then the page: the answer of the second look-up is not that of the first.
    "rebound.test": [["127.0.0.1"], ["127.0.0.2"]],
    # robots.txt, the page, and the page once more.
    "rebound-on-retry.test": [["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]],
    "allowed.test": [["127.0.0.3"]],
    "xn--bcher-kva.test": [["127.0.0.1"]],
    "news.test": [["127.0.0.1"]],
}


@implementer(IHostnameResolver)
class Resolver:
    """Scrapy's setting DNS_RESOLVER; nothing is kept between look-ups."""

    def __init__(self, reactor: Any) -> None:
        self.reactor = reactor
        self.answers = {name: list(answers) for name, answers in NAMES.items()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        receiver: Any,
        name: str,
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        answers = self.answers.get(name)
        if answers is None and name.replace(".", "").isdigit():
            answers = [[name]]
        receiver.resolutionBegan(self)
        if answers:
            for address in answers.pop(0) if len(answers) > 1 else answers[0]:
                receiver.addressResolved(IPv4Address("TCP", address, portNumber))
        receiver.resolutionComplete()
        return self
