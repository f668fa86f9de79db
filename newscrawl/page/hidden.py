"""Elements that are hidden from the eye, as their own attributes say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from newscrawl.page.tree import Element

Attributes = Mapping[str, str | None]

_LONGEST_STYLE = 2_000  # characters of a style attribute that are read
_LONGEST_NAMES = 500  # characters of a class
_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)"
    r"|clip:rect\((?:0|1px|auto,auto,0)|clip-path:inset\((?:50|100)%"
    r"|text-indent:-\d{3}|(?:^|;)(?:left|right|top):-\d{4}"
)
_MAY_HIDE = re.compile(r"none|hidden|collapse|clip|absolute|:\s*-\d", re.IGNORECASE)
_POINT_SIZED = re.compile(r"(?:^|;)(?:width|height):[01]px")

# Utilities of style sheets that hide text from the eye, by the names that Bootstrap, Tailwind,
# WordPress, Drupal, Foundation, HTML5 Boilerplate and design systems gave them.
_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:s|-text|-only|-content)?"
    r"|show-for-sr|element-invisible|assistive-?text|a11y-(?:hidden|text|only)|hidden-?text"
    r"|off-?screen|vis-?hidden|visuallyhide)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_NOTE = 80
"""So many characters a class name alone may hide: words for screen readers, no sentence."""
_LONGEST_HIDDEN = 1_000
"""So many characters may be hidden in a line of text; what has more was never closed."""
_NODES_HIDDEN = 200


def is_unseen(element: Element, attributes: Attributes) -> bool:
    """Return whether an element in a line of text is hidden from the eye.

    Its own style or the attribute ``hidden`` says so; the name of a class does for a few words
    alone. ``aria-hidden`` hides nothing from the eye.
    """
    if not attributes:
        return False
    if hidden_by_attributes(attributes):
        return _is_short(element, _LONGEST_HIDDEN)
    return for_screen_readers(attributes.get("class")) and _is_short(element, _LONGEST_NOTE)


@lru_cache(maxsize=20_000)
def _named_so(names: str) -> bool:
    return _FOR_SCREEN_READERS.search(names) is not None


def for_screen_readers(names: str | None) -> bool:
    """Return whether a class is one of those that hide text from all but screen readers."""
    return bool(names) and _named_so((names or "")[:_LONGEST_NAMES])


def is_separator(element: Element) -> bool:
    """Whether a hidden element holds signs alone: what is read out between two texts set apart."""
    return _is_short(element, _LONGEST_NOTE) and not any(map(str.isalnum, element.text_lexbor()))


def _is_short(element: Element, most: int) -> bool:
    """Return whether an element has few nodes, and not more than so many characters of text."""
    nodes = list(islice(element.traverse(include_text=True), _NODES_HIDDEN + 1))
    size = sum(len(node.text_content or "") for node in nodes)
    return len(nodes) <= _NODES_HIDDEN and size <= most


@lru_cache(maxsize=20_000)
def _for_screen_readers(names: str) -> bool:
    return _FOR_SCREEN_READERS.search(names) is not None


def hidden_by_attributes(attributes: Attributes) -> bool:
    """Return whether ``hidden`` or the style attribute of an element hides it from the eye.

    >>> hidden_by_attributes({"style": "position: absolute; width: 1px; height: 1px"})
    True
    """
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style) and may_hide(style or "") and style_hides(style_of(attributes))


def may_hide(style: str) -> bool:
    """Whether a style attribute has a word of those that hide: asked of all of them, at little."""
    return _MAY_HIDE.search(style) is not None


def style_of(attributes: Attributes) -> str:
    """Return the style attribute in lower case, without blanks."""
    style = attributes.get("style")
    return "".join(style[:_LONGEST_STYLE].lower().split()) if style else ""


def style_hides(style: str) -> bool:
    """Return whether declarations, as `style_of` gives them, hide an element from the eye."""
    return _UNSEEN.search(style) is not None or (
        "position:absolute" in style and _POINT_SIZED.search(style) is not None
    )
