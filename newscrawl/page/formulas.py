"""Superscripts, subscripts and MathML as plain text: ``10⁶``, ``CO2``, ``a/b``."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from newscrawl.page.hidden import Attributes
from newscrawl.page.tree import TEXT, Element
from newscrawl.text.cleaning import clean_line

MAX_LEVELS = 20
"""What is nested deeper in a formula is read as it stands."""

_LONGEST = 2_000  # characters of a formula
_MAX_CHILDREN = 200

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = frozenset("0123456789+-−=()n")
_SPACED = frozenset("=<>≤≥≠≈≡∼→←↔∈±+−×÷·")  # operators between two operands
_UNREAD = frozenset({"annotation", "annotation-xml", "mphantom", "mprescripts"})
_TEX = frozenset("\\^_{")

_LONGEST_MARK = 12
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])(?:[,–-]\d{1,3}){0,5}[\])]?")
_BRACKETED = re.compile(r"\[(?:\d{1,3}|[a-z]|[a-z]{1,6} ?\d{1,3})\]")
_AFTER_SENTENCE = frozenset(".,;:!?…。、！？”“»’'\")）」』")


def raised(text: str) -> str | None:
    """Return a number or sign in superscript characters; None for what has none.

    >>> raised("-6"), raised("th")
    ('⁻⁶', None)
    """
    return text.translate(_RAISED) if text and _RAISABLE.issuperset(text) else None


def script_text(element: Element, before: str) -> str:
    """Return the text of a ``<sup>`` or ``<sub>`` as plain text has it; "" for a footnote's mark.

    ``before`` is what stands before it. Digits and signs are raised, so that 10⁶ is not 106; what
    has no raised form stays as it is, and so does what is set below the line: 19th, CO2.
    """
    written = element.text_lexbor()
    text = clean_line(written)
    if element.tag == "sub" or not text:
        return written
    if (
        len(text) <= _LONGEST_MARK
        and _MARK.fullmatch(text)
        and (
            _BRACKETED.fullmatch(text)
            or before[-1:] in _AFTER_SENTENCE
            or any("#" in (a.attributes.get("href") or "") for a in element.css("a[href]"))
        )
    ):
        return ""
    return raised(text) or written


def is_footnote_link(element: Element, attributes: Attributes) -> bool:
    """Return whether an element is the mark of a footnote: a link within the page.

    Its text is a raised number, or one in square brackets.
    """
    if element.tag != "a" or not (attributes.get("href") or "").startswith("#"):
        return False
    text = element.text_lexbor().strip()
    return bool(
        len(text) <= _LONGEST_MARK
        and _MARK.fullmatch(text)
        and (_BRACKETED.fullmatch(text) or element.css_first("sup") is not None)
    )


def math_text(element: Element) -> str:
    """Return a ``<math>`` element as plain text.

    Its ``alttext`` is read where that is plain; TeX, which it often is, only where the element
    holds nothing that can be read.

    >>> from newscrawl.page.tree import parse
    >>> math_text(parse(b"<math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>"))
    'E = mc²'
    """
    stated = clean_line((element.attributes.get("alttext") or "")[:_LONGEST])
    if stated and _TEX.isdisjoint(stated):
        return stated
    return clean_line(_read(element, 0)[:_LONGEST]) or stated


def _read(element: Element, level: int) -> str:
    tag = element.tag or ""
    if tag in _UNREAD:
        return ""
    if tag == TEXT or level > MAX_LEVELS:
        return element.text_lexbor()
    children = [
        child
        for child in islice(element.iter(include_text=True), _MAX_CHILDREN)
        if child.is_element_node or (child.text_content or "").strip()
    ]
    if tag == "semantics":
        children = children[:1]  # the others say the same in TeX
    parts = [_read(child, level + 1) for child in children]
    count, write = _WRITTEN.get(tag, (0, "".join))
    return write(parts) if len(parts) >= count else "".join(parts)


def _operator(parts: list[str]) -> str:
    sign = "".join(parts).strip()
    return f" {sign} " if sign in _SPACED else sign


def _grouped(text: str) -> str:
    """Put what is more than one number or name in brackets."""
    text = text.strip()
    return text if text.isalnum() else f"({text})"


def _exponent(text: str) -> str:
    text = text.strip()
    return raised(text) or f"^{_grouped(text)}"


# Of each element that is more than its parts in their order: how many parts it has, and its text.
_WRITTEN: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mo": (1, _operator),
    "mfrac": (2, lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}"),
    "msup": (2, lambda parts: parts[0] + _exponent(parts[1])),
    "msubsup": (3, lambda parts: parts[0] + parts[1] + _exponent(parts[2])),
    "mroot": (2, lambda parts: f"{_exponent(parts[1])}√{_grouped(parts[0])}"),
    "msqrt": (1, lambda parts: "√" + _grouped("".join(parts))),
    "mtr": (1, " ".join),
    "mtable": (1, "; ".join),
}
