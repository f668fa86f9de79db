"""Paragraphs that no element parts: blank lines that are kept, and lines of spans."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from newscrawl.page.hidden import Attributes, style_of
from newscrawl.page.tree import TEXT, Element
from newscrawl.text.cleaning import text_size

_LONGEST_NAMES = 500  # characters of a class
_LEAST = 60
"""Characters, those of East Asia counted half more; what is shorter is a sentence of a paragraph,
not one of several paragraphs."""
_LONGEST_WRAPPED = 120
"""Characters; lines that a writer's program broke are shorter."""
_NODES_READ = 200
_CODE = re.compile(r"[{}\[\]<>=;|\\_#+*~^]")
_CODE_SHARE = 0.02

_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\r?\n")
_ENDS = tuple('.!?…。！？」』”“"»›।؟۔')
_KEEPS_BREAKS = re.compile(r"white-space:(?:pre|break-spaces)")
_KEEPING_NAMES = re.compile(r"(?:^|\s)(?:white-?space-pre\S*|pre-(?:line|wrap)|prewrap)(?:$|\s)")
_PARAGRAPH_NAMES = re.compile(
    r"paragraph|absatz|parrafo|paragraf|(?:^|[\s_-])para?(?:$|[\s_-])", re.I
)


def keeps_breaks(element: Element, attributes: Attributes) -> bool:
    """Return whether line breaks in the text of an element are shown: ``<pre>``, ``white-space``.

    The utilities of Tailwind and its like are known by name.
    """
    if element.tag == "pre":
        return element.css_first("code") is None and not _is_code(element)
    style = attributes.get("style")
    if style and "white" in style.lower() and _KEEPS_BREAKS.search(style_of(attributes)):
        return True
    names = attributes.get("class")
    return bool(names) and _named_so((names or "")[:_LONGEST_NAMES])


def _is_code(element: Element) -> bool:
    """Return whether a text has more of the signs of programs and diagrams than prose ever has."""
    text = _first_text(element)
    return len(_CODE.findall(text)) > _CODE_SHARE * len(text)


def _first_text(element: Element) -> str:
    """Return the text of an element's first nodes."""
    nodes = islice(element.traverse(include_text=True), _NODES_READ)
    return "".join(node.text_content or "" for node in nodes if node.tag == TEXT)


@lru_cache(maxsize=20_000)
def _named_so(names: str) -> bool:
    return _KEEPING_NAMES.search(names) is not None


def has_blank_line(text: str) -> bool:
    """Return whether a blank line stands in a piece of text."""
    return _BLANK_LINE.search(text) is not None


def paragraphs(text: str, *, kept: bool) -> list[str]:
    r"""Return the paragraphs of a piece of text that has line breaks.

    Where they are ``kept`` a blank line parts it, and a break behind a line too long to be a
    wrapped one. Elsewhere blank lines do if all that they part are whole sentences of some length:
    a style sheet that was not read keeps them.

    >>> paragraphs("One\n line.\n\nTwo.", kept=True)
    ['One\n line.', 'Two.']
    """
    parts = _BLANK_LINE.split(text)
    if kept:
        return [line for part in parts for line in _unwrapped(part)]
    whole = [part.strip() for part in parts if not part.isspace() and part]
    if len(whole) > 1 and all(text_size(part) >= _LEAST and part.endswith(_ENDS) for part in whole):
        return parts
    return [text]


def _unwrapped(text: str) -> list[str]:
    lines = _LINE.split(text)
    if len(lines) > 1 and all(len(line) > _LONGEST_WRAPPED for line in lines[:-1]):
        return lines
    return [text]


def begins_paragraph(before: str, element: Element, *, spaced: bool) -> bool:
    """Return whether an inline element is a paragraph of its own behind another one.

    Both are whole sentences of some length. Where nothing stands between them it begins with a
    capital, as no sentence runs on from another. Where white space does (``spaced``) it may be the
    next sentence of a paragraph, unless its class calls it a paragraph.
    """
    if text_size(before.strip()) < _LEAST or not (before.strip() if spaced else before).endswith(
        _ENDS
    ):
        return False
    text = _first_text(element)
    own = text.strip()
    if text_size(own) < _LEAST or not own.endswith(_ENDS):
        return False
    if spaced:
        names = element.attributes.get("class")
        return names is not None and _PARAGRAPH_NAMES.search(names[:_LONGEST_NAMES]) is not None
    return text[0].isupper()
