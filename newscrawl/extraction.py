"""From one page to one record: every field's candidates weighed, the winner noted in `sources`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from newscrawl.dates import find_date, normalise_date
from newscrawl.extractors import chrome
from newscrawl.extractors.authors import author_candidates
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.extractors.body import body_blocks
from newscrawl.extractors.candidates import Candidate
from newscrawl.extractors.date import date_candidates, modified_candidates
from newscrawl.extractors.description import description_candidates, standfirst_blocks
from newscrawl.extractors.headline import headline_candidates
from newscrawl.extractors.images import find_pictures
from newscrawl.extractors.kind import find_access, find_kind
from newscrawl.extractors.language import language_candidates
from newscrawl.extractors.leftovers import without_leftovers
from newscrawl.extractors.publisher import publisher_candidates, site_names
from newscrawl.extractors.rights import find_rights
from newscrawl.extractors.section import section_candidates, tag_candidates
from newscrawl.extractors.site import SiteFields, read_site
from newscrawl.extractors.zone import Zone, find_zone
from newscrawl.items import Article, Source
from newscrawl.page import Page
from newscrawl.sites import site_for
from newscrawl.text import content_hash, words


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
    article, blocks, body = read_fields(page, hints)
    article.kind = find_kind(page, blocks, body, article)
    return article


def read_fields(page: Page, hints: Mapping[str, str]) -> tuple[Article, Blocks, list[Block]]:
    """Return a page's record, its kind not yet told; its blocks; and those of the body."""
    article = Article(url=page.url)
    _fill_addresses(article, page)
    blocks = Blocks(page.root)
    site = site_for(article.url)
    ruled = read_site(site, page, blocks) if site else SiteFields()
    names = site_names(page)

    _choose(article, "language", language_candidates(page))
    _choose(article, "publisher", publisher_candidates(page))
    if site:
        _set(article, "publisher", site.name, "site")
        _set(article, "language", article.language or site.language, "site")
    _choose(article, "headline", headline_candidates(page, blocks, names), ruled.headline)
    if article.headline is None and hints.get("headline"):
        _set(article, "headline", hints["headline"], "feed")
    body = _fill_texts(article, page, blocks, ruled)
    heading = _heading(blocks, article.headline)
    _fill_dates(article, page, blocks, ruled, hints, heading, body)
    zone = find_zone(blocks, heading, body)
    authors = author_candidates(page, blocks, zone, names) if not ruled.authors else []
    if ruled.authors:
        _set(article, "authors", ruled.authors, "site")
    elif authors:
        _set(article, "authors", authors[0].names, authors[0].source)
    _fill_images(article, page, blocks, zone, ruled)
    body = without_leftovers(body, article.images, article.authors)
    text = "\n\n".join(block.text for block in body)
    _set(article, "body", text, "site" if ruled.body else "html")
    _choose(article, "section", section_candidates(page, blocks, article.headline), ruled.section)
    if ruled.tags:
        _set(article, "tags", ruled.tags, "site")
    else:
        _set(article, "tags", *tag_candidates(page))
    article.access = find_access(page)
    article.rights = find_rights(page)
    if page.fetched_at is not None:
        article.fetched_at = page.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    article.content_hash = content_hash(article.headline, article.body, article.caption)
    return article, blocks, body


def _set(article: Article, name: str, value: object, source: Source) -> None:
    if value:
        setattr(article, name, value)
        article.sources[name] = source


def _choose(
    article: Article, name: str, candidates: list[Candidate], ruled: str | None = None
) -> None:
    if ruled:
        _set(article, name, ruled, "site")
    elif candidates:
        _set(article, name, candidates[0].value, candidates[0].source)


def _fill_texts(article: Article, page: Page, blocks: Blocks, ruled: SiteFields) -> list[Block]:
    """Fill the description; return the body's blocks."""
    heading = _heading(blocks, article.headline)
    standfirst = standfirst_blocks(page, blocks, heading)
    not_body = {block.index for block in standfirst}
    if heading is not None:
        not_body.add(heading)
    body = ruled.body or body_blocks(page, blocks, frozenset(not_body))
    _choose(article, "description", description_candidates(page, standfirst), ruled.description)
    return body


def _fill_dates(
    article: Article,
    page: Page,
    blocks: Blocks,
    ruled: SiteFields,
    hints: Mapping[str, str],
    heading: int | None,
    body: list[Block],
) -> None:
    language = article.language
    if ruled.date and (in_line := find_date(ruled.date, language=language, now=page.fetched_at)):
        _set(article, "date", in_line.value, "site")
        article.date_raw = ruled.date
    elif dates := date_candidates(page, blocks, language, heading, body):
        _set(article, "date", dates[0].value, dates[0].source)
        article.date_raw = dates[0].raw
    elif hints.get("date"):
        _set(article, "date", normalise_date(hints["date"], language=language), "feed")
        article.date_raw = hints["date"]
    if modified := modified_candidates(page, blocks, language, heading, body):
        _set(article, "date_modified", modified[0].value, modified[0].source)


def _fill_images(
    article: Article, page: Page, blocks: Blocks, zone: Zone, ruled: SiteFields
) -> None:
    """Fill images, and the lead image's caption and credit."""
    article.images, lead = find_pictures(page, blocks, zone)
    if ruled.caption or ruled.credit:
        _set(article, "caption", ruled.caption, "site")
        _set(article, "credit", ruled.credit, "site")
    else:
        _set(article, "caption", lead.caption, lead.source)
        _set(article, "credit", lead.credit, lead.source)


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


def _fill_addresses(article: Article, page: Page) -> None:
    links = page.metadata.links.get("canonical", [])
    declared = next((url for link in links if (url := page.urljoin(link.get("href") or ""))), None)
    source: Source = "html"
    if declared is None and (og := page.metadata.first("og:url")):
        declared, source = page.urljoin(og), "opengraph"
    if declared and (not page.url or _same_site(declared, page.url)):
        _set(article, "canonical_url", declared, source)
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
