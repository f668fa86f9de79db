"""Declarative shadow roots laid open: ``<template shadowrootmode>`` as a reader sees it.

A browser shows the content of such a template in place of the element's own children, and those
where the template has a ``<slot>`` for them. The template becomes a ``<div>``, the page is parsed
again, and the children move to their slots.
"""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.page.tree import Element

MAX_ROOTS = 100
"""So many shadow roots get their children in their slots; the first."""

MAX_CHILDREN = 2_000
"""So many children of one element are moved."""

_ROOTS = "template[shadowrootmode],template[shadowroot]"
_SIGN = b"shadowroot"
_TEMPLATE = re.compile(rb"<(/?)template\b([^>]*+)>", re.IGNORECASE)
_OPENED = b"<div data-shadowroot>"


def has_shadow_roots(root: Element) -> bool:
    """Return whether a page has a declarative shadow root."""
    # Most pages have no template at all, and that is found out in half the time.
    return root.css_first("template") is not None and root.css_first(_ROOTS) is not None


def with_open_roots(html: bytes) -> bytes:
    """Return a page with its shadow roots as ``<div data-shadowroot>``; others as they are.

    >>> with_open_roots(b"<x-a><template shadowrootmode=open><p>One</p></template></x-a>")
    b'<x-a><div data-shadowroot><p>One</p></div></x-a>'
    """
    pieces: list[bytes] = []
    opened: list[bool] = []
    position = 0
    for tag in _TEMPLATE.finditer(html):
        if tag[1]:
            replaced = b"</div>" if opened and opened.pop() else None
        else:
            opened.append(_SIGN in tag[2].lower())
            replaced = _OPENED if opened[-1] else None
        if replaced is not None:
            pieces += (html[position : tag.start()], replaced)
            position = tag.end()
    return b"".join([*pieces, html[position:]])


def fill_slots(root: Element) -> None:
    """Move the children of elements with a shadow root to the slots that are for them."""
    for shadow in islice(root.css("div[data-shadowroot]"), MAX_ROOTS):
        slots = {slot.attributes.get("name") or "": slot for slot in reversed(shadow.css("slot"))}
        filled: set[str] = set()
        child = shadow.next
        for _ in range(MAX_CHILDREN if slots else 0):
            if child is None:
                break
            following = child.next
            name = (child.attributes.get("slot") or "") if child.is_element_node else ""
            if (slot := slots.get(name)) is not None:
                if name not in filled and not child.is_empty_text_node:
                    filled.add(name)
                    for fallback in list(slot.iter(include_text=True)):
                        fallback.remove()
                slot.insert_child(child)
                child.remove()
            child = following
