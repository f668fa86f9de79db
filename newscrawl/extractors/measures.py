"""Each text block measured by itself: its length, links, punctuation and telling words."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from newscrawl.extractors.blocks import Block
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.phrases import is_about_line, line_labels

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
    count = len(listed)
    texts = [block.text for block in listed]
    told = np.array([_tell(block, hints) for block in listed], dtype=np.float32)
    measures = np.zeros((count, _WIDTH), dtype=np.float32)
    measures[:, _TOLD] = told[:, :-1]
    measures[:, 1:3] /= told[:, :1]
    labels = told[:, -1].astype(np.int32)[:, None] >> np.arange(_LABEL_BITS)
    measures[:, _LABELLED] = labels & 1
    for position in range(max(count - _ENDING, 0), count):
        text = texts[position]
        measures[position, _ABOUT] = len(text) <= _LINE and is_about_line(text)
    counts = _count(texts)
    # A Chinese or Japanese character says more than a letter.
    measures[:, SIZE] += 1.5 * counts[:, 0]
    counts[:, 1:3] /= np.maximum(measures[:, :1], 1)
    measures[:, -_CLASSES:] = counts
    return measures


# The columns: 15 that are told of a block as they are, the labels of a short line in their order,
# what takes the block's place into account, and the counts of characters.
_TOLD = [*range(15), 21]
_LABELLED = [15, 16, 17, 18, 19, 22]
_ABOUT = 20
_LABEL_BITS = 6
_CREDITED = 1 << 5


def _tell(block: Block, hints: PageHints) -> tuple[float, ...]:
    text = block.text
    length = len(text)
    words = text[:_SAMPLE].lower().split()
    count = len(words)
    titled = 0.0
    if length <= _LINE:
        labels = _short_labels(text)
        if hints.title:
            titled = len(hints.title.intersection(words)) / len(hints.title)
    else:
        labels = _CREDITED if length <= _LEGEND and _is_credited(text) else 0
    return (
        length,
        block.link_chars,
        block.strong_chars,
        _TAG_CODES.get(block.tag, 0),
        text.endswith(_SENTENCE_ENDS),
        len(_FUNCTION_WORDS.intersection(words)) / count,
        block.links,
        text[:60] in hints.body if hints.body else 0.5,
        block.tag == "p",
        count,
        text[-1] == ":",
        "http" in text or "@" in text or "www." in text,
        text[:80] in hints.description if hints.description else 0.0,
        text[0].islower(),
        block.container.depth,
        titled,
        labels,
    )


@lru_cache(maxsize=20_000)
def _short_labels(text: str) -> int:
    return line_labels(text) | (_CREDITED if _is_credited(text) else 0)


def _is_credited(text: str) -> bool:
    tail = text[-_LEGEND_TAIL:].lower()
    # A plain loop: a generator costs more than the search itself.
    for sign in _CREDIT_SIGNS:  # noqa: SIM110
        if sign in tail:
            return True
    return False


def _count(texts: list[str]) -> Matrix:
    """Return how many wide characters, digits, capitals, stops, commas … each text has.

    All texts are counted at once, as UTF-8 bytes between two line breaks.
    """
    codes = np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)
    classes = _BYTE_CLASSES[codes]
    counted = np.flatnonzero(classes)
    found = classes[counted]
    following = codes[np.minimum(counted + 1, len(codes) - 1)]
    found[(found == _STOP) & (following != _SPACE)] = 0
    rows = np.searchsorted(np.flatnonzero(codes == _NEWLINE), counted)
    width = _CLASSES + 1
    counts = np.bincount(rows * width + found, minlength=len(texts) * width)
    return counts.reshape(len(texts), width)[:, 1:].astype(np.float32)


_NEWLINE, _SPACE = 10, 32
_CLASSES = 7
_WIDTH = 23 + _CLASSES
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
