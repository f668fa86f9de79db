"""What can be measured of each text block: the numbers that the body's classifier judges by.

Python gathers a few counts a block; everything that compares blocks is numpy over all of them.
"""

from __future__ import annotations

from collections import Counter
from struct import Struct

import numpy as np
import numpy.typing as npt

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks, Container
from newscrawl.extractors.measures import (
    DEPTH,
    ENDING_LABEL,
    IS_PARAGRAPH,
    LABELS,
    NEIGHBOUR_COLUMNS,
    SENTENCE_END,
    Matrix,
    PageHints,
    measure,
)

_FLAG_BITS = 20
_BITS = np.left_shift(1, np.arange(_FLAG_BITS), dtype=np.int32)
_SIGNIFICANT = 60
_LONG_TEXT = 250
_NEVER = chrome.COMMENTS | chrome.BIOGRAPHY
_CHROME_FLAGS = tuple(1 << bit for bit in range(_FLAG_BITS) if chrome.CHROME & 1 << bit)
_WIDE = 0.6
_MAX_BLOCKS = 3000
# Few pages are longer, and nothing can be learned from them: as far as this, and no further.
_FAR = 25  # paragraphs
_MANY = 500  # blocks
_MUCH = 30_000  # characters
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3"})

Integers = npt.NDArray[np.int64]


def candidate_blocks(blocks: Blocks) -> list[Block]:
    """Return the blocks that could be body: comments and linked chrome are left out unread."""
    linked = chrome.CHROME & ~_page_wide(blocks.blocks)
    return [
        block
        for block in blocks.blocks
        if not block.flags & _NEVER
        and not (block.flags & linked and block.link_chars * 2 > len(block.text))
    ][:_MAX_BLOCKS]


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


def block_features(blocks: Blocks, listed: list[Block], hints: PageHints) -> Matrix:
    """Return an array of shape (candidates, features), float32.

    ``listed`` are the candidate blocks of the page, in order.
    """
    raw = measure(listed, hints)
    positions = np.array([block.index for block in listed])
    best, second = _densest(blocks, listed, raw)
    around = _surroundings(listed, raw, positions)
    place = _place(blocks, listed, raw, positions, (best, second))
    near = _neighbours(raw[:, :NEIGHBOUR_COLUMNS])
    return np.concatenate(
        [raw, around, place, near, _flag_bits(listed, second)], axis=1, dtype=np.float32
    )


def _flag_bits(listed: list[Block], trunk: Container) -> Matrix:
    """Return the flags as columns: all above a block, those next to it, those inside the trunk.

    What a wrapper of the whole page is called says little; what a box inside the text is called
    says nearly all.
    """
    inside: dict[Container, int] = {trunk: 0}
    rows: list[int] = []
    for block in listed:
        container = block.container
        parent = container.parent
        beside = container.own | parent.own if parent is not None else container.own
        rows += (block.flags, beside, inside.get(container) or _flags_within(container, inside))
    flags = np.array(rows, dtype=np.int32)[:, None]
    bits: Matrix = (flags & _BITS != 0).reshape(len(listed), -1).astype(np.float32)
    return bits


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


def _surroundings(listed: list[Block], raw: Matrix, positions: Integers) -> Matrix:
    """Sum up the containers around each block, and all blocks that are set in the same way."""
    count = len(listed)
    size, link_share = raw[:, 0].astype(np.float64), raw[:, 1].astype(np.float64)
    linked = size * link_share
    sums = np.zeros((count + 1, 4))
    prose = raw[:, IS_PARAGRAPH] * size * (link_share < 0.4)
    np.cumsum(np.stack([size, linked, prose, np.ones(count)], axis=1), axis=0, out=sums[1:])
    total = max(sums[-1, 0], 1)
    columns = np.empty((count, 25), dtype=np.float32)
    around = np.frombuffer(b"".join([_spans(block) for block in listed]), dtype=np.int64)
    spans = np.searchsorted(positions, around.reshape(count, 8))
    inside = sums[spans[:, 1::2]] - sums[spans[:, ::2]]  # (blocks, levels, sums)
    chars = np.maximum(inside[:, :, 0], 1)
    columns[:, 0:20:5] = np.log1p(inside[:, :, 0])
    columns[:, 1:20:5] = inside[:, :, 1] / chars
    columns[:, 2:20:5] = inside[:, :, 2] / chars
    columns[:, 3:20:5] = np.log1p(inside[:, :, 3])
    columns[:, 4:20:5] = inside[:, :, 0] / total
    numbers: dict[tuple[str, int, int], int] = {}
    alike = np.array([numbers.setdefault(_setting(b), len(numbers)) for b in listed])
    chars = np.bincount(alike, size)
    columns[:, 20] = np.log1p(chars)[alike]
    columns[:, 21] = (chars / total)[alike]
    columns[:, 22] = np.log1p(np.bincount(alike))[alike]
    columns[:, 23] = (np.bincount(alike, linked) / np.maximum(chars, 1))[alike]
    texts = [block.text for block in listed]
    repeats = Counter(texts)
    if len(repeats) == count:
        columns[:, 24] = 1
    else:
        columns[:, 24] = [repeats[text] for text in texts]
    return columns


_pack_spans = Struct("8q").pack


def _spans(block: Block) -> bytes:
    """Return where the container of a block and the three around it begin and end."""
    first = block.container
    second = first.parent or first
    third = second.parent or second
    fourth = third.parent or third
    return _pack_spans(
        first.start, first.end, second.start, second.end,
        third.start, third.end, fourth.start, fourth.end,
    )  # fmt: skip


def _setting(block: Block) -> tuple[str, int, int]:
    """Return what blocks have in common that are set in the same way in the same place."""
    parent = block.container.parent
    return block.tag, block.container.own, parent.index if parent is not None else 0


def _place(
    blocks: Blocks,
    listed: list[Block],
    raw: Matrix,
    positions: Integers,
    dense: tuple[Container, Container],
) -> Matrix:
    """Where each block stands against the headline and the densest container."""
    n = len(listed)
    index = np.arange(n)
    heading = _heading(listed)
    running = np.zeros(n + 1)
    np.cumsum(raw[:, 0], dtype=np.float64, out=running[1:])
    total = max(float(running[-1]), 1.0)
    columns = np.empty((n, 29), dtype=np.float32)
    columns[:, 0] = index / n
    columns[:, 1] = np.log1p(min(n, _MANY))
    columns[:, 2] = np.log1p(min(total, _MUCH))
    columns[:, 3] = heading >= 0
    columns[:, 4] = _signed_log(index - heading)
    column = 5
    for container in dense:
        start, end = np.searchsorted(positions, (container.start, container.end))
        size = max(float(running[end] - running[start]), 1.0)
        branches = np.searchsorted(positions, _branches(listed, container))
        first, after = branches[:, 0], branches[:, 1]
        columns[:, column] = (index >= start) & (index < end)
        columns[:, column + 1] = _signed_log(index - start)
        columns[:, column + 2] = _signed_log(end - index)
        columns[:, column + 3] = size / total
        columns[:, column + 4] = raw[:, DEPTH] - container.depth
        columns[:, column + 5] = np.log1p(after - first)
        columns[:, column + 6] = (running[after] - running[first]) / size
        column += 7
    texty = (raw[:, 0] > _SIGNIFICANT) & (raw[:, 1] < 0.4) & (raw[:, SENTENCE_END] > 0)
    seen = np.cumsum(texty)
    columns[:, 19] = np.minimum(seen, _FAR)
    columns[:, 20] = np.minimum(seen[-1] - seen, _FAR)
    columns[:, 21] = seen / max(seen[-1], 1)
    last = np.maximum.accumulate(np.where(texty, index, -1))
    following = np.minimum.accumulate(np.where(texty, index, n)[::-1])[::-1]
    columns[:, 22] = np.log1p(index - last)
    columns[:, 23] = np.log1p(following - index)
    columns[:, 24] = [block.container.articles for block in listed]
    pictures = np.array(sorted([placed.position for placed in blocks.images]), dtype=np.int64)
    reached = np.searchsorted(pictures, np.stack([positions, positions + 1]), "right")
    passed = np.searchsorted(pictures, np.stack([positions, positions + 1]))
    columns[:, 25:27] = (reached - passed).T
    columns[:, 27] = _under_label(listed, raw)
    columns[:, 28] = _under_ending(listed, raw)
    return columns


def _heading(listed: list[Block]) -> int:
    """Return the position of the first ``<h1>``, outside navigation if there is one; else -1."""
    headings = [position for position, block in enumerate(listed) if block.tag == "h1"]
    outside = [p for p in headings if not listed[p].flags & chrome.NAVIGATION]
    return next(iter(outside or headings), -1)


def _branches(listed: list[Block], trunk: Container) -> list[tuple[int, int]]:
    """Return the block range of the child of ``trunk`` that each block lies in; 0, 0 outside.

    A paragraph is a branch of one block; a box inside the text is one of several.
    """
    ranges: list[tuple[int, int]] = []
    known: dict[Container | None, tuple[int, int]] = {}
    first, after = trunk.start, trunk.end
    for block in listed:
        place = block.container
        if not first <= block.index < after or place is trunk:
            ranges.append((0, 0))
            continue
        parent = place.parent
        if parent is trunk:
            ranges.append((place.start, place.end))
            continue
        found = known.get(parent)
        if found is None:
            branch = place
            while branch.parent is not None and branch.parent is not trunk:
                branch = branch.parent
            found = known[parent] = (branch.start, branch.end)
        ranges.append(found)
    return ranges


def _under_label(listed: list[Block], raw: Matrix) -> list[int]:
    """Say of each block how far above it a label of a box stands ("Most read", "Subscribe now").

    The label holds until a block of running text, or out of the container around it.
    """
    labelled: list[bool] = (raw[:, LABELS].sum(axis=1) > 0).tolist()
    texty = ((raw[:, 0] > _LONG_TEXT) & (raw[:, 1] < 0.3)).tolist()
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


def _under_ending(listed: list[Block], raw: Matrix) -> list[int]:
    """Say of each block how far above it a line such as "References" stands.

    It holds until the next heading, or out of the container around the one that holds it.
    """
    if not raw[:, ENDING_LABEL].any():
        return [0] * len(listed)
    distances: list[int] = []
    since, end = 0, -1
    for block, is_ending in zip(listed, raw[:, ENDING_LABEL].tolist(), strict=True):
        if is_ending:
            parent = block.container.parent or block.container
            since, end = 1, (parent.parent or parent).end
        elif since and (block.index >= end or block.tag in _HEADINGS):
            since, end = 0, -1
        elif since:
            since += 1
        distances.append(min(since, _FAR))
    return distances


def _signed_log(distance: Integers) -> npt.NDArray[np.float64]:
    return np.sign(distance) * np.log1p(np.abs(distance))


def _densest(blocks: Blocks, listed: list[Block], raw: Matrix) -> tuple[Container, Container]:
    """Return the container that paragraphs vote for, and the one that holds most of their text.

    A vote counts less the further out it goes, for the second of the two far less so.
    """
    votes: dict[Container, float] = {}
    broad: dict[Container, float] = {}
    out = chrome.CHROME | chrome.CAPTION | chrome.LEGAL | chrome.BIOGRAPHY | chrome.HIDDEN
    voters = np.flatnonzero((raw[:, 0] >= _SIGNIFICANT) & (raw[:, 1] <= 0.4))
    sizes = np.minimum(raw[voters, 0], 400).tolist()
    for position, weight in zip(voters.tolist(), sizes, strict=True):
        block = listed[position]
        if block.flags & out:
            weight *= 0.2  # noqa: PLW2901 - it goes on to shrink
        nearness = 1.0
        container: Container | None = block.container
        while container is not None:
            if container.tag not in _PARAGRAPHS:
                votes[container] = votes.get(container, 0.0) + weight
                broad[container] = broad.get(container, 0.0) + weight * nearness
                weight *= 0.6  # noqa: PLW2901
            nearness *= 0.9
            container = container.parent
    body = blocks.containers[0]
    best = max(votes, key=votes.__getitem__, default=body)
    second = max(broad, key=broad.__getitem__, default=body)
    return best, second


def _neighbours(own: Matrix) -> Matrix:
    """Return the first columns of the two blocks before and the two after; -1 past the ends."""
    shifted = []
    for step in (-2, -1, 1, 2):
        moved = np.full_like(own, -1)
        if step < 0:
            moved[-step:] = own[:step]
        else:
            moved[:-step] = own[step:]
        shifted.append(moved)
    return np.concatenate(shifted, axis=1)
