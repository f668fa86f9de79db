"""What a page's own style sheets hide, set apart and keep."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.page.page import Page
from newscrawl.page.styles import StyleSheets
from newscrawl.page.tree import parse

FILL = f"<p>{'All of the text of the article. ' * 60}</p>"


def texts(head, body):
    return [block.text for block in Blocks(Page(head + body + FILL).root).blocks[:-1]]


@pytest.mark.parametrize(
    "rule",
    [
        ".css-1x{display:none}",
        ".css-1x { Clip: rect(0 0 0 0); position: absolute }",
        "a, .y > .z, p .css-1x{ visibility : hidden; visibility: hidden }",
        ".a .css-1x{color:red}\n/* note */ .css-1x{text-indent:-9999px}",
        "@media print{.b{display:block}} p>a>.css-1x{clip-path:inset(50%)}",
        ".css-1x{display:inline}.css-1x{display:none!important}",
        "span.css-1x{position:absolute;clip:rect(1px,1px,1px,1px)}",
    ],
)
def test_what_a_rule_hides_in_a_sentence_is_not_read(rule):
    note = "<span class='n css-1x'>, new tab</span>"
    body = f"<p>The council has read <a href=/x>the minutes{note}</a> of May"
    assert texts(f"<style>{rule}</style>", body) == ["The council has read the minutes of May"]


@pytest.mark.parametrize(
    "rule",
    [
        ".other{display:none}",
        "@media print{.css-1x{display:none}}",
        ".css-1x:empty{display:none}",
        ".css-1x::after{display:none}",
        ".no-js .css-1x{display:none}",
        ".menu .css-1x{display:none}",
        ".css-1x b{display:none}",
        ".css-1x{display:none",
        "$%&/(){display:none} .css-1x[={display:none}",
        "",
    ],
)
def test_a_rule_for_others_or_another_time_hides_nothing(rule):
    body = "<p>The council has read all <span class='n css-1x'>the minutes</span> of May"
    assert texts(f"<style>{rule}</style>", body) == ["The council has read all the minutes of May"]


def test_the_style_of_the_element_itself_comes_before_that_of_its_class():
    body = "<p>The council has read all <span class=x style='display:inline'>the minutes</span>"
    assert texts("<style>.x{display:none}</style>", body) == [
        "The council has read all the minutes"
    ]


@pytest.mark.parametrize("attributes", ["media=print", "media='(max-width: 400px)'"])
def test_sheets_for_other_media_count_for_nothing(attributes):
    body = "<p>The council has read all <span class=x>the minutes</span>"
    assert texts(f"<style {attributes}>.x{{display:none}}</style>", body) == [
        "The council has read all the minutes"
    ]


def test_line_breaks_that_a_rule_keeps_part_paragraphs():
    lines = ["One", "Two " * 50 + "times", "Three"]
    body = f"<div class='t x'><div>{lines[0]}\n\n{lines[1]}\n \n{lines[2]}</div></div>"
    assert texts("<style>.x{white-space: pre-line}</style>", body) == lines
    assert len(texts("<style>.y{white-space: pre-line}</style>", body)) == 1


@pytest.mark.parametrize(
    "style",
    [
        ".x{display:none}" * 300_000,
        "{" * 5_000_000,
        "display:none" * 400_000,
        ".x " * 1_000_000 + "{display:none}",
        ",".join(f".x{i}" for i in range(500_000)) + "{display:none}",
    ],
    ids=["rules", "braces", "declarations", "selector", "selectors"],
)
def test_a_style_sheet_of_megabytes_is_read_in_bounded_time(style):
    root = parse(f"<style>{style}</style>{'<p><i class=x>a</i> b' * 3_000}".encode())
    sheets = StyleSheets(root)
    for element in root.css("i"):
        sheets.style_of(element, element.attributes)
