"""What of a chosen body is another field after all."""

from __future__ import annotations

import pytest

from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.body.leftovers import LEFTOVERS
from newscrawl.extraction.body.rules import Draft, apply
from newscrawl.items import Image
from newscrawl.page.tree import parse

LONG = "The council voted late on Monday to rebuild the old covered market by the river. " * 8
CAPTION = "Members of the council vote in the new hall"


def left(*paragraphs, images=(), authors=(), description="", tag="p"):
    html = "".join(text if text[0] == "<" else f"<{tag}>{text}</{tag}>" for text in paragraphs)
    blocks = Blocks(parse(html.encode()))
    draft = Draft(blocks, blocks.blocks, frozenset(), images, authors, description)
    apply(LEFTOVERS, draft)
    return [block.text for block in draft.chosen]


@pytest.mark.parametrize(
    "line",
    [CAPTION, CAPTION.upper(), f"{CAPTION}. Photo: Ana Lima/Agency", f"{CAPTION} (Foto: A. Lima)"],
)
def test_a_caption_goes_wherever_it_stands(line):
    images = [Image(url="https://example.org/a.jpg", caption=CAPTION)]
    assert left(LONG, line, LONG, images=images) == [LONG.strip()] * 2


def test_a_sentence_that_begins_like_a_caption_stays():
    images = [Image(url="https://example.org/a.jpg", caption=CAPTION)]
    sentence = f"{CAPTION}, {LONG}".strip()
    assert left(LONG, sentence, images=images) == [LONG.strip(), sentence]


@pytest.mark.parametrize("line", ["By Ana Lima", "Ana Lima, Lisbon", "ana lima"])
def test_the_byline_goes_at_the_edges(line):
    assert left(line, LONG, authors=["Ana Lima"]) == [LONG.strip()]
    assert left(LONG, line, authors=["Ana Lima"]) == [LONG.strip()]


def test_a_name_in_the_text_stays():
    lines = (LONG, "Ana Lima said so.", LONG, LONG, LONG)
    assert left(*lines, authors=["Ana Lima"])[1] == "Ana Lima said so."
    assert left("Ana Lima of the old council spoke against the plan.", LONG, authors=["Ana Lima"])[
        1:
    ]


def test_a_dateline_goes_before_the_text_only():
    assert left("Published 6 May 2024, 10:05", LONG) == [LONG.strip()]
    assert left(LONG, "It was 6 May 2024.", LONG)[1] == "It was 6 May 2024."


def test_buttons_go_but_not_as_items_of_a_list():
    assert left(LONG, "Share this article", LONG) == [LONG.strip()] * 2
    assert left(LONG, "Facebook | Twitter | E-mail", LONG) == [LONG.strip()] * 2
    assert "Facebook" in left(LONG, "<ul><li>Facebook<li>Mastodon</ul>", LONG)


def test_the_standfirst_said_again_goes_but_an_opening_that_is_one_stays():
    assert left(LONG, "A short standfirst.", description="A short standfirst.") == [LONG.strip()]
    assert left("A short standfirst.", LONG, description="A short standfirst.")[0][:7] == "A short"


@pytest.mark.parametrize("line", ["Image: Fouzia Hassan", "Foto: Ana Lima/Reuters", "© AFP"])
def test_a_credit_goes_wherever_it_stands(line):
    assert left(LONG, line, LONG) == [LONG.strip()] * 2


def test_a_bare_address_goes_at_the_end_only():
    address = "https://www.example.org/2026/hall"
    assert left(LONG, address) == [LONG.strip()]
    texts = [LONG.strip(), address, LONG.strip(), LONG.strip(), LONG.strip()]
    assert left(*texts) == texts


@pytest.mark.parametrize(
    "line",
    [
        "Like what you are reading? Subscribe to the weekend letter of the arts desk.",
        "Sign up for our newsletter.",
        "Zum Newsletter hier anmelden. Abonnieren Sie ihn.",
        "Got a story? Get in touch with our news team, on WhatsApp, too.",
    ],
)
def test_a_call_to_the_reader_goes_amid_the_text_too(line):
    assert left(LONG, line, LONG[:200]) == [LONG.strip(), LONG[:200].strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Download the files first, then read the license.",
        '"Sign up for the newsletter," the mayor told those who had come.',
        "Residents were told to sign up for the newsletter of the council.",
    ],
)
def test_advice_and_quotations_that_begin_as_calls_do_stay(line):
    assert left(LONG, line, LONG[:200])[1] == line
