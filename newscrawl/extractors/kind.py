"""What a page is: an article, or one of the things that come in its place."""

from __future__ import annotations

import re

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Block, Blocks
from newscrawl.items import Access, Kind
from newscrawl.metadata import types_of
from newscrawl.page import Page

_ERROR = re.compile(
    r"\b404\b|not found|page (?:unavailable|missing|gone)|nicht gefunden|no encontrad|introuvable|non trovat|não encontrad|"
    r"does ?n[o']t exist|existiert nicht|n'existe pas|no existe|\b(?:403 forbidden|410 gone|500 internal|503 service)\b|страница не найдена|找不到|見つかりません",
    re.I,
)
_WALL = re.compile(
    r"before you continue|cookie(?:s)? (?:consent|settings|zustimmen)|accept (?:all )?cookies|consent|captcha|are you (?:a )?(?:human|robot)|"
    r"verify you are|enable javascript and cookies|checking your browser|access denied|log ?in to (?:continue|read)|sign in to|"
    r"please (?:log|sign) in|subscribe to (?:continue|read)|melden sie sich an|einloggen|inicia(?:r)? sesi[oó]n|connectez-vous|datenschutz-einstellungen|zustimmen|"
    r"aceptar cookies|accepter les cookies|privacy settings|we value your privacy|wir schätzen ihre privatsphäre",
    re.I,
)
_LIVE = re.compile(r"\b(?:live ?blog|live ?ticker|live updates?|minuto a minuto|en direct)\b", re.I)
_SHORT = 350
_ARTICLE_BODY = 600


def find_kind(page: Page, blocks: Blocks, body: list[Block], headline: str | None) -> Kind:
    """Return what the page is, by its types, its title and the shape of its text."""
    types = {name for node in page.metadata.nodes for name in types_of(node)}
    size = sum(len(block.text) for block in body)
    title = f"{headline or ''} {page.metadata.title or ''}"
    og_type = (page.metadata.first("og:type") or "").lower()
    if size < _ARTICLE_BODY and _ERROR.search(title):
        return "error"
    text_size = sum(len(block.text) for block in blocks.blocks)
    if size < _SHORT * 2 and (_WALL.search(title) or (text_size < 4000 and _wall_text(blocks))):
        return "wall"
    if "liveblogposting" in types or (_LIVE.search(title) and len(blocks.times) >= 5):
        return "live"
    if size < _ARTICLE_BODY and (
        og_type.startswith("video") or ("videoobject" in types and not page.articles)
    ):
        return "video"
    if types & {"imagegallery", "mediagallery"}:
        return "gallery"
    if size < _SHORT and not page.articles and _is_index(blocks, og_type, types):
        return "index"
    return "article"


def _wall_text(blocks: Blocks) -> bool:
    return any(_WALL.search(block.text) for block in blocks.blocks[:40])


def _is_index(blocks: Blocks, og_type: str, types: set[str]) -> bool:
    if types & {"collectionpage", "itemlist", "searchresultspage"} or og_type == "website":
        return True
    linked = sum(1 for b in blocks.blocks if b.link_chars * 2 > len(b.text) and len(b.text) > 25)
    return linked >= 8


def find_access(page: Page) -> Access | None:
    """Return who may read the page as it declares: ``isAccessibleForFree``, ``article:content_tier``."""
    for node in page.articles:
        free = node.get("isAccessibleForFree")
        if isinstance(free, str):
            free = {"true": True, "false": False}.get(free.strip().lower().rsplit("/", 1)[-1])
        if isinstance(free, bool):
            return "open" if free else "closed"
    tier = (page.metadata.first("article:content_tier", "og:article:content_tier") or "").lower()
    return {"free": "open", "metered": "metered", "locked": "closed"}.get(tier)  # type: ignore[return-value]
