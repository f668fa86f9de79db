"""newscrawl: news pages in, clean article records out."""

from __future__ import annotations

from newscrawl.errors import NotAPageError
from newscrawl.extraction import extract
from newscrawl.items import Article, Image
from newscrawl.page import Page

__all__ = ["Article", "Image", "NotAPageError", "Page", "extract"]
__version__ = "0.1.0"
