"""Reasons for failed requests: one word for counting and one line for people."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

LEASE = "lease"
"""Reason of requests that another worker has taken over: nothing came of them here."""

LIMITS = frozenset({"page_limit", "byte_limit", "host_limit", "pattern_limit"})
"""Reasons of requests that only a limit of the run kept back: left out, not failed."""


class Refusal(IgnoreRequest):
    """A request that is not made, with its reason as one word and a sentence about it."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


_REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (CannotResolveHostError, "dns", "the host name cannot be resolved"),
    (DownloadTimeoutError, "timeout", "no whole answer within the time limit"),
    (DownloadConnectionRefusedError, "connection", "the connection was refused"),
    (ResponseDataLossError, "cut_short", "the answer was cut short"),
    (DownloadCancelledError, "too_large", "the answer is larger than DOWNLOAD_MAXSIZE"),
    (UnsupportedURLSchemeError, "refused_scheme", "neither http nor https"),
    (NotSupported, "refused_scheme", "neither http nor https"),
)
# How Scrapy words the refusals that it has no exception of their own for.
_REFUSALS = (
    ("robots.txt", "robots", "robots.txt forbids it"),
    ("max redirections", "redirects", "redirected too often"),
    ("DOWNLOAD_MAXSIZE", "too_large", "the answer unpacks to more than DOWNLOAD_MAXSIZE"),
    ("offsite", "offsite", "on another site"),
)
_TLS_WORDS = ("ssl", "tls", "certificate")


def failure_reason(failure: Failure) -> tuple[str, str]:
    """Return the reason of a failed request, one word, and a sentence about it.

    The words: ``http_404`` (or any other status), ``dns``, ``timeout``, ``connection``, ``tls``,
    ``cut_short``, ``robots``, ``redirects``, ``too_large``, ``page_limit``, ``offsite``,
    ``refused_scheme``, ``ignored``, and the reason of a `Refusal`: ``refused_address``,
    ``bad_redirect``, ``deadline``, ``robots_unreachable``, ``paused``, ``host_limit``,
    ``byte_limit``, ``pattern_limit``.
    """
    return error_reason(failure.value)


def error_reason(error: BaseException | None) -> tuple[str, str]:
    """Return the reason and the sentence of what `failure_reason` is about."""
    if isinstance(error, Refusal):
        return error.reason, error.detail
    if isinstance(error, HttpError):
        return f"http_{error.response.status}", f"the server answered {error.response.status}"
    if isinstance(error, IgnoreRequest):
        return _refusal(str(error))
    for error_class, reason, detail in _REASONS:
        if isinstance(error, error_class):
            return reason, detail
    return _connection_failure(error)


def _refusal(message: str) -> tuple[str, str]:
    for words, reason, detail in _REFUSALS:
        if words in message:
            return reason, detail
    return "ignored", message


def _connection_failure(error: BaseException | None) -> tuple[str, str]:
    chain: list[str] = []
    cause = error
    while cause is not None and len(chain) < 5:
        chain.append(f"{type(cause).__name__} {cause!r}")
        cause = cause.__cause__
    message = " ".join(chain).lower()
    if any(word in message for word in _TLS_WORDS):
        return "tls", "the TLS handshake failed or the certificate is not valid"
    return "connection", f"the connection failed: {str(error)[:200] or type(error).__name__}"
