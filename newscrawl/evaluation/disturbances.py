"""Changes to a page that leave its article as it is: other names, boxes, wrappers, company.

Each change is a function of a `Disturbed` page, which it alters in place. `newscrawl evaluate
--disturb` measures what each of them costs, and training pages are learned from a second time with
some of them made. All choices come from the seeded generator of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random

import lxml.html
from lxml.html import HtmlElement

from newscrawl.evaluation.dataset import Sample
from newscrawl.evaluation.stock import (
    ADVERTISING,
    COMMENT_HEADINGS,
    COMPANY,
    MISLEADING_NAMES,
    NEWSLETTER,
    POINTERS,
    READERS,
    READERS_COMMENTS,
    TAXONOMIES,
)
from newscrawl.evaluation.training.labels import label_blocks
from newscrawl.extraction.blocks import Blocks
from newscrawl.page.page import Page

_MARK = "data-of-the-text"
_LINE = re.compile(r"\n+")
_WRAPPERS = ("div", "section", "div", "div", "article", "aside")
_HEADINGS = ("h1", "h2", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Stock:
    """Texts of other pages, to be put around an article."""

    articles: Sequence[tuple[str, Sequence[str]]]
    """Headline and paragraphs."""
    comments: Sequence[str]


@dataclass(slots=True)
class Disturbed:
    """A copy of a page that can be altered, with the elements of its article's paragraphs."""

    root: HtmlElement
    paragraphs: list[HtmlElement]
    random: Random
    stock: Stock
    names: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """The page as it is now."""
        html: str = lxml.html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>")
        return html


Change = Callable[[Disturbed], None]


def disturb(sample: Sample, page: Page, changes: Sequence[Change], stock: Stock, seed: int) -> str:
    """Return the HTML of a page with changes made in turn; without changes, as it is parsed.

    The page's tree is marked on the way and serves no other purpose afterwards.
    """
    blocks = Blocks(page.root)
    labels = label_blocks(blocks.blocks, sample.truth.body or "")
    for block, is_text in zip(blocks.blocks, labels, strict=True):
        container = block.container
        if is_text and container.end - container.start == 1 and container.tag in {"p", "div"}:
            container.element.attrs[_MARK] = ""
    root = lxml.html.document_fromstring(
        page.root.html or "", parser=lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    )
    paragraphs = [element for element in root.iter() if _marked(element)]
    for element in paragraphs:
        del element.attrib[_MARK]
    digest = blake2b(f"{seed} {sample.truth.id}".encode(), digest_size=8).digest()
    copy = Disturbed(root, paragraphs, Random(digest), stock)  # noqa: S311 - no secrets
    for change in changes:
        change(copy)
    return copy.html


def _marked(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and _MARK in element.attrib


def stock_of(samples: Sequence[Sample]) -> Stock:
    """Return the articles of samples, and as readers' comments what their forums say.

    Each is short enough that it may stand under any article.
    """
    articles, comments = [], list(READERS_COMMENTS)
    for sample in samples:
        truth = sample.truth
        lines = [line.strip() for line in _LINE.split(truth.body or "") if line.strip()]
        if truth.kind == "forum":
            comments += [line for line in lines if 80 < len(line) < 900]
        elif truth.kind in (None, "article") and len(lines) > 2:
            headline = truth.headline or lines[0][:90]
            articles.append((headline, [line for line in lines if len(line) > 60][:20]))
    return Stock([article for article in articles if article[1]], comments)


# -- names ---------------------------------------------------------------------------------------


def _elements(copy: Disturbed) -> Iterator[HtmlElement]:
    for element in copy.root.iter():
        if isinstance(element.tag, str):
            yield element


def names_hashed(copy: Disturbed) -> None:
    """Hash every class and id, as style tools do."""
    for element in _elements(copy):
        for attribute in ("class", "id"):
            names = element.get(attribute)
            if names:
                element.set(attribute, " ".join(map(_hashed, names.split())))


def _hashed(name: str) -> str:
    digest = blake2b(name.encode("utf-8", "replace"), digest_size=4).hexdigest()
    return "css-" + "".join(chr(ord("g") + int(digit, 16)) for digit in digest)


def names_removed(copy: Disturbed) -> None:
    """Remove every class, id and role."""
    for element in _elements(copy):
        for attribute in ("class", "id", "role"):
            element.attrib.pop(attribute, None)


def names_shuffled(copy: Disturbed) -> None:
    """Give names of other things to a third of the elements that have any."""
    for element in _elements(copy):
        if element.get("class") and copy.random.random() < 0.3:
            element.set("class", copy.random.choice(MISLEADING_NAMES))


def taxonomy_names(copy: Disturbed) -> None:
    """Name an ancestor of the text after the subjects of the post, as content systems do."""
    outer = _around(copy)
    if outer is not None:
        taxonomy = copy.random.choice(TAXONOMIES)
        outer.set("class", f"{outer.get('class', '')} {taxonomy}".strip())


def paywall_class(copy: Disturbed) -> None:
    """Set the class ``paywall`` on every paragraph."""
    for paragraph in copy.paragraphs:
        paragraph.set("class", "paywall")


def misleading_paragraphs(copy: Disturbed) -> None:
    """Set one misleading name on every paragraph."""
    name = copy.random.choice(MISLEADING_NAMES)
    for paragraph in copy.paragraphs:
        paragraph.set("class", name)


def misleading_ancestor(copy: Disturbed) -> None:
    """Set a misleading name on an ancestor of the text."""
    outer = _around(copy)
    if outer is not None:
        outer.set("class", copy.random.choice(MISLEADING_NAMES))


def misleading_role(copy: Disturbed) -> None:
    """Set a misleading role on an ancestor of the text."""
    outer = _around(copy)
    if outer is not None:
        outer.set("role", copy.random.choice(("complementary", "banner", "dialog", "navigation")))


def _around(copy: Disturbed) -> HtmlElement | None:
    """Return the innermost element around most of the text, or one of the three around that."""
    parents = [p.getparent() for p in copy.paragraphs if p.getparent() is not None]
    if not parents:
        return None
    outer = max(parents, key=parents.count)
    for _ in range(copy.random.randrange(3)):
        above = outer.getparent()
        if above is None or above.tag in {"body", "html"}:
            break
        outer = above
    return outer


# -- elements ------------------------------------------------------------------------------------


def div_for_p(copy: Disturbed) -> None:
    """Make every paragraph a ``<div>``."""
    for paragraph in copy.paragraphs:
        paragraph.tag = "div"


def each_in_a_box(copy: Disturbed) -> None:
    """Put each paragraph in a box of its own."""
    for paragraph in copy.paragraphs:
        _wrap([paragraph], "div", "c-block")


def first_apart(copy: Disturbed) -> None:
    """Put the first paragraph in a box of another name."""
    _wrap(copy.paragraphs[:1], *_named_box(copy))


def last_apart(copy: Disturbed) -> None:
    """Put the last paragraph in a box of another name."""
    _wrap(copy.paragraphs[-1:], *_named_box(copy))


def first_outside(copy: Disturbed) -> None:
    """Put the text but for its first paragraph in a box, so that this stands alone."""
    run = _run(copy)
    if len(run) > 2:
        _wrap(run[1:], *_named_box(copy))


def last_outside(copy: Disturbed) -> None:
    """Put the text but for its last paragraph in a box, so that this stands alone."""
    run = _run(copy)
    if len(run) > 2:
        _wrap(run[:-1], *_named_box(copy))


def second_half_wrapped(copy: Disturbed) -> None:
    """Put the second half of the text in a box with a misleading name."""
    run = _run(copy)
    _wrap(run[len(run) // 2 :], "div", copy.random.choice(MISLEADING_NAMES))


def in_sections(copy: Disturbed) -> None:
    """Put the text in boxes of a few paragraphs each."""
    run = _run(copy)
    name = copy.random.choice(("", "section", "c-body", *MISLEADING_NAMES[:3]))
    while run:
        size = copy.random.randint(1, 4)
        _wrap(run[:size], "div", name)
        run = run[size:]


def shortened(copy: Disturbed) -> None:
    """Leave the first two to six paragraphs of the text, as in a short report."""
    kept = copy.random.randint(2, 6)
    if len(copy.paragraphs) <= kept:
        return
    last = copy.paragraphs[kept - 1]
    rest = copy.paragraphs[kept:]
    # What stands between the paragraphs that go, headings and lists, goes as well.
    parent = rest[-1].getparent()
    if parent is not None and parent is last.getparent():
        first, end = parent.index(last) + 1, parent.index(rest[-1]) + 1
        for element in list(parent)[first:end]:
            parent.remove(element)
    for element in rest:
        if element.getparent() is not None:
            element.getparent().remove(element)
    copy.paragraphs = copy.paragraphs[:kept]


def plainer(copy: Disturbed) -> None:
    """Remove half of what stands around the text: a site with little else on its pages."""
    kept = {outer for paragraph in copy.paragraphs for outer in paragraph.iterancestors()}
    kept |= {
        outer for heading in copy.root.iter("h1") for outer in (heading, *heading.iterancestors())
    }
    kept |= set(copy.paragraphs)
    inner = copy.paragraphs[0].getparent() if copy.paragraphs else None
    # In the order of the page, so that the same seed removes the same.
    for outer in [element for element in _elements(copy) if element in kept]:
        if outer is inner or outer.tag in {"html", "h1", "p"} or outer in copy.paragraphs:
            continue
        for element in list(outer):
            if element not in kept and element.tag != "head" and copy.random.random() < 0.5:
                outer.remove(element)


def _named_box(copy: Disturbed) -> tuple[str, str]:
    name = copy.random.choice(("", "intro", "rest", "a1", "content-2", *MISLEADING_NAMES))
    return copy.random.choice(_WRAPPERS), name


def _run(copy: Disturbed) -> list[HtmlElement]:
    """Return the longest list of paragraphs with one parent."""
    runs: dict[HtmlElement, list[HtmlElement]] = {}
    for paragraph in copy.paragraphs:
        parent = paragraph.getparent()
        if parent is not None:
            runs.setdefault(parent, []).append(paragraph)
    return max(runs.values(), key=len, default=[])


def _wrap(elements: list[HtmlElement], tag: str, name: str) -> None:
    """Put neighbouring elements, and what stands between them, in a new one."""
    parent = elements[0].getparent() if elements else None
    if parent is None:
        return
    box = parent.makeelement(tag, {"class": name} if name else {})
    first, last = parent.index(elements[0]), parent.index(elements[-1])
    moved = list(parent)[first : last + 1]
    parent.insert(first, box)
    for element in moved:
        box.append(element)
    if moved:  # the text behind the last one stays outside
        box.tail, moved[-1].tail = moved[-1].tail, None


# -- what stands around or amid a text -----------------------------------------------------------


def company_at_foot(copy: Disturbed) -> None:
    """Put three paragraphs about the company at the foot of the page."""
    body = copy.root.find("body")
    if body is not None:
        box = _box(copy, copy.random.choice(("div", "footer", "section")), "about-box")
        for line in copy.random.choice(COMPANY):
            _add(box, "p", line)
        body.append(box)


def newsletter_amid(copy: Disturbed) -> None:
    """Put a box that offers a newsletter between two paragraphs."""
    _insert(copy, lambda: _promotion(copy))


def advertising_amid(copy: Disturbed) -> None:
    """Put slots of advertising between paragraphs."""
    for paragraph in copy.paragraphs[2::3]:
        box = _box(copy, "div", "ad-slot")
        _add(box, "span", copy.random.choice(ADVERTISING))
        paragraph.addnext(box)
        box.tail, paragraph.tail = paragraph.tail, None


def pointers_amid(copy: Disturbed) -> None:
    """Put lines that point to other stories between paragraphs, set as these are."""
    for _ in range(copy.random.randint(1, 2)):
        _insert(copy, lambda: _pointer(copy))


def pointers_at_end(copy: Disturbed) -> None:
    """Put lines that point to other stories behind the last paragraph."""
    if copy.paragraphs:
        for _ in range(copy.random.randint(1, 3)):
            _after(copy.paragraphs[-1], _pointer(copy))


def _pointer(copy: Disturbed) -> HtmlElement:
    line, sample = copy.random.choice(POINTERS), copy.paragraphs[0]
    element = sample.makeelement(sample.tag, dict(sample.attrib))
    before, has_link, after = line.partition("LINK")
    element.text = before
    if has_link:
        link = sample.makeelement("a", {"href": "/other"})
        headlines = copy.stock.articles
        link.text = copy.random.choice(headlines)[0] if headlines else "The other story"
        link.tail = after
        element.append(link)
    return element


def other_stories_below(copy: Disturbed) -> None:
    """Put a list of other stories, with their summaries, behind the last paragraph."""
    if not copy.paragraphs or not copy.stock.articles:
        return
    box = _box(copy, "div", "more-stories")
    _add(
        box,
        copy.random.choice(("h2", "h3")),
        copy.random.choice(("More", "Also in the news", "Mehr", "Lire aussi", "Más noticias")),
    )
    for _ in range(copy.random.randint(2, 5)):
        headline, lines = copy.random.choice(copy.stock.articles)
        card = _box(copy, "div", "card")
        title = card.makeelement("h3", {})
        card.append(title)
        link = card.makeelement("a", {"href": "/more"})
        link.text = headline
        title.append(link)
        _add(card, "p", lines[0][:200])
        box.append(card)
    _outside(copy, 1).append(box)


def comments_below(copy: Disturbed) -> None:
    """Put readers' comments under a heading that says so, in any of many languages."""
    comments = copy.random.sample(
        copy.stock.comments, min(len(copy.stock.comments), copy.random.randint(2, 8))
    )
    heading = copy.random.choice(COMMENT_HEADINGS).replace("N", str(len(comments)))
    thread = _box(
        copy,
        copy.random.choice(("section", "div")),
        copy.random.choice(("", "css-x1", "thread", "replies")),
    )
    _add(thread, copy.random.choice(("h2", "h3", "h4", "div", "p")), heading)
    item, text = copy.random.choice((("div", "p"), ("article", "p"), ("li", "div"), ("div", "div")))
    holder = thread
    if item == "li":
        holder = thread.makeelement("ul", {})
        thread.append(holder)
    signed = copy.random.random() < 0.8
    for words in comments:
        one = _box(copy, item, copy.random.choice(("", "c1", "reply")))
        if signed:
            _add(one, copy.random.choice(("span", "div", "strong")), copy.random.choice(READERS))
        _add(one, text, words)
        holder.append(one)
    _outside(copy, copy.random.randrange(3)).append(thread)


def next_article_below(copy: Disturbed) -> None:
    """Put another article below, in boxes like those of the first or in plain ones."""
    if not copy.paragraphs or not copy.stock.articles:
        return
    headline, lines = copy.random.choice(copy.stock.articles)
    sample = copy.paragraphs[0]
    inner = sample.getparent()
    alike = copy.random.random() < 0.5 and inner is not None
    outer = _box(copy, copy.random.choice(("div", "article", "section")), "")
    if copy.random.random() < 0.3:
        _add(
            outer,
            "div",
            copy.random.choice(("Up Next", "Next article", "Read next", "Artículo siguiente")),
        )
    first_heading = next(copy.root.iter("h1"), None)
    tag = (
        "h1"
        if first_heading is not None and copy.random.random() < 0.5
        else copy.random.choice(_HEADINGS)
    )
    title = _add(outer, tag, headline)
    if alike and first_heading is not None:
        title.attrib.update(dict(first_heading.attrib))
    day = f"{copy.random.randint(1, 28)} October 20{copy.random.randint(18, 26)}"
    if copy.random.random() < 0.9:
        _add(outer, "div", f"By {copy.random.choice(READERS).title()}")
    if copy.random.random() < 0.7:
        _add(outer, copy.random.choice(("time", "div", "span")), day)
    text = _box(
        copy, "div", inner.get("class", "") if alike and inner is not None else "story-text"
    )
    for line in lines[: copy.random.randint(3, 20)]:
        _add(text, sample.tag, line).attrib.update(dict(sample.attrib))
    outer.append(text)
    if alike and inner is not None and inner.get("class"):
        outer.set(
            "class", (inner.getparent().get("class", "") if inner.getparent() is not None else "")
        )
    _outside(copy, copy.random.randrange(3)).append(outer)


def teasers_before(copy: Disturbed) -> None:
    """Put a column of other stories before everything: an order that only styles set right."""
    body = copy.root.find("body")
    if body is None or not copy.stock.articles:
        return
    column = _box(copy, "div", "col-2")
    for _ in range(3):
        headline, lines = copy.random.choice(copy.stock.articles)
        card = _box(copy, "div", "")
        _add(card, "h3", headline)
        _add(card, "p", lines[0][:220])
        column.append(card)
    body.insert(0, column)


def _promotion(copy: Disturbed) -> HtmlElement:
    box = _box(copy, copy.random.choice(("div", "aside", "section")), "nl-box")
    heading, *lines = copy.random.choice(NEWSLETTER)
    _add(box, copy.random.choice(("h3", "h4", "strong", "p")), heading)
    for line in lines:
        _add(box, "p", line)
    return box


def _box(copy: Disturbed, tag: str, name: str) -> HtmlElement:
    element: HtmlElement = copy.root.makeelement(tag, {})
    if name:
        element.set("class", copy.random.choice((name, name, _hashed(name), "box")))
    return element


def _add(parent: HtmlElement, tag: str, text: str) -> HtmlElement:
    element: HtmlElement = parent.makeelement(tag, {})
    element.text = text
    parent.append(element)
    return element


def _insert(copy: Disturbed, make: Callable[[], HtmlElement]) -> None:
    if len(copy.paragraphs) > 2:
        _after(copy.paragraphs[copy.random.randrange(1, len(copy.paragraphs) - 1)], make())


def _after(element: HtmlElement, new: HtmlElement) -> None:
    tail = element.tail
    element.addnext(new)  # moves the tail along
    element.tail, new.tail = None, tail


def _outside(copy: Disturbed, steps: int) -> HtmlElement:
    """Return the parent of the last paragraph, or what is so many steps around it."""
    outer: HtmlElement = (
        copy.paragraphs[-1].getparent() if copy.paragraphs else copy.root.find("body")
    )
    for _ in range(steps):
        above = outer.getparent()
        if above is None or above.tag == "html":
            break
        outer = above
    return outer


NAMED: dict[str, Change] = {
    change.__name__.replace("_", " "): change
    for change in (
        taxonomy_names, paywall_class, div_for_p, company_at_foot, names_hashed, names_removed,
        newsletter_amid, each_in_a_box, advertising_amid, names_shuffled, misleading_paragraphs,
        misleading_ancestor, misleading_role, first_apart, last_apart, first_outside, last_outside,
        second_half_wrapped, in_sections, pointers_amid, pointers_at_end, other_stories_below,
        comments_below, next_article_below, teasers_before,
    )
}  # fmt: skip
"""Every change by its name; the first nine are those that readers of other pages reported."""
