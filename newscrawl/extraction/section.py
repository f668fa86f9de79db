"""The section that an article belongs to, and its keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks, Container
from newscrawl.extraction.candidates import Candidate
from newscrawl.extraction.headline.titles import title_parts
from newscrawl.items import Source
from newscrawl.page.metadata import Node, plain, plains, types_of
from newscrawl.page.page import Page, urlsplit_path
from newscrawl.page.shown import element_text
from newscrawl.page.tree import Element, descendants
from newscrawl.text.cleaning import fold, has_any

_TRAIL_NAMES = re.compile(
    r"bread-?_?crumb|\bcrumbs?\b|itacaput|ariane|migas|migalha|brotkrum|rootline|kruimel|brodsmul"
    r"|murupolku|okruszk|\bpath(?:way)?\b|you-?are-?here|\btrail\b",
    re.I,
)
_TRAIL_PARTS = (
    "crumb", "itacaput", "ariane", "migas", "migalha", "brotkrum", "rootline", "kruimel",
    "brodsmul", "murupolku", "okruszk", "path", "here", "trail",
)  # fmt: skip
_KICKER_NAMES = re.compile(
    r"\brub\b|rubri|section|secci[oó]n|seç[aã]o|categor|kategor|editoria|ressort|channel|rutitr"
    r"|\bcat[-_]?links?\b",
    re.I,
)
_HOME = frozenset({
    "home", "homepage", "start", "startseite", "inicio", "portada", "accueil", "início", "hem",
    "pagina inicial", "página inicial", "capa", "hjem", "forside", "etusivu", "strona główna",
    "ana sayfa", "anasayfa", "главная", "головна", "الرئيسية", "صفحه نخست", "صفحه اصلی", "首页",
    "首頁", "トップ", "ホーム", "홈", "front page", "frontpage", "index", "news home", "voorpagina",
    "principal", "domov", "úvod", "domů", "main", "trang chủ", "beranda",
})  # fmt: skip
_PAGE_ITSELF = frozenset({"正文", "本文", "article", "artikel", "artículo", "detail", "details"})
_SEPARATOR = re.compile(r"\s*[>›»→]\s*|\s+[/|•·]\s+")
# "You are here:", in any language: a few words and a colon.
_LABEL = re.compile(r"^[^>›»:：]{3,25}[:：]\s*")
_KEYWORD_SEPARATOR = re.compile(r"\s*[,;،、]\s*")
_EDGES = " \t>›»/|·•→-–:"
_ABOVE, _BELOW = 8, 3
_MAX_STEP = 60
_MAX_STEPS = 12
_MAX_KICKER = 40
_MAX_TAGS = 60
_MAX_TAG = 100


def section_candidates(
    page: Page, blocks: Blocks, headline: str | None, heading: int | None
) -> list[Candidate]:
    """Return the possible sections: the breadcrumb's last step, then what the page declares.

    ``heading`` is the index of the block that shows the headline. What the page shows beside it is
    asked only if nothing else names a section.
    """
    title = fold(headline or "")
    found = [
        Candidate(kept[-1], source, where)
        for steps, source, where in _trails(page, blocks, heading)
        if (kept := _sections(steps, title))
    ]
    found += _declared(page)
    if not found:
        found += _shown(page, blocks, heading, title)
    return [c for c in found if 1 < len(c.value) <= _MAX_STEP and fold(c.value) not in _HOME]


def _sections(steps: list[str], title: str) -> list[str]:
    """Return the steps that are sections: not the front page, not the article itself."""
    kept = [step for step in steps if len(step) <= _MAX_STEP and fold(step) not in _HOME]
    if kept:
        last = fold(kept[-1]).rstrip("….")
        cut = len(last) > 20 and (last in title or (title and title in last))
        if cut or last == title or last in _PAGE_ITSELF:
            kept.pop()
    return [step for step in kept if not step.endswith(("…", "..."))]


def _trails(
    page: Page, blocks: Blocks, heading: int | None
) -> Iterator[tuple[list[str], Source, str]]:
    for container in islice(_named_trails(blocks, heading), _LISTS_READ):
        if steps := _steps(container.element):
            yield steps, "html", "breadcrumb"
            break
    for node in page.metadata.nodes:
        if "breadcrumblist" in types_of(node) and (steps := _listed_steps(page, node)):
            yield steps, "json-ld", "BreadcrumbList"
            break
    for block in _around(blocks, heading):
        if steps := _line_steps(block):
            yield steps, "html", "line above the headline"
            break


def _named_trails(blocks: Blocks, heading: int | None) -> Iterator[Container]:
    """Yield the containers that are called breadcrumbs, those near the headline first."""
    first, last = (heading - _ABOVE, heading + _BELOW) if heading is not None else (0, -1)
    near: list[Container] = []
    elsewhere: list[Container] = []
    for container in chain(blocks.pruned, blocks.containers):
        is_near = first <= container.start <= last
        if (
            (is_near or container.own & chrome.NAVIGATION)
            and container.end - container.start <= _MAX_STEPS + 3
            and (_names_trail(container.names) or _is_labelled(container.element))
        ):
            (near if is_near else elsewhere).append(container)
    yield from near
    yield from elsewhere


def _is_labelled(element: Element) -> bool:
    """Return whether an element is a breadcrumb by what it says to screen readers."""
    label = element.attributes.get("aria-label")
    return _names_trail(label) if label else False


@lru_cache(maxsize=20_000)
def _names_trail(names: str) -> bool:
    # Plain words first: a sixth of the expression's time.
    return has_any(names.lower(), _TRAIL_PARTS) and _TRAIL_NAMES.search(names) is not None


def _steps(element: Element) -> list[str]:
    anchors = descendants(element, "a")[:_LINKS]
    links = [text for a in anchors if (text := _text(a).strip(_EDGES))]
    if len(links) > _MAX_STEPS:
        return []
    last = _last_step(element) if links else None
    if links:
        return [*links, last] if last and last not in links else links
    return _split_steps(_text(element))


def _last_step(element: Element) -> str | None:
    """Return the step that is no link, at the end of a list of steps that are."""
    items = descendants(element, "li")
    if not items or items[-1].css_first("a") is not None:
        return None
    return _text(items[-1]).strip(_EDGES) or None


def _split_steps(line: str) -> list[str]:
    return [step for part in _SEPARATOR.split(line) if (step := part.strip(_EDGES))]


def _line_steps(block: Block) -> list[str]:
    """Return the steps of a line like "News > Sport": two to four short ones, the first linked."""
    if not block.links or len(block.text) > 2 * _MAX_STEP or not _SEPARATOR.search(block.text):
        return []
    links = descendants(block.container.element, "a")[:_LINKS]
    anchors = [_text(a).strip(_EDGES) for a in links]
    steps = _split_steps(_LABEL.sub("", block.text))
    if 2 <= len(anchors) <= len(steps) and steps[: len(anchors)] != anchors:
        return anchors if block.text.startswith(anchors[0]) else []  # and something else follows
    return steps if 2 <= len(steps) <= 4 and steps[0] in anchors else []


def _listed_steps(page: Page, node: Node) -> list[str]:
    items = node.get("itemListElement")
    path = urlsplit_path(page.url)
    steps: list[str] = []
    for item in items if isinstance(items, list) else [items]:
        if not isinstance(item, dict):
            continue
        inner = item.get("item")
        address = inner.get("@id") if isinstance(inner, dict) else inner
        if isinstance(address, str) and path and urlsplit_path(address) == path:
            continue  # the article itself
        name = plain(item.get("name")) or (isinstance(inner, dict) and plain(inner.get("name")))
        if name:
            steps.append(name)
    return steps


def _declared(page: Page) -> Iterator[Candidate]:
    for node in page.articles:
        for text in plains(node.get("articleSection"))[:1]:
            yield Candidate(text.split(",")[0].strip(), "json-ld", "Article.articleSection")
    for name in (
        "article:section", "og:article:section", "section", "parsely-section",
        "cxenseparse:category", "category", "dc.subject",
    ):  # fmt: skip
        for text in page.metadata.meta.get(name, ())[:1]:
            source: Source = "opengraph" if ":section" in name else "meta"
            yield Candidate(text, source, name)
    for element in page.metadata.microdata.get("articlesection", ())[:1]:
        steps = _split_steps(element.attributes.get("content") or _text(element))
        if steps:
            yield Candidate(steps[-1], "microdata", "itemprop=articleSection")


def _shown(page: Page, blocks: Blocks, heading: int | None, title: str) -> Iterator[Candidate]:
    """Yield the kicker that is called or links to a section, and a section in the page's title."""
    path = urlsplit_path(page.url)
    for block in _around(blocks, heading):
        container = block.container
        if len(block.text) > _MAX_KICKER:
            continue
        if _KICKER_NAMES.search(container.names) or (
            block.links == 1 and _leads_to(container.element, path)
        ):
            yield Candidate(block.text, "html", container.names or block.tag)
            return
    parts = title_parts(page.metadata.title or "")
    if len(parts) == 3 and fold(parts[0]) == title:
        yield Candidate(parts[1], "html", "title")


def _leads_to(element: Element, path: str) -> bool:
    """Return whether the first link in an element is to a folder that the page itself lies in."""
    link = element.css_first("a")
    folder = urlsplit_path(link.attributes.get("href") or "") if link is not None else ""
    return bool(folder) and path.startswith(folder + "/")


def _around(blocks: Blocks, heading: int | None) -> list[Block]:
    """Return the blocks right above the headline, the nearest first, and a few below it."""
    if heading is None:
        return []
    above = blocks.blocks[max(heading - _ABOVE, 0) : heading]
    return [*reversed(above), *blocks.blocks[heading + 1 : heading + 1 + _BELOW]]


def _text(element: Element) -> str:
    return element_text(element, _LONGEST)


def tag_candidates(page: Page, blocks: Blocks) -> tuple[list[str], Source]:
    """Return the article's keywords in the page's order, and their source."""
    for node in page.articles:
        if tags := _split_tags(plains(node.get("keywords"))):
            return tags, "json-ld"
    named: tuple[tuple[str, Source], ...] = (
        ("article:tag", "opengraph"), ("og:article:tag", "opengraph"),
        ("og:video:tag", "opengraph"), ("news_keywords", "meta"), ("keywords", "meta"),
        ("parsely-tags", "meta"), ("sailthru.tags", "meta"),
    )  # fmt: skip
    for name, source in named:
        if tags := _split_tags(page.metadata.meta.get(name, [])):
            return tags, source
    for element in page.metadata.microdata.get("keywords", ()):
        if tags := _split_tags(_link_texts(element) or [_text(element)]):
            return tags, "microdata"
    return _shown_tags(page, blocks), "html"


def _shown_tags(page: Page, blocks: Blocks) -> list[str]:
    links = [_text(a) for a in page.root.css("a[rel~=tag]")[:_LINKS]]
    if links:
        return _split_tags(links)
    named = (
        container
        for container in blocks.containers
        if container.own & chrome.META and _TAG_NAMES.search(container.names)
    )
    for container in islice(named, _LISTS_READ):
        texts = _link_texts(container.element)
        if texts and len(texts) <= _MAX_TAGS:
            return _split_tags(texts)
    return []


_LONGEST = 1000  # characters of a trail or a link that are read
_LINKS = 200  # links of a trail or a list of tags that are read
_LISTS_READ = 20  # trails or lists of tags: they may lie in one another, around many links
_TAG_NAMES = re.compile(r"(?:^|[\s_-])(?:tags?|taglist|keywords|topics)(?:$|[\s_-])", re.I)


def _link_texts(element: Element) -> list[str]:
    return [text for a in descendants(element, "a")[:_LINKS] if (text := _text(a))]


def _split_tags(values: list[str]) -> list[str]:
    parts = (part.strip(" #") for value in values for part in _KEYWORD_SEPARATOR.split(value))
    kept: dict[str, str] = {}
    for part in parts:
        if part and len(part) <= _MAX_TAG and ":" not in part[:12]:
            kept.setdefault(fold(part), part)
    return list(kept.values())[:_MAX_TAGS]
