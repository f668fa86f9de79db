"""Caption elements, as the systems of papers write them."""

from __future__ import annotations

import pytest

from newscrawl.extraction.pictures.captions import Legend, names_caption, read_legend
from newscrawl.page.tree import parse


def legend(markup: str) -> Legend:
    [element] = parse(markup.encode()).css("body > *")
    return read_legend(element)


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        ("<figcaption>A hall.<span class='credit'>Ana</span></figcaption>", "A hall.", "Ana"),
        ("<p>A hall (<span class='cr'>ansa</span>)</p>", "A hall", "ansa"),
        ("<p><span>A hall</span>. <span class='c-autor'>Ana Gil</span></p>", "A hall.", "Ana Gil"),
        ("<div><p>A hall.</p><p>Getty Images/Ana</p></div>", "A hall.", "Getty Images/Ana"),
        ("<div><p>A hall</p><p>A hall</p><p>Foto: Ana</p></div>", "A hall", "Ana"),
        ("<p><span>A</span> hall by the <em>river</em></p>", "A hall by the river", None),
        ("<p>A <b>h</b>all<cite>Ana Gil</cite></p>", "A hall", "Ana Gil"),
        ("<p><span class='n'>1/5</span> A hall at dawn</p>", "A hall at dawn", None),
        ("<p><span class='sr-only'>Caption</span>A hall<button>More</button></p>", "A hall", None),
        ("<p><i class='icon-zoom'>Zoom</i>A hall<script>x()</script></p>", "A hall", None),
        ("<figcaption><p aria-label='A hall at dawn'></p></figcaption>", "A hall at dawn", None),
        ("<figcaption>Foto: dpa</figcaption>", None, "dpa"),
        ("<figcaption>…</figcaption>", None, None),
    ],
)
def test_a_caption_is_read_without_its_credit(
    markup: str, caption: str | None, credit: str | None
) -> None:
    assert legend(markup) == (caption, credit)


def test_a_credit_class_around_everything_holds_a_caption_too() -> None:
    text = "Members of the council vote in the new hall by the river on a cold Monday evening."
    found = legend(f"<div><p class='caption-credit'>{text} Foto: Ana Gil</p></div>")
    assert found == (text, "Ana Gil")


def test_a_text_too_long_for_a_caption_is_none() -> None:
    assert legend(f"<figcaption>{'word ' * 300}</figcaption>") == (None, None)


@pytest.mark.parametrize(
    "names",
    ["wp-caption-text", "imageCaption", "mediaInfo", "img-description", "image_desc", "leyenda",
     "bildunterschrift", "media-block__description", "photo_text"],
)  # fmt: skip
def test_names_of_captions(names: str) -> None:
    assert names_caption(names)


@pytest.mark.parametrize("names", ["captain", "article-description", "text", "image", "media"])
def test_names_of_other_things(names: str) -> None:
    assert not names_caption(names)
