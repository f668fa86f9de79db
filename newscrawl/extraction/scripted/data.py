"""The data that a page gives to its scripts: JSON in scripts and attributes, whatever its name.

``<script type="application/json">``, ``window.__STATE__ = {…}``, ``JSON.parse("…")``,
``data-page="{…}"``, the rows of React's server components, flat arrays of Nuxt and SvelteKit.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from newscrawl.extraction.scripted.flattened import unflattened
from newscrawl.extraction.scripted.flight import flight_values
from newscrawl.page.tree import Element

MAX_SCRIPTS = 5_000_000
"""So many characters of scripts are read, over all of a page."""

LEAST = 400
"""A shorter text in a script is a teaser."""

INLINE_SCRIPTS = "script:not([src])"

_MOST_TRIES = 50  # of one script, to read a value
_MOST_ELEMENTS = 5_000
_LONGEST_ATTRIBUTES = 2_000_000
# Where a value can begin: behind an assignment, or as the argument of a call.
_START = re.compile(r"""[=(,]\s{0,20}(?=[{\[]\s{0,20}["{\[])|JSON\.parse\(\s{0,20}(?=")""")
_DECODER = json.JSONDecoder(strict=False)


def script_values(root: Element) -> Iterator[Any]:
    """Yield the JSON values of a page's inline scripts and attributes that can hold an article."""
    left = MAX_SCRIPTS
    pushed: list[str] = []
    for script in root.css(INLINE_SCRIPTS):
        text = script.text_lexbor()
        left -= len(text)
        if left < 0:
            break
        if "__next_f" in text[:200]:
            pushed.append(text)
        elif len(text) > LEAST // 2 and "ld+json" not in (script.attributes.get("type") or ""):
            yield from map(unflattened, _values(text.strip()))
    if pushed:
        yield from flight_values(pushed)
    yield from _attribute_values(root)


def _values(text: str) -> Iterator[Any]:
    """Yield the values that stand in a script."""
    if text[:1] in ("{", "["):
        try:
            yield _DECODER.decode(text)
        except (ValueError, RecursionError):
            pass
        else:
            return
    position = 0
    for _ in range(_MOST_TRIES):
        start = _START.search(text, position)
        if start is None:
            return
        try:
            value, position = _DECODER.raw_decode(text, start.end())
        except json.JSONDecodeError as error:
            position = max(error.pos, start.end() + 1)  # nothing is read twice
        except RecursionError:
            return
        else:
            yield from of_string(value)


def of_string(value: Any) -> Iterator[Any]:
    """Yield a value; of a string that is JSON, the value that it is."""
    if isinstance(value, str):
        if value[:1] not in ("{", "["):
            return
        try:
            value = _DECODER.decode(value)
        except (ValueError, RecursionError):
            return
    yield value


def _attribute_values(root: Element) -> Iterator[Any]:
    """Yield the values in attributes, where Inertia, Astro and others put a page's data."""
    left = _LONGEST_ATTRIBUTES
    for element in islice(root.css("body *"), _MOST_ELEMENTS):
        for stated in element.attributes.values():
            if stated and len(stated) > LEAST and stated[:1] in ("{", "["):
                left -= len(stated)
                if left < 0:
                    return
                yield from of_string(stated)
