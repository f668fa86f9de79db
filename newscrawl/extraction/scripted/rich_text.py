"""Rich text in JSON as markup: lists of blocks and trees of nodes, known by their shape.

A block is a dict with a word for what it is and a text or a list of children, under whatever keys:
``{"type": "paragraph", "text": …}``, ``{"nodeType": …, "content": […]}``, ``{"_type": "block",
"children": […]}``, ``{"type": "header", "data": {"text": …}}``, an element of React, or a plain
string of its own in a list of sentences.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

MAX_NODES = 100_000
"""So many nodes are read, over all lists of a page."""

MAX_LEVELS = 40
"""What lies deeper is dropped."""

_LEAST_PROSE = 60  # characters of a string that is a paragraph
_LOOKED_AT = 40
_LONGEST_KIND = 60
_KINDS = ("type", "_type", "nodeType", "__typename", "blockType", "blockName", "kind", "tag")
_CHILDREN = (
    "children", "content", "nodes", "items", "blocks", "content_elements", "innerBlocks",
    "elements", "components", "list_items", "rows",
)  # fmt: skip
_TEXTS = (
    "text", "html", "__html", "value", "content", "markup", "paragraph", "body", "innerHTML",
    "plaintext", "children", "copy",
)  # fmt: skip
# What only wraps the block's own: editor.js, Gutenberg, Storyblok, component models.
_WRAPPERS = (
    "data", "model", "attrs", "attributes", "fields", "props", "document", "json", "root",
    "content", "value", "dangerouslySetInnerHTML", "children", "body",
)  # fmt: skip
_ENTRY = frozenset({"url", "slug", "href", "link", "canonical_url", "website_url", "permalink"})
_TITLE = frozenset({"title", "headline", "headlines", "name"})
_PERSONAL = frozenset({"user", "username", "replies", "likes", "avatar", "email", "author", "bio"})

_SKIPPED = re.compile(
    r"^(?:meta|title|link)$|(?:^|[-_ /])(?:image|photo|picture|figure|video|audio|embed|ads?\b"
    r"|advert|promo|related|newsletter|gallery|slideshow|interstitial|divider|iframe|tweet|twitter"
    r"|instagram|oembed|byline|caption|signup|subscribe|paywall|poll|podcast|recommend|teaser"
    r"|card|share|social|button|script|style\b|svg|link[-_]?list|table|nav|footer|form\b"
    r"|breadcrumb|comment|author|copyright|disclaimer|atomic|img|aside)"
)
_HEADING = re.compile(r"head(?:er|ing|line)|^h[1-6]$|sub-?head|subtitle")
_ITEM = re.compile(r"list[-_ ]?item|^li$")
_LIST = re.compile(r"list|^[uo]l$|bullet|ordered|check")
_QUOTE = re.compile(r"quote")
_INLINE = re.compile(
    r"^(?:a|b|i|u|em|strong|span|sup|sub|code|mark|small|del|s|time|abbr|cite|q|br)$|link|inline"
    r"|^(?:text|text-?run|leaf|fragment|mention|bold|italic|emphasis|string|linebreak|hard-?break)$"
)
_BOX = re.compile(r"^(?:div|section|article|main|doc|document|root|body|column|group|\$l?\w{0,8})$")
_BREAK = re.compile(r"^(?:br|line-?break|hard-?break)$")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#x|[a-zA-Z])[\w]{1,10};")
_BLOCK_MARKUP = re.compile(r"<(?:p|h[1-6]|ul|ol|blockquote|div)\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ENDS = tuple('.!?…。！？」』”“"»›।؟۔:')


class RichText:
    """Turns lists of blocks into markup, until so many nodes of a page were read."""

    def __init__(self) -> None:
        self._left = MAX_NODES

    def markup(self, blocks: list[Any]) -> str:
        """Return a list of blocks as HTML; "" where it is none."""
        looked = blocks[:_LOOKED_AT]
        if not looked or sum(map(_may_be_block, looked)) * 2 <= len(looked):
            return ""
        if all(isinstance(item, str) for item in looked) and not _is_prose(looked):
            return ""
        return self._blocks(blocks, 0)

    def _blocks(self, nodes: list[Any], level: int) -> str:
        return "".join(self._block(node, level) for node in nodes)

    def _block(self, node: Any, level: int) -> str:
        """Return one block as HTML."""
        self._left -= 1
        if self._left < 0 or level > MAX_LEVELS:
            return ""
        if isinstance(node, str):
            return _paragraph("p", _markup(node))
        if isinstance(node, list):
            return self._blocks(node, level + 1)
        if not isinstance(node, dict) or _is_entry(node):
            return ""
        view = _view(node)
        kind = _kind(node, view)
        return "" if _SKIPPED.search(kind) else self._of_kind(kind, view, level)

    def _of_kind(self, kind: str, view: dict[str, Any], level: int) -> str:
        children, text = _children(view), _text(view)
        if _LIST.search(kind) and not _ITEM.search(kind) and children:
            return f"<ul>{''.join(self._item(child, level + 1) for child in children)}</ul>"
        if children and not (text and _BLOCK_MARKUP.search(text)):
            if _BOX.search(kind) or not all(map(_is_inline, islice(children, _LOOKED_AT))):
                inner = self._blocks(children, level + 1)
                return f"<blockquote>{inner}</blockquote>" if _QUOTE.search(kind) else inner
            text = text or self._inline(children, level + 1)  # a text says what its parts say
        return _paragraph(_tag(kind), text or "")

    def _item(self, node: Any, level: int) -> str:
        inner = self._block(node, level)
        return f"<li>{inner}</li>" if inner else ""

    def _inline(self, nodes: list[Any], level: int) -> str:
        """Return the nodes within a paragraph as HTML."""
        pieces: list[str] = []
        for node in nodes:
            self._left -= 1
            if self._left < 0 or level > MAX_LEVELS:
                break
            if isinstance(node, str):
                pieces.append(_markup(node))
            elif isinstance(node, dict):
                view = _view(node)
                kind = _kind(node, view)
                if _BREAK.search(kind):
                    pieces.append("<br>")
                    continue
                children = _children(view)
                text = self._inline(children, level + 1) if children else _text(view) or ""
                tag = _marked(kind, view)
                pieces.append(f"<{tag}>{text}</{tag}>" if tag and text else text)
        return "".join(pieces)


def _view(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a block says, with what it wraps."""
    view = dict(node)
    for key in _WRAPPERS:
        inner = node.get(key)
        if isinstance(inner, dict):
            view = {**inner, **{k: v for k, v in view.items() if k != key}}
    return view


def _kind(node: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    """Return what a block says that it is, in lower case; "" where it says nothing."""
    stated = next((node[key] for key in _KINDS if isinstance(node.get(key), str)), "")
    if (style := view.get("style")) and isinstance(style, str) and _HEADING.search(style):
        stated = style  # Portable Text: a block's style is what it is
    if isinstance(view.get("listItem"), str):
        return "list-item"
    return _lowered(stated[:_LONGEST_KIND])


@lru_cache(maxsize=5_000)
def _lowered(kind: str) -> str:
    return _CAMEL.sub("-", kind.rsplit("/", 1)[-1]).lower()


def _children(view: Mapping[str, Any]) -> list[Any]:
    for key in _CHILDREN:
        value = view.get(key)
        if isinstance(value, list) and value:
            return value
        if isinstance(value, dict) and key == "children":
            return [value]
    return []


def _text(view: Mapping[str, Any]) -> str | None:
    """Return the text that a block has itself, as HTML."""
    for key in _TEXTS:
        value = view.get(key)
        if isinstance(value, str) and value:
            return _markup(value)
    return None


def _markup(text: str) -> str:
    return text if _MARKUP.search(text) else html.escape(text, quote=False)


def _tag(kind: str) -> str:
    if _HEADING.search(kind):
        return "h2"
    if _QUOTE.search(kind):
        return "blockquote"
    return "li" if _ITEM.search(kind) else "p"


def _marked(kind: str, view: Mapping[str, Any]) -> str | None:
    """Return the tag of an inline node: of those that say something to whoever reads the text."""
    if kind in ("sup", "sub", "superscript", "subscript"):
        return kind[:3]
    marks = view.get("marks")
    for mark in marks[:5] if isinstance(marks, list) else ():
        name = mark.get("type") if isinstance(mark, dict) else mark
        if name in ("superscript", "subscript", "sup", "sub"):
            return str(name)[:3]
    return "a" if "link" in kind or kind == "a" else None


def _paragraph(tag: str, text: str) -> str:
    if not text or text.isspace():
        return ""
    return text if _BLOCK_MARKUP.match(text.lstrip()) else f"<{tag}>{text}</{tag}>"


def _is_inline(node: Any) -> bool:
    """Return whether a node is a part of a paragraph."""
    if not isinstance(node, dict):
        return isinstance(node, str)
    view = _view(node)
    kind = _kind(node, view)
    if kind:
        return _INLINE.search(kind) is not None
    return not _children(view)


def _is_entry(node: Mapping[str, Any]) -> bool:
    """Whether a dict is something else with a text: a teaser of a story, a reader's comment."""
    return not (_PERSONAL.isdisjoint(node) and (_ENTRY.isdisjoint(node) or _TITLE.isdisjoint(node)))


def _may_be_block(node: Any) -> bool:
    if isinstance(node, str):
        return True
    if not isinstance(node, dict) or _is_entry(node):
        return False
    view = _view(node)
    return (
        bool(_children(view))
        or any(isinstance(view.get(key), str) for key in _TEXTS)
        or (bool(_SKIPPED.search(_kind(node, view))))
    )


def _is_prose(strings: list[str]) -> bool:
    """Whether the strings of a list are paragraphs: sentences, most of them, of some length."""
    long = [text for text in strings if len(text.encode()) >= _LEAST_PROSE]
    whole = [text for text in long if text.rstrip().endswith(_ENDS) or "<p" in text]
    return len(whole) * 2 > len(strings)
