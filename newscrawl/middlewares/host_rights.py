"""Rights that a host reserves for its pages in robots.txt and tdmrep.json."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from newscrawl.middlewares.robots import RobotsTxtMiddleware
from newscrawl.middlewares.robots_parser import RobotsTxtParser
from newscrawl.middlewares.tdm_file import TdmFileMiddleware


async def host_rights(crawler: Crawler, url: str) -> dict[str, Any]:
    """Return what robots.txt (Content-Usage, Content-Signal) and tdmrep.json say of an address.

    In the form of a record's ``rights``, for `newscrawl.extraction.rights.add_host_rights`.
    """
    rights: dict[str, Any] = {}
    robots = crawler.get_downloader_middleware(RobotsTxtMiddleware)
    parser = robots.known_parser(url) if robots is not None else None
    if isinstance(parser, RobotsTxtParser):
        for name, value in parser.usage(url).items():
            rights[name] = {"value": value, "source": "robots.txt"}
    middleware = crawler.get_downloader_middleware(TdmFileMiddleware)
    if middleware is not None:
        file = await middleware.file(url)  # there already, but for a start address
        rights |= file.rights(url)
    return rights
