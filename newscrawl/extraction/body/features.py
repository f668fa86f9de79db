"""Features of each text block, for the body's classifier.

Python gathers a few counts a block; everything that compares blocks is numpy over all of them.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container
from newscrawl.extraction.body.block_features import (
    BOX_LABELS,
    DEPTH,
    ENDING_LABEL,
    LINK_SHARE,
    MEASURES,
    NEIGHBOUR_COLUMNS,
    PARAGRAPH,
    SENTENCE_END,
    SIZE,
    TAG,
    Matrix,
    PageHints,
    measure,
)
from newscrawl.extraction.body.context import Layout
from newscrawl.extraction.body.layout_features import (
    LINKED,
    SIGNIFICANT,
    Integers,
    Places,
    Spans,
    Trunks,
    find_trunks,
)
from newscrawl.extraction.body.marks import MARKS, find_marks, measure_marks

_FLAG_BITS = 20
_LONG_TEXT = 250
_CHROME_FLAGS = tuple(1 << bit for bit in range(_FLAG_BITS) if chrome.CHROME & 1 << bit)
_WIDE = 0.6
_MAX_BLOCKS = 3000
# Few pages are longer, and nothing can be learned from them: as far as this, and no further.
_FAR = 25  # paragraphs
_MANY = 500  # blocks
_MUCH = 30_000  # characters
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LINK_ALONE = 0.95
_LINK_LENGTH = 250
_LINKED_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "li"})

# The columns: a block by itself, what is around it, what is set as it is, its place, its
# neighbours, its flags.
_AROUND = MEASURES
_ALIKE = _AROUND + 20
_PLACE = _ALIKE + 4
_NEAR = _PLACE + 25
_FLAGS = _NEAR + 4 * NEIGHBOUR_COLUMNS
_MARKS = _FLAGS + 3 * _FLAG_BITS
_TAGS = _MARKS + MARKS
_TAG_BITS = {
    tag: 1 << bit
    for bit, tags in enumerate(
        ("aside", "figure figcaption", "header", "footer nav menu", "form fieldset", "table",
         "ul ol dl", "section", "blockquote", "details dialog", "article", "main")
    )
    for tag in tags.split()
}  # fmt: skip
_TAG_ROWS = 12
_SIBLINGS = _TAGS + _TAG_ROWS
FEATURES = _SIBLINGS + 4

Floats = npt.NDArray[np.float64]


def candidate_blocks(blocks: Blocks) -> list[Block]:
    """Return the blocks that could be body: the rest is left out unread.

    Those are chrome that is mostly links, and lines that only link to another page.
    """
    linked = chrome.CHROME & ~_page_wide(blocks.blocks)
    return [
        block
        for block in blocks.blocks
        if not (block.link_chars and is_link_alone(block))
        and not (block.flags & linked and block.link_chars * 2 > len(block.text))
    ][:_MAX_BLOCKS]


def is_link_alone(block: Block) -> bool:
    """Whether a block is one link and nothing else; a heading may be, and an item of a list."""
    size = len(block.text)
    return (
        block.links == 1
        and block.link_chars >= _LINK_ALONE * size
        and size <= _LINK_LENGTH
        and block.tag not in _LINKED_TAGS
    )


def _page_wide(listed: list[Block]) -> int:
    """Return the flags of most of the page's running text: what a wrapper is called, not a box."""
    sizes: dict[int, int] = {}
    for block in listed:
        size = len(block.text)
        if size > _LONG_TEXT and block.link_chars * 2 < size:
            sizes[block.flags] = sizes.get(block.flags, 0) + size
    least = _WIDE * sum(sizes.values())
    return sum(
        [
            flag
            for flag in _CHROME_FLAGS
            if sum([size for flags, size in sizes.items() if flags & flag]) > least
        ]
    )


def block_features(blocks: Blocks, listed: list[Block], hints: PageHints) -> tuple[Matrix, Layout]:
    """Return an array of shape (candidates, features), float32, and the layout of the blocks.

    ``listed`` are the candidate blocks of the page, in order.
    """
    # A row for each feature: they are made one by one, and the forest asks for them so.
    columns = np.empty((FEATURES, len(listed)), dtype=np.float32)
    measure(listed, hints, columns[:MEASURES])
    places = Places.of(listed)
    trunks = find_trunks(blocks, listed, places, columns)
    sums = _running_sums(columns)
    _surroundings(places, sums, columns[_AROUND:_ALIKE])
    _alike(listed, places, columns, columns[_ALIKE:_PLACE])
    marks = find_marks(listed, columns)
    _place(blocks, listed, places, trunks, marks.first, sums[0], columns)
    _neighbours(columns[:NEIGHBOUR_COLUMNS], columns[_NEAR:_FLAGS])
    _flag_bits(places, trunks, columns, columns[_FLAGS:_MARKS])
    measure_marks(listed, marks, columns, columns[_MARKS:_TAGS])
    _tag_bits(listed, places, columns[_TAGS:_SIBLINGS])
    _siblings(blocks, places, columns[_SIBLINGS:])
    return columns.T, Layout.of(listed, places, marks)


def _running_sums(columns: Matrix) -> Floats:
    """Return how much there is before each block and after the last: text, links, prose, blocks."""
    sums = np.zeros((4, columns.shape[1] + 1))
    size, linked, prose, number = sums[:, 1:]
    size[:] = columns[SIZE]
    np.multiply(size, columns[LINK_SHARE], out=linked)
    np.multiply(size, (columns[TAG] == PARAGRAPH) & (columns[LINK_SHARE] < LINKED), out=prose)
    number[:] = 1
    return np.add.accumulate(sums, axis=1, out=sums)


def _surroundings(places: Places, sums: Floats, out: Matrix) -> None:
    """Sum up the container of each block and the three around it."""
    total = max(sums[0, -1], 1)
    out[:5] = _summary(sums[:, places.after] - sums[:, places.first], total)
    first, after = places.spans(_spans)
    outer = _summary(sums[:, after] - sums[:, first], total)
    out[5:].reshape(3, 5, -1)[:] = outer.swapaxes(0, 1)[:, :, places.home]


def _summary(inside: Floats, total: float) -> Matrix:
    """Return five numbers for each of the containers whose four sums are given."""
    summary = np.empty((5, *inside.shape[1:]), dtype=np.float32)
    summary[:4] = inside
    summary[1:3] /= np.maximum(summary[0], 1)
    np.divide(inside[0], total, out=summary[4])
    return summary


def _spans(home: Container) -> Spans:
    """Return where a container and the two around it begin and end."""
    second = home.parent or home
    third = second.parent or second
    return (home.start, second.start, third.start), (home.end, second.end, third.end)


def _alike(listed: list[Block], places: Places, columns: Matrix, out: Matrix) -> None:
    """Sum up all blocks that are set in the same way in the same place."""
    size = columns[SIZE].astype(np.float64)
    linked = size * columns[LINK_SHARE]
    numbers: dict[tuple[str, int, int], int] = {}
    settings = zip(
        [block.tag for block in listed], places.own.tolist(), places.home.tolist(), strict=True
    )
    alike = np.array([numbers.setdefault(setting, len(numbers)) for setting in settings])
    chars = np.bincount(alike, size)
    out[0] = chars[alike]
    out[1] = np.bincount(alike)[alike]
    out[2] = (np.bincount(alike, linked) / np.maximum(chars, 1))[alike]
    texts = [block.text for block in listed]
    if len(set(texts)) == len(texts):
        out[3] = 1
    else:
        repeats = Counter(texts)
        out[3] = [repeats[text] for text in texts]


def _place(
    blocks: Blocks,
    listed: list[Block],
    places: Places,
    trunks: Trunks,
    heading: int,
    running: Floats,
    columns: Matrix,
) -> None:
    """Return the position of each block relative to the headline and the densest containers."""
    n = len(listed)
    index = np.arange(n)
    total = max(float(running[-1]), 1.0)
    out = columns[_PLACE:_NEAR]
    out[0] = index / n
    out[1] = min(n, _MANY)
    out[2] = min(total, _MUCH)
    out[3] = index - heading
    _against(trunks, places, running, columns, out[4:18])
    texty = columns[SIZE] > SIGNIFICANT
    texty &= columns[LINK_SHARE] < LINKED
    texty &= columns[SENTENCE_END] > 0
    seen = np.add.accumulate(texty, dtype=np.int64)
    out[18] = np.minimum(seen, _FAR)
    out[19] = np.minimum(seen[-1] - seen, _FAR)
    out[20] = seen / max(seen[-1], 1)
    out[21] = places.articles
    out[22] = _pictures_before(blocks, places.index)
    out[23] = _under_label(listed, columns)
    out[24] = _under_ending(listed, columns)


def _against(trunks: Trunks, places: Places, running: Floats, columns: Matrix, out: Matrix) -> None:
    """Return the position of each block relative to the two containers that may hold the text."""
    index = np.arange(len(places.index))
    size = np.maximum(running[trunks.after] - running[trunks.first], 1)
    first, after = trunks.branches(places, columns)
    about = out.reshape(2, 7, -1).swapaxes(0, 1)
    about[0] = trunks.inside(places)
    about[1] = index - trunks.first
    about[2] = trunks.after - index
    about[3] = size / running[-1]
    about[4] = columns[DEPTH] - trunks.depth
    about[5] = after - first
    about[6] = (running[after] - running[first]) / size


def _pictures_before(blocks: Blocks, index: Integers) -> Integers | int:
    """Return how many pictures stand right before each block."""
    if not blocks.images:
        return 0
    positions = np.array([placed.position for placed in blocks.images])
    counts: Integers = np.bincount(positions, minlength=len(blocks.blocks) + 1)[index]
    return counts


def _under_label(listed: list[Block], columns: Matrix) -> list[int] | int:
    """Return for each block how far above it a label such as "Most read" stands.

    The label holds until a block of running text, or out of the container around it.
    """
    labelled: list[bool] = np.logical_or.reduce(columns[BOX_LABELS]).tolist()
    if True not in labelled:
        return 0
    texty = ((columns[SIZE] > _LONG_TEXT) & (columns[LINK_SHARE] < 0.3)).tolist()
    distances: list[int] = []
    since, end = 0, -1
    for block, is_label, is_text in zip(listed, labelled, texty, strict=True):
        if is_label:
            parent = block.container.parent or block.container
            since, end = 1, parent.end
        elif is_text or block.index >= end:
            since, end = 0, -1
        elif since:
            since += 1
        distances.append(since)
    return distances


def _under_ending(listed: list[Block], columns: Matrix) -> list[int] | int:
    """Return for each block how far above it a line such as "References" stands.

    It holds until the next heading, or out of the container around the one that holds it.
    """
    if not columns[ENDING_LABEL].any():
        return 0
    distances: list[int] = []
    since, end = 0, -1
    for block, is_ending in zip(listed, columns[ENDING_LABEL].tolist(), strict=True):
        if is_ending:
            parent = block.container.parent or block.container
            since, end = 1, (parent.parent or parent).end
        elif since and (block.index >= end or block.tag in _HEADINGS):
            since, end = 0, -1
        elif since:
            since += 1
        distances.append(min(since, _FAR))
    return distances


def _neighbours(own: Matrix, out: Matrix) -> None:
    """Copy the first columns of the two blocks before and the two after; -1 past the ends."""
    out[:] = -1
    before_last, before, after, after_next = out.reshape(4, *own.shape)
    before_last[:, 2:] = own[:, :-2]
    before[:, 1:] = own[:, :-1]
    after[:, :-1] = own[:, 1:]
    after_next[:, :-2] = own[:, 2:]


def _flag_bits(places: Places, trunks: Trunks, columns: Matrix, out: Matrix) -> None:
    """Spread out the flags: of all above a block, those next to it, those inside the trunk.

    What a wrapper of the whole page is called says little; what a box inside the text is called
    says nearly all.
    """
    trunk = trunks.containers[1]
    known: dict[Container, int] = {trunk: 0}
    homes = [[home.own for home in places.homes], [_flags_within(h, known) for h in places.homes]]
    flags = np.empty((3, len(places.index)), dtype="<u4")
    flags[0] = places.flags
    flags[1:] = np.array(homes)[:, places.home] | places.own
    flags[2, trunks.inside(places)[1] & (columns[DEPTH] == trunk.depth)] = 0
    bits = np.unpackbits(flags.view(np.uint8), axis=1, bitorder="little").reshape(3, -1, 32)
    out.reshape(3, _FLAG_BITS, -1)[:] = bits[:, :, :_FLAG_BITS].swapaxes(1, 2)


def _flags_within(container: Container, known: dict[Container, int]) -> int:
    # A loop: a page may be nested deeper than Python may call itself.
    path: list[Container] = []
    while (flags := known.get(container)) is None:
        path.append(container)
        if container.parent is None:
            flags = 0
            break
        container = container.parent
    for inner in reversed(path):
        flags = known[inner] = inner.own | flags
    return flags


def _tag_bits(listed: list[Block], places: Places, out: Matrix) -> None:
    """Say of each block in which elements it lies, whatever these are called."""
    known: dict[Container, int] = {}
    homes = np.array([_tags_around(home, known) for home in places.homes], dtype="<u2")
    own = np.array([_TAG_BITS.get(block.tag, 0) for block in listed], dtype="<u2")
    bits = homes[places.home] | own
    out[:] = (bits >> np.arange(_TAG_ROWS, dtype="<u2")[:, None]) & 1


def _tags_around(container: Container, known: dict[Container, int]) -> int:
    path: list[Container] = []
    outer: Container | None = container
    while outer is not None and outer not in known:
        path.append(outer)
        outer = outer.parent
    bits = known[outer] if outer is not None else 0
    for inner in reversed(path):
        bits = known[inner] = bits | _TAG_BITS.get(inner.tag, 0)
    return bits


def _siblings(blocks: Blocks, places: Places, out: Matrix) -> None:
    """Say how often the boxes around each block repeat: entries of a thread, cards of a list.

    Of the box that has most neighbours of its tag with as much as two blocks inside: how many there
    are, the block's distance from the first block of its own, the size of its own, its depth.
    """
    alike: dict[tuple[int, str], int] = {}
    for container in blocks.containers:
        if container.end - container.start > 1 and container.parent is not None:
            key = container.parent.index, container.tag
            alike[key] = alike.get(key, 0) + 1
    known: dict[Container, tuple[int, int, int, int]] = {}
    homes = np.array([_most_alike(home, alike, known) for home in places.homes]).T
    count, start, end, depth = homes[:, places.home]
    out[0] = np.minimum(count, _FAR)
    out[1] = np.minimum(places.index - start, _FAR)
    out[2] = np.minimum(end - start, 2 * _FAR)
    out[3] = depth


def _most_alike(
    container: Container,
    alike: dict[tuple[int, str], int],
    known: dict[Container, tuple[int, int, int, int]],
) -> tuple[int, int, int, int]:
    path: list[Container] = []
    outer: Container | None = container
    while outer is not None and outer not in known:
        path.append(outer)
        outer = outer.parent
    found = known[outer] if outer is not None else (1, 0, 0, 0)
    for inner in reversed(path):
        if inner.parent is not None and inner.end - inner.start > 1:
            count = alike[inner.parent.index, inner.tag]
            if count >= found[0] and count > 1:
                found = count, inner.start, inner.end, inner.depth
        known[inner] = found
    return found
