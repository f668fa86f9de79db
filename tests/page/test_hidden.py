"""What is hidden from the eye in a line of text."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.page.hidden import hidden_by_attributes, is_unseen
from newscrawl.page.shown import element_text
from newscrawl.page.tree import parse

REUTERS = (
    "border:0;clip:rect(0px, 0px, 0px, 0px);clip-path:inset(50%);height:1px;margin:-1px;"
    "overflow:hidden;padding:0;position:absolute;width:1px;white-space:nowrap"
)
# Words for screen readers as sites in these languages have them.
NOTES = [
    ", opens new tab", " (opens in a new window)", " (externer Link, öffnet neues Fenster)",
    " (nouvelle fenêtre)", " (se abre en una ventana nueva)", " (apre una nuova finestra)",
    " (abre numa nova janela)", " (opent in nieuw venster)", " (öppnas i nytt fönster)",
    " (otwiera się w nowej karcie)", " (откроется в новом окне)", "（新しいタブで開く）",
    "（在新窗口打开）", " (새 창에서 열림)", " (يفتح في نافذة جديدة)", " (नई विंडो में खुलता है)",
    " (yeni sekmede açılır)", " (mở trong cửa sổ mới)", " (เปิดในหน้าต่างใหม่)",
]  # fmt: skip


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize(
    "hiding",
    [
        "hidden", "style='display:none !important'", "style='Visibility : Hidden'",
        f"style='{REUTERS}'", "style='position:absolute;left:-9999px'",
        "style='display:block;text-indent:-9999px'", "class=sr-only",
        "class='css-1x visually-hidden'", "class=screen-reader-text",
        "class=govuk-visually-hidden", "class=ssrcss-1-VisuallyHidden", "class=show-for-sr",
    ],
)  # fmt: skip
def test_words_for_screen_readers_are_not_read(note, hiding):
    html = f"<p>see <a href=/x>the minutes<span {hiding}>{note}</span></a> of May"
    assert element_text(parse(html.encode()).css_first("p")) == "see the minutes of May"


@pytest.mark.parametrize(
    "attributes",
    [
        "aria-hidden=true", "style='color:red;width:100%'", "hidden=until-found", "class=note",
        "style='position:absolute;width:100px'", "style='margin-left:-9999px'", "class=hiddenite",
    ],
)  # fmt: skip
def test_what_the_eye_sees_is_read(attributes):
    html = f"<p>see <span {attributes}>the minutes</span>"
    assert element_text(parse(html.encode()).css_first("p")) == "see the minutes"


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("class_name", ["", " class=css-1q9k"])
def test_notes_are_known_by_their_words_where_nothing_says_that_they_are_hidden(note, class_name):
    before = "The council has read all of <a href=/x>the minutes"
    for written in (f"<span{class_name}>{note}</span>", f" ({note.strip(' ,()（）')})"):
        root = parse(f"<p>{before}{written}</a> of May".encode())
        assert [block.text for block in Blocks(root).blocks] == [
            "The council has read all of the minutes of May"
        ]


def test_words_like_those_of_a_note_are_read():
    html = (
        "<p>The browser that we all use <span>opens a new tab</span> for <a>it (in a new tab)</a>"
    )
    root = parse(html.replace("opens a new tab", "opens tabs").encode())
    assert "opens tabs for it (in a new tab)" in Blocks(root).blocks[0].text


def test_a_class_alone_hides_no_sentence():
    sentence = "The council voted late on Monday to rebuild the old covered market by the river."
    span = parse(f"<span class=sr-only>{sentence} It cost".encode()).css_first("span")
    assert not is_unseen(span, span.attributes)


def test_what_was_never_closed_hides_no_article():
    html = "<p>One <span style='display:none'>two " + "<b>three</b> " * 300
    span = parse(html.encode()).css_first("span")
    assert hidden_by_attributes(span.attributes)
    assert not is_unseen(span, span.attributes)


def test_hidden_signs_part_what_they_stand_between():
    html = "<p><b>Bern<i class=sr-only>: </i></b>Brüssel prüft"
    assert element_text(parse(html.encode()).css_first("p")) == "Bern Brüssel prüft"
