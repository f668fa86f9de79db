"""The outlet's name, and the names by which a page calls its own site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.candidates import Candidate
from newscrawl.extraction.headline.titles import title_parts
from newscrawl.items import Source
from newscrawl.page.metadata import plain, types_of
from newscrawl.page.page import Page
from newscrawl.text.cleaning import fold

_ORGANISATIONS = frozenset({"organization", "newsmediaorganization", "website", "corporation"})
_SITE_NAME_META = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_MAX_NAME = 60
_LOGOS = 5
"""A logo is among so many first pictures of a page."""


def publisher_candidates(page: Page, blocks: Blocks) -> list[Candidate]:
    """Return the names of the outlet that the page gives, the most trusted first.

    Where it declares none, a part of its title that it shows elsewhere as its name.
    """
    found = [candidate for candidate in _declared(page) if _is_name(candidate.value)]
    return found or list(_in_title(page, blocks))


def _declared(page: Page) -> Iterator[Candidate]:
    for node in page.articles:
        if name := plain(page.metadata.resolve(node.get("publisher"))):
            yield Candidate(name, "json-ld", "Article.publisher")
    for key in _SITE_NAME_META:
        source: Source = "opengraph" if key.startswith("og:") else "meta"
        for name in page.metadata.meta.get(key, ()):
            yield Candidate(name, source, key)
    for node in page.metadata.nodes:
        if types_of(node) & _ORGANISATIONS and (name := plain(node.get("name"))):
            yield Candidate(name, "json-ld", "Organization.name")


def _is_name(text: str) -> bool:
    return len(text) <= 2 * _MAX_NAME and not text.startswith(("http://", "https://", "@"))


def _in_title(page: Page, blocks: Blocks) -> Iterator[Candidate]:
    """Yield the first or last part of the title that is not the headline but the site's name."""
    parts = title_parts(page.metadata.title or "")
    if len(parts) < 2:
        return
    logos = [placed.element.attributes.get("alt") for placed in blocks.images[:_LOGOS]]
    shown = {fold(alt or "") for alt in logos}
    host = _host(page).replace("-", "")
    headings = {
        fold(block.text)
        for block in blocks.blocks
        if block.tag in ("h1", "h2") or block.flags & chrome.HEADLINE
    }
    for part, other in ((parts[-1], parts[0]), (parts[0], parts[-1])):
        folded = fold(part)
        if len(part) > _MAX_NAME or folded in headings:
            continue
        in_host = len(folded) > 3 and "".join(filter(str.isalnum, folded)) in host
        if folded in shown or in_host or (len(parts) == 2 and fold(other) in headings):
            yield Candidate(part, "html", "title")
            return


def _host(page: Page) -> str:
    try:
        return (urlsplit(page.url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def site_names(page: Page, publishers: list[Candidate]) -> frozenset[str]:
    """Return the folded names that a title may carry for its site: "bbc news", "bbc.co.uk".

    ``publishers`` are the `publisher_candidates`.
    """
    names = {fold(candidate.value) for candidate in publishers}
    host = _host(page)
    if host:
        names |= {host, host.split(".")[0]}
        if host.count(".") > 1:
            names.add(host.split(".", 1)[1])
            names.add(host.split(".")[1])
    return frozenset(name for name in names if name)
