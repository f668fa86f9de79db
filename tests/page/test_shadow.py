"""Declarative shadow roots, as a reader sees them."""

from __future__ import annotations

import pytest

from newscrawl import extract
from newscrawl.page.page import Page
from newscrawl.page.shadow import with_open_roots
from newscrawl.page.shown import element_lines

TEXTS = [
    f"{number}. The council voted late on Monday to rebuild the old covered market by the river."
    for number in range(5)
]
MARKUP = "".join(f"<p>{text}</p>" for text in TEXTS)


def lines(html):
    return element_lines(Page(html).root.css_first("body"))


@pytest.mark.parametrize(
    "attributes", ["shadowrootmode=open", 'shadowrootmode="closed" x', "shadowroot=open"]
)
def test_the_text_of_an_open_root_is_the_articles(attributes):
    html = (
        f"<title>A hall</title><h1>A hall</h1><x-story><template {attributes}>{MARKUP}</template>"
    )
    assert extract(f"{html}</x-story>").body == "\n\n".join(TEXTS)


def test_children_stand_in_the_slots_that_are_for_them():
    html = (
        "<x-a><template shadowrootmode=open><header>Top</header><slot name=title>None</slot>"
        "<div><slot>Nothing yet</slot></div><footer>End</footer></template>"
        "<p>One</p><h1 slot=title>Title</h1><p>Two</p></x-a><p>After"
    )
    assert lines(html) == ["Top", "Title", "One", "Two", "End", "After"]


def test_a_slot_without_children_shows_its_own_words():
    html = "<x-a><template shadowrootmode=open><slot>Nothing yet</slot></template></x-a>"
    assert lines(html) == ["Nothing yet"]


def test_roots_within_roots_and_templates_that_are_none():
    html = (
        "<x-a><template shadowrootmode=open>One<x-b><template shadowrootmode=open>Two</template>"
        "</x-b><template><p>Not seen</template>Three</template></x-a>"
    )
    assert lines(html) == ["One", "Two", "Three"]
    assert with_open_roots(b"<template>x</template>") == b"<template>x</template>"


@pytest.mark.parametrize(
    "html",
    [
        "<template shadowrootmode=open>" * 100_000,
        "</template>" * 100_000 + "<template shadowrootmode=open>",
        "<x-a><template shadowrootmode=open><slot></slot></template>" * 20_000,
        "<x-a><template shadowrootmode=open>"
        + "<slot></slot>" * 50_000
        + "</template>"
        + "a<b>" * 50_000,
    ],
    ids=["opened", "closed", "nested", "slots"],
)
def test_roots_without_end_are_read_in_bounded_time(html):
    assert Page(html + "text").root is not None
