"""The page as text blocks: one walk over the tree gathers all that the extractors look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from newscrawl.extractors import chrome
from newscrawl.extractors.chrome import judge, judge_role
from newscrawl.text import clean_line

_SKIP, _INLINE, _BLOCK, _BREAK, _LINK, _STRONG, _IMAGE, _TIME = range(8)
_FLAGGED = 8  # beside the kind of an inline element: its class says something

_TAGS: dict[str, int] = dict.fromkeys(
    "script style noscript template svg math object applet select option optgroup datalist button "
    "input textarea canvas audio video iframe head map progress meter dialog embed frame frameset "
    "noframes rt rp link meta title amp-ad amp-sidebar amp-analytics amp-iframe amp-video".split(),
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
_HEAD = frozenset({
    "title", "meta", "link", "script", "style", "base", "noscript", "template", "object", "svg",
})  # fmt: skip
_RUBY = frozenset({"rt", "rp"})  # the reading of a character, set above it
_WHOLE = frozenset({"article", "main"})
_TELLING = frozenset({"role", "itemprop", "style", "hidden", "aria-hidden"})
# No body was ever seen in these (0.05 % of the words of 900 articles); they are not walked.
_PRUNED = chrome.COMMENTS | chrome.BIOGRAPHY | chrome.FOOTER | chrome.MENU
_PRUNED_IF_LINKED = chrome.CHROME
_TOO_LITTLE = 1500
_LONGEST_NAMES = 500  # characters of a class or id that are read; they are remembered, too
MAX_PLACED = 1_000
"""So many pictures, times, players and unwalked containers are looked at; the first of each."""

_MENU = 8000
_LINK_SHARE = 0.6
_STRING_LENGTH = etree.XPath("string-length()")
_LINKED_TEXTS = etree.XPath(".//a//text()", smart_strings=False)
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
        element: etree._Element,
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

    element: etree._Element
    container: Container
    position: int
    """How many blocks stand before it."""


class Blocks:
    """The text blocks of a page in their order, and what else the walk met."""

    def __init__(self, root: etree._Element) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.images: list[Placed] = []
        self.times: list[Placed] = []
        self.players: list[Placed] = []
        """``<video>``, ``<audio>`` and ``<iframe>`` elements."""
        self.pruned: list[Container] = []
        """Containers whose inside was not walked: footers, menus, comments, biographies."""
        body, tags = _start(root)
        _walk(body, self, _PRUNED, _PRUNED_IF_LINKED, tags)
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
            _walk(body, self, 0, 0, tags | _OPENED if _swallows(body) else tags)
        for placed in (self.images, self.times, self.players, self.pruned):
            del placed[MAX_PLACED:]


def _start(root: etree._Element) -> tuple[etree._Element, dict[str, int]]:
    """Return where the walk begins, and what it makes of each tag.

    That is the body, but where a page leaves out its ``<body>`` tag, as HTML allows, libxml2 takes
    ``<article>``, ``<main>`` and the like, which it does not know, for parts of the head.
    """
    if root.tag == "body":
        return root, _TAGS
    body, head = root.find("body"), root.find("head")
    stray = head is not None and any(child.tag not in _HEAD for child in head)
    if body is None or stray:
        return root, _TAGS | {"head": _BLOCK}
    return body, _TAGS


def _swallows(body: etree._Element) -> bool:
    """Whether an element that is not walked holds a heading and paragraphs."""
    return any(
        element.find(".//h1") is not None and element.find(".//p") is not None
        for element in body.iter(*_OPENED)
    )


# One long function on purpose: it runs twice for every element of every page, and calls cost.
def _walk(  # noqa: C901, PLR0912, PLR0915
    body: etree._Element, found: Blocks, prune: int, linked: int, tags: dict[str, int]
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

    opened: list[int] = []  # the kind of each open element
    flags_before: list[int] = []  # the inline flags outside each of those that are _FLAGGED
    kind_of, tag_flags, telling = tags.get, _TAG_FLAGS.get, _TELLING
    walker = etree.iterwalk(body, events=("start", "end"))
    skip_subtree = walker.skip_subtree
    next(walker)
    text = body.text
    if text and not text.isspace():
        pieces.append(text)
    for event, element in walker:
        if event == "start":
            tag = element.tag
            kind = kind_of(tag, -1)
            if kind == -1:
                # A custom element ("bsp-figure") is set as a block by nearly all that use one.
                kind = _BLOCK if isinstance(tag, str) and "-" in tag else _INLINE
            if kind == _BLOCK:
                if pieces:
                    flush()
                own = tag_flags(tag, 0)
                names = ""
                attributes: Any = element.items()  # the stubs allow bytes, the parser gives none
                for name, value in attributes:
                    if name == "class" or name == "id":  # noqa: PLR1714 - a tuple costs more
                        read = value[:_LONGEST_NAMES]
                        own |= judge(read)
                        names = f"{names} {read}" if names else read
                    elif name in telling:
                        own |= _of_attribute(name, value)
                inner = Container(element, tag, names, own, container, len(blocks), len(containers))
                containers.append(inner)
                if own & prune or (own & linked and _is_linked(element)):
                    found.pruned.append(inner)
                    opened.append(_SKIP)
                    skip_subtree()
                    continue
                container = inner
                broken = False
            elif kind == _SKIP:
                if tag in ("iframe", "video", "audio"):
                    found.players.append(Placed(element, container, len(blocks)))
                if tag not in _RUBY:
                    pieces.append(" ")
                opened.append(kind)
                skip_subtree()
                continue
            elif kind == _IMAGE:
                found.images.append(Placed(element, container, len(blocks)))
                opened.append(kind)
                skip_subtree()
                continue
            elif kind == _BREAK:
                if broken or (strong_chars and _is_strong(pieces, strong_chars)):
                    flush()
                else:
                    pieces.append(" ")
                broken = True
                opened.append(kind)
                skip_subtree()
                continue
            else:
                if kind == _LINK:
                    link_depth += 1
                    links += 1
                elif kind == _STRONG:
                    strong_depth += 1
                elif kind == _TIME:
                    found.times.append(Placed(element, container, len(blocks)))
                classes = element.get("class")
                if classes and (flags := judge(classes[:_LONGEST_NAMES])):
                    flags_before.append(inline_flags)
                    inline_flags |= flags
                    kind |= _FLAGGED
            opened.append(kind)
            text = element.text
        else:
            if not opened:
                break  # the body itself
            kind = opened.pop()
            if kind == _BLOCK:
                if pieces:
                    flush()
                container.end = len(blocks)
                container = container.parent or container
            elif kind > _BREAK:
                if kind & _FLAGGED:
                    inline_flags = flags_before.pop()
                    kind ^= _FLAGGED
                if kind == _LINK:
                    link_depth -= 1
                elif kind == _STRONG:
                    strong_depth -= 1
            text = element.tail
        if text and (pieces or not text.isspace()):
            pieces.append(text)
            if (link_depth or strong_depth or broken) and (size := len(text.strip())):
                broken = False
                if link_depth:
                    link_chars += size
                if strong_depth:
                    strong_chars += size
    flush()
    container.end = len(blocks)


def _is_strong(pieces: list[str], strong_chars: int) -> bool:
    """Whether a line is bold as a whole: with a break after it, it is a heading of its own."""
    return strong_chars >= sum(len(piece.strip()) for piece in pieces)


def _is_linked(element: etree._Element) -> bool:
    """Whether most of the text inside is links, as it is in a menu; a headline is never pruned."""
    # The cheapest question first: most of what calls itself chrome holds no link at all.
    first = next(element.iter("a", "h1"), None)
    if first is None or first.tag == "h1":
        return False
    inside: Any = _STRING_LENGTH(element)
    if inside >= _MENU:
        return False
    linked: Any = _LINKED_TEXTS(element)
    if _LINK_SHARE * inside >= sum(map(len, linked)):
        return False
    return next(element.iter("h1"), None) is None


def _of_attribute(name: str, value: str) -> int:
    if name == "role":
        return judge_role(value)
    if name == "itemprop":
        flags = 0
        for prop in value.lower().split():
            flags |= _ITEMPROP_FLAGS.get(prop, 0)
        return flags
    if name == "style":
        hidden = "none" in value and "display:none" in value.replace(" ", "").lower()
        return chrome.HIDDEN if hidden else 0
    return chrome.HIDDEN if name == "hidden" or value == "true" else 0
