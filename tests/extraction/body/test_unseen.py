"""Paragraphs that a page hides amid its text."""

from __future__ import annotations

import pytest

from newscrawl import extract

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
SHOWN = [f"{number}. {SENTENCE * 3}".strip() for number in range(6)]
HIDDEN = f"Another. {SENTENCE * 3}".strip()


def page(before, after=""):
    """Return an article with something before its fourth paragraph and after its last."""
    first, rest = ("".join(f"<p>{text}</p>" for text in part) for part in (SHOWN[:3], SHOWN[3:]))
    return f"<title>A hall</title><article><h1>A hall opens</h1>{first}{before}{rest}{after}"


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden", "style='visibility: hidden'", "style='display:none!important'",
        "style='position:absolute;left:-9999px'", "style='clip:rect(0 0 0 0)'",
    ],
)  # fmt: skip
def test_what_is_hidden_amid_the_text_is_not_its(attributes):
    found = extract(page(f"<div {attributes}><p>{HIDDEN}</p></div>"))
    assert found.body == "\n\n".join(SHOWN)


def test_a_text_that_waits_for_its_script_or_a_button_is_kept():
    html = page("").replace("<article>", "<article style='visibility:hidden'>")
    assert extract(html).body == "\n\n".join(SHOWN)
    rest = "".join(f"<p>{text}</p>" for text in SHOWN[3:])
    html = page("").replace(rest, f"<div style='visibility:hidden'>{rest}</div>")
    assert extract(html).body == "\n\n".join(SHOWN)


@pytest.mark.parametrize(
    "panel",
    [
        "<h2><button aria-expanded=false>More</button></h2><div hidden><p>{}</p></div>",
        "<div role=tabpanel hidden><p>{}</p></div>",
        "<div style='display:none' aria-labelledby=q1><p>{}</p></div>",
    ],
)
def test_a_panel_that_the_reader_opens_is_kept(panel):
    assert HIDDEN in (extract(page(panel.format(HIDDEN))).body or "")
