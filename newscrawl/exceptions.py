"""Errors that newscrawl raises on purpose; each carries a reason that can be counted."""


class NotAPageError(ValueError):
    """The input is no page that could hold an article: empty, binary, too large.

    ``reason`` is one word: ``empty``, ``binary`` or ``too_large``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class FetchError(Exception):
    """A page could not be fetched, or is no record.

    ``url`` is its address, ``reason`` one word as in the rejects of a crawl, ``detail`` a sentence.
    """

    def __init__(self, url: str, reason: str, detail: str) -> None:
        super().__init__(f"{url}: {detail} ({reason})")
        self.url = url
        self.reason = reason
        self.detail = detail


class CrawlError(RuntimeError):
    """A crawl could not be begun, or broke down; the message says why."""
