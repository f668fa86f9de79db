"""Text of elements as a reader sees it."""

from __future__ import annotations

import pytest

from newscrawl.page.page import Page
from newscrawl.page.shown import element_lines, element_text
from newscrawl.page.tree import MAX_NODES, parse


def element(html):
    return parse(f"<body>{html}".encode()).css_first("body").first_child


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>By Lee Anstruther<br>Nov. 3, 2026", ["By Lee Anstruther", "Nov. 3, 2026"]),
        ("<div><p>Mona Hale<p>Vale Echo</div>", ["Mona Hale", "Vale Echo"]),
        ("<div>Mona Hale<div>Vale Echo</div>today", ["Mona Hale", "Vale Echo", "today"]),
        ("<table><tr><td>3 Nov<td>2026</table>", ["3 Nov", "2026"]),
        ("<dl><dt>입력<dd>9.03<dt>수정<dd>19:05</dl>", ["입력", "9.03", "수정", "19:05"]),
        ("<p style='display: flex'><span>Mona</span><i>Hale</i>", ["Mona", "Hale"]),
        ("<p>Mona <b style='DISPLAY:block'>Echo</b>", ["Mona", "Echo"]),
        ("<p>Mona <x-time>today</x-time>", ["Mona", "today"]),
        # What only a style sheet sets apart.
        ("<p><span>Mona Hale</span><span>Editor</span>", ["Mona Hale", "Editor"]),
        ("<p><b>MONA HALE</b><i>Vale Echo</i>", ["MONA HALE", "Vale Echo"]),
        ("<p><span>Мария Котова</span><span>Корреспондент</span>",
         ["Мария Котова", "Корреспондент"]),
        ("<p>By<a href=/mona>Mona Hale</a>", ["By", "Mona Hale"]),
        ("<p><span class=label>Credit</span>Mona Hale", ["Credit", "Mona Hale"]),
        # What belongs together.
        ("<p><span class=cap>T</span><span>HE</span> hall", ["THE hall"]),
        ("<p><span class=cap>T</span>he hall", ["The hall"]),
        ("<p>e<b>Bay</b>, <i>You</i>Tube", ["eBay, YouTube"]),
        ("<p><b>new</b><i>ly</i> made", ["newly made"]),
        ("<p>a<!-- x -->b<wbr>c&shy;d", ["abcd"]),
    ],
)  # fmt: skip
def test_lines_are_parted_where_a_reader_sees_them_apart(html, lines):
    assert element_lines(element(html)) == lines
    assert element_text(element(html)) == " ".join(lines)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1><ruby>白浜<rp>(</rp><rt>しらはま</rt><rp>)</rp></ruby>の海", "白浜の海"),
        ("<p><ruby>天井<rtc><rt>てんじょう</rt></rtc></ruby>は", "天井は"),
        ("<p>a<script>let b</script><style>p{}</style><svg><title>Icon</title></svg> c", "a c"),
        ("<p><a>minutes<span hidden>, opens new tab</span></a> read", "minutes read"),
        ("<p>Mona <button>Follow</button>", "Mona Follow"),
    ],
)  # fmt: skip
def test_what_is_not_read_with_the_text_is_left_out(html, text):
    assert element_text(element(html)) == text


def test_text_is_on_one_line_and_as_long_as_asked_for():
    p = element("<p> Ein\u00a0<b>neuer\n</b> <!-- x -->Saal</p>")
    assert element_text(p) == "Ein neuer Saal"
    assert element_text(p, 9) == "Ein neue"
    assert element_text(element("<p>Ein neuer Saal"), 9) == "Ein neuer"


def test_text_is_not_looked_for_without_end():
    body = parse(b"<i>a</i>" * (2 * MAX_NODES)).css_first("body")
    assert len(element_text(body)) < MAX_NODES


@pytest.mark.parametrize(
    "html",
    [
        "<span>" * 200_000 + "deep",
        "<span hidden>" * 20_000 + "deep",
        "<sup>" * 20_000 + "deep",
        "<math>" * 20_000 + "deep",
        "<b>A</b>" * 100_000,
    ],
    ids=["nested", "hidden", "raised", "formulas", "siblings"],
)
def test_markup_without_end_is_read_in_bounded_time(html):

    assert isinstance(element_text(Page(html).root), str)
