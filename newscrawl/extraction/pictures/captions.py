"""A caption element read as a reader reads it: the text, and the credit apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newscrawl.extraction import chrome
from newscrawl.extraction.pictures.credit import clean_credit, is_agency, split_credit, split_legend
from newscrawl.page.shown import UNREAD_TAGS, element_text
from newscrawl.page.tree import TEXT, Element
from newscrawl.text.cleaning import clean_line
from newscrawl.text.phrases import is_credit_line

MAX_CAPTION = 900
"""A longer text beside a picture, in characters, is no caption."""

_LONG = 80
_MOST_NODES = 200  # of a caption element; figures may hold each other
_DEEPEST = 20
_CREDIT_NAMES = (
    "credit", "copyright", "source", "src", "quelle", "author", "byline", "rights", "agency",
    "photographer", "crédit", "firma", "fotograf", "autor", "urheber", "nachweis", "attribution",
    "courtesy", "provider", "supplier", "owner",
)  # fmt: skip
_LABEL_NAMES = (
    "icon", "button", "btn", "count", "zoom", "toggle", "expand", "enlarge", "pager", "share",
    "tooltip", "sr-only",
)  # fmt: skip
_CAPTION_NAME = re.compile(
    r"caption|legend|leyenda|bildunterschrift|bildtext|cutline|didascalia|pie-?(?:de-?)?foto"
    r"|(?:image|img|photo|foto|picture|pic|media|figure|bild)[\w-]*?"
    r"[-_]*(?:desc|text|info|title|legend)",
    re.IGNORECASE,
)
_SKIP = UNREAD_TAGS | {"button"}
_BREAKS = frozenset(
    {"p", "div", "br", "li", "td", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "section", "header"}
)
_INLINE = frozenset(
    {
        "a",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "sup",
        "sub",
        "small",
        "font",
        "mark",
        "abbr",
        "wbr",
        "q",
        "ruby",
        "rb",
    }
)
_PIECE_END = "\x1f"
_MARKS = ".!?…"
_OPEN_ENDS = " |/–—-([:"  # what stood before a credit
_WORD = re.compile(r"[^\W\d_]{2}")
_COUNTER = re.compile(
    r"^(?:(?:bild|foto|photo|image|imagen|imagem|slide)\s+)?\d{1,3}\s*(?:/|von|of|de|di|sur)\s*\d{1,3}"
    r"(?=[\W\s]|$)[\s.:|)–-]*",
    re.IGNORECASE,
)


class Legend(NamedTuple):
    """The caption and credit of a picture; None for what it does not have."""

    caption: str | None
    credit: str | None


@lru_cache(maxsize=20_000)
def names_caption(names: str) -> bool:
    """Return whether a class or id says that the element is a caption.

    >>> names_caption("wp-caption-text"), names_caption("captain")
    (True, False)
    """
    return _CAPTION_NAME.search(names) is not None


@lru_cache(maxsize=20_000)
def _part_of_caption(names: str) -> str:
    """Return what a class makes of a part of a caption: ``credit``, ``label`` or ``text``."""
    lowered = names.lower()
    if any(part in lowered for part in _CREDIT_NAMES):
        return "credit"
    if chrome.judge(names) & (chrome.HIDDEN | chrome.SHARE):
        return "label"
    return "label" if any(part in lowered for part in _LABEL_NAMES) else "text"


def read_legend(element: Element) -> Legend:
    """Return the caption and the credit that a caption element holds."""
    texts: list[str] = []
    credit_texts: list[str] = []
    nodes = iter(range(_MOST_NODES))
    _collect(element, texts, credit_texts, 0, nodes)
    if not any(map(str.strip, texts)) and next(nodes, None) is not None:
        texts = _labels(element)
    pieces = _pieces("".join(texts))
    while pieces and _is_credit(pieces[-1], alone=len(pieces) == 1):
        credit_texts.insert(0, pieces.pop())
    if (
        not pieces
        and len(longest := max(map(clean_line, credit_texts), key=len, default="")) > _LONG
    ):
        pieces, credit_texts = [longest], []  # "caption-and-credit" is no credit alone
    caption, credit = split_legend(clean_line(" ".join(pieces)))
    given = next((c for text in credit_texts if (c := clean_credit(text))), None)
    if caption is not None:
        caption = _COUNTER.sub("", caption).rstrip(_OPEN_ENDS) or None
    if caption is not None and (len(caption) > MAX_CAPTION or _WORD.search(caption) is None):
        caption = None
    return Legend(caption, given or credit)


def _labels(element: Element) -> list[str]:
    """Return what a caption that a script fills in says to screen readers."""
    labels = (inner.attributes["aria-label"] for inner in element.css("[aria-label]"))
    return [label for label in labels if label][:1]


def read_text(text: str) -> Legend:
    """Return caption and credit of a caption that the page states as a string."""
    return Legend(*split_credit(_COUNTER.sub("", text)))


def _is_credit(piece: str, *, alone: bool) -> bool:
    """Return whether an element's own text within a caption is nothing but a credit."""
    return is_credit_line(piece) or (not alone and len(piece) < 80 and is_agency(piece))


def _pieces(raw: str) -> list[str]:
    """Return the texts of a caption's elements, each once."""
    pieces: list[str] = []
    glued = False
    for part in raw.split(_PIECE_END):
        text = clean_line(part)
        if not text:
            continue
        if not any(map(str.isalnum, text)):
            if glued and pieces and pieces[-1][-1] not in _MARKS and text in _MARKS:
                pieces[-1] += text  # "<span>A hall</span>."
            continue
        glued = glued and bool(pieces) and not part[:1].isspace()
        if glued and text[:1].islower() and pieces[-1][-1].isalpha():
            pieces[-1] += text  # a word that an element parts: "<span>C</span>aption"
        elif text not in pieces:
            pieces.append(text)
        glued = not part[-1:].isspace()
    return pieces


def _collect(
    element: Element, texts: list[str], credit_texts: list[str], depth: int, nodes: Iterator[int]
) -> None:
    """Add the texts of an element, until ``nodes`` is used up."""
    for child in element.iter(include_text=True):
        if next(nodes, None) is None:
            return
        tag = child.tag
        if tag == TEXT:
            texts.append(child.text_content or "")
            continue
        if tag in _SKIP or not child.is_element_node or depth > _DEEPEST:
            continue
        attributes = child.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}".strip()
        part = _part_of_caption(names) if names else "text"
        if part == "credit" or tag == "cite":
            credit_texts.append(element_text(child))
            texts.append(_PIECE_END)
        elif part == "label":
            continue
        elif tag in _INLINE:
            _collect(child, texts, credit_texts, depth + 1, nodes)
        else:
            edge = f" {_PIECE_END}" if tag in _BREAKS else _PIECE_END
            texts.append(edge)
            _collect(child, texts, credit_texts, depth + 1, nodes)
            texts.append(edge)
