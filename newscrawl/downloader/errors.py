"""Exceptions for what is refused on purpose; no retry takes them up again."""

from __future__ import annotations

from newscrawl.downloader.addresses import literal_address
from newscrawl.downloader.failures import Refusal


class RefusedAddressError(Refusal):
    """The host is at an address that is none of the public internet; nothing was sent to it.

    ``host`` is as the request names it.
    """

    def __init__(self, host: str, address: str, kind: str) -> None:
        what = f"{host} is {kind}" if host == address else f"{host} is at {address}, {kind}"
        name = host if literal_address(host) is None else address
        super().__init__(
            "refused_address", f"refused: {what}; allow it with -s NEWSCRAWL_ALLOWED_HOSTS={name}"
        )
        self.host = host


class RefusedSchemeError(Refusal):
    """The address is neither http nor https."""

    def __init__(self, url: str) -> None:
        super().__init__("refused_scheme", f"refused: {url[:200]} is neither http nor https")


class BadRedirectError(Refusal):
    """The server redirects to what is no address, or to one that is too long."""

    def __init__(self, location: str) -> None:
        super().__init__("bad_redirect", f"redirected to what is no web address: {location[:200]}")


class DeadlineError(Refusal):
    """The page has taken longer than it may, its redirects and retries included."""

    def __init__(self, seconds: float) -> None:
        super().__init__("deadline", f"not done within {seconds:g} seconds, NEWSCRAWL_DEADLINE")


class CutShortError(Refusal):
    """The body ends before its content coding or its length says."""

    def __init__(self, detail: str = "the answer was cut short") -> None:
        super().__init__("cut_short", detail)


class BadEncodingError(Refusal):
    """The body is not of the content coding that its header names."""

    def __init__(self, coding: str, problem: str) -> None:
        super().__init__("bad_encoding", f"Content-Encoding {coding[:50]}: {problem[:200]}")
