"""The language of the article's text: as the page declares it, unless its words say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawl.extraction import chrome
from newscrawl.extraction.blocks import Blocks
from newscrawl.extraction.candidates import Candidate
from newscrawl.items import Source
from newscrawl.page.metadata import plain
from newscrawl.page.page import Page
from newscrawl.text.language import detect_language

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_LANG = ("lang", "xml:lang")
_META = (
    "og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage",
)  # fmt: skip
# Codes of the same language: the macrolanguage, an older code, a close sister.
_SAME = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "bs": "hr", "sh": "hr", "fil": "tl", "mo": "ro",
    "cmn": "zh", "yue": "zh", "ji": "yi", "prs": "fa", "ms": "id", "gsw": "de",
    "bar": "de", "sco": "en", "arz": "ar", "wuu": "zh", "azb": "az", "rue": "uk", "pes": "fa",
}  # fmt: skip
_ONE_TEXT = frozenset({frozenset({"sr", "hr"}), frozenset({"gl", "pt"}), frozenset({"da", "no"})})
_SAMPLE = 1_000
"""Characters of text that are looked at; detection takes 0.1 ms for so many."""
_LEAST = 200
_PARAGRAPH = 80


def language_candidates(page: Page, blocks: Blocks) -> list[Candidate]:
    """Return the possible BCP 47 tags, the most trusted first.

    A declared tag is believed unless the text is clearly of another language; then, and where
    nothing is declared, the language that the text shows comes first.
    """
    declared = [
        Candidate(normal, candidate.source, candidate.where)
        for candidate in _declared(page)
        if (normal := normalise_tag(candidate.value))
    ]
    sample = _text_sample(blocks)
    seen = detect_language(sample) if len(sample) >= _LEAST or not declared else None
    if seen is None:
        return declared
    right = [candidate for candidate in declared if _agree(candidate.value, seen)]
    return right or [Candidate(seen, "html", "text"), *declared]


def _declared(page: Page) -> Iterator[Candidate]:
    for node in page.articles:
        if tag := plain(node.get("inLanguage")):
            yield Candidate(tag, "json-ld", "Article.inLanguage")
    for element in (page.root, page.root.css_first("body")):
        if element is not None:
            attributes = element.attributes
            for attribute in _LANG:
                if tag := attributes.get(attribute):
                    yield Candidate(tag, "html", f"{element.tag}[lang]")
    for name in _META:
        for tag in page.metadata.meta.get(name, ()):
            source: Source = "opengraph" if name.startswith("og:") else "meta"
            yield Candidate(tag.split(",")[0], source, name)


def _text_sample(blocks: Blocks) -> str:
    """Return the first paragraphs of the page, or what short text there is."""
    pieces: list[str] = []
    size = 0
    for block in blocks.blocks:
        if len(block.text) >= _PARAGRAPH and not block.flags & (chrome.CONSENT | chrome.LEGAL):
            pieces.append(block.text)
            size += len(block.text)
            if size >= _SAMPLE:
                break
    if size < _LEAST:
        pieces = [block.text for block in blocks.blocks[:200]]
    return "\n".join(pieces)[:_SAMPLE]


def _agree(tag: str, seen: str) -> bool:
    primary = tag.split("-", 1)[0]
    primary, seen = _SAME.get(primary, primary), _SAME.get(seen, seen)
    return primary == seen or frozenset({primary, seen}) in _ONE_TEXT


@lru_cache(maxsize=1_000)
def normalise_tag(tag: str) -> str | None:
    """Return a language tag in BCP 47's usual case, or None if it is none.

    >>> normalise_tag("en_us"), normalise_tag("ZH-hans-CN"), normalise_tag("english")
    ('en-US', 'zh-Hans-CN', None)
    """
    tag = tag.strip()
    if not _TAG.match(tag):
        return None
    first, *rest = re.split(r"[-_]", tag)
    parts = [first.lower()]
    for part in rest:
        if len(part) == 2:
            parts.append(part.upper())
        elif len(part) == 4 and part.isalpha():
            parts.append(part.title())
        else:
            parts.append(part.lower())
    return "-".join(parts)
