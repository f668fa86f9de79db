"""The article's pictures with caption and credit; the lead image's are the article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Blocks, Container, Placed
from newscrawl.extractors.credit import split_credit
from newscrawl.items import Image
from newscrawl.metadata import plain, types_of
from newscrawl.page import Page
from newscrawl.text import clean_line, fold

_OUT = chrome.CHROME | chrome.BIOGRAPHY
_NO_PICTURE = re.compile(
    r"logo|icon|avatar|sprite|pixel|spacer|blank\.|placeholder|emoji|gravatar|badge|1x1|/ads?/",
    re.I,
)
_CREDIT_CLASS = re.compile(
    r"credit|copyright|source|quelle|author|byline|rights|agency|photographer|crédit|firma|fotograf|autor",
    re.I,
)
_LABEL_CLASS = re.compile(
    r"sr-only|visually-hidden|visuallyhidden|screen-reader|hidden|icon|button|btn|count|zoom|toggle",
    re.I,
)
_SOURCES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-srcset",
    "srcset",
    "data-lazy-srcset",
)
_MAX_CAPTION = 900
_MAX_CLIMB = 6
_MAX_IMAGES = 100
_MIN_SIDE = 60
_LEAD_BEFORE_HEADLINE = 12


def find_images(page: Page, blocks: Blocks, start: int, end: int) -> list[Image]:
    """Return the pictures among the blocks from ``start`` to ``end``, in the page's order."""
    images: list[Image] = []
    seen_urls: set[str] = set()
    seen_captions: set[str] = set()
    for placed in blocks.images:
        if not start <= placed.position <= end or placed.container.flags & _OUT:
            continue
        element = placed.element
        url = _address(page, element)
        holder = _caption_holder(placed, blocks)
        caption, credit = read_caption(holder.element) if holder is not None else (None, None)
        if url is None or _is_decoration(element, url) or url in seen_urls:
            continue
        folded = fold(caption or "")
        if folded and folded in seen_captions:
            continue  # the same picture in another size
        seen_urls.add(url)
        seen_captions.add(folded)
        alt = clean_line(element.get("alt") or "") or None
        images.append(Image(url=url, caption=caption, credit=credit, alt=alt))
        if len(images) >= _MAX_IMAGES:
            break
    return images


def lead_caption(
    page: Page, blocks: Blocks, start: int, body_start: int, end: int
) -> tuple[str | None, str | None]:
    """Return caption and credit of the lead image: that above the text, else the first in it."""
    for limit in (body_start + 1, end):
        for container in blocks.containers:
            if container.start < start or container.start > limit or container.flags & _OUT:
                continue
            if _is_caption(container):
                caption, credit = read_caption(container.element)
                if caption:
                    return caption, credit
        if limit == body_start + 1 and _has_lead_image(blocks, start, body_start):
            break
    return _declared_caption(page)


def _has_lead_image(blocks: Blocks, start: int, body_start: int) -> bool:
    return False


def _is_caption(container: Container) -> bool:
    if container.end <= container.start:
        return False
    if container.tag == "figcaption":
        return True
    if container.tag in (
        "figure",
        "table",
        "img",
        "picture",
        "h1",
        "h2",
        "body",
        "article",
        "main",
    ):
        return False
    return bool(container.own & chrome.CAPTION) and _names_caption(container.element)


_CAPTION_CLASS = re.compile(
    r"caption|legend|leyenda|bildunterschrift|cutline|bildtext|pie-?(?:de-?)?foto|description|didascalia",
    re.I,
)


def _names_caption(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return bool(_CAPTION_CLASS.search(names))


def _declared_caption(page: Page) -> tuple[str | None, str | None]:
    for node in page.articles:
        image = page.metadata.resolve(node.get("image"))
        for item in image if isinstance(image, list) else [image]:
            item = page.metadata.resolve(item)
            if isinstance(item, dict) and "imageobject" in types_of(item):
                caption = plain(item.get("caption"))
                if caption:
                    text, credit = split_credit(caption)
                    declared = plain(item.get("creditText")) or plain(item.get("copyrightHolder"))
                    return text, credit or declared
    return None, None


def _caption_holder(placed: Placed, blocks: Blocks) -> Container | None:
    """Return the element that holds the caption of a picture: the nearest that has text."""
    for climbed, container in enumerate(placed.container.ancestors()):
        if climbed >= _MAX_CLIMB or container.tag in ("body", "main", "article", "html"):
            return None
        if container.end > container.start:
            size = sum(len(b.text) for b in blocks.blocks[container.start : container.end])
            captioned = container.tag == "figure" or any(
                b.flags & chrome.CAPTION for b in blocks.blocks[container.start : container.end]
            )
            if size > _MAX_CAPTION or not captioned:
                return None
            inner = [
                c
                for c in blocks.containers[container.index : container.index + 60]
                if c.start >= container.start and c.end <= container.end and _is_caption(c)
            ]
            return inner[0] if inner else container
    return None


def read_caption(element: etree._Element) -> tuple[str | None, str | None]:
    """Return the caption and the credit that a caption element holds; None for what it has not."""
    texts: list[str] = []
    credits: list[str] = []
    _collect(element, texts, credits)
    raw = clean_line("".join(texts))
    given = clean_line(" ".join(credits))
    caption, credit = split_credit(raw)
    if given:
        _, stripped = split_credit(given)
        credit = stripped or given
    if caption and len(caption) > _MAX_CAPTION:
        return None, credit
    return caption, credit


def _collect(element: etree._Element, texts: list[str], credits: list[str]) -> None:
    texts.append(element.text or "")
    for child in element:
        if child.tag in ("script", "style", "button", "svg", "noscript"):
            texts.append(child.tail or "")
            continue
        names = f"{child.get('class') or ''} {child.get('itemprop') or ''}"
        if _CREDIT_CLASS.search(names) or child.tag == "cite":
            credits.append("".join(child.itertext()))
        elif _LABEL_CLASS.search(names):
            pass_over = child.tail or ""
            texts.append(pass_over)
            continue
        else:
            if child.tag in ("p", "div", "br"):
                texts.append(" ")
            _collect(child, texts, credits)
        texts.append(" " + (child.tail or "") if child.tag in ("p", "div") else child.tail or "")


def _address(page: Page, element: etree._Element) -> str | None:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if not value or value.startswith("data:"):
            continue
        if name.endswith("srcset"):
            value = value.split(",")[-1].split()[0] if value.split(",")[-1].split() else ""
        if value and (url := page.urljoin(value)):
            return url
    return None


def _is_decoration(element: etree._Element, url: str) -> bool:
    for side in ("width", "height"):
        value = (element.get(side) or "").removesuffix("px")
        if value.isdecimal() and len(value) < 6 and int(value) < _MIN_SIDE:
            return True
    names = f"{element.get('class') or ''} {url.rsplit('/', 1)[-1]}"
    return bool(_NO_PICTURE.search(names)) or url.split("?")[0].endswith(".svg")
