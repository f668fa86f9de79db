"""The outlet's name, and the names by which a page calls its own site."""

from __future__ import annotations

from urllib.parse import urlsplit

from newscrawl.extractors.candidates import Candidate
from newscrawl.metadata import plain, types_of
from newscrawl.page import Page
from newscrawl.text import fold

_ORGANISATIONS = frozenset({"organization", "newsmediaorganization", "website", "corporation"})
_SITE_NAME_META = ("og:site_name", "application-name", "apple-mobile-web-app-title")


def publisher_candidates(page: Page) -> list[Candidate]:
    """Return the names of the outlet that the page gives, the most trusted first."""
    found: list[Candidate] = []
    for node in page.articles:
        name = plain(page.metadata.resolve(node.get("publisher")))
        if name and not name.startswith("http"):
            found.append(Candidate(name, "json-ld", "Article.publisher"))
    for key in _SITE_NAME_META:
        for name in page.metadata.meta.get(key, ()):
            source = "opengraph" if key.startswith("og:") else "meta"
            found.append(Candidate(name, source, key))  # type: ignore[arg-type]
    for node in page.metadata.nodes:
        if types_of(node) & _ORGANISATIONS and (name := plain(node.get("name"))):
            found.append(Candidate(name, "json-ld", "Organization.name"))
    return found


def site_names(page: Page) -> frozenset[str]:
    """Return the folded names that a title may carry for its site: "bbc news", "bbc.co.uk"."""
    names = {fold(candidate.value) for candidate in publisher_candidates(page)}
    try:
        host = urlsplit(page.url).hostname or ""
    except ValueError:
        host = ""
    if host:
        host = host.removeprefix("www.")
        names |= {host, host.split(".")[0]}
        if host.count(".") > 1:
            names.add(host.split(".", 1)[1])
            names.add(host.split(".")[1])
    return frozenset(name for name in names if name)
