"""From one page to one record: every field's candidates weighed, the winner noted in `sources`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newscrawl.extractors import chrome
from newscrawl.extractors.authors import author_candidates
from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.body import body_blocks
from newscrawl.extractors.date import date_candidates, modified_candidates
from newscrawl.extractors.description import description_candidates, standfirst_blocks
from newscrawl.extractors.headline import headline_candidates
from newscrawl.extractors.images import find_images, lead_caption
from newscrawl.extractors.kind import find_access, find_kind
from newscrawl.extractors.language import language_candidates
from newscrawl.extractors.publisher import publisher_candidates, site_names
from newscrawl.extractors.rights import find_rights
from newscrawl.extractors.section import section_candidates, tag_candidates
from newscrawl.items import Article
from newscrawl.page import Page
from newscrawl.text import content_hash, fold, words


def extract(
    html: bytes | str,
    *,
    url: str = "",
    content_type: str | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    hints: Mapping[str, str] | None = None,
) -> Article:
    """Return the record of one article page.

    ``html`` is the page's bytes as they were served, or its text. ``url`` is its address after
    redirects; without one the address that the page declares stands in the record. ``content_type``
    and ``headers`` (lower-case names) are those of the response. ``fetched_at`` is an aware
    datetime that relative dates count from. ``hints`` may hold a ``headline`` and a ``date`` that
    a feed or sitemap gave; they serve only where the page says nothing.

    Raises `NotAPageError` for input that can hold no article; its ``reason`` is ``empty``,
    ``binary`` or ``too_large``.

    >>> article = extract("<h1>A new hall</h1><p>It opened on Monday with a long speech.</p>")
    >>> article.headline
    'A new hall'
    """
    page = Page(html, url=url, content_type=content_type, headers=headers, fetched_at=fetched_at)
    return extract_page(page, hints or {})


def extract_page(page: Page, hints: Mapping[str, str]) -> Article:
    """Return the record of a page that is parsed already; see `extract`."""
    article = Article(url=page.url)
    sources = article.sources
    blocks = Blocks(page.root)
    names = site_names(page)

    language = next(iter(language_candidates(page)), None)
    if language:
        article.language, sources["language"] = language.value, language.source
    headline = next(iter(headline_candidates(page, blocks, names)), None)
    if headline:
        article.headline, sources["headline"] = headline.value, headline.source
    publisher = next(iter(publisher_candidates(page)), None)
    if publisher:
        article.publisher, sources["publisher"] = publisher.value, publisher.source

    heading = _heading(blocks, article.headline)
    standfirst = standfirst_blocks(page, blocks, heading)
    not_body = frozenset(b.index for b in standfirst) | (
        {heading} if heading is not None else set()
    )
    body = body_blocks(page, blocks, not_body)
    if body:
        article.body, sources["body"] = "\n\n".join(b.text for b in body), "html"
    description = next(iter(description_candidates(page, standfirst)), None)
    if description:
        article.description, sources["description"] = description.value, description.source

    dates = date_candidates(page, blocks, article.language)
    if dates:
        article.date, article.date_raw, sources["date"] = (
            dates[0].value,
            dates[0].raw,
            dates[0].source,
        )
    modified = modified_candidates(page, blocks, article.language)
    if modified:
        article.date_modified, sources["date_modified"] = modified[0].value, modified[0].source
    authors = author_candidates(page, blocks, names)
    if authors:
        article.authors, sources["authors"] = authors[0].names, authors[0].source

    first = min([heading if heading is not None else 10**9, body[0].index if body else 10**9])
    start = max(first - 12, 0) if first < 10**9 else 0
    body_start = body[0].index if body else start
    end = body[-1].index + 2 if body else len(blocks.blocks)
    article.images = find_images(page, blocks, start, end)
    caption, credit = lead_caption(page, blocks, start, body_start, end)
    if caption:
        article.caption, sources["caption"] = caption, "html"
    if credit:
        article.credit, sources["credit"] = credit, "html"

    section = next(iter(section_candidates(page, blocks, article.headline)), None)
    if section:
        article.section, sources["section"] = section.value, section.source
    article.tags, tag_source = tag_candidates(page)
    if article.tags:
        sources["tags"] = tag_source
    article.kind = find_kind(page, blocks, body, article.headline)
    article.access = find_access(page)
    article.rights = find_rights(page)
    _add_hints(article, hints)
    _add_addresses(article, page)
    if page.fetched_at is not None:
        article.fetched_at = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    article.content_hash = content_hash(article.headline, article.body, article.caption)
    return article


def _heading(blocks: Blocks, headline: str | None) -> int | None:
    """Return the index of the block that shows the headline."""
    wanted = words(headline or "")
    fallback = None
    for block in blocks.blocks:
        if block.tag in ("h1", "h2") or block.flags & chrome.HEADLINE:
            if wanted and words(block.text) == wanted:
                return block.index
            if block.tag == "h1" and fallback is None:
                fallback = block.index
    if fallback is None and wanted:
        return next((b.index for b in blocks.blocks if words(b.text) == wanted), None)
    return fallback


def _add_hints(article: Article, hints: Mapping[str, str]) -> None:
    for name in ("headline", "date"):
        if getattr(article, name) is None and hints.get(name):
            setattr(article, name, hints[name])
            article.sources[name] = "feed"


def _add_addresses(article: Article, page: Page) -> None:
    links = page.metadata.links.get("canonical", [])
    declared = next((url for link in links if (url := page.urljoin(link.get("href") or ""))), None)
    source = "html"
    if declared is None and (og := page.metadata.first("og:url")):
        declared, source = page.urljoin(og), "opengraph"
    if declared and (not page.url or _same_site(declared, page.url)):
        article.canonical_url, article.sources["canonical_url"] = declared, source
    if not article.url:
        article.url = declared or ""


def _same_site(left: str, right: str) -> bool:
    try:
        hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (left, right)]
    except ValueError:
        return False
    return (
        hosts[0] == hosts[1]
        or hosts[0].endswith("." + hosts[1])
        or hosts[1].endswith("." + hosts[0])
    )
