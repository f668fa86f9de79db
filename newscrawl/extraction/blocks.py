"""The page as text blocks: one walk over the tree gathers all that the extractors look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newscrawl.extraction import chrome
from newscrawl.extraction.chrome import judge, judge_role
from newscrawl.page.formulas import is_footnote_link, math_text, script_text
from newscrawl.page.hidden import for_screen_readers, hidden_by_attributes, is_separator, is_unseen
from newscrawl.page.paragraphs import (
    begins_paragraph,
    has_blank_line,
    keeps_breaks,
    paragraphs,
)
from newscrawl.page.shown import runs_on
from newscrawl.page.styles import StyleSheets
from newscrawl.page.tree import Element, descendants
from newscrawl.text.cleaning import clean_line
from newscrawl.text.vocabulary.link_notes import is_link_note, without_link_note

_SKIP, _INLINE, _BLOCK, _BREAK, _LINK, _STRONG, _IMAGE, _TIME, _FORMULA = range(9)

_TAGS: dict[str, int] = dict.fromkeys(
    "script style noscript template svg object applet select option optgroup datalist button "
    "input textarea canvas audio video iframe head map progress meter dialog embed frame frameset "
    "noframes rt rp rtc link meta title amp-ad amp-sidebar amp-analytics amp-iframe amp-video "
    "-comment".split(),
    _SKIP,
)
_TAGS |= dict.fromkeys(
    "html body div section article main aside header footer nav p h1 h2 h3 h4 h5 h6 ul ol li dl dt "
    "dd blockquote pre figure figcaption table caption thead tbody tfoot tr td th form fieldset "
    "legend details summary address center hgroup menu hr picture".split(),
    _BLOCK,
)
_TAGS |= {
    "br": _BREAK, "a": _LINK, "b": _STRONG, "strong": _STRONG, "em": _STRONG, "i": _STRONG,
    "img": _IMAGE, "amp-img": _IMAGE, "time": _TIME, "span": _INLINE,
    "sup": _FORMULA, "sub": _FORMULA, "math": _FORMULA,
}  # fmt: skip
# Not walked, but where one of them is never closed it swallows the page.
_OPENED: dict[str, int] = dict.fromkeys(("button", "noscript"), _BLOCK)
_TAG_FLAGS: dict[str, int] = {
    "nav": chrome.NAVIGATION | chrome.MENU,
    "footer": chrome.NAVIGATION | chrome.FOOTER,
    "menu": chrome.NAVIGATION | chrome.MENU,
    "aside": chrome.ASIDE,
    "figure": chrome.CAPTION,
    "figcaption": chrome.CAPTION,
    "caption": chrome.CAPTION,
    "article": 0,
}
# A comment parts no words, nor does the reading of a character, which is set above it.
_UNSPACED = frozenset({"-comment", "rt", "rp", "rtc"})
_WHOLE = frozenset({"article", "main"})
_TELLING = frozenset({"role", "itemprop", "style", "hidden", "aria-hidden"})
# What may be left unwalked, on grounds that cannot hold an article: tags of menus and footers with
# little prose, and boxes of any chrome that are mostly links.
_PRUNED = chrome.FOOTER | chrome.MENU
_PRUNED_IF_LINKED = chrome.CHROME
_MUCH_PROSE = 1500  # characters outside of:
_NO_PROSE = "a,h1,script,style,select,button,svg"
_TOO_LITTLE = 1500
_LONGEST_NAMES = 500  # characters of a class or id that are read; they are remembered, too
MAX_PLACED = 1_000
"""So many pictures, times, players and unwalked containers are looked at; the first of each."""

_INDENTED = ("\u3000", "\u2003", "\xa0\xa0")
"""A line that begins so behind a ``<br>`` is a paragraph, in East Asia above all."""
_LONGEST_NOTE = 80  # characters of words for screen readers
_CLOSING = (")", "）", "]", "】")
_SENTENCE_BEGUN = 25  # characters
_LAST_PIECES = 64
_SEVERAL = 160  # characters; a shorter piece of text is no two paragraphs

_MENU = 8000
_MAX_LINKS = 100_000
_LINK_SHARE = 0.6
_FEWEST_LINKS = 3  # a paragraph with fewer is no menu
_DEEPEST = 250
"""Containers deeper than this follow each other at this depth; real pages stay under 100."""
_ITEMPROP_FLAGS: dict[str, int] = {
    "articlebody": chrome.BODY,
    "headline": chrome.HEADLINE,
    "alternativeheadline": chrome.STANDFIRST,
    "caption": chrome.CAPTION,
    "author": chrome.META,
    "datepublished": chrome.META,
    "datemodified": chrome.META,
    "description": chrome.STANDFIRST,
    "comment": chrome.COMMENTS,
}


class Container:
    """A block-level element: what it is, what it lies in, and which blocks lie in it."""

    __slots__ = (
        "articles", "depth", "element", "end", "flags", "index", "names", "own", "parent", "start",
        "tag",
    )  # fmt: skip

    def __init__(
        self,
        element: Element,
        tag: str,
        names: str,
        own: int,
        parent: Container | None,
        start: int,
        index: int,
    ) -> None:
        self.element = element
        self.tag = tag
        self.names = names
        """Its class and id, as they are written."""
        self.own = own
        """Flags of the element itself."""
        self.parent = parent
        self.index = index
        self.start = start
        """Index of the first block inside."""
        self.end = start
        """Index after the last block inside."""
        if parent is None:
            self.flags = own
            """Flags of the element and of all that it lies in."""
            self.depth = 0
            self.articles = 0
            """How many ``<article>`` and ``<main>`` it lies in, itself counted."""
        else:
            self.flags = own | parent.flags
            self.depth = parent.depth + 1
            self.articles = parent.articles + (tag in _WHOLE)

    def ancestors(self) -> Iterator[Container]:
        """Yield the container itself, then outwards to the body."""
        container: Container | None = self
        while container is not None:
            yield container
            container = container.parent


class Block:
    """A run of text that the page sets as one paragraph."""

    __slots__ = (
        "container",
        "flags",
        "index",
        "link_chars",
        "links",
        "strong_chars",
        "tag",
        "text",
    )

    def __init__(self, text: str, container: Container, index: int, flags: int) -> None:
        self.text = text
        self.container = container
        self.tag = container.tag
        self.index = index
        self.flags = flags
        """Flags of all that the block lies in, inline elements included."""
        self.link_chars = 0
        self.links = 0
        self.strong_chars = 0

    def __repr__(self) -> str:
        return f"<Block {self.index} {self.tag} {self.text[:40]!r}>"


class Placed(NamedTuple):
    """An element that is no text, with its place among the blocks."""

    element: Element
    container: Container
    position: int
    """How many blocks stand before it."""


class Blocks:
    """The text blocks of a page in their order, and what else the walk met."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.images: list[Placed] = []
        self.times: list[Placed] = []
        self.players: list[Placed] = []
        """``<video>``, ``<audio>`` and ``<iframe>`` elements."""
        self.pruned: list[Container] = []
        """Containers whose inside was not walked: footers, menus, boxes of links."""
        self.sheets = StyleSheets(root)
        """The page's own style sheets; what they say of words amid a sentence stands in the style
        of these after the walk."""
        body = root.css_first("body,frameset", root)
        _walk(body, self, _PRUNED, _PRUNED_IF_LINKED, _TAGS)
        if sum([len(b.text) for b in self.blocks]) < _TOO_LITTLE and (
            self.pruned or _swallows(body)
        ):
            # A menu or button that is never closed swallows the page; then nothing is left out.
            for found in (
                self.blocks,
                self.containers,
                self.images,
                self.times,
                self.players,
                self.pruned,
            ):
                found.clear()
            _walk(body, self, 0, 0, _TAGS | _OPENED if _swallows(body) else _TAGS)
        for placed in (self.images, self.times, self.players, self.pruned):
            del placed[MAX_PLACED:]


def _swallows(body: Element) -> bool:
    """Return whether an element that is not walked holds a heading and paragraphs."""
    return any(
        element.css_first("h1") is not None and element.css_first("p") is not None
        for element in descendants(body, *_OPENED)
    )


# One long function on purpose: it runs twice for every element of every page, and calls cost.
def _walk(  # noqa: C901, PLR0912, PLR0915
    body: Element, found: Blocks, prune: int, linked: int, tags: dict[str, int]
) -> None:
    blocks, containers = found.blocks, found.containers
    container = Container(body, "body", "", 0, None, 0, 0)
    containers.append(container)
    pieces: list[str] = []
    link_depth = strong_depth = link_chars = links = strong_chars = 0
    inline_flags = 0
    broken = False  # the last thing met was a <br>

    def flush() -> None:
        nonlocal link_chars, links, strong_chars
        text = clean_line("".join(pieces))
        pieces.clear()
        if text:
            block = Block(text, container, len(blocks), container.flags | inline_flags)
            block.link_chars, block.links, block.strong_chars = link_chars, links, strong_chars
            blocks.append(block)
        link_chars = links = strong_chars = 0

    # What is open, outwards: the element, its kind, and what the kind was set to before it.
    opened: list[tuple[Element, int, Container, int, bool]] = []
    kept = False  # whether line breaks are
    menus = _Menus()
    telling = _TELLING
    sheets = found.sheets
    # Of each tag that was met, by its number: its name, its kind and its flags.
    known: dict[int, tuple[str, int, int]] = {}
    node = body.first_child
    while True:
        if node is None:  # the end of what is open
            if not opened:
                break
            element, kind, outside, flags_outside, kept = opened.pop()
            if kind == _BLOCK:
                if pieces:
                    flush()
                container.end = len(blocks)
                container = outside
            else:
                inline_flags = flags_outside
                if kind == _LINK:
                    link_depth -= 1
                elif kind == _STRONG:
                    strong_depth -= 1
            node = element.next
            continue
        text = node.text_content
        if text is not None:
            node = node.next
            if text and (pieces or not text.isspace()):
                if broken and text.lstrip("\r\n\t ").startswith(_INDENTED):
                    flush()
                if "\n" in text and (kept or len(text) > _SEVERAL):
                    if not kept and has_blank_line(text):
                        kept = _keeps_breaks_by_rule(container, sheets)
                    *whole, text = paragraphs(text, kept=kept)
                    for part in whole:
                        pieces.append(part)
                        flush()
                if link_depth and text.endswith(_CLOSING):
                    text = without_link_note(text)
                pieces.append(text)
                if (link_depth or strong_depth or broken) and (size := len(text.strip())):
                    broken = False
                    if link_depth:
                        link_chars += size
                    if strong_depth:
                        strong_chars += size
            continue
        tag_id = node.tag_id
        if tag_id in known:
            tag, kind, tag_flags = known[tag_id]
        else:
            tag, kind, tag_flags = known[tag_id] = _known(node.tag or "", tags)
        if kind == _BLOCK:
            if pieces:
                flush()
            own = tag_flags
            names = ""
            attributes = node.attributes
            for name, value in attributes.items():
                if name == "class" or name == "id":  # noqa: PLR1714 - a tuple costs more
                    if value:
                        read = value[:_LONGEST_NAMES]
                        own |= judge(read)
                        names = f"{names} {read}" if names else read
                elif name in telling:
                    own |= _of_attribute(name, value or "")
            if own & chrome.COMMENTS and node.css_first("h1") is not None:
                own &= ~chrome.COMMENTS  # a comment as papers print them: an opinion
            parent = container if container.depth < _DEEPEST else container.parent
            inner = Container(node, tag, names, own, parent, len(blocks), len(containers))
            containers.append(inner)
            if (own & prune and menus.lacks_prose(node)) or (
                own & linked and inner.depth < _DEEPEST and menus.has(node)
            ):
                found.pruned.append(inner)
                node = node.next
                continue
            opened.append((node, kind, container, 0, kept))
            if not kept and (tag == "pre" or "style" in attributes or "pre" in names):
                kept = keeps_breaks(node, attributes)
            container = inner
            broken = False
        elif kind == _SKIP:
            if tag in ("iframe", "video", "audio"):
                found.players.append(Placed(node, container, len(blocks)))
            if tag not in _UNSPACED:
                pieces.append(" ")
            node = node.next
            continue
        elif kind == _IMAGE:
            found.images.append(Placed(node, container, len(blocks)))
            node = node.next
            continue
        elif kind == _FORMULA:
            before = "".join(pieces[-2:])
            written = math_text(node) if tag == "math" else script_text(node, before)
            pieces.append(written)
            if link_depth:
                link_chars += len(written)
            if strong_depth:
                strong_chars += len(written)
            node = node.next
            continue
        elif kind == _BREAK:
            if broken or (strong_chars and _is_strong(pieces, strong_chars)):
                flush()
            else:
                pieces.append(" ")
            broken = True
            node = node.next
            continue
        else:
            attributes = node.attributes
            classes = attributes.get("class") if attributes else None
            if pieces and kind == _INLINE and (words := _words_amid(node, pieces)) is not None:
                if is_link_note(words):
                    node = node.next
                    continue
                if classes and (style := sheets.style_of(node, attributes)):
                    node.attrs["style"] = style
                    attributes = node.attributes
            if attributes and (
                (
                    ("style" in attributes or "hidden" in attributes or for_screen_readers(classes))
                    and is_unseen(node, attributes)
                )
                or (kind == _LINK and is_footnote_link(node, attributes))
            ):
                if is_separator(node):
                    pieces.append(" ")
                node = node.next
                continue
            if pieces and (last := pieces[-1]):
                if last[-1].isalnum():
                    previous = node.prev
                    if previous is not None and previous.is_element_node and runs_on(last, node):
                        pieces.append(" ")
                elif tag == "span" and _is_next_paragraph(pieces, node):
                    flush()
            opened.append((node, kind, container, inline_flags, kept))
            if "style" in attributes and not kept:
                kept = keeps_breaks(node, attributes)
            if kind == _LINK:
                link_depth += 1
                links += 1
            elif kind == _STRONG:
                strong_depth += 1
            elif kind == _TIME:
                found.times.append(Placed(node, container, len(blocks)))
            if classes and (flags := judge(classes[:_LONGEST_NAMES])):
                inline_flags |= flags
        node = node.first_child
    flush()
    container.end = len(blocks)


def _words_amid(element: Element, pieces: list[str]) -> str | None:
    """Return the words of an element that is a few of them amid a sentence.

    Only such an element can be hidden in it, and style sheets are asked about no other.
    """
    first = element.first_child
    if first is None or first.next is not None or (text := first.text_content) is None:
        return None
    amid = len(text) <= _LONGEST_NOTE and len(_last_words(pieces)) >= _SENTENCE_BEGUN
    return text if amid else None


def _keeps_breaks_by_rule(container: Container, sheets: StyleSheets) -> bool:
    """Return whether a rule of the page keeps the line breaks in an element's text."""
    keeping = sheets.keep_breaks
    return bool(keeping) and any(
        not keeping.isdisjoint(outer.names.split()) for outer in container.ancestors()
    )


def _is_next_paragraph(pieces: list[str], element: Element) -> bool:
    """Return whether an element is a paragraph behind another of its tag, which the pieces are."""
    before = _last_words(pieces)
    if len(before) < _SENTENCE_BEGUN:
        return False
    previous = element.prev
    spaced = False
    if previous is not None and (text := previous.text_content) is not None:
        if not text.isspace():
            return False
        previous, spaced = previous.prev, True
    return (
        previous is not None
        and previous.tag == element.tag
        and begins_paragraph(before, element, spaced=spaced)
    )


def _last_words(pieces: list[str]) -> str:
    """Return the end of a text: of one in very many pieces not all, each time one is added."""
    return "".join(pieces[-_LAST_PIECES:])


def _known(tag: str, tags: dict[str, int]) -> tuple[str, int, int]:
    """Return a tag, its kind and its flags."""
    # A custom element ("bsp-figure") is set as a block by nearly all that use one.
    kind = tags.get(tag, _BLOCK if "-" in tag else _INLINE)
    return tag, kind, _TAG_FLAGS.get(tag, 0)


def _is_strong(pieces: list[str], strong_chars: int) -> bool:
    """Whether a line is bold as a whole: with a break after it, it is a heading of its own."""
    return strong_chars >= sum(len(piece.strip()) for piece in pieces)


def _length(element: Element) -> int:
    """Return how many characters are inside an element, white space folded."""
    return len(" ".join(element.text_lexbor().split()))


class _Menus:
    """Knows which elements are mostly links, until so many links of the page were read."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = _MAX_LINKS

    def lacks_prose(self, element: Element) -> bool:
        """Whether there is no headline inside, and little text that is no link."""
        if self._left < 0:
            return True
        if _length(element) < _MUCH_PROSE:
            return element.css_first("h1") is None
        no_prose = element.css(_NO_PROSE)
        self._left -= len(no_prose)
        if any(inner.tag == "h1" for inner in no_prose):
            return False
        return _length(element) - sum(map(_length, no_prose)) < _MUCH_PROSE

    def has(self, element: Element) -> bool:
        """Whether most of the text inside is links, as in a menu; a headline is never in one."""
        if self._left < 0:
            return False
        # The cheapest question first: most of what calls itself chrome holds no link at all.
        links = element.css("a,h1") if element.first_child is not None else []
        self._left -= len(links)
        few = len(links) < (_FEWEST_LINKS if element.tag == "p" else 1)
        if few or (inside := len(element.text_lexbor())) >= _MENU:
            return False
        linked = sum([len(link.text_lexbor()) for link in links])
        return linked > _LINK_SHARE * inside and all(link.tag == "a" for link in links)


def _of_attribute(name: str, value: str) -> int:
    if name == "role":
        return judge_role(value)
    if name == "itemprop":
        flags = 0
        for prop in value.lower().split():
            flags |= _ITEMPROP_FLAGS.get(prop, 0)
        return flags
    if name == "aria-hidden":
        return chrome.HIDDEN if value == "true" else 0
    return chrome.HIDDEN if hidden_by_attributes({name: value}) else 0
