"""newscrawl: news pages in, clean article records out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.api import acrawl, afetch, crawl, fetch, read
    from newscrawl.exceptions import CrawlError, FetchError, NotAPageError
    from newscrawl.extraction.record import extract
    from newscrawl.items import Article, Image, Reject
    from newscrawl.page.page import Page
    from newscrawl.site_list.site_list import SiteEntry
    from newscrawl.spiders.news import NewsSpider

__all__ = [
    "Article",
    "CrawlError",
    "FetchError",
    "Image",
    "NewsSpider",
    "NotAPageError",
    "Page",
    "Reject",
    "SiteEntry",
    "acrawl",
    "afetch",
    "crawl",
    "extract",
    "fetch",
    "read",
]
__version__ = "0.1.0"

# Imported when first asked for, so that ``newscrawl --help`` does not wait for lxml and numpy.
_PLACES = {
    "Article": "newscrawl.items",
    "CrawlError": "newscrawl.exceptions",
    "FetchError": "newscrawl.exceptions",
    "Image": "newscrawl.items",
    "NewsSpider": "newscrawl.spiders.news",
    "NotAPageError": "newscrawl.exceptions",
    "Page": "newscrawl.page.page",
    "Reject": "newscrawl.items",
    "SiteEntry": "newscrawl.site_list.site_list",
    "acrawl": "newscrawl.api",
    "afetch": "newscrawl.api",
    "crawl": "newscrawl.api",
    "extract": "newscrawl.extraction.record",
    "fetch": "newscrawl.api",
    "read": "newscrawl.api",
}

if not TYPE_CHECKING:  # a type checker is to see a name that is misspelt

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_PLACES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
