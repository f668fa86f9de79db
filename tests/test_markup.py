"""Markup made less of: attributes beyond number, nesting beyond depth."""

from __future__ import annotations

import pytest

from newscrawl.markup import (
    MAX_ATTRIBUTES,
    flattened,
    with_few_attributes,
    without_early_end,
)
from newscrawl.page import Page


def test_an_ordinary_page_is_left_as_it_is():
    page = b'<p class="a" data-x=\'{"a": "<b>"}\' hidden>Text <br/> & more</p>' * 1000
    assert with_few_attributes(page) is page


@pytest.mark.parametrize("attribute", ["a{n}", "a{n}=1", "a{n}='>'", 'a{n}="<p>"', "a{n} = x"])
def test_of_a_flood_of_attributes_the_first_are_kept(attribute):
    flood = " ".join(attribute.format(n=n) for n in range(100_000))
    mended = with_few_attributes(f"<p>before<p {flood}>after</p>".encode()).decode()
    kept = " ".join(attribute.format(n=n) for n in range(MAX_ATTRIBUTES))
    assert mended == f"<p>before<p {kept}>after</p>"


def test_scripts_comments_and_long_values_are_no_flood():
    page = (
        "<script>" + "if (a<b && c == d) x = y;\n" * 20_000 + "</script>"
        f"<!-- {'a=b ' * 30_000} --><img src='data:{'a b=' * 30_000}' alt=x>"
    ).encode()
    assert with_few_attributes(page) == page


def test_an_unclosed_flood_ends_with_the_page():
    mended = with_few_attributes(b"<p " + b"a=b " * 60_000)
    assert mended.count(b"a=b") == MAX_ATTRIBUTES
    assert mended.endswith(b">")


def test_blocks_below_the_depth_follow_each_other():
    assert flattened(b"<div><div><h1>A</h1><section><p>b</section>c</div></div>", 1) == (
        b"<div><div></div><h1>A</h1><section><p>b</section>c </div>"
    )


def test_inline_tags_below_the_depth_go_and_their_words_stay_apart():
    assert flattened(b"<b><b>one<i>two</i>three</b></b>", 1) == b"<b> one two three </b>"


def test_scripts_below_the_depth_stay_scripts():
    script = "<script>document.write('<div><div>')</script>"
    flat = flattened(f"<b><b><b>{script}</b></b></b>".encode(), 1)
    assert flat.decode() == f"<b>  {script}  </b>"


@pytest.mark.parametrize("end", ["</body></html>", "</BODY>\n</HTML >", "</html>"])
def test_what_comes_after_an_early_end_is_part_of_the_page(end):
    article = "".join(f"<p>Paragraph {number} of the article.</p>" for number in range(20))
    page = Page(f"<html><body><header>Menu</header>{end}<div>{article}</div></body></html>")
    assert len(page.root.findall("body//p")) == 20


def test_an_end_with_nothing_after_it_stays():
    scripts = b"<script>x()</script>" * 50
    page = b"<html><body><p>Text</p></body></html>\n<!-- 0.3 seconds -->" + scripts
    assert without_early_end(page) is page
