"""Positions of blocks: the containers around them, and which of those holds the text.

Blocks share what is around them. It is found once for each home, the container around that of a
block (a paragraph is a container of its own), and handed to the blocks by the home's number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container
from newscrawl.extraction.body.block_features import DEPTH, LINK_SHARE, SIZE, Matrix

Integers = npt.NDArray[np.int64]
Spans = tuple[tuple[int, ...], tuple[int, ...]]
"""The firsts of some ranges, and their ends."""
Flags = npt.NDArray[np.bool_]

SIGNIFICANT = 60
"""A shorter block, in characters, says nothing of where the text is."""
LINKED = 0.4
"""Nor does a block of which so much is links."""
_WEIGHTIEST = 400  # characters; a longer block has no more votes
_PARAGRAPHS = frozenset({"p", "li", "blockquote", "h2", "h3"})
_NO_TEXT = chrome.CHROME | chrome.CAPTION | chrome.LEGAL | chrome.BIOGRAPHY | chrome.HIDDEN


@dataclass(frozen=True, slots=True)
class Places:
    """Positions of the candidate blocks, as arrays with one number for each block."""

    index: Integers
    """The block's number among all blocks of the page; all other numbers are of candidates."""
    first: Integers
    """The first block of its container, and the first one after that:"""
    after: Integers
    flags: Integers
    """Flags of all that the block lies in, and of its container alone:"""
    own: Integers
    articles: Integers
    home: Integers
    """The number of its home."""
    homes: list[Container]

    @classmethod
    def of(cls, listed: list[Block]) -> Places:
        """Return the places of candidate blocks, in order."""
        numbers: dict[Container, int] = {}
        rows: list[int] = []
        for block in listed:
            container = block.container
            home = numbers.setdefault(container.parent or container, len(numbers))
            rows += (
                block.index, container.start, container.end, block.flags, container.own,
                container.articles, home,
            )  # fmt: skip
        columns = np.ascontiguousarray(np.array(rows, dtype=np.int64).reshape(-1, 7).T)
        columns[1:3] = columns[0].searchsorted(columns[1:3])
        index, first, after, flags, own, articles, home = columns
        return cls(index, first, after, flags, own, articles, home, [*numbers])

    def spans(self, of_home: Callable[[Container], Spans]) -> tuple[Integers, Integers]:
        """Return the firsts and the ends of the ranges of blocks that a function names for a home.

        Both have the shape (n, homes).
        """
        spans = np.array([of_home(home) for home in self.homes])
        first, after = self.index.searchsorted(spans.transpose(1, 2, 0))
        return first, after


@dataclass(frozen=True, slots=True)
class Trunks:
    """Two containers that may hold the text; numbers of them have the shape (2, 1)."""

    containers: tuple[Container, Container]
    depth: Integers
    first: Integers
    """The first block inside, and the first one after that:"""
    after: Integers

    def inside(self, places: Places) -> Flags:
        """Return whether each block is inside each of the two containers: shape (2, blocks)."""
        index = np.arange(len(places.index))
        inside: Flags = (index >= self.first) & (index < self.after)
        return inside

    def branches(self, places: Places, columns: Matrix) -> tuple[Integers, Integers]:
        """Return the block range of the child that each block lies in; 0, 0 outside.

        A paragraph is a branch of one block; a box inside the text is one of several.
        """
        best, second = self.containers
        firsts, afters = places.spans(lambda home: _branches(home, best, second))
        # A block whose home is the trunk is, in its own container, a branch itself.
        is_home = np.array([[home is trunk for home in places.homes] for trunk in (best, second)])
        is_branch = is_home[:, places.home] & (columns[DEPTH] > self.depth)
        return (
            np.where(is_branch, places.first, firsts[:, places.home]),
            np.where(is_branch, places.after, afters[:, places.home]),
        )


def _branches(home: Container, best: Container, second: Container) -> Spans:
    first = _branch(home, best)
    other = first if best is second else _branch(home, second)
    return (first[0], other[0]), (first[1], other[1])


def _branch(home: Container, trunk: Container) -> tuple[int, int]:
    if home.depth <= trunk.depth or not trunk.start <= home.start < trunk.end:
        return 0, 0
    branch = home
    while branch.parent is not None and branch.parent is not trunk:
        branch = branch.parent
    return branch.start, branch.end


def find_trunks(blocks: Blocks, listed: list[Block], places: Places, columns: Matrix) -> Trunks:
    """Return the container that paragraphs vote for, and the one that holds most of their text.

    A vote counts less the further out it goes, for the second of the two the more so.
    """
    voters = np.flatnonzero((columns[SIZE] >= SIGNIFICANT) & (columns[LINK_SHARE] <= LINKED))
    weights = np.minimum(columns[SIZE][voters], _WEIGHTIEST).astype(np.float64)
    weights[places.flags[voters] & _NO_TEXT != 0] *= 0.2
    votes: dict[Container, tuple[float, float]] = {}
    for position, weight in zip(voters.tolist(), weights.tolist(), strict=True):
        container = listed[position].container
        before = votes.get(container, (0.0, 0.0))
        votes[container] = before[0] + weight, before[1] + weight
    found = _winners(votes, blocks.containers[0])
    numbers = np.array([[(c.depth, c.start, c.end)] for c in found]).T
    first, after = places.index.searchsorted(numbers[1:])
    return Trunks(found, numbers[0].T, first.T, after.T)


def _winners(
    votes: dict[Container, tuple[float, float]], body: Container
) -> tuple[Container, Container]:
    """Pass the votes on, from the innermost containers outwards."""
    best, second = body, body
    most = broadest = 0.0
    for container in sorted(_with_ancestors(votes), key=attrgetter("index"), reverse=True):
        near, broad = votes[container]
        if container.tag not in _PARAGRAPHS:
            # Of several that are alike the first one counts, which comes last.
            if near >= most:
                best, most = container, near
            if broad >= broadest:
                second, broadest = container, broad
            near *= 0.6
            broad *= 0.6
        if (parent := container.parent) is not None:
            before = votes.get(parent, (0.0, 0.0))
            votes[parent] = before[0] + near, before[1] + 0.9 * broad
    return best, second


def _with_ancestors(containers: dict[Container, tuple[float, float]]) -> set[Container]:
    found: set[Container] = set()
    for container in containers:
        outer: Container | None = container
        while outer is not None and outer not in found:
            found.add(outer)
            outer = outer.parent
    return found
