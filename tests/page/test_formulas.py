"""What is set above and below the line, marks of footnotes, and MathML."""

from __future__ import annotations

import pytest

from newscrawl.page.formulas import math_text
from newscrawl.page.shown import element_text
from newscrawl.page.tree import parse


def shown(html):
    return element_text(parse(f"<p>{html}".encode()).css_first("p"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>6</sup> tonnes", "10⁶ tonnes"),
        ("400 m<sup>2</sup>, 10<sup>-9</sup> m", "400 m², 10⁻⁹ m"),
        ("CO<sub>2</sub>, H<sub>2</sub>O", "CO2, H2O"),
        ("the 19<sup>th</sup>, 1<sup>er</sup>", "the 19th, 1er"),
        ("M<sup>me </sup>Binet", "Mme Binet"),
        ("1ª, n<sup>o</sup> 5", "1ª, no 5"),
        ("Echo<sup>®</sup>", "Echo®"),
        ("3<sup>10</sup> and x<sup>n+1</sup>", "3¹⁰ and xⁿ⁺¹"),
    ],
)
def test_raised_and_lowered_text_keeps_its_meaning(html, text):
    assert shown(html) == text


@pytest.mark.parametrize(
    "mark",
    [
        "<sup>1</sup>", "<sup>[1]</sup>", "<sup class=fn><a href='#fn1'>1</a></sup>",
        "<a href='#fn1'><sup>1</sup></a>", "<a href='#n1'>[1]</a>", "<sup>*</sup>",
        "<sup>1,3–5</sup>", "<sup><a href='/a/b#cite_note-4'>[a]</a></sup>",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "sentence", ["It was dredged.", "„Nein.“", "水がしみ込んだ。", "انتهى؟ نعم."]
)
def test_marks_of_footnotes_are_not_read(mark, sentence):
    assert shown(f"{sentence}{mark} Then") == f"{sentence} Then"


def test_a_link_within_the_page_that_is_no_mark_is_read():
    assert shown("see <a href='#map'>the map</a> of <a href='#y'>1998</a>") == "see the map of 1998"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"),
        ("<mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "1/(x + 1)"),
        ("<msqrt><mi>x</mi></msqrt><mo>≤</mo><mroot><mi>y</mi><mn>3</mn></mroot>", "√x ≤ ³√y"),
        ("<msubsup><mi>x</mi><mn>1</mn><mi>k</mi></msubsup>", "x1^k"),
        ("<semantics><mi>x</mi><annotation>\\mathrm{x}</annotation></semantics>", "x"),
        ("<msup><mi>c</mi></msup>", "c"),
    ],
)
def test_a_formula_has_a_plain_reading(markup, text):
    assert math_text(parse(f"<math>{markup}</math>".encode()).css_first("math")) == text
    assert shown(f"that <math>{markup}</math> holds") == f"that {text} holds"


def test_a_plain_alttext_is_read_and_tex_where_nothing_else_is():
    assert (
        shown("<math alttext='a over b'><mfrac><mi>a</mi><mi>b</mi></mfrac></math>") == "a over b"
    )
    assert shown("<math alttext='\\frac{a}{b}'></math>") == "\\frac{a}{b}"
    html = "<math alttext='\\frac{a}{b}'><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"
    assert shown(html) == "a/b"
