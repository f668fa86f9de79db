"""Markup made less of: attributes beyond number, nesting beyond depth, formatting left open."""

from __future__ import annotations

import pytest

from newscrawl.page.markup import (
    MAX_ATTRIBUTES,
    MAX_BODIES,
    MAX_NESTING,
    bounded,
    flattened,
    with_few_attributes,
)
from newscrawl.page.page import Page


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


def test_formatting_that_every_paragraph_would_open_again_goes_and_its_words_stay():
    page = b"<p>" + b"".join(b"<b id=%d>" % number for number in range(3000)) + b"<p>words" * 3000
    mended = bounded(page)
    assert mended == b"<p>" + b"<p>words" * 3000


@pytest.mark.parametrize("tag", [b"<FONT color=red>", b"<i\nclass=x>", b"<strong/id=y>"])
def test_formatting_is_known_however_it_is_written(tag):
    assert bounded(b"<p>" + tag * 4000 + b"<p>words" * 4000) == b"<p>" + b"<p>words" * 4000


def test_a_long_page_of_formatted_words_is_left_as_it_is():
    page = b"<p>one <b>two</b> three" * 2000 + b"<p>one <i class='x'>two</i><i id=a></i>" * 2000
    assert bounded(page) is page


def test_plain_formatting_is_opened_again_thrice_at_most_and_counts_so():
    page = b"<p>" + b"<b>" * 5000 + b"<p>words" * 5000
    assert bounded(page) is page


def test_deep_nesting_is_flattened_only_where_a_parser_would_take_long():
    shallow, deep = b"<div>" * 15_000, b"<div>" * 30_000
    assert bounded(shallow) is shallow
    assert bounded(deep).startswith(b"<div>" * MAX_NESTING + b"<div></div><div></div>")


def test_characters_that_are_no_text_go():
    assert bounded(b"<p>a\x00b") == b"<p>ab"


def test_of_many_bodies_whose_attributes_add_up_the_first_count():
    bodies = b"".join(b"<BODY a%d=1>" % number for number in range(100))
    mended = bounded(b"<html>" + bodies + b"<p>words</body>")
    assert mended.count(b"<BODY") == MAX_BODIES - 1
    assert mended.endswith(b"<p>words</body>")


@pytest.mark.parametrize("element", ["<iframe src=a />", "<IFRAME src='a' height=0/> ", "<style/>"])
def test_what_only_a_slash_ends_in_noscript_ends_with_it(element):
    page = Page(f"<body><noscript>{element}</noscript><h1>A hall</h1><p>Words <iframe/>")
    assert [found.tag for found in page.root.css("noscript > *, h1, p")][1:] == ["h1", "p"]
    assert bounded(b"<script>x</script></noscript>") == b"<script>x</script></noscript>"
