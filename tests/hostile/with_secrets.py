"""A crawl of the addresses on the command line whose requests carry secrets of the site."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from newscrawl.spiders.news import NewsSpider
from tests.hostile.crawl import SETTINGS


class SpiderWithSecrets(NewsSpider):
    async def start(self) -> AsyncIterator[Any]:
        async for request in super().start():
            request.headers["Authorization"] = "Basic bWU6c2VjcmV0"
            request.headers["X-Key"] = "secret"
            yield request.replace(cookies={"session": "secret"})


def main() -> None:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    more = {"COOKIES_ENABLED": True, "RETRY_TIMES": 1, "NEWSCRAWL_REJECTS": "", "LOG_ENABLED": 0}
    settings.setdict(SETTINGS | more, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(SpiderWithSecrets, urls=sys.argv[1:])
    process.start()


if __name__ == "__main__":
    main()
