"""Classify a text dump: an article, or a page that a site serves in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.extraction.dump.body import is_chrome
from newscrawl.extraction.dump.layout import Block
from newscrawl.items import Kind

_ARTICLE = 120  # words of text: with more, a page is an article whatever else it says
_SHORT_ARTICLE = 50  # words, in three paragraphs at least
_SHORT_PAGE = 500  # words in all
_HEADLINE = 4  # words at least
_INDEX = 8  # headlines at least

_ERROR = re.compile(
    r"(?:error|fehler|erreur|erro)\s*:?\s*(?:40[34]|410|50[0234])|\b404\b"
    r"|(?:page|article|story) not found|(?:seite|artikel|inhalt) (?:wurde )?nicht gefunden"
    r"|página no (?:se ha )?encontrad|página não (?:foi )?encontrad|page (?:est )?introuvable"
    r"|pagina non trovata|pagina niet gevonden|sidan (?:kunde inte )?hitta|страница не найдена"
    r"|сторінку не знайдено|الصفحة غير موجودة|页面不存在|ページが見つかりません",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"before you continue|verify (?:that )?you are (?:a )?human|are you a robot|captcha"
    r"|checking your browser|enable javascript|access (?:to this page has been )?denied"
    r"|unusual (?:traffic|activity)|(?:log|sign) in to (?:continue|read)|accept all cookies"
    r"|subscribe to (?:continue|read)|we value your privacy|your privacy choices"
    r"|alle akzeptieren|zustimmen und weiter|mit werbung weiterlesen|tout accepter"
    r"|continuer sans accepter|aceptar y continuar|aceptar todas|aceitar todos|accetta tutto"
    r"|inicia sesión para|connectez-vous pour|melden sie sich an, um|faça login para",
    re.IGNORECASE,
)


def find_kind(blocks: list[Block], kept: Sequence[int]) -> Kind:
    """Return what the page is; ``kept`` are the blocks that are an article's text."""
    text = sum(blocks[i].length for i in kept)
    if text >= _ARTICLE or (text >= _SHORT_ARTICLE and len(kept) > 2):
        return "article"
    words = sum(block.length for block in blocks)
    if words < _SHORT_PAGE:
        if any(_ERROR.search(block.text) for block in blocks[:60]):
            return "error"
        if any(_WALL.search(block.text) for block in blocks):
            return "wall"
    if kept:
        return "article"
    headlines = sum(block.length >= _HEADLINE and not is_chrome(block) for block in blocks)
    return "index" if headlines >= _INDEX else "other"
