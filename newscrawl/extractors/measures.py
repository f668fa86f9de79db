"""Each text block measured by itself: its length, links, punctuation and telling words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from struct import Struct

import numpy as np
import numpy.typing as npt

from newscrawl.extractors.blocks import Block
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.phrases import is_about_line, line_labels
from newscrawl.vocabulary import ADDRESSING_WORDS, OFFER_WORDS

Matrix = npt.NDArray[np.float32]

# The columns that others are made from.
SIZE, LINK_SHARE, SENTENCE_END, IS_PARAGRAPH, DEPTH = 0, 1, 4, 8, 14
LABELS = [15, 16, 17, 19]
ENDING_LABEL = 23
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
_KNOWN_WORDS = _FUNCTION_WORDS | OFFER_WORDS | ADDRESSING_WORDS
_SENTENCE_ENDS = frozenset(".!?…。！？”»؟।’“")
_CREDIT_SIGNS = (
    "photo", "foto", "image:", "bild:", "picture", "credit", "quelle:", "source:", "fuente:", "©",
    "afp", "(ap", "/ap", "reuters", "getty", "dpa", "imago", "epa", "efe", "ansa", "aap",
)  # fmt: skip
# A biography begins so: "Ana Lima is our correspondent in Lisbon".
_PERSON = re.compile(
    r"(?:[A-Z][\w.'’-]*,? ){1,4}(?:\([^()]{1,40}\) )?(?:is|was|has|holds|works|writes|covers|leads"
    r"|ist|war|schreibt|arbeitet|es|fue|escribe|est|écrit|è|scrive|é|foi|escreve|er|är)\b"
)
_SHORTEST_NAME, _LONGEST_NAME = 5, 60
_SAMPLE = 160  # characters in which words are counted
_LINE = 200  # a longer block is no label and no call
_LEGEND = 400  # a longer block is no caption
_LEGEND_TAIL = 60
_ENDING = 15  # rights and imprints stand among so many last blocks


class PageHints:
    """What the page says elsewhere about its text: its title, description and articleBody."""

    __slots__ = ("authors", "body", "description", "title")

    def __init__(self, title: str, description: str, body: str, authors: Iterable[str]) -> None:
        self.title = frozenset(title.lower().split())
        self.description = description
        self.body = body
        self.authors = [name for name in authors if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME]

    def names_author(self, text: str) -> bool:
        """Whether a text has the full name of an author that the page declares."""
        # A plain loop: a generator costs more than the search itself.
        for name in self.authors:  # noqa: SIM110
            if name in text:
                return True
        return False


def page_hints(page: Page) -> PageHints:
    """Return what a page's metadata says of its text."""
    description = " ".join(page.metadata.all("og:description", "description"))
    body = " ".join(text for node in page.articles if (text := plain(node.get("articleBody"))))
    return PageHints(page.metadata.title or "", description, body, _declared_authors(page))


def _declared_authors(page: Page) -> Iterator[str]:
    yield from page.metadata.all("author", "article:author")
    for article in page.articles:
        stated = article.get("author")
        for author in stated if isinstance(stated, list) else [stated]:
            if name := plain(author.get("name") if isinstance(author, dict) else author):
                yield name


def measure(listed: list[Block], hints: PageHints, out: Matrix) -> None:
    """Fill in an array of shape (`MEASURES`, blocks)."""
    ending = len(listed) - _ENDING
    told = [_tell(block, hints, position >= ending) for position, block in enumerate(listed)]
    out[:_TOLD] = np.frombuffer(b"".join(told), dtype=np.float32).reshape(-1, _TOLD).T
    out[1:3] /= out[0]
    counts = out[_TOLD:]
    counts[:] = _count([block.text for block in listed])
    # A Chinese or Japanese character says more than a letter.
    out[SIZE] += 1.5 * counts[0]
    counts[1:3] /= np.maximum(out[SIZE], 1)


# The columns that are told of a block: 15 as they are, the labels of a short line, what takes the
# block's place into account; the counts of characters follow them. Packed as the array holds them,
# which is much quicker than numpy's way from tuples to an array.
_TOLD = 28
_pack = Struct(f"{_TOLD}f").pack
_LABEL_BITS = 7
_CREDITED = 1 << 6
_BITS = tuple(
    tuple(labels >> bit & 1 for bit in range(_LABEL_BITS)) for labels in range(1 << _LABEL_BITS)
)


def _tell(block: Block, hints: PageHints, is_ending: bool) -> bytes:
    text = block.text
    length = len(text)
    words = text[:_SAMPLE].lower().split()
    count = len(words)
    function = offers = addressing = 0
    # One look at all lists of words: most lines of menus and boxes have none of them.
    if not _KNOWN_WORDS.isdisjoint(words):
        known = _KNOWN_WORDS.intersection(words)
        function = len(_FUNCTION_WORDS.intersection(known))
        offers = len(OFFER_WORDS.intersection(known))
        addressing = len(ADDRESSING_WORDS.intersection(known))
    titled = 0.0
    if length <= _LINE:
        labels = _short_labels(text)
        if not hints.title.isdisjoint(words):
            titled = len(hints.title.intersection(words)) / len(hints.title)
    else:
        labels = _CREDITED if length <= _LEGEND and _is_credited(text) else 0
    chrome, related, comment, credit, subscribe, ending, credited = _BITS[labels]
    last = text[-1]
    return _pack(
        length,
        block.link_chars,
        block.strong_chars,
        _TAG_CODES.get(block.tag, 0),
        last in _SENTENCE_ENDS or text.endswith('."'),
        function / count,
        block.links,
        text[:60] in hints.body if hints.body else 0.5,
        block.tag == "p",
        count,
        last == ":",
        "http" in text or "@" in text or "www." in text,
        text[:80] in hints.description if hints.description else 0.0,
        text[0].islower(),
        block.container.depth,
        chrome,
        related,
        comment,
        credit,
        subscribe,
        is_ending and length <= _LINE and is_about_line(text),
        titled,
        credited,
        ending,
        offers,
        addressing,
        _PERSON.match(text) is not None,
        hints.names_author(text[:_SAMPLE]),
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


def _count(texts: list[str]) -> npt.NDArray[np.int64]:
    """Return in rows how many wide characters, digits, capitals, stops, commas … each text has.

    All texts are counted at once, as UTF-8 bytes with a line break after each.
    """
    encoded = "\n".join([*texts, ""]).encode()
    for stop in _STOPS:
        encoded = encoded.replace(stop + b" ", _STOP)
    classes = np.frombuffer(encoded.translate(_BYTE_CLASSES, _UNCOUNTED), dtype=np.uint8)
    line = np.add.accumulate(classes == _BREAK, dtype=np.intp)
    width = _CLASSES + 1
    counts = np.bincount(line * width + classes, minlength=(len(texts) + 1) * width)
    return counts.reshape(-1, width)[:-1, 1:].T


# Each byte that is counted, as the number of its class; no other bytes are as low as these are in
# the text of a block. A line break begins the next row: it is counted in its first column.
_CLASSES = 7
_BREAK = 0
_STOPS = (b".", b"?", b"!")
_STOP = b"\x04"
_COUNTED: dict[int, Iterable[int]] = {
    1: range(0xE3, 0xEE),  # first bytes of Japanese, Chinese and Korean characters
    2: b"0123456789",
    3: b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    4: _STOP,
    5: b",",
    6: b'"',
    7: b"|",
    _BREAK: b"\n",
}
_CLASS_OF = {byte: number for number, listed in _COUNTED.items() for byte in listed}
_BYTE_CLASSES = bytes(_CLASS_OF.get(byte, 0) for byte in range(256))
_UNCOUNTED = bytes(byte for byte in range(256) if byte not in _CLASS_OF)
MEASURES = _TOLD + _CLASSES
