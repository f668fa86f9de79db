"""Pages that a crawl goes on from instead of taking them as articles: refreshes, twins, lists.

A crawl asks for what they lead to; an archive of that crawl leaves them out for the same reasons.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from w3lib.html import get_base_url, get_meta_refresh

from newscrawl.discovery.link import Link, Target
from newscrawl.discovery.pages import MIN_LISTED, is_listing, listing_links
from newscrawl.discovery.site import is_front_page
from newscrawl.items import ARTICLE_KINDS, Article
from newscrawl.page.decoding import decode
from newscrawl.page.page import Page
from newscrawl.text.urls import is_twin, site_of, url_key

_HEAD = 4096
"""Characters in which Scrapy's MetaRefreshMiddleware looks for a refresh."""


def may_refresh(body: bytes) -> bool:
    """Return whether a page may hold a refresh where one counts; cheap, and true of few pages."""
    head = body[: 4 * _HEAD]
    return b"refresh" in head.lower() or b"\0" in head  # NUL: UTF-16


def refreshes_to(body: bytes, url: str, content_type: str | None, delay: float) -> str | None:
    """Return the address that a page's ``<meta http-equiv=refresh>`` leads to within ``delay`` s.

    As Scrapy's MetaRefreshMiddleware finds it: in the first 4,096 characters, outside of
    ``<noscript>``, to the web alone. None for a page that stays.
    """
    if not may_refresh(body):
        return None
    encoding, text = decode(body[: 4 * _HEAD], content_type)
    text = text[:_HEAD]
    try:
        base = get_base_url(text, url, encoding)
        seconds, target = get_meta_refresh(text, base, encoding, ignore_tags=("noscript",))
        if not target or urlsplit(target).scheme not in ("http", "https"):
            return None
    except ValueError:  # to what is no address
        return None
    return target if seconds is not None and seconds < delay else None


def original_of(article: Article) -> str | None:
    """Return the address of the page that an AMP or print page copies; None for any other."""
    original = article.canonical_url
    if not original or not is_twin(article.url) or url_key(original) == url_key(article.url):
        return None
    return original if site_of(original) == site_of(article.url) else None


def is_list(page: Page, target: Target) -> bool:
    """Return whether a page, asked for as a start or section, lists articles, as it looks."""
    return (target == "start" and is_front_page(page.url)) or is_listing(page)


def links_instead(
    article: Article, page: Page, target: Target, allowed_hosts: Collection[str] = ()
) -> list[Link]:
    """Return the links of a start or section page that was read and had better be followed.

    None of them for a page that is an article, or names too few.
    """
    if article.kind in ARTICLE_KINDS and article.headline and article.body:
        return []
    if article.kind not in (*ARTICLE_KINDS, "index", "other"):
        return []
    links = listing_links(page, allowed_hosts)
    return links if len(links) >= (1 if target == "section" else MIN_LISTED) else []
