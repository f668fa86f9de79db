"""An item that goes no further, and under what it is counted."""

from __future__ import annotations

from scrapy.exceptions import DropItem


class Dropped(DropItem):
    """Ends an item's way; ``count`` is the name of its stat: ``rejects/empty``."""

    def __init__(self, count: str, message: str) -> None:
        super().__init__(message, log_level="DEBUG")
        self.count = count
