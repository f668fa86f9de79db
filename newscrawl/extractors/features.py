"""What can be measured of each text block: the numbers that the body's classifier judges by.

Python gathers a few counts a block; everything that compares blocks is numpy over all of them.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks, Container
from newscrawl.extractors.measures import (
    DEPTH,
    IS_PARAGRAPH,
    LABELS,
    NEIGHBOUR_COLUMNS,
    SENTENCE_END,
    Matrix,
    PageHints,
    measure,
)

_FLAG_BITS = 17
_SIGNIFICANT = 60
_LONG_TEXT = 250
_NEVER = chrome.COMMENTS | chrome.BIOGRAPHY
_LINKED = chrome.CHROME
_MAX_BLOCKS = 3000


def candidate_blocks(blocks: Blocks) -> list[Block]:
    """Return the blocks that could be body: comments and linked chrome are left out unread."""
    return [
        block
        for block in blocks.blocks
        if not block.flags & _NEVER
        and not (block.flags & _LINKED and block.link_chars * 2 > len(block.text))
    ][:_MAX_BLOCKS]


def block_features(blocks: Blocks, listed: list[Block], hints: PageHints) -> Matrix:
    """Return an array of shape (candidates, features), float32.

    ``listed`` are the candidate blocks of the page, in order.
    """
    raw = measure(listed, hints)
    best, second = _densest(blocks, listed, raw)
    around = _surroundings(listed, raw)
    place = _place(blocks, listed, raw, (best, second))
    own = np.concatenate([raw, around, place], axis=1)
    near = _neighbours(own[:, :NEIGHBOUR_COLUMNS])
    return np.concatenate([own, near, _flag_bits(listed, second)], axis=1, dtype=np.float32)


def _flag_bits(listed: list[Block], trunk: Container) -> Matrix:
    """Return the flags as columns: all above a block, those next to it, those inside the trunk.

    What a wrapper of the whole page is called says little; what a box inside the text is called
    says nearly all.
    """
    inside: dict[Container, int] = {trunk: 0}
    flags = np.array(
        [
            (b.flags, b.container.own | _parent_own(b), _flags_within(b.container, inside))
            for b in listed
        ],
        dtype=np.int64,
    )
    bits = (flags[:, :, None] >> np.arange(_FLAG_BITS)) & 1
    return bits.reshape(len(listed), -1).astype(np.float32)


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


def _parent_own(block: Block) -> int:
    parent = block.container.parent
    return parent.own if parent is not None else 0


def _surroundings(listed: list[Block], raw: Matrix) -> Matrix:
    """Sum up the containers around each block, and all blocks that are set in the same way."""
    size, link_share = raw[:, 0], raw[:, 1]
    paragraphs = raw[:, IS_PARAGRAPH] * size * (link_share < 0.4)
    sums = np.zeros((len(listed) + 1, 4), dtype=np.float64)
    np.cumsum(
        np.stack([size, size * link_share, paragraphs, np.ones_like(size)], axis=1),
        axis=0,
        out=sums[1:],
    )
    total = np.maximum(sums[-1], 1)
    columns = []
    positions = np.array([block.index for block in listed])
    spans = np.searchsorted(positions, np.array([_spans(b) for b in listed])).reshape(-1, 4, 2)
    for level in range(4):
        inside = sums[spans[:, level, 1]] - sums[spans[:, level, 0]]
        columns += [
            np.log1p(inside[:, 0]),
            inside[:, 1] / np.maximum(inside[:, 0], 1),
            inside[:, 2] / np.maximum(inside[:, 0], 1),
            np.log1p(inside[:, 3]),
            inside[:, 0] / total[0],
        ]
    signatures = [_signature(block) for block in listed]
    chars: Counter[str] = Counter()
    links: Counter[str] = Counter()
    number: Counter[str] = Counter(signatures)
    for signature, block_size, share in zip(
        signatures, size.tolist(), link_share.tolist(), strict=True
    ):
        chars[signature] += block_size
        links[signature] += block_size * share
    same_chars = np.array([chars[s] for s in signatures])
    columns += [
        np.log1p(same_chars),
        same_chars / total[0],
        np.log1p(np.array([number[s] for s in signatures])),
        np.array([links[s] for s in signatures]) / np.maximum(same_chars, 1),
    ]
    repeats = Counter(block.text for block in listed)
    columns.append(np.array([repeats[b.text] for b in listed], dtype=np.float64))
    return np.stack(columns, axis=1).astype(np.float32)


def _spans(block: Block) -> list[int]:
    spans: list[int] = []
    container = block.container
    for _ in range(4):
        spans += (container.start, container.end)
        container = container.parent or container
    return spans


def _signature(block: Block) -> str:
    parent = block.container.parent
    return f"{block.tag} {block.container.own} {parent.index if parent is not None else 0}"


def _place(
    blocks: Blocks, listed: list[Block], raw: Matrix, dense: tuple[Container, Container]
) -> Matrix:
    """Where each block stands against the headline and the densest container."""
    n = len(listed)
    index = np.arange(n)
    heading = next(
        (i for i, b in enumerate(listed) if b.tag == "h1" and not b.flags & chrome.NAVIGATION), None
    )
    if heading is None:
        heading = next((i for i, b in enumerate(listed) if b.tag == "h1"), -1)
    positions = np.array([block.index for block in listed])
    total = max(float(raw[:, 0].sum()), 1.0)
    columns = [
        index / n,
        np.full(n, np.log1p(n)),
        np.full(n, np.log1p(total)),
        np.full(n, heading >= 0),
        _signed_log(index - heading),
    ]
    running = np.concatenate([[0.0], np.cumsum(raw[:, 0], dtype=np.float64)])
    for container in dense:
        start, end = np.searchsorted(positions, (container.start, container.end))
        size = max(float(running[end] - running[start]), 1.0)
        branches = np.searchsorted(positions, _branches(listed, container)).reshape(-1, 2)
        branch_size = running[branches[:, 1]] - running[branches[:, 0]]
        columns += [
            (index >= start) & (index < end),
            _signed_log(index - start),
            _signed_log(end - index),
            np.full(n, size / total),
            raw[:, DEPTH] - container.depth,
            np.log1p(branches[:, 1] - branches[:, 0]),
            branch_size / size,
        ]
    texty = (raw[:, 0] > _SIGNIFICANT) & (raw[:, 1] < 0.4) & (raw[:, SENTENCE_END] > 0)
    seen = np.cumsum(texty)
    columns += [seen, seen[-1] - seen, seen / max(seen[-1], 1)]
    last = np.maximum.accumulate(np.where(texty, index, -1))
    following = np.minimum.accumulate(np.where(texty, index, n)[::-1])[::-1]
    columns += [np.log1p(index - last), np.log1p(following - index)]
    columns.append(np.array([b.container.articles for b in listed]))
    pictures = np.array(sorted(placed.position for placed in blocks.images), dtype=np.int64)
    columns += [
        np.searchsorted(pictures, positions, "right") - np.searchsorted(pictures, positions),
        np.searchsorted(pictures, positions + 1, "right")
        - np.searchsorted(pictures, positions + 1),
    ]
    columns += _under_label(listed, raw)
    return np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1)


def _branches(listed: list[Block], trunk: Container) -> npt.NDArray[np.int64]:
    """Return the block range of the child of ``trunk`` that each block lies in; 0, 0 outside.

    A paragraph is a branch of one block; a box inside the text is one of several.
    """
    ranges: list[tuple[int, int]] = []
    known: dict[Container, tuple[int, int]] = {}
    for block in listed:
        place = block.container
        if not trunk.start <= block.index < trunk.end or place is trunk:
            ranges.append((0, 0))
            continue
        found = known.get(place)
        if found is None:
            branch = place
            while branch.parent is not None and branch.parent is not trunk:
                branch = branch.parent
            found = known[place] = (branch.start, branch.end)
        ranges.append(found)
    return np.array(ranges, dtype=np.int64)


def _under_label(listed: list[Block], raw: Matrix) -> list[npt.NDArray[np.float64]]:
    """Say of each block how far above it a label of a box stands ("Most read", "Subscribe now").

    The label holds until a block of running text, or out of the container around it.
    """
    labelled: list[bool] = (raw[:, LABELS].sum(axis=1) > 0).tolist()
    texty = ((raw[:, 0] > _LONG_TEXT) & (raw[:, 1] < 0.3)).tolist()
    distances: list[float] = []
    since, end = 0, -1
    for block, is_label, is_text in zip(listed, labelled, texty, strict=True):
        if is_label:
            parent = block.container.parent or block.container
            since, end = 1, parent.end
        elif is_text or block.index >= end:
            since, end = 0, -1
        elif since:
            since += 1
        distances.append(float(since))
    return [np.array(distances)]


def _signed_log(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.sign(distance) * np.log1p(np.abs(distance))


def _densest(blocks: Blocks, listed: list[Block], raw: Matrix) -> tuple[Container, Container]:
    """Return the container that paragraphs vote for, and the one that holds most of their text."""
    votes: dict[Container, float] = {}
    broad: dict[Container, float] = {}
    out = chrome.CHROME | chrome.CAPTION | chrome.LEGAL | chrome.BIOGRAPHY | chrome.HIDDEN
    for block, (size, link_share) in zip(listed, raw[:, :2].tolist(), strict=True):
        if size < _SIGNIFICANT or link_share > 0.4:
            continue
        weight = float(min(size, 400)) * (0.2 if block.flags & out else 1.0)
        for container in block.container.ancestors():
            if container.tag in ("p", "li", "blockquote", "h2", "h3"):
                continue
            votes[container] = votes.get(container, 0.0) + weight
            broad[container] = broad.get(container, 0.0) + weight * 0.9 ** (
                block.container.depth - container.depth
            )
            weight *= 0.6
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
