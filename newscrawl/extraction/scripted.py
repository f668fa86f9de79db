"""The text of a page that only its scripts would show: markup in the data that they are given.

Frameworks put an article into a script as a JSON string (``__NEXT_DATA__``, ``self.__next_f``,
``window.__STATE__`` …), and a page that is drawn by the browser alone shows nothing else. Where the
page itself has hardly any text, the longest such string with paragraphs in it is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from newscrawl.exceptions import NotAPageError
from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.page.page import Page
from newscrawl.page.tree import Element

MAX_SCRIPTS = 5_000_000
"""So many characters of scripts are read, over all of a page."""

LEAST = 400
"""A shorter text in a script is a teaser."""

# A string begins where a value or a key can. One that never ends takes the rest with it, so that
# nothing is looked through twice.
_STRING = re.compile(r'(?<=[\s:,(\[{=])"((?:[^"\\]++|\\.?)*+)(?:"|\Z)', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003[cC]|&lt;)p[\s>\\&]")
_JSON = re.compile(r'"\s{0,3}:\s{0,3}"')
_LEAST_PARAGRAPHS = 2
_LEVELS = 3
"""JSON stands in a string of JSON, which stands in a script."""
_OUT = chrome.CHROME | chrome.CAPTION | chrome.BIOGRAPHY | chrome.HIDDEN
_INLINE_SCRIPTS = "script:not([src])"


def scripted_blocks(page: Page) -> list[Block]:
    """Return the blocks of the longest text that a page's scripts hold; [] where none is long."""
    best: list[Block] = []
    most = LEAST - 1
    for html in _markup(page.root):
        if len(html) <= most:
            continue
        blocks = _prose(html)
        size = sum([len(block.text) for block in blocks])
        if size > most:
            best, most = blocks, size
    return best


def _prose(html: str) -> list[Block]:
    try:
        fragment = Page(f"<article>{html}</article>")
    except NotAPageError:
        return []
    return [
        block
        for block in Blocks(fragment.root).blocks
        if not block.flags & _OUT and block.link_chars * 2 <= len(block.text)
    ]


def _markup(root: Element) -> Iterator[str]:
    """Yield the strings in the inline scripts that hold paragraphs."""
    size = 0
    for script in root.css(_INLINE_SCRIPTS):
        text = script.text_lexbor()
        size += len(text)
        if size > MAX_SCRIPTS:
            return
        if len(text) > LEAST and _PARAGRAPH.search(text):
            yield from _strings(text, _LEVELS)


def _strings(text: str, levels: int) -> Iterator[str]:
    for match in _STRING.finditer(text):
        if match.end() - match.start() <= LEAST or not _PARAGRAPH.search(match[1]):
            continue
        try:
            value = json.loads(match[0], strict=False)
        except ValueError:
            continue
        if value.lstrip()[:1] != "<" and _JSON.search(value) and levels > 1:
            yield from _strings(value, levels - 1)
        elif len(_PARAGRAPH.findall(value)) >= _LEAST_PARAGRAPHS:
            yield value
