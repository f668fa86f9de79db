"""Each text block measured by itself: its length, links, punctuation and telling words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from struct import Struct

import numpy as np
import numpy.typing as npt

from newscrawl.extraction.blocks import Block
from newscrawl.page.metadata import plain
from newscrawl.page.page import Page
from newscrawl.text.cleaning import has_any
from newscrawl.text.phrases import LABEL_BITS, line_labels
from newscrawl.text.vocabulary import CALL_WORDS, UNSPACED_CALL_WORDS

Matrix = npt.NDArray[np.float32]

# The columns that others are made from; the first ones are those of neighbours, too.
SIZE, LINK_SHARE, STRONG_SHARE, TAG = 0, 1, 2, 3
NEIGHBOUR_COLUMNS = 6
SENTENCE_END, DEPTH = 6, 7
PARAGRAPH = 1
"""What stands in the column `TAG` for a ``<p>``."""

_TAG_CODES = {
    tag: code
    for code, tags in enumerate(
        ("p", "h1", "h2", "h3", "h4 h5 h6", "li", "blockquote", "td th", "figcaption caption",
         "pre", "dt dd", "span", "div"),
        start=1,
    )
    for tag in tags.split()
}  # fmt: skip
SENTENCE_ENDS = frozenset('.!?…。！？”»؟।’“"')
_SHORTEST_NAME, _LONGEST_NAME = 5, 60
_SAMPLE = 160  # characters in which an author's name is looked for
_LINE = 200  # a longer block is no label and no call
_TELLING = 5  # characters; shorter words are in every text
_HEAD = 240  # characters of a block in which words of the subject are counted
_STATED = 40  # a shorter block may be anywhere in the stated text: it is not looked for there


_COLONS = frozenset(":：")
_ARROWS = frozenset(">»›→➔➜►▶▸•·*-–—+#@↓⇒➤")


class PageHints:
    """Claims of the page about its text: its description, articleBody and authors."""

    __slots__ = ("authors", "body", "description", "subject")

    def __init__(
        self, description: str, body: str, authors: Iterable[str], title: str = ""
    ) -> None:
        self.description = description
        self.body = body
        self.subject = frozenset(
            word for word in f"{title} {description}".lower().split() if len(word) >= _TELLING
        )
        """The longer words of title and description."""
        self.authors = [name for name in authors if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME]

    def names_author(self, text: str) -> bool:
        """Return whether a text has the full name of an author that the page declares."""
        return has_any(text, self.authors)


def page_hints(page: Page) -> PageHints:
    """Return what a page's metadata says of its text."""
    description = " ".join(page.metadata.all("og:description", "description"))
    body = " ".join(text for node in page.articles if (text := plain(node.get("articleBody"))))
    title = " ".join([*page.metadata.all("og:title"), page.metadata.title or ""])
    return PageHints(description, body, _declared_authors(page), title)


def _declared_authors(page: Page) -> Iterator[str]:
    yield from page.metadata.all("author", "article:author")
    for article in page.articles:
        stated = article.get("author")
        for author in stated if isinstance(stated, list) else [stated]:
            if name := plain(author.get("name") if isinstance(author, dict) else author):
                yield name


def measure(listed: list[Block], hints: PageHints, out: Matrix) -> None:
    """Fill in an array of shape (`MEASURES`, blocks)."""
    told = b"".join([_tell(block, hints) for block in listed])
    out[:_TOLD] = np.frombuffer(told, dtype=np.float32).reshape(-1, _TOLD).T
    out[1:3] /= out[SIZE]
    texts = [block.text for block in listed]
    labels = np.array([line_labels(text) if len(text) <= _LINE else 0 for text in texts])
    out[_LABELLED] = labels & _LABELS != 0
    counts = out[_TOLD + LABEL_BITS :]
    counts[:] = _count(texts)
    # A Chinese or Japanese character says more than a letter.
    out[SIZE] += 1.5 * counts[0]
    counts[1:3] /= np.maximum(out[SIZE], 1)


# The columns that are told of a block; its labels, and the counts of characters, follow them.
# Packed as the array holds them, which is much quicker than numpy's way from tuples to an array.
_TOLD = 16
_pack = Struct(f"{_TOLD}f").pack
_LABELS = (1 << np.arange(LABEL_BITS))[:, None]
_LABELLED = slice(_TOLD, _TOLD + LABEL_BITS)
BOX_LABELS = slice(_TOLD, _TOLD + 4)
"""The labels that head a box: those of chrome, other stories, comments, subscriptions."""
COMMENT_LABEL = _TOLD + 2
ENDING_LABEL = _TOLD + 5


def _tell(block: Block, hints: PageHints) -> bytes:
    text = block.text
    length = len(text)
    words = text[:_HEAD].lower().split()
    return _pack(
        length,
        block.link_chars,
        block.strong_chars,
        _TAG_CODES.get(block.tag, 0),
        block.links,
        text[:60] in hints.body if length > _STATED and hints.body else 0.5,
        text[-1] in SENTENCE_ENDS,
        block.container.depth,
        text[:80] in hints.description if hints.description else 0.0,
        text[0].islower(),
        hints.names_author(text[:_SAMPLE]) if hints.authors else False,
        len(hints.subject.intersection(words)) if hints.subject else -1,
        text[-1] in _COLONS,
        text[0] in _ARROWS,
        length <= _LINE and has_call_word(text, words),
        not text[0].isalnum(),
    )


def has_call_word(text: str, words: list[str]) -> bool:
    """Whether a line has a word that calls to readers are made of."""
    return not CALL_WORDS.isdisjoint(words) or (
        not text.isascii() and has_any(text, UNSPACED_CALL_WORDS)
    )


def _count(texts: list[str]) -> npt.NDArray[np.int64]:
    """Return in rows how many wide characters, digits, capitals, stops, commas … each text has.

    All texts are counted at once, as UTF-8 bytes with a line break after each.
    """
    encoded = "\n".join([*texts, ""]).encode()
    classes = np.frombuffer(encoded.translate(_BYTE_CLASSES, _UNCOUNTED), dtype=np.uint8)
    line = np.add.accumulate(classes == _BREAK, dtype=np.intp)
    width = _CLASSES + 1
    counts = np.bincount(line * width + classes, minlength=(len(texts) + 1) * width)
    return counts.reshape(-1, width)[:-1, 1:].T


# A line break begins the next row: it is counted in its first column.
_BREAK = 0
_COUNTED: tuple[Iterable[int], ...] = (
    b"\n",
    range(0xE3, 0xEE),  # first bytes of Japanese, Chinese and Korean characters
    b"0123456789",
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    b".?!",
    b",",
    b'"',
    b"|",
    b" ",
    b":",
    b"/@",
)
_CLASSES = len(_COUNTED) - 1
_CLASS_OF = {byte: number for number, listed in enumerate(_COUNTED) for byte in listed}
_BYTE_CLASSES = bytes(_CLASS_OF.get(byte, 0) for byte in range(256))
_UNCOUNTED = bytes(byte for byte in range(256) if byte not in _CLASS_OF)
MEASURES = _TOLD + LABEL_BITS + _CLASSES
