"""The language of the article's text."""

from __future__ import annotations

import re

from newscrawl.extractors.candidates import Candidate
from newscrawl.metadata import plain
from newscrawl.page import Page

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


def language_candidates(page: Page) -> list[Candidate]:
    """Return the BCP 47 tags that the page declares, the most trusted first."""
    found: list[Candidate] = []
    for node in page.articles:
        tag = plain(node.get("inLanguage"))
        if tag:
            found.append(Candidate(tag, "json-ld", "Article.inLanguage"))
    for element in (page.root, page.root.find("body")):
        if element is not None:
            for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
                if tag := element.get(attribute):
                    found.append(Candidate(tag, "html", f"{element.tag}[lang]"))
    for name in (
        "og:locale",
        "content-language",
        "language",
        "dc.language",
        "dcterms.language",
        "inlanguage",
    ):
        for tag in page.metadata.meta.get(name, ()):
            source = "opengraph" if name.startswith("og:") else "meta"
            found.append(Candidate(tag.split(",")[0], source, name))  # type: ignore[arg-type]
    return [
        Candidate(normal, candidate.source, candidate.where)
        for candidate in found
        if (normal := normalise_tag(candidate.value))
    ]


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
