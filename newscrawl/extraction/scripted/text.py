"""The text of a page that only its scripts would show.

Frameworks put an article into the data of a script, as markup in a string or as a list of blocks,
and a page that is drawn by the browser alone shows nothing else. So do ``<iframe srcdoc>`` and
``<noscript>``. The longest text is read; one whose data has the page's headline before others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from newscrawl.exceptions import NotAPageError
from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.scripted.data import (
    INLINE_SCRIPTS,
    LEAST,
    MAX_SCRIPTS,
    of_string,
    script_values,
)
from newscrawl.extraction.scripted.rich_text import RichText
from newscrawl.page.page import Page
from newscrawl.page.tree import Element
from newscrawl.text.cleaning import text_size, words

MAX_VALUES = 300_000
"""So many values of a page's data are looked at; the first."""

_LEAST_MARKUP = LEAST // 2  # characters, of the scripts that say most with each
_MAX_DEPTH = 60
_MOST_TEXTS = 40
"""So many texts of a page are read; the longest."""

# A string begins where a value or a key can. One that never ends takes the rest with it, so that
# nothing is looked through twice.
_STRING = re.compile(r'(?<=[\s:,(\[{=])"((?:[^"\\]++|\\.?)*+)(?:"|\Z)', re.DOTALL)
_PARAGRAPH = re.compile(r"(?:<|\\u003[cC]|&lt;)p[\s>\\&]")
_JSON = re.compile(r'"\s{0,3}:\s{0,3}"')
_LEAST_PARAGRAPHS = 2
_LEVELS = 3
"""JSON stands in a string of JSON, which stands in a script."""
_OUT = chrome.CHROME | chrome.CAPTION | chrome.BIOGRAPHY | chrome.HIDDEN
_SENTENCE = 60  # characters
_ENDS = tuple('.!?…。！？」』”“"»›।؟۔:)')
_TITLES = ("headline", "title", "headlines", "heading", "name")
_FRAMES = "iframe[srcdoc],noscript"
_MOST_FRAMES = 100


class ScriptedText(NamedTuple):
    """A text in a page's data."""

    blocks: list[Block]
    owners: list[dict[str, Any]]
    """The dicts that it lies in, the innermost last."""

    @property
    def size(self) -> int:
        """Its length, as `text_size` has it."""
        return sum([text_size(block.text) for block in self.blocks])


class _Found(NamedTuple):
    html: str
    owners: list[dict[str, Any]]
    titled: bool
    """Whether its data has the page's headline."""


NOTHING = ScriptedText([], [])


def scripted_text(page: Page, headline: str | None) -> ScriptedText:
    """Return the text that a page's data holds; `NOTHING` where none is long."""
    found = sorted(
        [*_of_values(page.root, headline), *_of_markup(page.root)],
        key=lambda each: (each.titled, len(each.html)),
        reverse=True,
    )
    best = NOTHING
    for each in found[:_MOST_TEXTS]:
        if best.blocks and not each.titled and found[0].titled:
            break
        if text_size(each.html) < max(LEAST, best.size):
            continue
        text = ScriptedText(_prose(each.html), each.owners)
        if text.size >= max(LEAST, best.size + 1) and _is_read(text):
            best = text
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


def _is_read(text: ScriptedText) -> bool:
    """Return whether most of a text is sentences: settings and lists of products have few."""
    sentences = [
        size
        for block in text.blocks
        if (size := text_size(block.text)) >= _SENTENCE and block.text.endswith(_ENDS)
    ]
    return len(sentences) >= _LEAST_PARAGRAPHS and 2 * sum(sentences) >= text.size


def _of_values(root: Element, headline: str | None) -> Iterator[_Found]:
    """Yield the texts in a page's data: strings with paragraphs, and lists of blocks."""
    rich, wanted = RichText(), words(headline or "")
    left = MAX_VALUES
    for whole in script_values(root):
        # What is still to be looked at, and the dicts that it lies in.
        todo: list[tuple[Any, tuple[dict[str, Any], ...]]] = [(whole, ())]
        while todo and left > 0:
            left -= 1
            value, owners = todo.pop()
            html = _markup_of(value, rich)
            if len(html) >= _LEAST_MARKUP:
                titled = any(_has_title(owner, wanted) for owner in owners)
                yield _Found(html, list(owners), titled)
            elif len(owners) < _MAX_DEPTH:
                within = (*owners, value) if isinstance(value, dict) else owners
                todo += [(inner, within) for inner in _parts(value)]


def _markup_of(value: Any, rich: RichText) -> str:
    """Return the text that a value is, as HTML; "" where it is none."""
    if isinstance(value, list):
        return rich.markup(value)
    if isinstance(value, str) and len(value) >= _LEAST_MARKUP:
        is_markup = value[0] not in "{[" and len(_PARAGRAPH.findall(value)) >= _LEAST_PARAGRAPHS
        return value if is_markup else ""
    return ""


def _parts(value: Any) -> Iterator[Any]:
    """Yield what a value holds that may be a text; of a string, the value that it is in JSON."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from (inner for inner in value if isinstance(inner, (dict, list, str)))
    elif isinstance(value, str) and len(value) >= _LEAST_MARKUP:
        yield from of_string(value)


def _has_title(owner: dict[str, Any], wanted: list[str]) -> bool:
    for key in _TITLES:
        value = owner.get(key)
        stated = value.values() if isinstance(value, dict) else (value,)
        if any(isinstance(title, str) and words(title[:500]) == wanted for title in stated):
            return bool(wanted)
    return False


def _of_markup(root: Element) -> Iterator[_Found]:
    """Yield the markup in frames, for browsers without scripts, and in what is no JSON."""
    for element in islice(root.css(_FRAMES), _MOST_FRAMES):
        html = element.attributes.get("srcdoc") or element.inner_html or ""
        if (len(html) >= _LEAST_MARKUP and element.tag != "noscript") or _PARAGRAPH.search(html):
            yield _Found(html, [], titled=False)
    size = 0
    for script in root.css(INLINE_SCRIPTS):
        text = script.text_lexbor()
        size += len(text)
        if size > MAX_SCRIPTS:
            return
        if len(text) > _LEAST_MARKUP and _PARAGRAPH.search(text):
            for html in _strings(text, _LEVELS):
                yield _Found(html, [], titled=False)


def _strings(text: str, levels: int) -> Iterator[str]:
    for match in _STRING.finditer(text):
        if match.end() - match.start() <= _LEAST_MARKUP or not _PARAGRAPH.search(match[1]):
            continue
        try:
            value = json.loads(match[0], strict=False)
        except ValueError:
            continue
        if value.lstrip()[:1] != "<" and _JSON.search(value) and levels > 1:
            yield from _strings(value, levels - 1)
        elif len(_PARAGRAPH.findall(value)) >= _LEAST_PARAGRAPHS:
            yield value
