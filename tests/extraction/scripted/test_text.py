"""Text that only a page's scripts would show."""

from __future__ import annotations

import json

import pytest

from newscrawl import extract

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river. "
TEXTS = [f"{number}. {SENTENCE * 3}".strip() for number in range(4)]
MARKUP = "".join(f'<p class="x">{text}</p>' for text in TEXTS)
SHELL = "<title>A hall</title><div id=__next><h1>A hall opens</h1></div>"


def in_script(text):
    return f"{SHELL}<script>{text}</script>"


@pytest.mark.parametrize(
    "script",
    [
        "window.__STATE__ = " + json.dumps({"article": {"html": MARKUP}}),
        f"self.__next_f.push([1,{json.dumps(MARKUP)}])".replace("<", "\\u003c"),
        f"self.__next_f.push([1,{json.dumps('5:' + json.dumps({'content': MARKUP, 'id': 1}))}])",
    ],
    ids=["state", "escaped", "json in json"],
)
def test_the_text_in_a_script_is_read_where_the_page_shows_none(script):
    assert extract(in_script(script)).body == "\n\n".join(TEXTS)


def test_the_longest_text_counts_without_its_captions():
    figure = f"<figure><figcaption>{SENTENCE}</figcaption></figure>"
    state = {"teaser": f"<p>{SENTENCE * 6}</p><p>More.</p>", "text": figure + MARKUP}
    assert extract(in_script("var a = " + json.dumps(state))).body == "\n\n".join(TEXTS)


def test_what_the_page_shows_comes_first():
    shown = "".join(f"<p>Shown {text}</p>" for text in TEXTS)
    found = extract(in_script("var a = " + json.dumps({"text": MARKUP * 3})) + shown).body
    assert found == "\n\n".join(f"Shown {text}" for text in TEXTS)


@pytest.mark.parametrize(
    "script",
    [
        f'x = "{MARKUP}',  # never closed, and its attributes are not escaped
        'x = "' + "<p>\\" * 100_000,
        'x = "<p> ' + '\\"' * 1_000_000,  # every quotation mark could begin a string
        "x = [" + ' "<p> \\' * 100_000,
        json.dumps({"text": "<p>Short.</p><p>Text.</p>"}),
        '"<p> ' + "\\q" * 300 + ' <p> "',
    ],
)
def test_broken_or_short_data_is_no_text(script):
    assert extract(in_script(script)).body in (None, "")
