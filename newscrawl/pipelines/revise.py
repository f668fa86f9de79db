"""Only what is new: known articles go no further, changed ones become revisions."""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawl.extensions.memory import Memory
from newscrawl.items import Article, Reject
from newscrawl.records.output import DurableOutput


class RevisePipeline:
    """Asks the memory of NEWSCRAWL_STATE what is known of an article.

    The first version passes with ``revision`` 1, each further one with the next number; an
    article that has not changed is dropped as ``newscrawl/skipped/unchanged``, one that is known
    under another address as ``newscrawl/skipped/duplicate``. ``newscrawl/revised`` counts the
    revisions.
    """

    def __init__(self, crawler: Crawler, memory: Memory) -> None:
        self.crawler = crawler
        self.memory = memory

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the component of a crawler; raises NotConfigured where there is no memory."""
        memory = crawler.get_extension(Memory)
        if memory is None:
            raise NotConfigured
        return cls(crawler, memory)

    def open_spider(self) -> None:
        """Tie the memory to the output."""
        self.memory.attach(self.crawler.get_item_pipeline(DurableOutput))

    def process_item(self, item: Any) -> Any:
        """Return an article with its revision; raises Dropped for one that brings nothing new."""
        if isinstance(item, Article):
            self.memory.revise(item)
        elif isinstance(item, Reject):
            self.memory.rejected(item)
        return item
