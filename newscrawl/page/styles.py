"""Rules of a page's own style sheets on the position and visibility of text.

No style sheet is loaded, and none is applied as a whole: of the ``<style>`` elements those rules
are read whose declarations hide text, set it as a box or keep its line breaks, outside of
``@media`` and its like, for elements of a class or an id. Their declarations are written into the
style attribute of the elements that they are for, where everything else looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import SelectolaxError

from newscrawl.page.hidden import Attributes
from newscrawl.page.tree import Element

MAX_STYLES = 100_000
"""So many characters of style sheets are read, over all of a page."""

MAX_RULES = 5_000
"""So many declarations are looked at; the first."""

_LONGEST_RULE = 2_000  # characters of its selectors, and of its declarations
_MOST_SELECTORS = 50  # of one rule
_MOST_ASKED = 2_000  # times that an element is held against a selector
# How a declaration may begin that is about text.
_BEGINNINGS = (
    "display:none", "display: none", "visibility:hidden", "visibility: hidden", "clip:rect",
    "clip: rect", "clip-path:inset", "clip-path: inset", "text-indent:-", "text-indent: -",
    "white-space:pre", "white-space: pre",
)  # fmt: skip
_DECLARATION = re.compile(
    r"(?:^|[;{\s])(display|visibility|clip|clip-path|text-indent|white-space|left|position|width"
    r"|height)\s*:\s*([^;}!]{1,60})"
)
# Not as a browser that runs scripts shows it, or not at all times.
_NOT_NOW = (":", "no-js", "nojs", "noscript")
_SUBJECT = re.compile(r"(?:^|[\s>+~])([^\s>+~]*)\Z")
_NAME = re.compile(r"[.#][\w-]{1,100}")
_SIMPLE = re.compile(r"\.[\w-]+\Z")


class _Rule(NamedTuple):
    selector: str
    simple: bool
    """Whether it is for all elements of its class."""
    declarations: dict[str, str]


class StyleSheets:
    """The rules of a page's own style sheets that are about its text."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._known: dict[str, list[_Rule]] = {}
        self._asked = 0

    @cached_property
    def _rules(self) -> dict[str, list[_Rule]]:
        """Of each class, and of each id behind a ``#``, the rules; read when first asked for."""
        found: dict[str, list[_Rule]] = {}
        for declarations, selectors in _rules(self._root):
            for written in islice(selectors.split(","), _MOST_SELECTORS):
                selector = written.strip()
                if name := _subject(selector):
                    rule = _Rule(selector, bool(_SIMPLE.match(selector)), declarations)
                    found.setdefault(name, []).append(rule)
        return found

    @cached_property
    def keep_breaks(self) -> frozenset[str]:
        """Classes of which a rule keeps line breaks."""
        return frozenset(
            name
            for name, rules in self._rules.items()
            if any(rule.declarations.get("white-space", "").startswith("pre") for rule in rules)
        )

    def style_of(self, element: Element, attributes: Attributes) -> str | None:
        """Return the style of an element: its own, behind that of the rules for its class or id.

        None where no rule is for it.
        """
        names = attributes.get("class") or ""
        identity = attributes.get("id")
        rules = self._known.get(names)
        if rules is None:
            found = [rule for name in names.split() for rule in self._rules.get(name, ())]
            rules = self._known[names] = found
        if identity and f"#{identity}" in self._rules:
            rules = rules + self._rules[f"#{identity}"]
        if not rules:
            return None
        declared: dict[str, str] = {}
        for rule in rules:
            if rule.simple or self._matches(element, rule.selector):
                declared |= rule.declarations
        own = attributes.get("style") or ""
        for name, value in _DECLARATION.findall(own.lower()[:_LONGEST_RULE]):
            declared.pop(name, value)
        if not declared:
            return None
        return ";".join([*(f"{name}:{value}" for name, value in declared.items()), own])

    def _matches(self, element: Element, selector: str) -> bool:
        self._asked += 1
        if self._asked > _MOST_ASKED:
            return False
        try:
            first = element.css_first(selector)  # the element itself or one that it holds
        except SelectolaxError:  # no selector that lexbor knows
            return False
        return first is not None and first.mem_id == element.mem_id


def _subject(selector: str) -> str | None:
    """Return the class, or the id behind a ``#``, of the elements that a selector is for."""
    if any(part in selector for part in _NOT_NOW) or not (found := _SUBJECT.search(selector)):
        return None
    names: list[str] = _NAME.findall(found[1])
    return names[-1].removeprefix(".") if names else None


def _rules(root: Element) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the declarations of rules that are about text, each with its selectors."""
    left = MAX_STYLES
    for sheet in root.css("style"):
        if left <= 0:
            return
        media = sheet.attributes.get("media") or "all"
        parent = sheet.parent
        if media.strip().lower() not in ("all", "screen") or (
            parent is not None and parent.tag in ("noscript", "svg")
        ):
            continue
        text = sheet.text_lexbor()[:left].lower()
        left -= len(text)
        yield from islice(_rules_of(text), MAX_RULES)


def _rules_of(text: str) -> Iterator[tuple[dict[str, str], str]]:
    known = 0  # up to here the depth is counted
    depth = 0
    read = -1  # where the last rule that was read begins
    for position in _places(text):
        depth += text.count("{", known, position) - text.count("}", known, position)
        known = position
        if depth != 1:
            continue  # within @media, or not within a rule
        opening = text.rfind("{", max(position - _LONGEST_RULE, 0), position)
        if opening <= read:
            continue
        read = opening
        closing = text.find("}", position, position + _LONGEST_RULE)
        declarations = dict(_DECLARATION.findall(text[opening:closing]))
        start = max(opening - _LONGEST_RULE, 0)
        start = max(text.rfind("}", start, opening), text.rfind("/", start, opening), -1) + 1
        yield {name: value.strip() for name, value in declarations.items()}, text[start:opening]


def _places(text: str) -> list[int]:
    """Return where a declaration may stand that is about text, in order."""
    places: list[int] = []
    for name in _BEGINNINGS:
        position = text.find(name)
        while position >= 0 and len(places) < 2 * MAX_RULES:
            places.append(position)
            position = text.find(name, position + 1)
    return sorted(places)
