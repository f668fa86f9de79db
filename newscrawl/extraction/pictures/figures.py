"""Find the element that holds a picture and its legend, and the legend in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container, Placed
from newscrawl.extraction.pictures.captions import MAX_CAPTION, names_caption
from newscrawl.extraction.zone import Zone
from newscrawl.text.phrases import is_credit_line, strip_byline_prefix

_OUT = chrome.CHROME
_BYLINE = chrome.META | chrome.BIOGRAPHY
_PICTURE_NAMES = (
    "image", "img", "photo", "foto", "pictur", "bild", "media", "figure", "thumb", "galler",
    "galer", "slide", "hero", "visual", "illustr", "immagin", "imagen", "caption",
)  # fmt: skip
_STOP = frozenset({"body", "main", "html", "form"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Before there were figures, a picture and its legend shared a cell, or were centred.
_CELLS = frozenset({"td", "table", "center", "dl", "dd", "dt", "tr", "tbody"})
_MAX_CLIMB = 8
_MAX_BLOCKS = 6
_MAX_INSIDE = 100
_SHORT = 300
_DATE = re.compile(r"\W*\d{1,4}(?:[./-]\d{1,2}[./-]\d|\.?\s+[^\W\d]{3,}\.?,?\s+\d{4})")
_MIN_LINE = 20  # bytes: 20 letters, 7 ideographs
_NEAR = 4
_BYLINE_LENGTH = 100


def find_figure(placed: Placed, blocks: Blocks, zone: Zone) -> Container | None:
    """Return the element that holds a picture and its legend and nothing else, or None."""
    for container in islice(placed.container.ancestors(), _MAX_CLIMB):
        if container.tag in _STOP:
            return None
        if container.end > container.start:
            return _as_figure(container, placed, blocks, zone)
    return None


def legend_in(figure: Container, placed: Placed, blocks: Blocks) -> Container | None:
    """Return the element of a figure to read a picture's legend from, or None."""
    if figure.end == figure.start:
        return None
    captions = [
        inner
        for inner in (figure, *_inside(blocks, figure))
        if inner.end > inner.start and is_caption(inner)
    ]
    figcaption = next((inner for inner in captions if inner.tag == "figcaption"), None)
    # Of the captions of several slides the one that follows the picture is its own.
    following = next((inner for inner in captions if inner.start >= placed.position), None)
    return figcaption or following or (captions[0] if captions else figure)


def lone_legends(blocks: Blocks, zone: Zone, start: int) -> Iterator[tuple[Container, Container]]:
    """Yield (figure, legend) for legends from the container ``start`` on, wherever the picture is.

    They are those of videos, and of pictures that a button or a script holds.
    """
    for container in islice(blocks.containers, start, None):
        if not container.own & chrome.CAPTION:
            continue
        if container.start > zone.end:
            return
        if not is_caption(container):
            continue
        figure = _figure_of(container)
        if (
            figure is not None
            and zone.holds(container, container.start)
            and not _holds_text(container, zone)
        ):
            yield figure, container


def is_caption(container: Container) -> bool:
    """Return whether an element calls itself a caption."""
    return container.tag == "figcaption" or (
        bool(container.names)
        and container.tag not in ("figure", "picture")
        and names_caption(container.names)
    )


def is_byline(text: str) -> bool:
    """Return whether a line beside a picture is the author's, whose portrait it then is."""
    rest = strip_byline_prefix(text) if len(text) < _BYLINE_LENGTH else text
    return rest != text and rest[:1].isupper()


def is_chrome(container: Container, position: int, zone: Zone) -> bool:
    """Return whether a picture belongs to the page's furniture, or is the author's portrait."""
    out = (_OUT | _BYLINE) & ~zone.base
    if not container.flags & out:
        return False
    for outer in container.ancestors():
        if outer is zone.scope or outer is zone.article:
            break
        # Right above the text "teaser-image" and "ad-lightbox" are the lead image.
        above = outer.tag == "figure" or (position > zone.heading and is_pictured(outer))
        if outer.own & out & (_BYLINE if above and position <= zone.first_paragraph else out):
            return True
    return False


def is_teaser(blocks: Blocks, figure: Container) -> bool:
    """Return whether what a picture stands with is a link to another page."""
    if figure.tag in ("figure", "figcaption"):
        return False
    inside = blocks.blocks[figure.start : figure.end]
    size = sum(len(block.text) for block in inside)
    linked = sum(block.link_chars for block in inside)
    return linked > 0.8 * size or any(block.tag in _HEADINGS for block in inside)


def is_pictured(container: Container) -> bool:
    """Return whether an element is there for a picture, as its class says."""
    return container.tag == "figure" or (bool(container.names) and _names_picture(container.names))


@lru_cache(maxsize=20_000)
def _names_picture(names: str) -> bool:
    lowered = names.lower()
    return any(part in lowered for part in _PICTURE_NAMES)


def _as_figure(
    container: Container, placed: Placed, blocks: Blocks, zone: Zone
) -> Container | None:
    inside = blocks.blocks[container.start : container.end]
    headed = container.start <= zone.heading < container.end and zone.heading != zone.body
    if headed or len(inside) > _MAX_BLOCKS or sum(len(b.text) for b in inside) > MAX_CAPTION:
        return _beside(placed, blocks, container)
    if container.tag == "figure" or any(is_caption(c) for c in _inside(blocks, container)):
        return None if _holds_text(container, zone) else container
    lone = len(inside) == 1
    if not _may_be_caption(inside[0], zone):
        return None
    # What a credit follows was written for the picture, though it may be taken for text.
    credited = len(inside) > 1 and is_credit_line(inside[-1].text)
    apart = credited or zone.text.isdisjoint(range(container.start, container.end))
    if is_pictured(container):
        fits = apart or (lone and len(inside[0].text) <= _SHORT)
    else:
        fits = apart and (lone or credited or container.tag in _CELLS)
    return container if fits else None


def _holds_text(container: Container, zone: Zone) -> bool:
    """Return whether several paragraphs of the text lie in what would be a figure or a legend."""
    return len(zone.text.intersection(range(container.start, container.end))) > 1


def _may_be_caption(block: Block, zone: Zone) -> bool:
    """Whether a line that stands with a picture, and calls itself nothing, may be its caption."""
    return (
        block.tag not in _HEADINGS
        and not block.flags & _BYLINE & ~zone.base
        and len(block.text.encode()) >= _MIN_LINE
        and not is_byline(block.text)
        and _DATE.match(block.text) is None
    )


def _beside(placed: Placed, blocks: Blocks, container: Container) -> Container | None:
    """Return the caption that stands right beside a picture in the text."""
    for index in (placed.position, placed.position - 1):
        if container.start <= index < container.end:
            for inner in blocks.blocks[index].container.ancestors():
                if inner is container:
                    break
                if is_caption(inner) and inner.end - inner.start <= _MAX_BLOCKS:
                    return inner
    return None


def _figure_of(legend: Container) -> Container | None:
    """Return the figure that a legend belongs to."""
    for outer in islice(legend.ancestors(), 1, _NEAR):
        if outer.tag == "figure" or (outer.tag not in _STOP and is_pictured(outer)):
            return outer
    return legend if legend.tag == "figcaption" else None


def _inside(blocks: Blocks, container: Container) -> Iterator[Container]:
    """Yield the elements within an element, in the page's order."""
    after = container.index + 1
    for inner in islice(blocks.containers, after, after + _MAX_INSIDE):
        if inner.depth <= container.depth:
            return
        yield inner
