"""The headline: what the page shows, weighed against what it declares."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.candidates import Candidate
from newscrawl.extraction.headline.headings import (
    LONGEST,
    Heading,
    Titles,
    article_heading,
    heading_text,
    is_for_search,
    mastheads,
    read_headings,
    without_kicker,
)
from newscrawl.extraction.headline.titles import strip_site, title_parts
from newscrawl.items import Source
from newscrawl.page.metadata import plain, types_of
from newscrawl.page.page import Page
from newscrawl.page.shown import element_text
from newscrawl.text.cleaning import clean_line, fold, words

_TITLES_READ = 20
_CUT_FROM = 100  # search engines once asked for 110 characters at most; many systems cut there
_META = (
    "headline", "og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title",
)  # fmt: skip
_FIRST_BLOCKS = 60
_SHORT_TITLE = 200
_STANDS_OUT_WORDS = 4
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4"})


def headline_candidates(page: Page, blocks: Blocks, names: frozenset[str]) -> list[Candidate]:
    """Return the possible headlines, the best first.

    The article's heading and the publisher's own statement (JSON-LD) are the best witnesses;
    `_outweighs` says which of the two is asked first. Then come a line near the top that the
    ``<title>`` points to, if no heading is credible, the declared titles, and other headings.

    ``names`` are the folded names of the site, see `newscrawl.extraction.publisher.site_names`.
    """
    headings = read_headings(blocks)
    names |= mastheads(page, headings)
    headings = [heading for heading in headings if _is_title(heading.text, names)]
    declared = list(_declared(page, names, [heading.text for heading in headings]))
    alternatives = _alternatives(page)
    texts = [*alternatives, *(candidate.value for candidate in declared)]
    titles = list(dict.fromkeys(tuple(words(text)) for text in texts))[:_TITLES_READ]
    ranked = [candidate for candidate in declared if candidate.source == "json-ld"]
    shown = _shown(article_heading(headings, titles, blocks), titles, names)
    if shown is None:
        ranked += _pointed_to(page, blocks, names)
    elif (
        not ranked
        or _is_among(shown, alternatives)
        or _outweighs(shown, ranked[0], declared, is_news=_is_news(page))
    ):
        ranked.insert(0, shown)
    else:
        ranked.append(shown)
    others = (Candidate(strip_site(h.text, names, ()), "html", "h1") for h in headings)
    ranked += [*declared, *(candidate for candidate in others if len(candidate.value) > 1)]
    # What the page itself sets apart for search engines, whoever repeats it, is asked last.
    for_search = {tuple(words(heading.text)) for heading in headings if is_for_search(heading)}
    if for_search:
        ranked.sort(key=lambda candidate: tuple(words(candidate.value)) in for_search)
    return list(dict.fromkeys(ranked))


def _shown(heading: Heading | None, titles: Titles, names: frozenset[str]) -> Candidate | None:
    text = strip_site(heading_text(heading, titles), names, ()) if heading is not None else ""
    return Candidate(text, "html", "h1") if len(text) > 1 and _is_title(text, names) else None


def _is_news(page: Page) -> bool:
    """Whether the first article that JSON-LD describes is news, as a newsroom's system says."""
    return any("news" in kind for kind in types_of(page.articles[0])) if page.articles else False


def _outweighs(
    shown: Candidate, stated: Candidate, declared: list[Candidate], *, is_news: bool
) -> bool:
    """Return whether a heading rather than JSON-LD is the headline where they differ.

    It is where JSON-LD repeats the ``<title>``, which is made for search engines, or where no other
    declared title bears JSON-LD out; but not where JSON-LD only has a kicker before it. What blogs
    write into JSON-LD and og:title comes from one box, "SEO title"; where newsrooms write the same
    into both, that is the headline.
    """
    mine, other = words(shown.value), words(stated.value)
    if other[-len(mine) :] == mine:
        return False
    agreeing = {c.where for c in declared if c.source != "json-ld" and words(c.value) == other}
    if is_news and "og:title" in agreeing:
        return False
    return not agreeing or "title" in agreeing


def _is_among(candidate: Candidate, texts: list[str]) -> bool:
    folded = fold(candidate.value)
    return any(fold(text) == folded for text in texts)


def _alternatives(page: Page) -> list[str]:
    """Return the other headlines that JSON-LD names, beside those for search engines."""
    named = (plain(node.get("alternativeHeadline")) for node in page.articles[:_TITLES_READ])
    return [text for text in named if text]


def _declared(page: Page, names: frozenset[str], shown: list[str]) -> Iterator[Candidate]:
    stated = [each for each in _stated(page) if _is_title(each[0], names)]
    texts = [text for text, source, _ in stated if source != "json-ld"][:_TITLES_READ]
    stripped: dict[str, str] = {}
    for text, source, where in stated:
        if source != "json-ld" or not _is_cut(text, texts):
            if text not in stripped:
                stripped[text] = strip_site(text, names, shown)
            yield Candidate(stripped[text], source, where)


def _is_cut(text: str, others: list[str]) -> bool:
    return len(text) >= _CUT_FROM and any(o.startswith(text) and o != text for o in others)


def _stated(page: Page) -> Iterator[tuple[str, Source, str]]:
    for node in page.articles:
        text = plain(node.get("headline")) or plain(node.get("name"))
        if text and not text.endswith(("…", "...")):
            yield text, "json-ld", "Article.headline"
    metadata = page.metadata
    for element in metadata.microdata.get("headline", ()):
        if element.tag != "h1":
            content = clean_line(element.attributes.get("content") or "")
            text = content or without_kicker(element) or element_text(element, LONGEST)
            yield text, "microdata", "itemprop=headline"
    for key in _META:
        for text in metadata.meta.get(key, ()):
            yield _read(text), "opengraph" if key == "og:title" else "meta", key
    if metadata.title:
        yield _read(metadata.title), "html", "title"


def _read(text: str) -> str:
    """Return a title without the entities that are left where it was escaped twice."""
    return clean_line(unescape(text)) if "&" in text and ";" in text else text


def _is_title(text: str, names: frozenset[str]) -> bool:
    return 0 < len(text) < LONGEST and fold(text) not in names


def _pointed_to(page: Page, blocks: Blocks, names: frozenset[str]) -> Iterator[Candidate]:
    """Yield the line near the top that a part of the ``<title>`` repeats, or begins."""
    if not page.metadata.title:
        return
    parts = [part for part in title_parts(page.metadata.title) if fold(part) not in names]
    best: tuple[float, Block] | None = None
    for block in blocks.blocks[:_FIRST_BLOCKS]:
        if len(block.text) > _SHORT_TITLE or block.flags & chrome.CHROME or block.link_chars:
            continue
        mine = words(block.text)
        stands_out = (
            block.strong_chars or block.tag in _HEADING_TAGS or block.flags & chrome.HEADLINE
        )
        for part in parts:
            if fold(part) == fold(block.text):
                score = 2.0 + bool(stands_out)
            elif stands_out and len(mine) >= _STANDS_OUT_WORDS and set(words(part)) <= set(mine):
                score = 1.0
            else:
                continue
            if best is None or score > best[0]:
                best = (score, block)
    if best is not None:
        yield Candidate(best[1].text, "html", best[1].tag)
