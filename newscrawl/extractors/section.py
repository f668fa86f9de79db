"""The section that an article belongs to, and its keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.candidates import Candidate
from newscrawl.metadata import Node, plain, plains, types_of
from newscrawl.page import Page
from newscrawl.text import clean_line, fold

_BREADCRUMB = re.compile(r"bread-?_?crumb|itacaput|ariane|migas|brotkrumen|rootline", re.I)
_HOME = frozenset({
    "home", "homepage", "start", "startseite", "inicio", "portada", "accueil", "início", "pagina inicial",
    "página inicial", "capa", "hem", "hjem", "forside", "etusivu", "strona główna", "ana sayfa", "anasayfa", "главная", "головна",
    "الرئيسية", "首页", "首頁", "トップ", "ホーム", "홈", "front page", "index", "news home", "",
})  # fmt: skip
_MAX_STEP = 60
_KEYWORD_SPLIT = re.compile(r"\s*[,;،、]\s*")
_MAX_TAGS = 60
_EDGES = " \t>›»/|·•→-–:"


def section_candidates(page: Page, blocks: Blocks, headline: str | None) -> list[Candidate]:
    """Return the possible sections: the breadcrumb's last step, then what the page declares."""
    found: list[Candidate] = []
    title = fold(headline or "")
    for steps, candidate_source, where in _trails(page, blocks):
        kept = [s for s in steps if fold(s) not in _HOME and len(s) <= _MAX_STEP]
        if (
            kept
            and title
            and (fold(kept[-1]) in title or title in fold(kept[-1]))
            and len(kept[-1]) > 20
        ):
            kept.pop()
        kept = [s for s in kept if fold(s) != title and not s.endswith(("…", "..."))]
        if kept:
            found.append(Candidate(kept[-1], candidate_source, where))
    for node in page.articles:
        for text in plains(node.get("articleSection"))[:1]:
            found.append(Candidate(text.split(",")[0].strip(), "json-ld", "Article.articleSection"))
    for name in (
        "article:section",
        "og:article:section",
        "section",
        "parsely-section",
        "cxenseparse:category",
        "category",
        "dc.subject",
    ):
        for text in page.metadata.meta.get(name, ())[:1]:
            source = "opengraph" if ":section" in name else "meta"
            found.append(Candidate(text, source, name))  # type: ignore[arg-type]
    for element in page.metadata.microdata.get("articlesection", ())[:1]:
        text = element.get("content") or clean_line("".join(element.itertext()))
        found.append(Candidate(text, "microdata", "itemprop=articleSection"))
    return [c for c in found if 1 < len(c.value) <= _MAX_STEP and fold(c.value) not in _HOME]


def _trails(page: Page, blocks: Blocks) -> Iterator[tuple[list[str], Any, str]]:
    for container in blocks.containers:
        names = f"{container.element.get('class') or ''} {container.element.get('id') or ''} {container.element.get('aria-label') or ''}"
        if _BREADCRUMB.search(names) and 0 < container.end - container.start <= 15:
            steps = _steps(container.element)
            if steps:
                yield steps, "html", "breadcrumb"
                break
    for node in page.metadata.nodes:
        if "breadcrumblist" in types_of(node):
            steps = [text for item in _items(node) if (text := _step_name(item))]
            if steps:
                yield steps, "json-ld", "BreadcrumbList"
                break


def _steps(element: Any) -> list[str]:
    links = [clean_line("".join(a.itertext())).strip(_EDGES) for a in element.iter("a")]
    if links:
        return [link for link in links if link]
    text = clean_line(" ".join(element.itertext()))
    return [step.strip(_EDGES) for step in re.split(r"\s[>›»/|]\s", text) if step.strip(_EDGES)]


def _items(node: Node) -> list[Node]:
    items = node.get("itemListElement")
    items = items if isinstance(items, list) else [items]
    return [item for item in items if isinstance(item, dict)]


def _step_name(item: Node) -> str | None:
    inner = item.get("item")
    return plain(item.get("name")) or (
        plain(inner.get("name")) if isinstance(inner, dict) else None
    )


def tag_candidates(page: Page) -> tuple[list[str], Any]:
    """Return the article's keywords in the page's order, and their source."""
    for node in page.articles:
        tags = _split(plains(node.get("keywords")))
        if tags:
            return tags, "json-ld"
    for names, source in (
        (("article:tag", "og:article:tag", "og:video:tag"), "opengraph"),
        (("news_keywords", "keywords", "parsely-tags", "sailthru.tags"), "meta"),
    ):
        for name in names:
            tags = _split(page.metadata.meta.get(name, []))
            if tags:
                return tags, source
    links = [
        clean_line("".join(a.itertext()))
        for a in page.root.iter("a")
        if "tag" in (a.get("rel") or "").split()
    ]
    return _split(links), "html"


def _split(values: list[str]) -> list[str]:
    parts = (part.strip(" #") for value in values for part in (_KEYWORD_SPLIT.split(value)))
    return list(
        dict.fromkeys(part for part in parts if part and len(part) <= 100 and ":" not in part[:12])
    )[:_MAX_TAGS]
