"""How good a body is likely to be: the F1 that is to be expected of it.

A small forest judges the choice as a whole: how sure the scores were, how much of the page was
taken and from where, and whether the page's own description, ``articleBody`` and word count agree.
It learned from bodies of publishers that the scores had not learned from.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

import numpy as np

from newscrawl.extraction.blocks import Block
from newscrawl.extraction.body.block_features import SENTENCE_ENDS, Matrix
from newscrawl.extraction.forest import Forest
from newscrawl.page.metadata import plain
from newscrawl.page.page import Page
from newscrawl.text.cleaning import words

WEIGHTS = "confidence.npz"
_LONG = 200
_LONGEST_COUNT = 7  # digits of a word count
_SAMPLE = 60
"""So many of the body's blocks are compared with what the page says of itself."""
_WORD = 4  # letters; shorter words are in every text
_HEADINGS = frozenset({"h1", "h2", "h3"})


@cache
def _forest() -> Forest:
    with as_file(files(__package__) / WEIGHTS) as path:
        return Forest.load(path)


def body_confidence(measures: Matrix, forest: Forest | None = None) -> float:
    """Return the F1 to be expected, 0 to 1 in steps of 0.001, given `body_measures`."""
    expected = float((forest or _forest()).sums(measures)[0])
    return round(min(max(expected, 0.0), 1.0), 3)


def body_measures(
    page: Page, listed: list[Block], scores: Matrix, chosen: list[Block], headline: str | None
) -> Matrix:
    """Return an array of shape (1, measures), float32, about a body and the scores behind it."""
    taken = {block.index for block in chosen}
    mask = np.array([block.index in taken for block in listed], dtype=bool)
    sizes = np.array([len(block.text) for block in listed], dtype=np.float64)
    row = [*_of_scores(scores.astype(np.float64), sizes, mask)]
    row += _of_place(listed, sizes, mask)
    row += _of_text(chosen)
    row += _of_claims(page, chosen, headline)
    return np.array([row], dtype=np.float32)


def _of_scores(
    p: np.typing.NDArray[np.float64],
    sizes: np.typing.NDArray[np.float64],
    mask: np.typing.NDArray[np.bool_],
) -> list[float]:
    total = max(float(sizes.sum()), 1.0)
    taken = float(sizes[mask].sum())
    likely = float((p * sizes).sum())
    gained = float((p * sizes)[mask].sum())
    doubt = float((np.minimum(p, 1 - p) * sizes).sum())
    left = (p * sizes)[~mask]
    long_left = ~mask & (sizes > _LONG)
    long_taken = mask & (sizes > _LONG)
    return [
        2 * gained / max(taken + likely, 1.0),
        gained / max(taken, 1.0),
        gained / max(likely, 1.0),
        doubt / max(likely, 1.0),
        float(np.log1p(likely)),
        float(np.log1p(taken)),
        taken / total,
        float(left.max(initial=0.0)) / max(likely, 1.0),
        float(p[long_left].max(initial=0.0)),
        float(p[long_taken].min(initial=1.0)),
        float((p[mask] < 0.7).mean()) if mask.any() else 1.0,
        float(np.log1p(sizes[long_left].sum())),
        float(long_left.sum()),
        float(long_taken.sum()),
    ]


def _of_place(
    listed: list[Block],
    sizes: np.typing.NDArray[np.float64],
    mask: np.typing.NDArray[np.bool_],
) -> list[float]:
    places = np.flatnonzero(mask)
    if not len(places):
        return [-1.0] * 8
    first, last = int(places[0]), int(places[-1])
    amid = float(sizes[first : last + 1][~mask[first : last + 1]].sum())
    taken = float(sizes[mask].sum())
    heading = next((n for n, block in enumerate(listed) if block.tag == "h1"), -1)
    parents = {id(listed[place].container.parent) for place in places.tolist()}
    runs = int((np.diff(places) > 1).sum())
    return [
        amid / max(taken, 1.0),
        float(runs),
        float(len(parents)),
        float(first - heading) if heading >= 0 else -100.0,
        float(first) / len(listed),
        float(last) / len(listed),
        float(sum(block.tag in _HEADINGS for block in listed[first:last])),
        float(sum(block.tag == "h1" for block in listed)),
    ]


def _of_text(chosen: list[Block]) -> list[float]:
    lengths = [len(block.text) for block in chosen]
    size = max(sum(lengths), 1)
    count = max(len(chosen), 1)
    return [
        float(len(chosen)),
        size / count,
        float(max(lengths, default=0)),
        sum([block.link_chars for block in chosen]) / size,
        sum([block.text[-1] in SENTENCE_ENDS for block in chosen]) / count,
        sum([block.tag == "li" for block in chosen]) / count,
    ]


def _of_claims(page: Page, chosen: list[Block], headline: str | None) -> list[float]:
    """Compare a body with what the page says of its article; -1 where it says nothing."""
    # Words of claims alone are looked up: what is shorter than those is left in.
    found = set(words(" ".join([block.text for block in chosen[:_SAMPLE]])))
    description = " ".join(page.metadata.all("og:description", "description"))
    stated = [words(body) for node in page.articles if (body := plain(node.get("articleBody")))]
    length = max(map(len, stated), default=0)
    counts = [_number(node.get("wordCount")) for node in page.articles]
    claimed = max(counts, default=0)
    known = length or claimed
    count = sum([len(block.text.split()) for block in chosen]) if known else 0
    return [
        _share(description, found),
        _share(headline or "", found),
        count / length if length else -1.0,
        count / claimed if claimed else -1.0,
    ]


def _share(claim: str, found: set[str]) -> float:
    claimed = {word for word in words(claim) if len(word) >= _WORD}
    return len(claimed & found) / len(claimed) if claimed else -1.0


def _number(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT else 0
