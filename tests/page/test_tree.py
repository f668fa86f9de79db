"""The tree of a page and the questions that are asked of it."""

from __future__ import annotations

import pytest

from newscrawl.page.shown import element_text
from newscrawl.page.tree import MAX_NODES, ancestors, descendants, parse, text_pieces


@pytest.mark.parametrize("html", [b"", b"words", b"<p>words", b"</html>", b"<frameset>", b"<!--"])
def test_whatever_comes_has_a_root(html):
    assert parse(html).tag == "html"


def test_descendants_come_in_their_order_the_element_itself_first():
    div = parse(b"<div id=1><a id=2><h1 id=3>x</h1></a><div id=4></div></div>").css_first("div")
    assert [found.id for found in descendants(div, "h1", "div", "a")] == ["1", "2", "3", "4"]


def test_ancestors_go_outwards_to_the_html_element():
    found = parse(b"<div><p><b>x").css_first("b")
    assert [element.tag for element in ancestors(found)] == ["p", "div", "body", "html"]


def test_a_comment_parts_no_piece_of_text_and_an_element_does():
    body = parse(b"<body>a<!-- c -->b<b>c<!-- d --></b><i>d</i>e<br>f").css_first("body")
    assert list(text_pieces(body)) == ["ab", "c", "d", "e", "f"]


def test_text_is_on_one_line_and_as_long_as_asked_for():
    p = parse("<p> Ein\u00a0<b>neuer\n</b> <!-- x -->Saal</p>".encode()).css_first("p")
    assert element_text(p) == "Ein neuer Saal"
    assert element_text(p, 9) == "Ein neue"


def test_text_is_not_looked_for_without_end():
    body = parse(b"<i></i>" * MAX_NODES + b"words").css_first("body")
    assert list(text_pieces(body)) == []
    assert body.text_lexbor() == "words"
