"""Errors that newscrawl raises on purpose; each carries a reason that can be counted."""


class NotAPageError(ValueError):
    """The input is no page that could hold an article: empty, binary, too large.

    ``reason`` is one word: ``empty``, ``binary`` or ``too_large``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
