"""Answers that go on after the length that they state: what was read is not all there is."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web.client import Response as TxResponse
from twisted.web.iweb import IResponse

_OVERRUN = "_newscrawl_overrun"


def has_overrun(response: TxResponse) -> bool:
    """Tell whether more than white space came after the end that an answer states.

    Only what arrives together with the last of the body is seen.
    """
    return getattr(response, _OVERRUN, False)


class _Parser(_LenientHTTPClientParser):
    def _finished(self, rest: bytes) -> None:
        if self.bodyDecoder is not None and rest.strip():
            setattr(self.response, _OVERRUN, True)
        super()._finished(rest)  # type: ignore[no-untyped-call]


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Deferred[IResponse]:
        answer = super().request(request)
        # As Scrapy does it: Twisted names the class of the parser in its own code.
        if self._parser is not None:
            self._parser.__class__ = _Parser
        return answer


class OverrunFactory(_LenientHTTP11ClientFactory):
    """Scrapy's own, for a connection pool; marks the answers that `has_overrun` is about."""

    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802 - Twisted's
        """Return the protocol of a new connection."""
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
