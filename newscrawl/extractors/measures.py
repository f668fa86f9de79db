"""Each text block measured by itself: its length, links, punctuation and telling words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newscrawl.extractors.blocks import Block
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.phrases import (
    is_about_line,
    is_chrome_line,
    is_comment_line,
    is_credit_line,
    is_related_line,
    is_subscribe_line,
)

Matrix = npt.NDArray[np.float32]

# The columns that others are made from.
SIZE, LINK_SHARE, SENTENCE_END, IS_PARAGRAPH, DEPTH = 0, 1, 4, 8, 14
LABELS = [15, 16, 17, 19]
NEIGHBOUR_COLUMNS = 9

_TAG_CODES = {
    tag: code
    for code, tags in enumerate(
        ("p", "h1", "h2", "h3", "h4 h5 h6", "li", "blockquote", "td th", "figcaption caption",
         "pre", "dt dd", "span", "div"),
        start=1,
    )
    for tag in tags.split()
}  # fmt: skip
# The commonest words of running text, which menus and lists of names go without.
_FUNCTION_WORDS = frozenset(
    "the of and to in is that for it with as was on be by this are from at but not have has he she "
    "they his her der die das und ist nicht ein eine zu den von mit sich auf für im dem des als "
    "auch es an er sie wird war le la les et est un une que qui dans pour sur pas par au avec ce "
    "il elle sont plus ne se du el los las y en por con para su una del al como más pero lo fue o "
    "os um uma não com do da dos na no mais foi ao ele ela seu sua di che è per della gli alla si "
    "come anche più de het een van dat niet voor op zijn met te aan ook door att och som är på av "
    "det inte har den till ett om men jag vi var og i er af til med ikke w z nie jest że jak po a "
    "bir ve bu için ile olarak daha и в не на что с как это он из за у к но".split()
)
_SENTENCE_ENDS = (
    ".", "!", "?", "…", "。", "！", "？", "”", "»", '."', "؟", "।", ".“", "’", "“",
)  # fmt: skip
_CREDIT_SIGNS = (
    "photo", "foto", "image:", "bild:", "picture", "credit", "quelle:", "source:", "fuente:", "©",
    "afp", "(ap", "/ap", "reuters", "getty", "dpa", "imago", "epa", "efe", "ansa", "aap",
)  # fmt: skip
_SAMPLE = 160  # characters in which words are counted
_LINE = 200  # a longer block is no label and no call
_LEGEND = 400  # a longer block is no caption
_LEGEND_TAIL = 60
_ENDING = 15  # rights and imprints stand among so many last blocks


class PageHints:
    """What the page says elsewhere about its text: its title, description and articleBody."""

    __slots__ = ("body", "description", "title")

    def __init__(self, title: str, description: str, body: str) -> None:
        self.title = frozenset(title.lower().split())
        self.description = description
        self.body = body


def page_hints(page: Page) -> PageHints:
    """Return what a page's metadata says of its text."""
    description = " ".join(page.metadata.all("og:description", "description"))
    body = " ".join(text for node in page.articles if (text := plain(node.get("articleBody"))))
    return PageHints(page.metadata.title or "", description, body)


def measure(listed: list[Block], hints: PageHints) -> Matrix:
    """Return an array of shape (blocks, measures)."""
    ending = len(listed) - _ENDING
    told = np.array(
        [_tell(block, hints, position >= ending) for position, block in enumerate(listed)],
        dtype=np.float32,
    )
    counts = _count([block.text for block in listed])
    # A Chinese or Japanese character says more than a letter.
    told[:, SIZE] += 1.5 * counts[:, 0]
    counts[:, 1] /= np.maximum(told[:, SIZE], 1)
    counts[:, 2] /= np.maximum(told[:, SIZE], 1)
    return np.concatenate([told, counts], axis=1)


def _tell(block: Block, hints: PageHints, at_end: bool) -> tuple[float, ...]:
    text = block.text
    length = len(text)
    words = text[:_SAMPLE].lower().split()
    count = len(words)
    if length <= _LINE:
        labels = (
            is_chrome_line(text),
            is_related_line(text),
            is_comment_line(text),
            is_credit_line(text),
            is_subscribe_line(text),
            at_end and is_about_line(text),
            len(hints.title.intersection(words)) / (len(hints.title) or 1),
        )
    else:
        labels = _NO_LABELS
    return (
        length,
        block.link_chars / length,
        block.strong_chars / length,
        _TAG_CODES.get(block.tag, 0),
        text.endswith(_SENTENCE_ENDS),
        len(_FUNCTION_WORDS.intersection(words)) / count,
        block.links,
        float(text[:60] in hints.body) if hints.body else 0.5,
        block.tag == "p",
        count,
        text[-1] == ":",
        "http" in text or "@" in text or "www." in text,
        bool(hints.description) and text[:80] in hints.description,
        text[0].islower(),
        block.container.depth,
        *labels,
        length <= _LEGEND and _is_credited(text[-_LEGEND_TAIL:].lower()),
    )


def _is_credited(tail: str) -> bool:
    # A plain loop: a generator costs more than the search itself.
    for sign in _CREDIT_SIGNS:  # noqa: SIM110
        if sign in tail:
            return True
    return False


_NO_LABELS = (False, False, False, False, False, False, 0.0)


def _count(texts: list[str]) -> Matrix:
    """Return how many wide characters, digits, capitals, commas, quotes … each text has.

    All texts are counted at once, as UTF-8 bytes between two offsets.
    """
    joined = "\n".join(texts).encode()
    codes = np.frombuffer(joined, dtype=np.uint8)
    breaks = np.flatnonzero(codes == _NEWLINE)
    starts = np.concatenate([[0], breaks + 1])
    ends = np.concatenate([breaks, [len(codes)]])
    classes = _BYTE_CLASSES[codes]
    follows_space = np.zeros(len(codes), dtype=bool)
    follows_space[:-1] = codes[1:] == _SPACE
    columns = []
    for byte_class in range(1, _CLASSES + 1):
        hits = classes == byte_class
        if byte_class == _STOP:
            hits &= follows_space
        sums = np.concatenate([[0], np.cumsum(hits)])
        columns.append(sums[ends] - sums[starts])
    return np.stack(columns, axis=1).astype(np.float32)


_NEWLINE, _SPACE = 10, 32
_CLASSES = 7
_STOP = 4
_BYTE_CLASSES = np.zeros(256, dtype=np.uint8)
for _class, _bytes in enumerate(
    (
        range(0xE3, 0xEE),  # first bytes of Japanese, Chinese and Korean characters
        b"0123456789",
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        b".?!",
        b",",
        b'"',
        b"|",
    ),
    start=1,
):
    _BYTE_CLASSES[list(_bytes)] = _class
