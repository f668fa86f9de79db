"""Changes that leave an article as it is: its words stay, in order, whatever is put around."""

from __future__ import annotations

import pytest

from newscrawl.evaluation.dataset import Sample, Truth
from newscrawl.evaluation.disturbances import NAMED, disturb, plainer, shortened, stock_of
from newscrawl.evaluation.training.augmentation import changed_copy
from newscrawl.evaluation.training.labels import label_blocks
from newscrawl.extraction.blocks import Blocks
from newscrawl.page.page import Page

SENTENCE = "The council voted late on Monday to rebuild the old covered market by the river."
PARAGRAPHS = [f"{number}. {SENTENCE} {SENTENCE}" for number in range(7)]
OTHERS = [
    f"Elsewhere {number} a ferry was late, and nobody could say how long it would take this time."
    for number in range(4)
]
HTML = (
    "<title>A market</title><header class=top><nav><a href=/>Home</a></nav></header>"
    "<div id=page class=wrap><article class='post story'><h1 class=title>A market</h1>"
    "<div class='text body'>"
    + "".join(f"<p class=para>{text}</p>" for text in PARAGRAPHS)
    + "</div></article></div><footer class=foot>Imprint</footer>"
)


def sample(name="a", paragraphs=PARAGRAPHS, kind=None):
    truth = Truth(
        id=name,
        url=f"https://{name}.example/x",
        headline="A market",
        body="\n\n".join(paragraphs),
        kind=kind,
    )
    return Sample(None, truth)


STOCK = stock_of([sample("b", OTHERS), sample("c", OTHERS, kind="forum")])


def changed(*names, seed=0):
    return disturb(sample(), Page(HTML), [NAMED[name] for name in names], STOCK, seed)


def texts(html):
    return [block.text for block in Blocks(Page(html).root).blocks]


def elements(html, css):
    return Page(html).root.css(css)


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("seed", range(4))
def test_every_change_keeps_the_paragraphs_in_order(name, seed):
    found = texts(changed(name, seed=seed))
    assert [text for text in found if text in PARAGRAPHS] == PARAGRAPHS


@pytest.mark.parametrize("name", NAMED)
def test_every_change_changes_something_and_the_same_seed_the_same(name):
    plain = disturb(sample(), Page(HTML), [], STOCK, 0)
    assert changed(name, seed=3) == changed(name, seed=3)
    assert any(changed(name, seed=seed) != plain for seed in range(4))


def test_what_is_put_in_is_not_taken_for_the_text():
    html = changed("next article below", "comments below", "newsletter amid", "company at foot")
    blocks = Blocks(Page(html).root).blocks
    labels = label_blocks(blocks, sample().truth.body)
    assert [
        block.text for block, is_text in zip(blocks, labels, strict=True) if is_text
    ] == PARAGRAPHS


def test_names_go_or_are_hashed_alike():
    assert not elements(changed("names removed"), "[class], [id], [role]")
    hashed = changed("names hashed")
    names = {element.attributes["class"] for element in elements(hashed, "p")}
    assert len(names) == 1
    assert names.pop().startswith("css-")


def test_names_are_set_where_they_are_said_to_be():
    assert len(elements(changed("paywall class"), "p.paywall")) == len(PARAGRAPHS)
    taxonomy = elements(changed("taxonomy names"), "[class*=category-]")
    assert len(taxonomy) == 1
    assert all(text in taxonomy[0].text() for text in PARAGRAPHS)


def test_elements_become_others():
    assert not elements(changed("div for p"), "p")
    assert len(elements(changed("each in a box"), "div.c-block > p")) == len(PARAGRAPHS)
    first, *others = elements(changed("first outside"), "p")
    assert {p.parent.mem_id for p in others} == {others[0].parent.mem_id}
    assert first.parent.mem_id == others[0].parent.parent.mem_id


def test_copies_for_training_differ_and_are_the_same_ever_again():
    copies = [changed_copy(sample(), Page(HTML), STOCK, number) for number in range(1, 9)]
    assert len(set(copies)) > 4
    assert copies == [changed_copy(sample(), Page(HTML), STOCK, number) for number in range(1, 9)]


@pytest.mark.parametrize("seed", range(8))
def test_a_shortened_text_is_its_beginning(seed):
    html = disturb(sample(), Page(HTML), [shortened], STOCK, seed)
    found = [text for text in texts(html) if text in PARAGRAPHS]
    assert 2 <= len(found) <= 6
    assert found == PARAGRAPHS[: len(found)]


def test_a_plainer_page_has_the_text_and_less_around_it():
    pages = [disturb(sample(), Page(HTML), [plainer], STOCK, seed) for seed in range(8)]
    assert pages == [disturb(sample(), Page(HTML), [plainer], STOCK, seed) for seed in range(8)]
    found = [texts(html) for html in pages]
    assert all([text for text in each if text in PARAGRAPHS] == PARAGRAPHS for each in found)
    assert all("A market" in each for each in found)
    assert 2 < sum("Imprint" not in each for each in found) < 8


def test_the_stock_is_of_articles_and_forums():
    assert STOCK.articles == [("A market", OTHERS)]
    assert set(OTHERS) <= set(STOCK.comments)
    short = stock_of([sample("c", ["Short."], kind="forum")])
    assert "Short." not in short.comments
