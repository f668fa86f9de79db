"""Classify a page as an article or as one of the pages that are served in its place.

Error pages and walls are told by their words, live tickers, galleries and videos by what they
declare or hold. Articles are told from lists, shops, forums, manuals and advertising by a learned
score of the whole page, whose numbers are in `newscrawl.extraction.kind.shape`.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from urllib.parse import urlsplit

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.forest import Forest
from newscrawl.extraction.kind.shape import is_address_of_other_kind, page_shape
from newscrawl.items import Access, Article, Kind
from newscrawl.page.metadata import Node, plain, types_of
from newscrawl.page.page import Page

WEIGHTS = "kind.npz"

_ERROR = re.compile(
    r"^\W*(?:error\s*)?(?:4(?:00|01|03|04|10|51)|50[0234])\b(?!\s+[a-z]+\s+[a-z]+\s+[a-z])"
    r"|\b(?:error|fehler|erreur|erro|errore)\s+(?:4\d\d|50\d)\b|\b40[34] (?:error|forbidden)\b"
    r"|\b404 - |page (?:not found|unavailable|missing|cannot be found|can[’']t be found)"
    r"|(?:can[’']?t|cannot|could ?n[o’']t) find (?:the|this|that) page|page (?:does|is) ?n[o’']t"
    r"|(?:article|story|content) (?:not found|is no longer available|has been removed)"
    r"|^\W*not found\b|seite (?:wurde )?nicht gefunden|seite existiert nicht"
    r"|p[áa]gina no (?:encontrada|existe)|no se (?:ha encontrado|encuentra) la p[áa]gina"
    r"|page (?:est )?(?:introuvable|non trouv[ée]e)|pagina non trovata|página não encontrada"
    r"|pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)|siden (?:ble |blev )?ikke"
    r"|nie znaleziono strony|strona nie istnieje|страница не найдена|сторінку не знайдено"
    r"|sayfa bulunamadı|页面不存在|找不到(?:该)?页面|ページが見つかりません|페이지를 찾을 수 없"
    r"|(?:internal )?server error|service (?:temporarily )?unavailable|something went wrong"
    r"|الصفحة غير موجودة|صفحه .{0,20}یافت نشد",
    re.I,
)
_WALL_TITLE = re.compile(
    r"before you continue|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are"
    r"|just a moment|attention required|access denied|security check|captcha|bot verification"
    r"|checking your browser|one more step|please wait\b|enable javascript"
    r"|(?:your )?privacy (?:settings|choices|matters)|we (?:value|care about) your privacy"
    r"|cookie (?:consent|settings|notice)|^\W*consent\b|^\W*(?:log ?in|sign ?in|subscribe)\b"
    r"|log ?in to|sign in to|subscribe to (?:continue|read)|members only|for subscribers"
    r"|^\W*(?:zustimmung|anmelden|anmeldung|einloggen)\b|datenschutz-?einstellungen"
    r"|inicia(?:r)? sesi[oó]n|acceso denegado|consentimiento|se connecter|connectez-vous"
    r"|votre vie privée|accedi|accesso negato|fazer login|acesso negado|inloggen"
    r"|войти|登录|ログイン",
    re.I,
)
_WALL_TEXT = re.compile(
    r"before you continue|(?:verify|prove|confirm) (?:that )?you(?:['’]re| are) (?:a |not a )?"
    r"(?:human|robot)|enable javascript and cookies|checking your browser"
    r"|unusual (?:traffic|activity)"
    r"|complete the captcha|access (?:to this page )?(?:has been |is )?denied"
    r"|(?:log|sign) ?in (?:or \w+ )?to (?:continue|read|keep|see|view)"
    r"|already a (?:subscriber|member)"
    r"|subscribe to (?:continue|read|keep)|this (?:article|story|content) is (?:only )?"
    r"(?:for|available to) (?:our )?(?:subscribers|members)|continue with ads|accept and continue"
    r"|consent or pay|our (?:\d[\d,.]* )?partners (?:store|use|process)|mit werbung weiterlesen"
    r"|akzeptieren und weiter|zustimmen und weiter|pur-abo|bereits (?:abonnent|pur)"
    r"|jetzt anmelden, um|aceptar y continuar|inicia sesión para|suscr[ií]bete para"
    r"|accepter et continuer|continuer sans accepter|connectez-vous pour|abonnez-vous pour"
    r"|accetta e continua|accedi per|aceitar e continuar|faça login para|akkoord en doorgaan"
    r"|log in om|godkänn och fortsätt|zaakceptuj i przejdź",
    re.I,
)
_LIVE = re.compile(
    r"\b(?:live[ -]?(?:blog|ticker|updates?)|newsticker|minuto a minuto|minute par minute"
    r"|in diretta|tempo real|онлайн-трансляция)\b|^\W*(?:live|en directo?|en vivo)\s*[:|–-]",
    re.I,
)
_GALLERY = re.compile(
    r"/(?:photos?|pictures|gallery|galleries|galeri[ae]s?|fotogalerie[ns]?|fotos?|bildstrecken?"
    r"|diaporamas?|photo-?gallery|slideshows?)[/-]",
    re.I,
)
_VIDEO = re.compile(r"/(?:videos?|watch|vídeos?|mediathek|clips?)(?:/|$)", re.I)
# A Chinese, Japanese or Korean character says as much as two or three letters.
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LISTS = frozenset({"collectionpage", "itemlist", "searchresultspage", "offercatalog"})
_NEWS = frozenset({
    "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "liveblogposting",
})  # fmt: skip

_SHORT = 350
"""A page of fewer characters of text than this has hardly an article."""
_WALL_BODY = 900
_ERROR_BODY = 600
_LIVE_TIMES = 5
_HEADLINE = 20
_LISTED = 4
"""A list links so many headlines at least."""
_ARTICLE = 0.5
_PROSE = 0.25
"""What is likelier than this is an article if it declares when it was published."""
_PLAIN = 0.1
"""What is likelier than this is an article if it is dated prose that declares nothing: most of the
pages to learn from declare something, and old news pages do not."""
_BARE = 15
"""A page of no more blocks than this has no room for a shop or a forum around its text."""
_TOLD = 500
"""A page that declares to be news, has a date and so many characters of body is an article: of 114
such pages of the development sets there was no other, and to ask the forest takes time."""
_DECLARED = 0.1
"""What is likelier than this is an article if it declares to be news."""


@cache
def _forest() -> Forest:
    # A resource, not a path: in a deployed egg the package is a zip archive.
    with as_file(files(__package__) / WEIGHTS) as path:
        return Forest.load(path)


def find_kind(
    page: Page, blocks: Blocks, body: list[Block], article: Article, forest: Forest | None = None
) -> Kind:
    """Return what the page is; ``article`` is its record so far, headline, date and authors set."""
    types = {name for node in page.metadata.nodes for name in types_of(node)}
    size = sum([len(block.text) for block in body])
    titles = [title for title in (article.headline, page.metadata.title) if title]
    if not page.articles and size < _WALL_BODY:
        if size < _ERROR_BODY and any(map(_ERROR.search, titles)):
            return "error"
        if _is_wall(blocks, titles, size):
            return "wall"
    special = _special_kind(page, blocks, types, size, article)
    if special is not None:
        return special
    if size >= _TOLD and article.date is not None and _declares_news(types):
        return "article"
    shape = page_shape(page, blocks, body, article)
    likely = float((forest or _forest()).probabilities(shape)[0])
    if likely > _least(page, blocks, body, types, article):
        return "article"
    return "index" if _is_index(blocks, types, article.url) else "other"


def _declares_news(types: set[str]) -> bool:
    return not types.isdisjoint(_NEWS) and types.isdisjoint(_LISTS)


def _least(
    page: Page, blocks: Blocks, body: list[Block], types: set[str], article: Article
) -> float:
    """Return how likely a page must be an article to be called one.

    A lost article costs a reader more than a page too many: what says that it is an article, or
    is little else but prose, needs little more.
    """
    size = sum([len(block.text) for block in body])
    if _declares_news(types):
        return _DECLARED
    declares_nothing = not types and "og:type" not in page.metadata.meta
    if body and declares_nothing and not any(block.links for block in blocks.blocks):
        return 0.0  # a shop, a forum, a list: each of them leads somewhere
    if len(blocks.blocks) <= _BARE and 2 * size >= sum([len(b.text) for b in blocks.blocks]):
        return _DECLARED
    if "article:published_time" in page.metadata.meta and article.date is not None:
        return _ARTICLE if is_address_of_other_kind(article.url) else _PROSE
    if types or "og:title" in page.metadata.meta or article.date is None:
        return _ARTICLE
    wide = sum([len(_WIDE.findall(block.text)) for block in body if not block.text.isascii()])
    ended = sum([block.text.endswith((".", "!", "?", "”", '"', "؟", "。")) for block in body])
    return _PLAIN if size + 1.5 * wide >= _SHORT and ended * 2 >= len(body) else _ARTICLE


def _special_kind(
    page: Page, blocks: Blocks, types: set[str], size: int, article: Article
) -> Kind | None:
    titles = [title for title in (article.headline, page.metadata.title) if title]
    if _is_live(page, blocks, types, titles):
        return "live"
    if _is_gallery(page, types, size, article):
        return "gallery"
    return "video" if _is_video(page, blocks, types, size, article.url) else None


def _is_wall(blocks: Blocks, titles: list[str], size: int) -> bool:
    if any(map(_WALL_TITLE.search, titles)):
        return True
    outside = [b for b in blocks.blocks if not b.flags & (chrome.CONSENT | chrome.NAVIGATION)]
    text_size = sum([len(block.text) for block in outside])
    if text_size > 4 * _WALL_BODY or (size >= _SHORT and size * 2 > text_size):
        return False
    return any(_WALL_TEXT.search(block.text) for block in outside[:60])


def _is_live(page: Page, blocks: Blocks, types: set[str], titles: list[str]) -> bool:
    if "liveblogposting" in types:
        return any("liveblogposting" in types_of(node) for node in page.articles[:1])
    if len(blocks.times) < _LIVE_TIMES and not any(c.own & chrome.LIVE for c in blocks.containers):
        return False
    return any(map(_LIVE.search, titles))


def _is_gallery(page: Page, types: set[str], size: int, article: Article) -> bool:
    galleries = {"imagegallery", "mediagallery"}
    if page.articles and types_of(page.articles[0]) & galleries:
        return True
    captions = sum(image.caption is not None for image in article.images)
    named = not types.isdisjoint(galleries) or _GALLERY.search(article.url) is not None
    return named and captions >= 3 and size < 2 * _WALL_BODY


def _is_video(page: Page, blocks: Blocks, types: set[str], size: int, url: str) -> bool:
    if size >= _ERROR_BODY:
        return False
    og_type = (page.metadata.first("og:type") or "").lower()
    if og_type.startswith("video"):
        return True
    if size < _SHORT and "videoobject" in types and not page.articles:
        return True
    player = any(placed.element.tag == "video" for placed in blocks.players)
    return player and size < _SHORT and _VIDEO.search(url) is not None


def _is_index(blocks: Blocks, types: set[str], url: str) -> bool:
    if types & _LISTS or _is_home(url):
        return True
    beside = chrome.NAVIGATION | chrome.RELATED | chrome.ASIDE | chrome.COMMENTS
    linked = sum(
        [
            block.link_chars * 2 > len(block.text) > _HEADLINE and not block.flags & beside
            for block in blocks.blocks
        ]
    )
    return linked >= _LISTED


def _is_home(url: str) -> bool:
    try:
        split = urlsplit(url)
    except ValueError:
        return False
    return bool(split.netloc) and split.path.strip("/") in ("", "index.html", "index.php")


_FREE: dict[str, bool] = {
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "yes": True,
    "no": False,
}
_TIERS: dict[str, Access] = {
    "free": "open", "open": "open", "metered": "metered", "locked": "closed", "paid": "closed",
    "premium": "closed",
}  # fmt: skip


def find_access(page: Page) -> Access | None:
    """Return who may read the page as it declares it, or None where it says nothing.

    ``article:content_tier`` is the more exact statement. ``isAccessibleForFree: false`` means a
    closed page, with ``hasPart`` or without, unless the product that it is sold as names a meter.
    """
    metadata = page.metadata
    tier = (metadata.first("article:content_tier", "og:article:content_tier") or "").lower()
    if tier in _TIERS:
        return _TIERS[tier]
    for node in [*page.articles, *metadata.nodes]:
        free = _free(node.get("isAccessibleForFree"))
        if free is None:
            continue
        return "open" if free else ("metered" if _is_metered(node) else "closed")
    for element in metadata.microdata.get("isaccessibleforfree", ()):
        stated = element.attributes.get("content") or element.text_lexbor()
        if (free := _free(stated)) is not None:
            return "open" if free else "closed"
    stated_in_meta = _free(metadata.first("isaccessibleforfree"))
    return None if stated_in_meta is None else ("open" if stated_in_meta else "closed")


def _is_metered(node: Node) -> bool:
    parts = node.get("isPartOf")
    return any(
        "metered" in (plain(part.get("productID")) or "").lower()
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    )


def _free(value: object) -> bool | None:
    text = plain(value) if not isinstance(value, bool) else str(value)
    return _FREE.get((text or "").strip().lower().rsplit("/", 1)[-1])
