"""The body: the blocks that the journalist wrote, told by a learned score with rules around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import as_file, files
from operator import attrgetter

import numpy as np

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container
from newscrawl.extraction.body.block_features import SENTENCE_ENDS, Matrix, page_hints
from newscrawl.extraction.body.choice import likely_blocks
from newscrawl.extraction.body.features import block_features, candidate_blocks, is_link_alone
from newscrawl.extraction.forest import Forest
from newscrawl.page.page import Page
from newscrawl.text.cleaning import fold
from newscrawl.text.phrases import (
    IS_COMMENT,
    IS_RELATED,
    IS_SUBSCRIBE,
    is_label_and_link,
    is_related_line,
    line_labels,
)

WEIGHTS = "body.npz"
_LABEL = 120
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_POINTER_LENGTH = 250
_BEGINNING = 20
_LABEL_COPY = 40
_LEGEND = 200
_SAME = 0.4
_BOLD = 0.9


@cache
def _forest() -> Forest:
    # A resource, not a path: in a deployed egg the package is a zip archive.
    with as_file(files(__package__) / WEIGHTS) as path:
        return Forest.load(path)


def body_blocks(
    page: Page, blocks: Blocks, not_body: frozenset[int], forest: Forest | None = None
) -> list[Block]:
    """Return the blocks of the body, in order.

    ``not_body`` are the indexes of blocks that are known to be another field.
    """
    listed, scores = score_blocks(page, blocks, forest)
    return choose(blocks, listed, scores, not_body) if listed else []


def score_blocks(
    page: Page, blocks: Blocks, forest: Forest | None = None
) -> tuple[list[Block], Matrix]:
    """Return the candidate blocks and the probability of each to be of the body."""
    listed = candidate_blocks(blocks)
    if not listed:
        return [], np.zeros(0, dtype=np.float32)
    features = block_features(blocks, listed, page_hints(page))
    return listed, (forest or _forest()).probabilities(features)


def choose(
    blocks: Blocks, listed: list[Block], scores: Matrix, not_body: frozenset[int]
) -> list[Block]:
    """Return the blocks of the body, given the probability of each candidate block."""
    likely = likely_blocks(listed, scores)
    body = [block for block, is_body in zip(listed, likely, strict=True) if is_body]
    other = not_body - _of_the_text(body, not_body)
    legends = _legends(blocks, body)
    chosen = {b.index: b for b in _of_one_article(blocks, body) if b.index not in other | legends}
    chosen |= {block.index: block for block in _embedded_posts(blocks, chosen)}
    return without_pointers(chosen[index] for index in sorted(chosen))


def _of_one_article(blocks: Blocks, body: list[Block]) -> list[Block]:
    """Return the body without what is in a later ``<article>`` that has a headline of its own."""
    if not any(map(attrgetter("container.articles"), body)):
        return body
    homes = _homes(body)
    sizes: Counter[Container | None] = Counter()
    for block, home in zip(body, homes, strict=True):
        sizes[home] += len(block.text)
    main = max(sizes, key=sizes.__getitem__, default=None)
    if main is None or len(sizes) == 1:
        return body
    others = {
        home
        for home in sizes
        if home is not None
        and home.start >= main.end
        and any(block.tag == "h1" for block in blocks.blocks[home.start : home.end])
    }
    return [block for block, home in zip(body, homes, strict=True) if home not in others]


def _homes(body: list[Block]) -> list[Container | None]:
    """Return the outermost ``<article>`` that each block lies in, if any."""
    known: dict[Container | None, Container | None] = {}
    homes = []
    for block in body:
        container = block.container
        parent = container.parent
        if parent not in known:
            known[parent] = _outermost_article(parent)
        home = known[parent]
        homes.append(container if home is None and container.tag == "article" else home)
    return homes


def _outermost_article(container: Container | None) -> Container | None:
    found = None
    while container is not None and container.articles:
        if container.tag == "article":
            found = container
        container = container.parent
    return found


def _legends(blocks: Blocks, body: list[Block]) -> set[int]:
    """Return the blocks that are all the text of a box with a picture above it: captions."""
    pictures = {(placed.container, placed.position) for placed in blocks.images}
    legends = set()
    for block in body:
        if len(block.text) <= _LEGEND:
            for box in (block.container, block.container.parent):
                if box is not None and box.end - box.start == 1 and (box, block.index) in pictures:
                    legends.add(block.index)
    return legends


def _of_the_text(body: list[Block], not_body: frozenset[int]) -> set[int]:
    """Return the blocks that pass for a standfirst but are the text: set as it is, or all of it."""
    if not_body.isdisjoint([block.index for block in body]):
        return set()
    sizes: Counter[tuple[str, str, Container | None]] = Counter()
    doubted: list[Block] = []
    for block in body:
        if block.index in not_body:
            doubted.append(block)
        else:
            sizes[_setting(block)] += len(block.text)
    text_size = sum(sizes.values())
    return {
        block.index
        for block in doubted
        if len(block.text) > text_size
        or (
            sizes[_setting(block)] > _SAME * text_size
            and block.strong_chars < _BOLD * len(block.text)
        )
    }


def _setting(block: Block) -> tuple[str, str, Container | None]:
    return block.tag, block.container.names, block.container.parent


def _embedded_posts(blocks: Blocks, chosen: dict[int, Block]) -> Iterator[Block]:
    """Yield the blocks of the posts that are embedded amid the chosen text, signatures and all."""
    first, last = min(chosen, default=0), max(chosen, default=-1)
    for container in blocks.containers:
        is_post = container.own & chrome.EMBED and container.tag == "blockquote"
        if is_post and first < container.start <= last and not container.flags & chrome.RELATED:
            yield from blocks.blocks[container.start : container.end]


def without_pointers(chosen: Iterable[Block]) -> list[Block]:
    """Return the blocks without links to other stories, boxes, repetitions, closing headings."""
    listed = list(chosen)
    trunk = _trunk(listed)
    listed = [
        b for b in _without_boxes(listed, trunk) if not _is_pointer(b) and not _is_boxed(b, trunk)
    ]
    linked = _link_lists(listed)
    kept = _each_once(block for block in listed if block.container not in linked)
    while kept and _is_heading(kept[-1]):
        kept.pop()
    return kept


def _is_heading(block: Block) -> bool:
    """Whether a block is a heading, or a short line in bold that ends as no sentence does."""
    text = block.text
    bold = block.strong_chars >= _BOLD * len(text) and len(text) <= _LABEL
    return block.tag in _HEADINGS or (bold and text[-1] not in SENTENCE_ENDS)


def _trunk(chosen: list[Block]) -> Container | None:
    """Return the element that holds most of the chosen text as its own paragraphs."""
    sizes: dict[Container | None, int] = {}
    for block in chosen:
        parent = block.container.parent
        sizes[parent] = sizes.get(parent, 0) + len(block.text)
    return max(sizes, key=sizes.__getitem__, default=None)


def _is_boxed(block: Block, trunk: Container | None) -> bool:
    """Return whether a block lies in a small box that calls itself chrome."""
    parent = block.container.parent
    if parent is None or parent is trunk:
        return False
    return bool((block.container.own | parent.own) & chrome.CHROME)


def _is_pointer(block: Block) -> bool:
    """Return whether a block only points to another story, or belongs to the comment box."""
    text = block.text
    size = len(text)
    if size > _POINTER_LENGTH or block.tag == "li":
        return False
    return (
        is_link_alone(block)
        or (size <= _LABEL and line_labels(text) & IS_COMMENT != 0)
        or (block.link_chars > 0.3 * size and is_related_line(text))
        or is_label_and_link(text, block.link_chars)
    )


def _without_boxes(chosen: list[Block], trunk: Container | None) -> Iterator[Block]:
    """Leave out the short blocks that a line such as "Subscribe now" or "Related" heads."""
    box: Container | None = None
    for block in chosen:
        size = len(block.text)
        if size <= _LABEL and line_labels(block.text) & (IS_SUBSCRIBE | IS_RELATED):
            box = block.container.parent
            if box is trunk:
                box = None
        elif box is None or block.container.parent is not box or size > _POINTER_LENGTH:
            box = None
            yield block


def _link_lists(chosen: list[Block]) -> frozenset[Container]:
    """Return the items of lists that are mostly links to other pages."""
    lists: dict[Container, list[Block]] = {}
    for block in chosen:
        if block.tag == "li" and block.container.parent is not None:
            lists.setdefault(block.container.parent, []).append(block)
    return frozenset(
        block.container
        for items in lists.values()
        if all(item.links for item in items)
        and sum(item.link_chars for item in items) > 0.5 * sum(len(item.text) for item in items)
        for block in items
    )


def _each_once(chosen: Iterable[Block]) -> list[Block]:
    """Drop what a hidden or print copy says again."""
    listed = list(chosen)
    beginnings = [_beginning(block.text) for block in listed]
    if len(set(beginnings)) == len(beginnings):
        return listed
    times = Counter(beginnings)
    kept: list[Block] = []
    seen: set[str] = set()
    for block, beginning in zip(listed, beginnings, strict=True):
        # Only what begins alike can be alike: folding all of a long text costs.
        folded = fold(block.text) if times[beginning] > 1 else ""
        if len(folded) < _LABEL_COPY or folded not in seen:
            kept.append(block)
            seen.add(folded)
    return kept


def _beginning(text: str) -> str:
    beginning = text[:_BEGINNING]
    return beginning.rstrip().casefold() if beginning.isascii() else fold(beginning)
