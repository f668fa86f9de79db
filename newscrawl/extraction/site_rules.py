"""A publisher's own rules applied to one of its pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.body.rules import without_pointers
from newscrawl.extraction.pictures.credit import split_credit
from newscrawl.extraction.sites import Site
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element
from newscrawl.text.cleaning import fold


@dataclass(slots=True)
class SiteFields:
    """Fields found by a publisher's rules; None or empty where they found nothing."""

    headline: str | None = None
    date: str | None = None
    """As the page writes it."""
    section: str | None = None
    description: str | None = None
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    caption: str | None = None
    credit: str | None = None
    body: list[Block] = field(default_factory=list)


def read_site(site: Site, page: Page, blocks: Blocks) -> SiteFields:
    """Return the fields that a publisher's rules give for a page."""
    steps = _texts(page, site.section)
    caption, credit = _lead(_elements(page, site.lead), blocks)
    return SiteFields(
        headline=_text(page, site.headline),
        date=_text(page, site.date),
        section=steps[-1].strip(" >") if steps else None,
        description=_text(page, site.description),
        authors=_texts(page, site.authors),
        tags=_texts(page, site.tags),
        caption=caption,
        credit=credit,
        body=_body(site, page, blocks),
    )


def _elements(page: Page, css: str) -> list[Element]:
    # An element that matches several selectors of a list is given as many times.
    return list(dict.fromkeys(page.root.css(css))) if css else []


def _texts(page: Page, css: str) -> list[str]:
    texts = (element_text(element) for element in _elements(page, css))
    return list(dict.fromkeys(text for text in texts if text))


def _text(page: Page, css: str) -> str | None:
    return next(iter(_texts(page, css)), None)


def _blocks_in(elements: list[Element], blocks: Blocks) -> list[Block]:
    wanted = frozenset(elements)
    inside: dict[int, Block] = {}
    for container in blocks.containers if wanted else ():
        if container.element in wanted:
            inside |= {
                block.index: block for block in blocks.blocks[container.start : container.end]
            }
    return [inside[index] for index in sorted(inside)]


def _lead(elements: list[Element], blocks: Blocks) -> tuple[str | None, str | None]:
    """Return caption and credit: the caption may be there twice, once with the credit."""
    caption = credit = None
    for block in _blocks_in(elements, blocks):
        text, found = split_credit(block.text)
        credit = credit or found
        if text and (caption is None or (found and fold(caption) in fold(text))):
            caption = text
    return caption, credit


def _body(site: Site, page: Page, blocks: Blocks) -> list[Block]:
    dropped = {block.index for block in _blocks_in(_elements(page, site.drop), blocks)}
    inside = _blocks_in(_elements(page, site.body), blocks)
    return without_pointers(blocks, [block for block in inside if block.index not in dropped])
