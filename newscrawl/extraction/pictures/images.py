"""The article's pictures with caption and credit; the lead image's are the article's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter, itemgetter
from typing import NamedTuple

from newscrawl.extraction.blocks import Blocks, Container, Placed
from newscrawl.extraction.pictures.captions import Legend, read_legend, read_text
from newscrawl.extraction.pictures.figures import (
    find_figure,
    is_byline,
    is_caption,
    is_chrome,
    is_pictured,
    is_teaser,
    legend_in,
    lone_legends,
)
from newscrawl.extraction.zone import Zone
from newscrawl.items import Image, Source
from newscrawl.page.metadata import Attributes, plain, types_of
from newscrawl.page.page import Page
from newscrawl.page.tree import Element, descendants
from newscrawl.text.cleaning import clean_line, fold, has_any, words

# What the class or the address of a picture has that is none of the article's.
_NO_PICTURE = (
    "logo", "icon", "avatar", "sprite", "pixel", "emoji", "badge", "button", "btn-", "loader",
    "author", "profile", "/ad/", "/ads/",
)  # fmt: skip
# What a page shows until a script brings the picture.
_STAND_INS = ("data:", ".gif", "placeholder", "spacer", "blank.", "transparent", "1x1")
_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-full-src", "src")
_SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_CAPTION_ATTRIBUTES = ("data-caption", "data-image-caption", "data-sub-html")
_SIZE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)([wx])(?:,|$)")
_TAG = re.compile(r"<[^>]{1,500}>")
_IMAGES = frozenset({"img", "amp-img"})
_MAX_IMAGES = 100
_ELEMENTS_READ = 500  # of a figure, for its picture: it may hold a thousand without an address
_MIN_SIDE = 60
_MIN_DECLARED = 20
_HOME = frozenset({"/", "./", "index.html", "index.php", "/index.html", "/index.php"})
_START = attrgetter("start")
_POSITION = attrgetter("position")
_WIDTH = itemgetter(0)


class Picture(NamedTuple):
    """A picture with its legend, or a legend whose picture only a script brings."""

    image: Image | None
    legend: Legend
    position: int
    """How many blocks stand before it."""
    sure: bool
    """Whether the page sets it as a picture of the article, not just somewhere in it."""


class LeadCaption(NamedTuple):
    """The lead image's caption and credit, and who says so."""

    caption: str | None = None
    credit: str | None = None
    source: Source = "html"


def find_pictures(page: Page, blocks: Blocks, zone: Zone) -> tuple[list[Image], LeadCaption]:
    """Return the article's pictures, the lead first, and the lead image's caption and credit.

    The lead image is the one above the text, else the first in it.
    """
    pictures = sorted(_pictures(page, blocks, zone), key=_POSITION)
    if not pictures:
        pictures = list(_in_buttons(page, zone))
    lead = _lead(pictures, zone)
    ordered = [lead, *pictures] if lead else pictures
    return _each_once(picture.image for picture in ordered), _lead_caption(page, lead)


def _pictures(page: Page, blocks: Blocks, zone: Zone) -> Iterator[Picture]:
    read: set[int] = set()  # blocks that are a legend already
    for placed in blocks.images:
        if zone.holds(placed.container, placed.position):
            figure = find_figure(placed, blocks, zone)
            legend = legend_in(figure, placed, blocks) if figure else None
            if legend is not None:
                read.update(range(legend.start, legend.end))
            picture = _picture(page, blocks, zone, placed, figure, legend)
            if picture is not None:
                yield picture
    start = bisect_left(blocks.containers, zone.start, key=_START)
    for figure, legend in islice(lone_legends(blocks, zone, start), _MAX_IMAGES):
        inside = range(legend.start, legend.end)
        if not read.isdisjoint(inside) or is_chrome(figure, legend.start, zone):
            continue
        read.update(inside)
        text = read_legend(legend.element)
        if text.caption and not is_byline(text.caption):
            image = _first_image(page, figure.element, text)
            yield Picture(image, text, legend.start, sure=True)


def _picture(
    page: Page,
    blocks: Blocks,
    zone: Zone,
    placed: Placed,
    figure: Container | None,
    legend: Container | None,
) -> Picture | None:
    """Return the picture that an element shows; None if it is none of the article's."""
    if is_chrome(figure or placed.container, placed.position, zone) or _is_small(placed.element):
        return None
    if figure is not None and is_teaser(blocks, figure):
        return None
    text = read_legend(legend.element) if legend is not None else _attributes(placed.element)
    if is_byline(text.caption or ""):
        return None
    image = _image(page, placed.element, text)
    if image is None and legend is not None and figure is not None:
        # What stands here until a script loads the picture, which may be there for want of one.
        image = _first_image(page, figure.element, text)
    if image is None and not (text.caption and legend is not None and is_caption(legend)):
        return None
    sure = figure is not None or any(
        is_pictured(outer) for outer, _ in zip(placed.container.ancestors(), range(3), strict=False)
    )
    return Picture(image, text, placed.position, sure)


def _in_buttons(page: Page, zone: Zone) -> Iterator[Picture]:
    """Yield the pictures that open when clicked: the walk over the page leaves buttons out."""
    if zone.scope is None:
        return
    for button in descendants(zone.scope.element, "button")[:_MAX_IMAGES]:
        caption = button.css_first("figcaption")
        if caption is not None:
            text = read_legend(caption)
            yield Picture(_first_image(page, button, text), text, zone.body, sure=True)


def _each_once(images: Iterable[Image | None]) -> list[Image]:
    """Return the pictures, each once; the same caption is the same picture in another size."""
    kept: list[Image] = []
    seen: set[str] = set()
    for image in images:
        if image is None or len(kept) >= _MAX_IMAGES:
            continue
        marks = {image.url, fold(image.caption)} if image.caption else {image.url}
        if not marks & seen:
            kept.append(image)
        seen |= marks
    return kept


# --- the lead image ---


def _lead(pictures: list[Picture], zone: Zone) -> Picture | None:
    """Return the picture above the text, rather one with a caption; else the first in it."""
    above = [picture for picture in pictures if picture.position <= zone.first_paragraph]
    captioned = next((picture for picture in above if picture.legend.caption), None)
    if captioned is not None:
        return captioned
    # A picture above the text that has no caption is the lead all the same.
    for picture in above:
        if picture.sure:
            return picture
    captioned = next((picture for picture in pictures if picture.legend.caption), None)
    return captioned or next(iter(pictures), None)


def _lead_caption(page: Page, lead: Picture | None) -> LeadCaption:
    if lead is not None and lead.legend.caption:
        return LeadCaption(*lead.legend)
    declared = _declared_caption(page)
    if declared is None:
        return LeadCaption(None, lead.legend.credit if lead else None)
    return declared


def _declared_caption(page: Page) -> LeadCaption | None:
    for node in page.articles:
        image = page.metadata.resolve(node.get("image"))
        for item in image if isinstance(image, list) else [image]:
            declared = page.metadata.resolve(item)
            if isinstance(declared, dict) and "imageobject" in types_of(declared):
                caption = plain(declared.get("caption")) or ""
                # Content systems fill it with the headline or the title of the file.
                title = f"{page.metadata.title or ''} {plain(node.get('headline')) or ''}"
                if len(caption) >= _MIN_DECLARED and not set(words(caption)) <= set(words(title)):
                    legend = read_text(caption)
                    credit = legend.credit or plain(declared.get("creditText"))
                    return LeadCaption(legend.caption, credit, "json-ld")
    return None


# --- one picture ---


def _image(page: Page, element: Element, legend: Legend) -> Image | None:
    attributes = element.attributes
    url = _address(page, attributes)
    if url is None or _is_decoration(element, attributes, url):
        return None
    alt = clean_line(attributes.get("alt") or "") or None
    return Image(url=url, caption=legend.caption, credit=legend.credit, alt=alt)


def _first_image(page: Page, element: Element, legend: Legend) -> Image | None:
    inside = (e for e in islice(element.traverse(), _ELEMENTS_READ) if e.tag in _IMAGES)
    images = (_image(page, inner, legend) for inner in inside)
    return next((image for image in images if image is not None), None)


def _attributes(element: Element) -> Legend:
    """Return the caption that a picture, or the link around it, hands to a script."""
    for holder in (element, element.parent):
        attributes = holder.attributes if holder is not None else {}
        for name in _CAPTION_ATTRIBUTES:
            stated = attributes.get(name)
            if stated and (value := clean_line(_TAG.sub(" ", stated))):
                return read_text(value)
    return Legend(None, None)


def _address(page: Page, attributes: Attributes) -> str | None:
    """Return a picture's absolute address: the largest of those that it is offered in."""
    best, best_width = "", 0.0
    for name in _SOURCE_SETS:
        if source_set := attributes.get(name):
            address, width = _largest(source_set)
            if width > best_width:
                best, best_width = address, width
    if not best:
        addresses = ((attributes.get(name) or "").strip() for name in _SOURCES)
        best = next((a for a in addresses if a and not _is_stand_in(a)), "")
    if best.startswith(("https://", "http://")):
        return best
    return page.urljoin(best) if best else None


def _is_stand_in(address: str) -> bool:
    return has_any(address[:500].lower(), _STAND_INS)


def _largest(source_set: str) -> tuple[str, float]:
    """Return the address of the largest candidate of a ``srcset``, and its width (1 if unsaid)."""
    candidates: list[tuple[float, str]] = []
    address = ""
    for token in source_set.split():
        size = _SIZE.match(token)
        if size is None or not address:
            address = token.strip(",")
            width, following = 1.0, address
        else:
            width = float(size[1]) * (1000 if size[2] == "x" else 1)
            following = token[size.end() :]  # "640w,https://…" without a space between
        candidates.append((width, address))
        address = following
    candidates.sort(key=_WIDTH, reverse=True)  # of several as large the first
    for width, address in candidates:
        if width > 0 and not _is_stand_in(address):
            return address, width
    return "", 0.0


def _is_small(element: Element) -> bool:
    attributes = element.attributes
    return _is_short(attributes.get("width")) or _is_short(attributes.get("height"))


def _is_short(side: str | None) -> bool:
    if not side:
        return False
    pixels = side.removesuffix("px")
    return pixels.isdecimal() and len(pixels) < 6 and int(pixels) < _MIN_SIDE


def _is_decoration(element: Element, attributes: Attributes, url: str) -> bool:
    link = element.parent
    if link is not None and link.tag == "a" and _leads_home(link):
        return True  # the masthead
    path = url.split("?", 1)[0].lower()
    names = f"{(attributes.get('class') or '').lower()} {path[path.find('/', 8) :]}"
    return path.endswith(".svg") or has_any(names, _NO_PICTURE)


def _leads_home(link: Element) -> bool:
    return (link.attributes.get("href") or "").strip() in _HOME
