"""A crawl of articles made up on the spot, with a memory hooked in; prints what it was told.

``python crawl_child.py NUMBERS SETTINGS``: NUMBERS are the articles' (a JSON list), SETTINGS are
Scrapy's (a JSON object); KNOWN among them is the length that the memory knows of every file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from newscrawl import settings as project
from newscrawl.items import Article, Image
from newscrawl.pipelines.output import OutputPipeline

OF_ITEMS = ("EXTENSIONS", "FEED_", "ITEM_PIPELINES", "NEWSCRAWL_")
EVENTS: list[Any] = []


class MemoryPipeline:
    """Hooks in as a memory between runs does."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        output = self.crawler.get_item_pipeline(OutputPipeline)
        if output is None:
            return
        known = self.crawler.settings.get("KNOWN")
        if known is not None:
            output.adopt(
                lambda _: known, lambda records: note("adopt", [r["url"] for r in records])
            )
        output.after_write(lambda article: note("write", article.url))
        output.after_sync(lambda lengths: note("sync", list(lengths.values())))

    def close_spider(self) -> None:
        note("close", None)


def note(what: str, value: Any) -> None:
    # Syncs come by the clock; those that tell nothing new are left out.
    if what != "sync" or [what, value] not in EVENTS[-1:]:
        EVENTS.append([what, value])


class MadeUpSpider(Spider):
    name = "made-up"

    async def start(self) -> AsyncIterator[Any]:
        yield Request("data:text/plain,news")

    async def parse(self, response: Response) -> AsyncIterator[Any]:
        for number in self.numbers:
            await asyncio.sleep(self.crawler.settings.getfloat("PAUSE"))
            yield Article(
                f"https://a.example/{number}",
                headline=f"The hall, part {number}: „ü“",
                date="2024-05-06",
                body="It is open. " * self.crawler.settings.getint("LENGTH", 10),
                images=[Image("https://a.example/a.jpg", caption="A hall", alt="A hall")],
                sources={"headline": "html"},
                rights={"robots": {"value": "noarchive", "source": "meta"}},
            )


def main(numbers: str, changed: str) -> None:
    settings = Settings(
        {name: getattr(project, name) for name in dir(project) if name.startswith(OF_ITEMS)}
    )
    settings.setdict({"NEWSCRAWL_REJECTS": "", "LOG_LEVEL": "ERROR"} | json.loads(changed))
    settings["ITEM_PIPELINES"] = settings.getdict("ITEM_PIPELINES") | {MemoryPipeline: 50}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(MadeUpSpider)
    process.crawl(crawler, numbers=json.loads(numbers))
    process.start()
    stats = {
        key.removeprefix("newscrawl/"): value
        for key, value in crawler.stats.get_stats().items()
        if key.startswith(("newscrawl/", "finish_reason", "item_"))
    }
    print(json.dumps({"events": EVENTS, "stats": stats}))


if __name__ == "__main__":
    main(*sys.argv[1:])
