"""newscrawl: news pages in, clean article records out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.exceptions import NotAPageError
    from newscrawl.extraction.record import extract
    from newscrawl.items import Article, Image
    from newscrawl.page.page import Page

__all__ = ["Article", "Image", "NotAPageError", "Page", "extract"]
__version__ = "0.1.0"

# Imported when first asked for, so that ``newscrawl --help`` does not wait for lxml and numpy.
_PLACES = {
    "Article": "newscrawl.items",
    "Image": "newscrawl.items",
    "NotAPageError": "newscrawl.exceptions",
    "Page": "newscrawl.page.page",
    "extract": "newscrawl.extraction.record",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_PLACES[name]), name)
    globals()[name] = value
    return value
