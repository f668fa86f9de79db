"""Private names of Scrapy and Twisted that newscrawl uses; they stand here and nowhere else.

Scrapy promises nothing about these names. Each has a line on its purpose and on the version since
which it is as it is used here, and a test of its own in
``tests/downloader/test_scrapy_internals.py``, which says what newscrawl loses with it.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _BindAddressAgent,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response
from scrapy.pqueues import DownloaderAwarePriorityQueue, DownloaderInterface
from scrapy.utils._compression import _DecompressionMaxSizeExceeded
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.asyncio import call_later
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web.client import Agent
from twisted.web.client import Response as TxResponse
from twisted.web.iweb import IResponse

_OVERRUN = "_newscrawl_overrun"


def has_overrun(response: TxResponse) -> bool:
    """Return whether more than white space came after the end that a response states.

    Only what arrives together with the last of the body is seen.
    """
    return getattr(response, _OVERRUN, False)


# Scrapy 2.17: the parser's `_finished` is given what follows a body, to detect longer ones.
class _Parser(_LenientHTTPClientParser):
    def _finished(self, rest: bytes) -> None:
        if self.bodyDecoder is not None and rest.strip():
            setattr(self.response, _OVERRUN, True)
        super()._finished(rest)  # type: ignore[no-untyped-call]


# Scrapy 2.17: a protocol's `_parser`, whose class Twisted names in its own code.
class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Deferred[IResponse]:
        answer = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser
        return answer


# Twisted: the factory's `_quiescentCallback`, which hands a connection back to its pool.
class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _Protocol:  # noqa: ARG002, N802 - Twisted's
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


# Scrapy 2.17: `_ScrapyAgent` with `_get_agent`, to connect through a reactor of our own, and
# `_cb_bodydone`, to refuse bodies longer than their Content-Length.
class _AgentThroughReactor(_ScrapyAgent):
    def __init__(self, handler: ReactorDownloadHandler, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._handler = handler

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        from twisted.internet import reactor

        if request.meta.get("proxy"):
            return super()._get_agent(request, timeout)
        return _BindAddressAgent(
            reactor=self._handler.reactor_for(request, reactor),
            contextFactory=self._contextFactory,
            connectTimeout=timeout,
            bindAddress=normalize_bind_address(
                request.meta.get("bindaddress") or self._bindAddress
            ),
            pool=self._pool,
        )

    def _cb_bodydone(self, result: Any, url: str) -> Response:
        if has_overrun(result["txresponse"]) and not result.get("stop_download"):
            raise ResponseDataLossError
        return super()._cb_bodydone(result, url)


# Scrapy 2.19: the handler's `_pool`, `_contextFactory`, `_bind_address`, `_default_maxsize`,
# `_default_warnsize`, `_fail_on_dataloss`, `_crawler`, `_tls_verbose_logging`, to make its agent.
class ReactorDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler; it connects through `reactor_for`, and refuses too long bodies."""

    def __init__(self, crawler: Crawler, *, idle_seconds: int) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._pool.cachedConnectionTimeout = idle_seconds

    def reactor_for(self, request: Request, reactor: Any) -> Any:  # noqa: ARG002
        """Return the reactor that a request without a proxy connects through."""
        return reactor

    async def download(self, request: Request) -> Response:
        """Return the response to a request."""
        agent = _AgentThroughReactor(
            self,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))


# Scrapy 2.0: `_decode`, which takes one content coding off a body.
class DecodingMiddleware(HttpCompressionMiddleware):
    """Scrapy's compression middleware with the decoder of a subclass."""

    @classmethod
    def decode(cls, body: bytes, coding: str, max_size: int) -> bytes:
        """Return the bytes behind a content coding."""
        raise NotImplementedError

    @classmethod
    def _decode(cls, body: bytes, encoding: bytes, max_size: int) -> bytes:
        return cls.decode(body, encoding.decode("latin-1"), max_size)


# Scrapy 2.11: raised by `_decode`, it becomes the IgnoreRequest that names DOWNLOAD_MAXSIZE.
def unpacks_to_too_much(size: int, max_size: int) -> ValueError:
    """Return the error for a body that unpacks to more than ``max_size`` bytes."""
    return _DecompressionMaxSizeExceeded(size, max_size)


# Scrapy 2.18: `_downloader_interface`, which says what each host has to do, and
# `_last_selected_slot`, the host that the last request was for.
class SlotAwareQueue(DownloaderAwarePriorityQueue):
    """Scrapy's priority queue with a downloader interface that can be set."""

    def set_downloader_interface(self, interface: DownloaderInterface) -> None:
        """Let ``interface.stats`` choose the host of the next request."""
        self._downloader_interface = interface

    @property
    def last_slot(self) -> str | None:
        """The host of the request that was popped last."""
        return self._last_selected_slot


# Scrapy 2.0: the downloader's `_latercall`, which goes on with a host's waiting requests.
def look_again(downloader: Any, slot: Any, seconds: float) -> Any:
    """Have the downloader look at a host's waiting requests after some seconds."""
    return call_later(seconds, downloader._latercall, slot)


# Scrapy 2.0: the engine's `_slot` and its `nextcall`, which asks the scheduler for a request.
def ask_scheduler(engine: Any) -> None:
    """Have the engine ask the scheduler for requests now; before it has started, do nothing."""
    if engine._slot is not None:
        engine._slot.nextcall.schedule()
