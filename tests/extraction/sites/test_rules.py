"""A publisher's own rules: what a page gives for them, and which selectors are none."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.site_rules import SiteFields, read_site
from newscrawl.extraction.sites import Site
from newscrawl.page.page import Page

TEXT = "The council voted late on Monday to rebuild the old covered market by the river."
PAGE = f"""
<div class=trail><a href=/>Home</a> <a href=/town>Town &gt;</a></div>
<h1 class="kopf gross">A hall opens</h1>
<p class=datum>6 May 2024</p>
<div class=bild><p>The hall</p><p>The hall at dawn. Foto: Ana Lima</p></div>
<div class=text><p>{TEXT}</p><div class=werbung>Buy a hat</div></div>
<p class=von>Rui Costa</p><p class="von gast">Ana Lima</p>
"""


def read(**selectors: str) -> SiteFields:
    """Return what rules with these selectors find on the page."""
    site = Site("The Post", ("post.example",), "en", "post", **selectors)
    page = Page(PAGE)
    return read_site(site, page, Blocks(page.root))


def test_the_first_of_what_a_selector_finds() -> None:
    assert read(headline="h1.kopf", date=".datum").headline == "A hall opens"
    assert read(headline="h1.kopf", date=".datum").date == "6 May 2024"


def test_the_last_step_of_the_trail_is_the_section() -> None:
    assert read(section=".trail a").section == "Town"


@pytest.mark.parametrize("authors", [".von", ".gast, .von", "p:is(.von, .gast)"])
def test_each_author_once_in_the_order_of_the_page(authors: str) -> None:
    assert read(authors=authors).authors == ["Rui Costa", "Ana Lima"]


def test_the_longer_caption_and_its_credit() -> None:
    found = read(lead=".bild")
    assert (found.caption, found.credit) == ("The hall at dawn.", "Ana Lima")


def test_the_body_without_what_is_dropped() -> None:
    assert [block.text for block in read(body=".text").body] == [TEXT, "Buy a hat"]
    assert [block.text for block in read(body=".text", drop=".werbung").body] == [TEXT]


def test_without_selectors_nothing_is_found() -> None:
    assert read() == SiteFields()


@pytest.mark.parametrize(
    ("field", "selector"),
    [
        ("headline", "h1::text"),
        ("authors", "a::attr(href)"),
        ("body", "//div[@class='text']"),
        ("drop", ".a, , .b"),
        ("lead", "p:contains(x)"),
        ("tags", " "),
    ],
)
def test_a_selector_that_is_not_css_is_refused(field: str, selector: str) -> None:
    said = re.escape(f"The Post: {field}: {selector!r} is not CSS")
    with pytest.raises(ValueError, match=f"^{said}"):
        read(**{field: selector})


def test_replacing_a_selector_tries_it_too() -> None:
    site = Site("The Post", ("post.example",), "en", "post", headline="h1")
    with pytest.raises(ValueError, match="The Post: headline: 'h1 >' is not CSS"):
        replace(site, headline="h1 >")
