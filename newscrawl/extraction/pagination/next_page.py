"""Articles over several pages: the link that leads on within the article.

How to read such an article whole::

    visited = [page.url]
    parts = [extract(html, url=page.url)]
    while len(parts) < limit and (url := next_page(page, visited)):
        html = fetch(url)
        visited.append(url)
        page = Page(html, url=url)
        parts.append(extract(html, url=url))
    article = join_pages(parts)

Ask it of articles only (`Article.kind`): a section's page 2 is told from an article's by nothing
but what the page is. After a redirect put the address that was asked for and the one that answered
into ``visited``. If a page cannot be fetched, join what there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from newscrawl.extraction import chrome
from newscrawl.extraction.chrome import judge
from newscrawl.extraction.pagination.page_numbers import (
    WHOLE,
    ArticleAddress,
    PageNumber,
    address_key,
)
from newscrawl.page.metadata import Attributes
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, ancestors, descendants
from newscrawl.text.phrases import any_of, is_comment_line, trim
from newscrawl.text.vocabulary.paging import (
    NEXT_LABELS,
    NEXT_PAGE_LABELS,
    PAGE_PARAMETERS,
    PAGE_WORDS,
    SINGLE_PAGE_LABELS,
)

MAX_LINKS = 5_000
"""So many links of a page are looked at."""

MAX_PAGERS = 50
"""So many links with the label and the address of the next page are looked at for their place."""

_LONGEST_LABEL = 120  # characters of a link's text
_MAX_ANCESTORS = 12
_ARROWS = frozenset("»›>→▶►⟩⇒")
_NO_FOLLOW = frozenset({"nofollow", "none"})
_FOREIGN = chrome.COMMENTS | chrome.ADVERT
_LISTS = chrome.RELATED | chrome.PROMOTION
_MARKS_OF_LABEL = {
    "number": frozenset({"named", "step", "file", "suffix"}),
    "page": frozenset({"named", "step", "file", "suffix"}),
    "next": frozenset({"named", "step", "file"}),
    "rel": frozenset({"named", "step", "file"}),
}
"""What a link's text must be for what its address looks like: "Next" may lead to another article,
and the address of one may be that of this one with "-2" behind it."""

_PAGE_AND_NUMBER = re.compile(
    rf"(?<!\w){any_of(PAGE_WORDS)}[\s:.]*(?P<after>\d{{1,2}})(?!\d)"
    rf"|(?<!\d)(?P<before>\d{{1,2}})\s*{any_of(PAGE_WORDS)}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,2}")
_OF = re.compile(r"(\d{1,2})\s*(?:/|of|von|de|sur|di|van|av|z|из|з)\s*\d{1,2}")

# What follows the article's own step in the address of another page: "-2.html", "/seite/2",
# "?page=2".
_FOLLOWS = re.compile(
    r"(?:\.\w{3,5})?(?:/index|/default)?"
    r"(?:[-_,.~;/]{1,2}(?:[^\W\d]{1,12}[-_=/,.]?)?\d{1,2}(?=[/.\"'?#<>\s\\]|$)"
    rf"|/?[?&][^\"'<>\s]{{0,100}}?(?<![\w-]){any_of(PAGE_PARAMETERS)}=\d)",
    re.IGNORECASE,
)
_QUERY = re.compile(rf"[^\"'<>\s]{{0,100}}?(?<![\w-]){any_of(PAGE_PARAMETERS)}=\d", re.IGNORECASE)
_BEFORE_ADDRESS = frozenset("\"'=")
_SHORT_STEP = 8
_SHORT_HREF = 12


@dataclass(frozen=True, slots=True)
class _Lead:
    """A link that leads on, or to the whole article."""

    url: str
    page: PageNumber


def next_page(page: Page, visited: Sequence[str] = ()) -> str | None:
    """Return the address of the article's next page, None on its last or only one.

    ``visited`` are the addresses of the article's pages so far, the first page's first; without
    them ``page`` is taken for the first. Where the page offers the whole article on one page, that
    is its next page, and has none itself. Only addresses that are made of the first page's (its
    canonical address's) with a page number are returned: never another article, another site's
    page, the comments', or one that was visited. Links marked ``nofollow`` are not followed.
    """
    articles = _addresses(page, visited)
    if not articles:
        return None
    keys = _keys(articles[0])
    if not _may_have_pages(page, articles, keys):
        return None
    here = _page_of(page.url, articles) if page.url and visited else PageNumber(1, "first")
    if here is None or here.number == WHOLE or _is_nofollow(page):
        return None
    known = {address_key(url) for url in (*visited, page.url)}
    leads = [
        lead for lead in _leads(page, articles, here, keys) if address_key(lead.url) not in known
    ]
    onward = [lead for lead in leads if lead.page.number != WHOLE]
    if not onward:
        return None
    whole = [lead for lead in leads if lead.page.number == WHOLE]
    return whole[0].url if whole else min(onward, key=lambda lead: lead.page.number).url


def _addresses(page: Page, visited: Sequence[str]) -> list[ArticleAddress]:
    """Return the addresses that those of the article's pages may be made of."""
    found = [ArticleAddress(visited[0] if visited else page.url)]
    if len(visited) > 1:
        # What the second page's address does without is no part of the article's.
        found.append(ArticleAddress(visited[0], like=visited[1]))
    links = page.metadata.links.get("canonical", ())[:1]
    canonical = (page.urljoin(link.get("href") or "") for link in links)
    found += [ArticleAddress(url) for url in canonical if url]
    return [
        each
        for each in found
        if each.host == found[0].host and (each.path.strip("/") or each.parameters)
    ]


def _may_have_pages(page: Page, articles: list[ArticleAddress], keys: set[str]) -> bool:
    """Return whether the page has an address in it that may be another page of the article.

    It searches the text of the page, for this is asked of every article, and a walk over its links
    would cost as much as finding its date.
    """
    if any(_lead(page, link, articles) for link in page.metadata.links.get("next", ())):
        return True
    html = page.html
    start = max(html.find("<body"), 0)
    return any(_occurs(html, key, _FOLLOWS, start) for key in keys) or _has_query(html, start)


def _has_query(html: str, start: int) -> bool:
    """Return whether an address is but the number of a page: ``href="?page=2"``."""
    at = html.find("?", start)
    while at > 0:
        if html[at - 1] in _BEFORE_ADDRESS and _QUERY.match(html, at + 1):
            return True
        at = html.find("?", at + 1)
    return False


def _keys(article: ArticleAddress) -> set[str]:
    """Return what the addresses of all the article's pages have in them, as it may be written."""
    steps = {stem.rpartition("/")[2] for stem in article.stems}
    steps = {s for s in steps if not any(s != other and s.startswith(other) for other in steps)}
    keys = {step if len(step) >= _SHORT_STEP else f"/{step}" for step in steps}
    if not keys:  # a front page's address with a parameter that is the article's
        return {f"{name}={value}" for name, value in article.parameters}
    for key in [key for key in keys if not key.isascii()]:
        keys |= {quote(key), quote(key).lower()}
    return keys


def _occurs(html: str, key: str, follows: re.Pattern[str], start: int) -> bool:
    at = html.find(key, start)
    while at >= 0:
        at += len(key)
        if follows.match(html, at):
            return True
        at = html.find(key, at)
    return False


def _leads(
    page: Page, articles: list[ArticleAddress], here: PageNumber, keys: set[str]
) -> Iterator[_Lead]:
    """Yield the links to the next page, and to the whole article."""
    for link in page.metadata.links.get("next", ()):
        # With a title it is the next article's: that is how weblogs announce it.
        lead = None if link.get("title") else _lead(page, link, articles)
        if lead and _is_next(lead.page, here) and lead.page.mark in _MARKS_OF_LABEL["rel"]:
            yield lead
    for link in page.metadata.links.get("canonical", ()):
        if (lead := _lead(page, link, articles)) and lead.page.number == WHOLE:
            yield lead
    labelled = 0
    for anchor in page.root.css("a[href]")[:MAX_LINKS]:
        if labelled >= MAX_PAGERS:
            return
        attributes = anchor.attributes
        href = attributes.get("href") or ""
        if len(href) > _SHORT_HREF and href[0] != "?" and not any(key in href for key in keys):
            continue
        lead = _lead(page, attributes, articles, anchor)
        if lead and _leads_on(anchor, lead, here):
            labelled += 1
            if _is_placed(page, anchor, articles):
                yield lead


def _lead(
    page: Page, link: Attributes, articles: list[ArticleAddress], anchor: Element | None = None
) -> _Lead | None:
    """Return where a link leads, if it is to another page of the article.

    ``link`` are the attributes of an anchor, or of a ``<link>``, which has no text.
    """
    href = link.get("href") or ""
    if not href or href.startswith("#") or "comment" in href.rpartition("#")[2]:
        return None
    url = page.urljoin(href.partition("#")[0])
    if url is None or "nofollow" in (link.get("rel") or "").lower():
        return None
    found = _page_of(url, articles)
    if found is None and anchor is not None and any(each.extends(url) for each in articles):
        label = trim(element_text(anchor, _LONGEST_LABEL))
        found = PageNumber(WHOLE, "step") if label in SINGLE_PAGE_LABELS else None
    return _Lead(url, found) if found else None


def _page_of(url: str, articles: list[ArticleAddress]) -> PageNumber | None:
    pages = (article.page_of(url) for article in articles)
    return next((found for found in pages if found is not None), None)


def _is_next(found: PageNumber, here: PageNumber) -> bool:
    return found.number == here.number + 1


def _leads_on(anchor: Element, lead: _Lead, here: PageNumber) -> bool:
    """Return whether what an anchor says and where it leads agree that it is the next page."""
    if lead.page.number == WHOLE:
        return True
    kind, number = _label_of(anchor)
    if kind is None or lead.page.mark not in _MARKS_OF_LABEL[kind]:
        return False
    if _is_next(lead.page, here):
        # Where counting begins at 0 the address of the page called 3 ends with 2.
        from_zero = here.number + 2 if here.mark == "named" else None
        return number in (None, lead.page.number, from_zero)
    second_from_zero = here.mark == "first" and lead.page == (1, "named")
    return second_from_zero and (number == 2 or kind in ("next", "rel"))


def _label_of(anchor: Element) -> tuple[str | None, int | None]:
    """Return what an anchor says, and the number of the page that it names."""
    attributes = anchor.attributes
    texts = [element_text(anchor, _LONGEST_LABEL)]
    texts += [attributes.get(name) or "" for name in ("aria-label", "title")]
    texts += [image.attributes.get("alt") or "" for image in descendants(anchor, "img")]
    kind = None
    for text in filter(None, texts):
        if is_comment_line(text):
            return None, None
        named, number = _label_kind(text)
        if number is not None:
            return named, number
        kind = kind or named
    if kind is None and not texts[0] and "next" in (attributes.get("rel") or "").lower().split():
        kind = "rel"
    return kind, None


def _label_kind(text: str) -> tuple[str | None, int | None]:
    label = trim(text)
    if _NUMBER.fullmatch(label):
        return "number", int(label)
    if label in NEXT_PAGE_LABELS:
        return "page", None
    if found := _PAGE_AND_NUMBER.search(label):
        return "page", int(found["after"] or found["before"])
    if found := _OF.fullmatch(label):
        return "page", int(found[1])
    if label in NEXT_LABELS or (not label and _ARROWS.intersection(text)):
        return "next", None
    return None, None


def _is_placed(page: Page, anchor: Element, articles: list[ArticleAddress]) -> bool:
    """Whether an anchor stands where an article leads on: not among comments or other stories."""
    for element in islice(ancestors(anchor), _MAX_ANCESTORS):
        if element.tag in ("body", "html"):
            break
        attributes = element.attributes
        flags = judge(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500])
        if flags & _FOREIGN:
            return False
        if flags & _LISTS and not _is_all_own(page, element, articles):
            return False
    return True


def _is_all_own(page: Page, element: Element, articles: list[ArticleAddress]) -> bool:
    """Return whether all links inside are to the article's pages, whatever the box is called."""
    count = 0
    for inner in element.traverse():  # not all at once: most boxes are told by their first link
        if inner.tag != "a":
            continue
        url = page.urljoin((inner.attributes.get("href") or "").partition("#")[0])
        if count >= 60 or url is None or _page_of(url, articles) is None:
            return False
        count += 1
    return True


def _is_nofollow(page: Page) -> bool:
    directives = ",".join(page.metadata.all("robots")).lower()
    return bool(_NO_FOLLOW.intersection(re.split(r"[\s,]+", directives)))


def is_page_line(line: str) -> bool:
    """Return whether a line of text is but the mark of a page: "Page 2 of 3", "Seite 2", "2 / 3".

    >>> is_page_line("Seite 2"), is_page_line("Page 2 of 3"), is_page_line("2 dead on page 3 road")
    (True, True, False)
    """
    label = trim(line)
    if len(label) > 40:
        return False
    found = _PAGE_AND_NUMBER.match(label)
    rest = label[found.end() :] if found else label
    return bool(_OF.fullmatch(rest)) or (
        found is not None and re.fullmatch(r"[\s:]*(?:(?:/|\w{1,3})\s*\d{1,2})?", rest) is not None
    )
