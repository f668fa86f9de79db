"""Lines to blocks: the three ways in which text browsers and clipboards lay a page out."""

from __future__ import annotations

from newscrawl.extraction.dump.layout import read_layout

LYNX = """\
   #[1]The Quay Herald » Feed [2]The Quay Herald » The ferry runs again
   [3]alternate

   Skip to content
     * [4]Home
     * [5]Harbour
          + [6]Ferries

   [7]Facebook [8]Post

                    The ferry runs again after the long winter

Standfirst that is wrapped because it is longer than the eighty columns which
the terminal has.

   [9][boat-at-dawn.jpg?w=640] The crew had waited [10]since November for
   the spare part; when it came, they needed two days and a borrowed
   crane to put it in.
   A line that was broken on purpose.

   ____________________ (BUTTON) Search
    1. [11]First of the list
    2. [12]Second of the list

   12. April 2022

References

   Visible links:
   1. https://quay.example/feed
   2. https://quay.example/share?text=The%20ferry%20runs%20again
   3. https://quay.example/3

   Hidden links:
   4. https://quay.example/4
"""

STANDFIRST = (
    "Standfirst that is wrapped because it is longer than the eighty columns which the terminal "
    "has."
)
PARAGRAPH = (
    "The crew had waited since November for the spare part; when it came, they needed two days "
    "and a borrowed crane to put it in."
)


def test_a_dump_by_lynx() -> None:
    layout = read_layout(LYNX)
    texts = [block.text for block in layout.blocks]
    assert texts == [
        "Skip to content",
        "Home",
        "Harbour",
        "Ferries",
        "Facebook Post",
        "The ferry runs again after the long winter",
        STANDFIRST,
        PARAGRAPH,
        "A line that was broken on purpose.",
        "Search",
        "First of the list",
        "Second of the list",
        "12. April 2022",
    ]


def test_marks_of_a_dump_by_lynx() -> None:
    layout = read_layout(LYNX)
    by_text = {block.text: block for block in layout.blocks}
    assert by_text["Ferries"].bullet
    assert by_text["Ferries"].linked
    assert by_text["Facebook Post"].links == 2
    assert by_text["The ferry runs again after the long winter"].heading
    assert not by_text["A line that was broken on purpose."].heading
    assert not by_text["A line that was broken on purpose."].apart
    assert by_text["First of the list"].bullet
    assert not by_text["12. April 2022"].bullet
    assert layout.links[1] == "https://quay.example/share?text=The%20ferry%20runs%20again"
    assert len(layout.links) == 4
    assert "The Quay Herald » The ferry runs again" in layout.declared


def test_copy_and_paste_has_a_paragraph_a_line() -> None:
    text = "Menu\nThe ferry runs again\n\n" + "The crew waited for the part. " * 8 + "\nSecond.\n"
    blocks = read_layout(text).blocks
    assert [block.text for block in blocks] == [
        "Menu",
        "The ferry runs again",
        ("The crew waited for the part. " * 8).strip(),
        "Second.",
    ]
    assert [block.apart for block in blocks] == [True, False, True, False]


def test_a_bullet_alone_on_its_line_belongs_to_the_next() -> None:
    blocks = read_layout("•\nLive\n\n•\n\nAudio Only\n\nText\n").blocks
    assert [(block.text, block.bullet) for block in blocks] == [
        ("Live", True),
        ("Audio Only", True),
        ("Text", False),
    ]


def test_dashes_of_a_dialogue_are_no_bullets() -> None:
    blocks = read_layout("– Vi venter på delen, sier Berg.\n— Ya llega, dijo Gil.\n").blocks
    assert [block.bullet for block in blocks] == [False, False]
    assert blocks[0].text == "– Vi venter på delen, sier Berg."


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    line = "渡轮停运了整个冬天船员们一直在等待一个备件现在终于到了大家都很高兴啊"
    text = "".join(f"   {line}\n" for _ in range(14)) + "   完。\n"
    blocks = read_layout(text).blocks
    assert blocks[0].text == line * 14 + "完。"


def test_footnotes_are_no_link_markers() -> None:
    assert read_layout("As the report [1] says, [2]twice.\n").blocks[0].text == (
        "As the report [1] says, [2]twice."
    )


def test_nothing_gives_no_blocks() -> None:
    for text in ("", "\n \n\t\n", "____\n[ ]\n(BUTTON)\n", "\x00\x01\n•\n"):
        assert read_layout(text).blocks == []
