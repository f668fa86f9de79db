"""Publishers' own rules: a small declarative file each, which win over the generic extractors.

A file of this folder with a module-level ``SITES`` tuple is a publisher's; adding one touches
nothing else. Packages outside add theirs by an entry point of the group ``newscrawl.sites`` that
names such a tuple.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

__all__ = ["Site", "all_sites", "site_for"]


@dataclass(frozen=True, slots=True)
class Site:
    """Rules for a publisher's pages. Every selector is CSS (Selectors Level 4); "" is none.

    What a selector does not find on a page is left to the generic extractors. Raises ValueError
    for one that cannot be read.
    """

    name: str
    """The outlet's name, as its records' ``publisher``."""

    domains: tuple[str, ...]
    """Its registrable domains; subdomains are its own, too."""

    language: str
    """BCP 47 tag of its pages; the hint for their dates."""

    fixtures: str
    """The folder of its saved pages below ``fixtures/``."""

    headline: str = ""
    date: str = ""
    """The element that shows the date of publication, label and all."""
    section: str = ""
    """The steps of the breadcrumb; the last is the section."""
    description: str = ""
    authors: str = ""
    tags: str = ""
    lead: str = ""
    """What holds the lead image with its caption, shown once or twice, and credit."""
    body: str = ""
    """The element that holds the text."""
    drop: str = ""
    """Elements inside the body that are no text."""

    def __post_init__(self) -> None:
        """Try every selector on an empty page."""
        page = LexborHTMLParser("")
        for each in fields(self):
            selector = getattr(self, each.name)
            if each.default == "" and selector:
                try:
                    page.css(selector)
                except SelectolaxError as error:
                    message = f"{self.name}: {each.name}: {selector!r} is not CSS"
                    raise ValueError(message) from error


@cache
def all_sites() -> tuple[Site, ...]:
    """Return every publisher's rules, by name."""
    sites: list[Site] = []
    for module in iter_modules(__path__):
        sites += import_module(f"{__name__}.{module.name}").SITES
    for entry_point in entry_points(group="newscrawl.sites"):
        sites += entry_point.load()
    return tuple(sorted(sites, key=lambda site: site.name))


@cache
def _by_domain() -> dict[str, Site]:
    return {domain: site for site in all_sites() for domain in site.domains}


def site_for(url: str) -> Site | None:
    """Return the rules for an address, or None.

    >>> site_for("https://www.telesurenglish.net/news/a.html").name
    'teleSUR English'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    known = _by_domain()
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None
