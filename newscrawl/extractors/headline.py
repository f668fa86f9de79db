"""The headline: what the page shows, weighed against what it declares."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.extractors import chrome
from newscrawl.extractors.blocks import Blocks
from newscrawl.extractors.candidates import Candidate
from newscrawl.extractors.chrome import judge
from newscrawl.metadata import plain
from newscrawl.page import Page
from newscrawl.text import clean_line, fold, words

# Between a title and the name of its site; a hyphen or colon only with white space about it.
_SEPARATOR = re.compile(
    r"\s+[-–—|·•»«:/\\~]+\s+|\s*[|｜ㅣ►]\s*|\s+::\s+|(?<=[\u3040-\u9fff\uac00-\ud7af.…?!'’\"”])\s?[-–—_](?=\S)"
)
_PREFIX = re.compile(
    r"^(?:video|watch|photos?|gallery|audio|podcast|foto|fotos|vidéo|bilder)\s*[:|]\s+", re.I
)
_HEADLINE_MAX = 400


def headline_candidates(page: Page, blocks: Blocks, names: frozenset[str]) -> list[Candidate]:
    """Return the possible headlines, the best first.

    ``names`` are the folded names of the site, see `newscrawl.extractors.publisher.site_names`.
    """
    declared = list(_declared(page, names))
    titles = [words(c.value) for c in declared] + [words(page.metadata.title or "")]
    shown = sorted(
        _shown(page, blocks, names),
        key=lambda c: -max((_overlap(words(c.value), title) for title in titles), default=0.0),
    )
    ranked = _rank(declared, shown)
    return ranked or [
        Candidate(strip_site(page.metadata.title, names, ()), "html", "title")
        for _ in (1,)
        if page.metadata.title
    ]


def _rank(declared: list[Candidate], shown: list[Candidate]) -> list[Candidate]:
    best_shown = shown[:1]
    ranked: list[Candidate] = []
    for candidate in declared:
        if candidate.source == "json-ld":
            ranked.append(candidate)
    for candidate in best_shown:
        supported = any(_overlap(words(candidate.value), words(d.value)) >= 0.4 for d in declared)
        if supported or not declared:
            ranked.append(candidate)
    ranked += [c for c in declared if c not in ranked]
    ranked += [c for c in shown if c not in ranked]
    return ranked


def _declared(page: Page, names: frozenset[str]) -> Iterable[Candidate]:
    metadata = page.metadata
    others = [clean_line("".join(h1.itertext())) for h1 in page.root.iter("h1")]
    for node in page.articles:
        for key in ("headline", "name"):
            text = plain(node.get(key))
            if (
                text
                and fold(text) not in names
                and len(text) < _HEADLINE_MAX
                and not text.endswith(("…", "..."))
            ):
                yield Candidate(strip_site(text, names, others), "json-ld", f"Article.{key}")
                break
    for element in metadata.microdata.get("headline", ()):
        text = element.get("content") or (
            "" if element.tag == "h1" else "".join(element.itertext())
        )
        text = clean_line(text)
        if 0 < len(text) < _HEADLINE_MAX and fold(text) not in names:
            yield Candidate(strip_site(text, names, others), "microdata", "itemprop=headline")
    for key in (
        "og:title",
        "twitter:title",
        "title",
        "dc.title",
        "parsely-title",
        "sailthru.title",
    ):
        for text in metadata.meta.get(key, ()):
            if fold(text) not in names:
                source = "opengraph" if key == "og:title" else "meta"
                yield Candidate(strip_site(text, names, others), source, key)  # type: ignore[arg-type]
    if metadata.title and fold(metadata.title) not in names:
        yield Candidate(strip_site(metadata.title, names, others), "html", "title")


def _shown(page: Page, blocks: Blocks, names: frozenset[str]) -> Iterable[Candidate]:
    for element in page.root.iter("h1"):
        text = _text_without_kicker(element)
        if 1 < len(text) < _HEADLINE_MAX and fold(text) not in names:
            yield Candidate(_PREFIX.sub("", text), "html", "h1")
    for container in blocks.containers:
        if (
            container.tag == "h2"
            and container.own & chrome.HEADLINE
            and not container.flags & chrome.CHROME
        ):
            text = clean_line("".join(container.element.itertext()))
            if 1 < len(text) < _HEADLINE_MAX:
                yield Candidate(text, "html", "h2")
                break


def _text_without_kicker(element) -> str:  # type: ignore[no-untyped-def]
    children = [child for child in element if "".join(child.itertext()).strip()]
    if len(children) >= 2 and not (element.text or "").strip():
        for child in children:
            names = f"{child.get('class') or ''}"
            kicker = re.search(
                r"kicker|overline|topline|spitzmarke|label|badge|section|category|eyebrow|pretitle|roofline|dachzeile",
                names,
                re.I,
            )
            if not kicker and judge(names) & chrome.HEADLINE:
                return clean_line("".join(child.itertext()))
        kept = [
            child
            for child in children
            if not re.search(
                r"kicker|overline|topline|spitzmarke|label|badge|category|eyebrow|pretitle|roofline|dachzeile|hidden|sr-only",
                child.get("class") or "",
                re.I,
            )
        ]
        if kept:
            return clean_line(
                " ".join("".join(child.itertext()) + (child.tail or "") for child in kept)
            )
    return clean_line("".join(element.itertext()))


def strip_site(title: str, names: frozenset[str], others: Iterable[str]) -> str:
    """Return a title without its site's name, section and "Video:".

    ``others`` are other candidates: a part of the title that equals one of them is the headline.

    >>> strip_site("A new hall - World - The Example", frozenset({"the example"}), ())
    'A new hall - World'
    """
    title = _PREFIX.sub("", clean_line(title))
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    if not cuts:
        return title
    known = {fold(other) for other in others}
    for start, end in cuts:
        if fold(title[:start]) in known:
            return title[:start]
        if fold(title[end:]) in known:
            return title[end:]
    while cuts:
        start, end = cuts[-1]
        if not _is_site_name(title[end:], names) or start < 2:
            break
        title = title[:start]
        cuts.pop()
    if cuts and _is_site_name(title[: cuts[0][0]], names):
        title = title[cuts[0][1] :]
    return title


def _is_site_name(part: str, names: frozenset[str]) -> bool:
    folded = fold(part)
    if folded in names or folded.removeprefix("www.") in names:
        return True
    squeezed = "".join(words(folded))
    return any(
        squeezed == name.replace(" ", "")
        or (len(squeezed) > 3 and squeezed.startswith(name.replace(" ", "")) and len(name) > 3)
        or (len(folded) > 3 and name.replace(" ", "").startswith(squeezed))
        for name in names
    )


def _overlap(left: list[str], right: list[str]) -> float:
    """Dice coefficient of two bags of words, 0 to 1."""
    if not left or not right:
        return 0.0
    common = len(set(left) & set(right))
    return 2 * common / (len(set(left)) + len(set(right)))
