"""Titles of pages taken apart: the headline, the section, the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl.text.cleaning import clean_line, fold, words

# What stands between the parts; hyphens and colons only with white space about them, or after
# scripts and marks that need none.
_SEPARATOR = re.compile(
    r"\s+[-–—|·•»«:/\\~]+\s+|\s*[|｜ㅣ►]\s*|\s+::\s+"
    r"|(?<=[\u3040-\u9fff\uac00-\ud7af.…?!'’\"”])\s?[-–—_](?=\S)"
)
_PREFIX = re.compile(
    r"^(?:video|watch|photos?|gallery|audio|podcast|foto|fotos|vidéo|bilder)\s*[:|]\s+",
    re.IGNORECASE,
)
# A kind of text after a bar; after a dash it may be the headline's own.
_SUFFIX = re.compile(
    r"\s+[|｜]\s+(?:opinion|analysis|commentary|editorial|opinión|análisis|opinião|análise|analyse"
    r"|kommentar|meinung|opinione|commento|opinie)$",
    re.IGNORECASE,
)
_NAME = 3  # a shorter name says nothing when it is only a part of another


def title_parts(title: str) -> list[str]:
    """Return the parts of a title.

    >>> title_parts("The Example :: World :: A new hall")
    ['The Example', 'World', 'A new hall']
    """
    return [part for part in _SEPARATOR.split(clean_line(title)) if part]


def strip_site(title: str, names: frozenset[str], others: Iterable[str]) -> str:
    """Return a title without its site's name, "Video:" before it and "| Opinion" after it.

    ``names`` are the site's folded names. ``others`` are other titles of the page: a part that
    equals one of them is the headline.

    >>> strip_site("A new hall - World - The Example", frozenset({"the example"}), ())
    'A new hall - World'
    """
    return _SUFFIX.sub("", _without_site(_PREFIX.sub("", clean_line(title)), names, others))


def _without_site(title: str, names: frozenset[str], others: Iterable[str]) -> str:
    cuts = [match.span() for match in _SEPARATOR.finditer(title)]
    if not cuts:
        return _without_prefix(title, names)
    known = {fold(other) for other in others}
    for start, end in cuts:
        if fold(title[:start]) in known:
            return title[:start]
        if fold(title[end:]) in known:
            return title[end:]
    while cuts and cuts[-1][0] >= _NAME - 1 and is_site_name(title[cuts[-1][1] :], names):
        title = title[: cuts.pop()[0]]
    if cuts and is_site_name(title[: cuts[0][0]], names):
        title = title[cuts[0][1] :]
    return _without_prefix(title, names)


def _without_prefix(title: str, names: frozenset[str]) -> str:
    """Return "The Example: A new hall" without its site's name."""
    name, colon, rest = title.partition(": ")
    return rest if colon and rest and fold(name) in names else title


def is_site_name(part: str, names: frozenset[str]) -> bool:
    """Return whether a part of a title is one of the site's folded names, spelled in whatever way.

    >>> is_site_name("Example.org", frozenset({"example"}))
    True
    """
    folded = fold(part)
    if folded in names or folded.removeprefix("www.") in names:
        return True
    squeezed = "".join(words(folded))
    return any(
        squeezed == name
        or (len(name) > _NAME and squeezed.startswith(name))
        or (len(squeezed) > _NAME and name.startswith(squeezed))
        for name in (name.replace(" ", "") for name in names)
    )


def overlap(left: list[str], right: list[str]) -> float:
    """Return the Dice coefficient of two bags of words, 0 to 1."""
    if not left or not right:
        return 0.0
    return 2 * len(set(left) & set(right)) / (len(set(left)) + len(set(right)))
