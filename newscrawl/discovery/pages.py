"""Links of a section or front page: which lead to articles, which to other sections.

A link is judged by what its address looks like, by how much its text says and by where it
stands; no single sign decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawl.discovery.link import Link
from newscrawl.extraction.rights import find_rights, robots_directives
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, ancestors, descendants
from newscrawl.text.cleaning import clean_line
from newscrawl.text.urls import clean_url, is_within, site_of, url_key

MIN_ARTICLE_SCORE = 3
"""From this score on a link is an article's."""

MIN_LISTED = 5
"""A page that lists fewer articles is hardly a section page."""

_LONG_PARAGRAPH = 200
_MAX_LONG_PARAGRAPHS = 2

_MEDIA = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|avif|svg|ico|mp[34]|m4[av]|webm|ogg|wav|avi|mov|zip|gz|rar|7z"
    r"|exe|dmg|apk|docx?|xlsx?|pptx?|odt|epub|csv|css|js|json|xml|rss|atom|ics|txt)$",
    re.IGNORECASE,
)
_DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)|(?<!\d)20\d{6}(?!\d)")
_NUMBER = re.compile(r"(?<![\d.])\d{5,}(?!\d)")
_LETTERED_NUMBER = re.compile(
    r"\b[a-z]{1,4}[-_]?\d{5,}\b|\b(?=\w*\d)(?=\w*[a-f])[0-9a-f]{12,}\b", re.IGNORECASE
)
_PAGE_SUFFIX = re.compile(r"\.(?:html?|shtml|php|aspx?|jsp|ece|cms|amp)$", re.IGNORECASE)
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}")
_IDENTIFIERS = frozenset("aid art article articleid id newsid nid p story".split())

# Path steps that never lead to an article, nor to a list of them.
_UTILITY = frozenset(
    [
        "about",
        "about-us",
        "account",
        "advertise",
        "advertising",
        "ads",
        "agb",
        "apps",
        "app",
        "careers",
        "cart",
        "comment",
        "comments",
        "contact",
        "contact-us",
        "contacto",
        "contato",
        "cookies",
        "cookie-policy",
        "copyright",
        "datenschutz",
        "donate",
        "email",
        "faq",
        "feed",
        "feeds",
        "help",
        "impressum",
        "imprint",
        "jobs",
        "kontakt",
        "legal",
        "login",
        "logout",
        "mentions-legales",
        "my",
        "newsletter",
        "newsletters",
        "password",
        "preferences",
        "print",
        "privacy",
        "privacy-policy",
        "profile",
        "register",
        "registration",
        "rss",
        "search",
        "share",
        "shop",
        "signin",
        "sign-in",
        "signup",
        "sign-up",
        "sitemap",
        "store",
        "subscribe",
        "subscription",
        "subscriptions",
        "suche",
        "buscar",
        "recherche",
        "support",
        "terms",
        "terms-of-use",
        "user",
        "wp-admin",
        "wp-login.php",
        "wp-json",
        "xmlrpc.php",
        "cdn-cgi",
    ]
)
# Path steps of lists of articles.
_LISTS = frozenset(
    [
        "archive",
        "archives",
        "author",
        "authors",
        "autor",
        "autores",
        "auteur",
        "category",
        "categories",
        "categoria",
        "categorie",
        "channel",
        "hashtag",
        "kategorie",
        "keyword",
        "keywords",
        "people",
        "person",
        "rubrik",
        "rubrique",
        "schlagwort",
        "section",
        "sections",
        "seccion",
        "serie",
        "series",
        "tag",
        "tags",
        "tema",
        "temas",
        "thema",
        "themen",
        "topic",
        "topics",
        "page",
    ]
)
_CHROME = frozenset({"nav", "footer", "header", "aside", "menu", "form"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEASER = re.compile(
    r"headline|title|titul|teaser|\bstory\b|\bentry\b|\bpost\b|article|promo", re.IGNORECASE
)
_MENU = re.compile(
    r"\bnav|menu|breadcrumb|footer|social|share|cookie|\btags?\b|pagination|pager", re.IGNORECASE
)
_MAX_ANCESTORS = 8
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True)
class _Candidate:
    """All links of a page to one address, taken together."""

    url: str
    address_score: int
    texts: list[str] = field(default_factory=list)
    place_score: int = -3
    in_menu: bool = False

    @property
    def score(self) -> int:
        return self.address_score + self.place_score + max(map(_text_score, self.texts), default=-1)


def listing_links(page: Page, allowed_hosts: Collection[str] = ()) -> list[Link]:
    """Return the article links of a page, then its section links, each in the page's order.

    Only links within the page's own site or to one of the ``allowed_hosts``, and not marked
    ``nofollow``, by link or for the whole page, are returned; files (pictures, PDF, media) and
    links to the page itself are left out.
    """
    candidates = list(_candidates(page, allowed_hosts))
    articles = [Link(each.url) for each in candidates if each.score >= MIN_ARTICLE_SCORE]
    sections = [
        Link(each.url, "section")
        for each in candidates
        if each.score < MIN_ARTICLE_SCORE and _is_section(each)
    ]
    return articles + sections


def is_listing(page: Page) -> bool:
    """Return whether a page lists articles and is none itself, by links, text and address.

    >>> is_listing(Page("<h1>A new hall</h1><p>Text.", url="https://example.org/world/a-new-hall"))
    False
    """
    types = (page.metadata.first("og:type") or "").lower()
    if types.startswith("article") or len(page.articles) == 1:
        return False
    if _address_score(page.url) >= MIN_ARTICLE_SCORE:
        return False
    paragraphs = descendants(page.root, "p")
    long_paragraphs = sum(len(each.text_lexbor()) >= _LONG_PARAGRAPH for each in paragraphs)
    return long_paragraphs <= _MAX_LONG_PARAGRAPHS and len(article_links(page)) >= MIN_LISTED


def article_links(page: Page) -> list[Link]:
    """Return those links of a page that look like an article's."""
    return [link for link in listing_links(page) if link.target == "article"]


def section_links(page: Page) -> list[Link]:
    """Return those links of a page that look like a section's."""
    return [link for link in listing_links(page) if link.target == "section"]


def _candidates(page: Page, allowed_hosts: Collection[str]) -> Iterator[_Candidate]:
    if _forbids_following(page):
        return
    own_key, own_site = url_key(page.url), site_of(page.url)
    found: dict[str, _Candidate | None] = {}
    for anchor in page.root.css("a[href]"):
        attributes = anchor.attributes
        address = (attributes.get("href") or "").strip()
        relations = (attributes.get("rel") or "").lower()
        if not address or address.startswith("#") or "nofollow" in relations:
            continue
        url = clean_url(address, page.base_url)
        if url is None:
            continue
        key = url_key(url)
        if key not in found:
            is_own = site_of(url) == own_site or is_within(_host_of(url), allowed_hosts)
            is_wanted = is_own and key != own_key and not _is_file(url)
            found[key] = _Candidate(url, _address_score(url)) if is_wanted else None
        if (candidate := found[key]) is not None:
            _add_anchor(candidate, anchor)
    yield from (candidate for candidate in found.values() if candidate is not None)


def _forbids_following(page: Page) -> bool:
    return "nofollow" in robots_directives(find_rights(page))


def _host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def _is_file(url: str) -> bool:
    return _MEDIA.search(urlsplit(url).path) is not None


def _add_anchor(candidate: _Candidate, anchor: Element) -> None:
    text = element_text(anchor)
    if not text:
        images = descendants(anchor, "img")
        text = clean_line(" ".join(image.attributes.get("alt") or "" for image in images))
    candidate.texts.append(text)
    place = _place_score(anchor)
    candidate.place_score = max(candidate.place_score, place)
    candidate.in_menu |= place < 0


def _address_score(url: str) -> int:
    parts = urlsplit(url)
    steps = [unquote(step).lower() for step in parts.path.split("/") if step]
    identifiers = [
        name for name, value in parse_qsl(parts.query) if name.lower() in _IDENTIFIERS and value
    ]
    if not steps and not identifiers:
        return -6
    if _UTILITY.intersection(steps):
        return -10
    score = 0
    if _LISTS.intersection(steps[:-1]) or (steps and steps[-1] in _LISTS):
        score -= 4
    slug = _PAGE_SUFFIX.sub("", steps[-1]) if steps else ""
    slug_words = len(_SLUG_WORD.findall(slug.replace("_", "-")))
    if len(_UNSPACED.findall(slug)) >= 6:
        slug_words = 4
    score += 3 if slug_words >= 4 else 2 if slug_words == 3 else 0
    if _DATE_IN_PATH.search(parts.path):
        score += 3
    if _NUMBER.search(parts.path) or _LETTERED_NUMBER.search(slug) or identifiers:
        score += 2
    if steps and slug != steps[-1] and slug not in ("index", "default", "home"):
        score += 1
    return score - (len(steps) == 1 and slug_words <= 2 and score <= 0)


def _text_score(text: str) -> int:
    count = len(text.split())
    if unspaced := len(_UNSPACED.findall(text)):
        count = max(count, unspaced // 2)
    return 3 if count >= 6 else 2 if count >= 4 else 0 if count >= 2 else -1


def _place_score(anchor: Element) -> int:
    """Return 2 for a heading or teaser, 0 for anywhere, -3 for menus, footers and the like."""
    if any(element.tag in _HEADINGS for element in anchor.traverse()):
        return 2
    score = 1 if _TEASER.search(anchor.attributes.get("class") or "") else 0
    for element in islice(ancestors(anchor), _MAX_ANCESTORS):
        tag = element.tag
        if tag in ("body", "html"):
            break
        if tag in _HEADINGS or tag == "article":
            return 2
        attributes = element.attributes
        described = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        is_navigation = tag in _CHROME or attributes.get("role") == "navigation"
        if is_navigation or _MENU.search(described):
            return -3
        if score == 0 and _TEASER.search(described):
            score = 1
    return score


def _is_section(candidate: _Candidate) -> bool:
    """Return whether a link is a menu's link to a list of articles; utility pages are none."""
    path = urlsplit(candidate.url).path
    steps = [step for step in path.split("/") if step]
    return (
        candidate.in_menu
        and -6 < candidate.address_score <= 1
        and 0 < len(steps) <= 3
        and "page" not in steps
        and not urlsplit(candidate.url).query
        and not _NUMBER.search(path)
    )
