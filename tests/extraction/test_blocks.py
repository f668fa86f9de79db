"""A page as blocks of text: where they begin and end, and what is known of each."""

from __future__ import annotations

import pytest

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import MAX_PLACED, Blocks
from newscrawl.page.page import parse

# Longer than what makes the walk suspect that a menu was never closed.
FILL = f"<p>{'All of the text of the article. ' * 60}</p>"


def blocks_of(body):
    return Blocks(parse(f"<body>{body}</body>".encode()))


def texts(body):
    return [block.text for block in blocks_of(body).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>bold</b> and <a href=/>linked</a>.</p><p>Two", ["One bold and linked.", "Two"]),
        ("before<div>inside</div>after", ["before", "inside", "after"]),
        ("one<br>line", ["one line"]),
        ("one<br><br>two<br> <br/>three", ["one", "two", "three"]),
        ("<p>a<!-- x -->b</p>", ["ab"]),
        ("<p>a<script>var x</script>b<style>p{}</style></p>", ["a b"]),
        ("<my-card>one</my-card><unknown>two</unknown>three", ["one", "twothree"]),
        ("<p> \n&nbsp;&#8203;</p>", []),
        ("<li>one<ul><li>two</ul>three", ["one", "two", "three"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<blockquote>“One”<p>Two</p>by A</blockquote>", ["“One”", "Two", "by A"]),
    ],
)
def test_block_elements_and_double_breaks_part_the_text(body, expected):
    assert texts(body) == expected


def test_a_block_knows_its_links_and_its_emphasis():
    (block,) = blocks_of("<p>see <a href=/>this</a> <b>and <a href=/>that one</a></b></p>").blocks
    assert (block.links, block.link_chars, block.strong_chars) == (2, 12, 11)
    (plain,) = blocks_of("<p><a href=/></a>plain").blocks
    assert plain.link_chars == 0


def test_flags_add_up_over_the_ancestors_and_end_with_them():
    inner, after = blocks_of(
        "<div class=sidebar><p class=byline>By Ana <span class=date>today</span></p></div><p>after"
    ).blocks
    assert inner.flags & chrome.ASIDE
    assert inner.flags & chrome.META
    assert inner.container.own == chrome.META
    assert after.flags == 0


@pytest.mark.parametrize(
    ("attributes", "flag"),
    [
        ("hidden", chrome.HIDDEN),
        ("aria-hidden=true", chrome.HIDDEN),
        ("style='color:red; display : none'", chrome.HIDDEN),
        ("role=navigation", chrome.NAVIGATION),
        ("itemprop='articleBody text'", chrome.BODY),
        ("id=related-stories", chrome.RELATED),
    ],
)
def test_attributes_other_than_class_tell_as_well(attributes, flag):
    (block,) = blocks_of(f"<div {attributes}>text of it</div>").blocks
    assert block.flags & flag


def test_containers_know_which_blocks_lie_in_them():
    found = blocks_of("<p>0</p><section><p>1<p>2</section><p>3")
    (section,) = [c for c in found.containers if c.tag == "section"]
    assert (section.start, section.end) == (1, 3)
    assert [c.tag for c in found.blocks[1].container.ancestors()] == ["p", "section", "body"]


LINKS = "".join(f"<a href=/{number}>Section {number}</a> " for number in range(3))


def test_footers_menus_and_boxes_of_links_are_not_walked():
    found = blocks_of(
        f"{FILL}<nav>{LINKS}</nav><footer>Imprint</footer><div class=share>{LINKS}</div>"
    )
    assert len(found.blocks) == 1
    assert [container.tag for container in found.pruned] == ["nav", "footer", "div"]


@pytest.mark.parametrize("name", ["comments", "author-bio", "share", "paywall", "newsletter"])
def test_no_name_alone_keeps_a_box_from_being_walked(name):
    found = blocks_of(f"{FILL}<div class={name}><p>I think so too. <a href=/>More</a></div>")
    assert [block.text for block in found.blocks[1:]] == ["I think so too. More"]
    assert not found.pruned


def test_a_footer_with_prose_or_a_headline_is_walked():
    assert len(blocks_of(f"{FILL}<footer><h1>A hall</h1></footer>").blocks) == 2
    long = "Some words. " * 126  # 1,512 characters, of which 1,500 are much prose
    assert len(blocks_of(f"{FILL}<footer>{long}</footer>").blocks) == 2
    short = "Some words. " * 124
    assert len(blocks_of(f"{FILL}<footer>{short}</footer>").blocks) == 1
    assert len(blocks_of(f"{FILL}<footer>{short}<a href=/>{short}</a></footer>").blocks) == 1


def test_a_menu_that_is_never_closed_swallows_no_article():
    found = blocks_of("<nav><ul><li><a href=/>World</a><h1>A hall</h1><p>It opened on Monday.")
    assert "It opened on Monday." in [block.text for block in found.blocks]


def test_pictures_and_times_know_their_place():
    found = blocks_of("<p>0<img src=a><p>1 <time>today</time><iframe></iframe><p>2")
    assert [placed.position for placed in found.images] == [0]
    assert [placed.position for placed in found.times] == [1]
    assert [placed.element.tag for placed in found.players] == ["iframe"]


def test_of_pictures_without_end_the_first_are_kept():
    found = blocks_of("<img src=a>" * (MAX_PLACED + 5))
    assert len(found.images) == MAX_PLACED


def test_class_names_are_kept_as_they_are_written_and_cut():
    found = blocks_of(f"<div class='Story-Body' id=x1>a</div><div class='{'y' * 9000}'>b</div>")
    assert found.blocks[0].container.names == "Story-Body x1"
    assert len(found.blocks[1].container.names) <= 500


@pytest.mark.parametrize("before", ["", "<p>Before.", "<div>Before.</div>"])
@pytest.mark.parametrize("tag", ["article", "main", "section", "div", "p"])
def test_a_page_may_leave_out_its_body_tag(before, tag):
    html = f"<!doctype html><title>A hall</title>{before}<{tag}><h1>A hall</h1>It opened.</{tag}>"
    texts = [block.text for block in Blocks(parse(html.encode())).blocks]
    assert texts == [*(["Before."] if before else []), "A hall", "It opened."]


def test_what_belongs_in_the_head_is_no_text():
    html = (
        "<!doctype html><meta charset=utf-8><title>A hall</title><style>p{}</style>"
        "<script>let a = 1</script><link rel=next href=/2><article><p>It opened.</article>"
    )
    assert [block.text for block in Blocks(parse(html.encode())).blocks] == ["It opened."]


def test_a_comment_that_holds_the_headline_is_an_opinion_piece():
    header = "<header class=article__commentHeader><h1>A hall too far</h1><p>By Ana Lima</header>"
    thread = "<section id=comments><h3>2 comments</h3><p>First!</section>"
    assert texts(header + FILL + thread)[:2] == ["A hall too far", "By Ana Lima"]
    found = blocks_of(header + FILL + thread)
    flags = [bool(block.flags & chrome.COMMENTS) for block in found.blocks]
    assert flags == [False, False, False, True, True]


LONG = "The council voted late on Monday to rebuild the old covered market by the river."
LONGER = f"{LONG} It will cost as much as two schools, the mayor said."
KOREAN = (
    "군의회는 화요일 밤 네 시간 가까운 토론 끝에 찬성 11표, 반대 7표로 폐쇄를 결정했다. "
    "방청석에서는 여러 학부모가 발언을 요청했다."
)
JAPANESE = (
    "町議会は火曜日の夜、4時間近い議論の末、賛成11、反対7で閉鎖を決めた。"
    "傍聴席からは何人もの保護者が発言を求めた。"
)


@pytest.mark.parametrize("first", [LONG, KOREAN, JAPANESE])
@pytest.mark.parametrize(
    "body",
    [
        # A magazine's builder, a mail gateway, a feed reader's page, an agency's plain text.
        "<div><span class=paragraph>{}</span> <span class=paragraph>{}</span></div>",
        "<pre>{}\n\n{}</pre>",
        "<div style='white-space: pre-line'>{}\n\n{}</div>",
        "<div class='mt-4 whitespace-pre-wrap'>{}\r\n\r\n{}</div>",
        "<p style='white-space:pre-wrap'>{}\n \n{}</p>",
        "<div><span style='white-space:pre-line'>{}\n\n{}</span></div>",
        "<div>\n{}\n\n{}\n</div>",
        "<div>{}<br><br>{}</div>",
        "<div>{}<br>\n\u3000{}</div>",
        "<div>{}<br>&nbsp;&nbsp;{}</div>",
        "<td>{}<br>&emsp;&emsp;{}</td>",
    ],
)
def test_paragraphs_that_no_element_parts(body, first):
    assert texts(FILL + body.format(first, LONGER))[1:] == [first, LONGER]


def test_spans_with_nothing_between_are_paragraphs_where_each_is_whole():
    assert texts(f"<div><span>{LONG}</span><span>{LONGER}</span></div>") == [LONG, LONGER]
    assert texts(f"<p><span>{LONG}</span> <span>{LONGER}</span></p>") == [f"{LONG} {LONGER}"]
    assert texts(f"<p><span>{LONG} </span><span>{LONGER}</span></p>") == [f"{LONG} {LONGER}"]
    assert texts(f"<p><span>{LONG}</span><span>[1]</span></p>") == [f"{LONG}[1]"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>One\n\n line</p>",
        "<div>One line\n\n of " + "many words " * 30 + "</div>",
        "<pre><code>let a = 1\n\nlet b = 2</code></pre>",
        "<pre>if (a) { b[1] = {}; }\n\nelse { c = d; }</pre>",
        "<pre>A line that a program\nbroke</pre>",
    ],
)
def test_blank_lines_that_are_not_shown_and_those_of_programs_part_nothing(body):
    assert len(texts(FILL + body)) == 2


def test_readings_above_words_and_drop_caps_leave_the_words_whole():
    assert texts("<p>町営<ruby>天井<rtc><rt>てんじょう</rt></rtc></ruby>は</p>") == ["町営天井は"]
    assert texts("<p><span class=cap>T</span>he <span class=cap>T</span><b>OWN</b>") == ["The TOWN"]


def test_formulas_and_marks_of_footnotes_in_a_sentence():
    html = "<p>10<sup>6</sup> of <math><mi>x</mi><mo>=</mo><mn>2</mn></math>.<sup>3</sup> So"
    assert texts(html) == ["10⁶ of x = 2. So"]


def test_joiners_stay_where_they_belong_and_other_zero_width_marks_go():
    kept = "می\u200cخواهم क्\u200dष ന്\u200d 👩\u200d🚒"
    html = f"<p>{kept} Ha\u00adfen\u200b\u2060mei\ufeffster \u200dauf\u200clage</p>"
    assert texts(html) == [f"{kept} Hafenmeister auflage"]


def test_a_name_and_a_role_that_a_style_sheet_sets_apart_are_two_words():
    html = "<p><span class=name>Lee Anstruther</span><span class=role>Editor</span></p>"
    assert texts(html) == ["Lee Anstruther Editor"]
