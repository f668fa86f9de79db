"""What is no record becomes a reject."""

from __future__ import annotations

from typing import Any

from newscrawl.extraction.acceptance import reject_for
from newscrawl.items import Article


class ValidatePipeline:
    """Makes a Reject of an Article that is no article, lacks headline or body, or is invalid."""

    def process_item(self, item: Any) -> Any:
        """Return a Reject in the place of an Article that is no record."""
        if isinstance(item, Article) and (reject := reject_for(item)):
            return reject
        return item
