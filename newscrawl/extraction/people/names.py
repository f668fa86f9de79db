"""A byline's text taken apart into the names of people: "By", roles, places and agencies go."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.cleaning import clean_line, fold
from newscrawl.text.phrases import any_of, is_chrome_line, strip_byline_prefix
from newscrawl.text.vocabulary import (
    AUTHOR_JOINERS,
    BYLINE_PARTICLES,
    BYLINE_PREFIXES,
    CREDIT_AGENCIES,
    PUBLISHED_LABELS,
    ROLE_WORDS,
    UPDATED_LABELS,
)

MAX_BYLINE = 250
"""A longer text, in characters, is no byline."""

_MAX_NAME = 60
_MAX_WORDS = 5
_ABBREVIATION = 3  # letters: "Jr.", "Inc.", "e.V."
_NOISE = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\([^)]*\)|\[[^\]]*\]|<[^>]*>")
_NOISY = re.compile(r"[@(\[<]|/\w|www\.|／|, [JSI]")
# A byline ends where a date, a place or an outlet begins.
_END = re.compile(
    r"\s*\b(?:\d{1,4}[./:-]\d|\d{1,2}\.?\s+[^\W\d]{3,}\.?,?\s+\d{4}"
    r"|[^\W\d]{3,9}\.?\s+\d{1,2},\s+\d{4})"
    r"|,?\s+(?:in|aus|à|em|at|from|für|for|bei|special\s+to|via)\s+(?=[A-ZÀ-Þ])|\s+\d",
)
# "Ana Lima with agencies": those that the text is also from, who are named nowhere.
_WITH_OTHERS = re.compile(
    r",?\s+(?:and|with|avec|et|con|y|com|e|mit|und|med|och|og|met|en|и|та|с|,)\s+"
    r"(?:news\s+)?(?:agencies|agency|wires?|wire\s+(?:reports|services)|agences|agencias|agências"
    rf"|agenturen|agenturmaterial|agenzie|agentschappen|агентства(?:ми)?|{any_of(CREDIT_AGENCIES)})"
    r"(?!\w).*$",
    re.IGNORECASE,
)
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s+\((?P<name>[^()@]+)\)$")  # as RSS has it
_GENERATION = re.compile(r",\s+(?=(?:Jr|Sr|II|III|IV)\b)")
_REPORTED_FROM = re.compile(r"[／/][^／/]{1,8}(?:報導|報道|报道|电|電)$")
_SEPARATOR = re.compile(r"\s*[;|•·&/、，＝=,]\s*|\s+[-–—]\s+")
# Capitals are initials: "Jessica A Smith".
_JOINER = re.compile(
    r"\s+("
    + "|".join(sorted((re.escape(j.strip()) for j in AUTHOR_JOINERS), key=len))
    + r"|AND)\s+"
)
_PLACE_JOINER = "en"  # "and" in Dutch, "in" in Spanish and French
_ROLE = re.compile(rf"(?<!\w){any_of(ROLE_WORDS - CREDIT_AGENCIES)}(?!\w)", re.IGNORECASE)
_EASTERN_ROLE = re.compile(
    r"\s*(?:기자|특파원|편집장|記者|记者|編集委員|特派員)(?:\s|$).*$|^(?:本报)?(?:记者|記者)\s*"
)
_EASTERN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_EASTERN_NAME = re.compile(rf"[{_EASTERN}]{{2,6}}(?:[ ・·][{_EASTERN}]{{1,8}})?")
# Words of a masthead, a section or a button, which no person's name has.
_NOT_OF_A_NAME = re.compile(
    r"\d|[<>{}=#_@?!:%]|\b(?:staff|redaktion|redaction|rédaction|redacci[oó]n|redazione|redação"
    r"|redactie|editorial|editors?|newsroom|team|news|nachrichten|noticias|nouvelles|agency"
    r"|agencies|agencia|agentur|agence|admin|webmaster|press|desk|online|media|magazine|zeitung"
    r"|times|post|journal|guest|contributor|follow|share|comments?|read|more|updated|published"
    r"|sport|sports|politics|politik|política|world|business|opinion|local|latest|home|video|photo"
    r"|minutes?|min|lesezeit|uhr|com|net|org)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    {"van", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le",
     "el", "al", "bin", "ben", "ibn", "von", "zu", "zum", "zur", "y", "i", "e", "ter", "ten", "af",
     "av", "abu", "op"}
)  # fmt: skip
_TELLING = frozenset(
    word for phrase in ROLE_WORDS | BYLINE_PREFIXES | BYLINE_PARTICLES for word in phrase.split()
)
_SEAM = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_LABELS = PUBLISHED_LABELS | UPDATED_LABELS
# The label of a date that has been cut off: "Ana Lima Published".
_STAMP = re.compile(rf"\s+{any_of({label for label in _LABELS if len(label) > 4})}$", re.IGNORECASE)
_NOBODY = (ROLE_WORDS - CREDIT_AGENCIES) | frozenset(
    {"admin", "administrator", "webmaster", "editor", "editors", "newsroom", "news desk", "wire",
     "web desk", "online desk", "staff", "guest", "unknown", "none", "null", "n/a", "author",
     "anonymous", "die redaktion", "redakcja", "redacție", "de redactie"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def is_nobody(name: str) -> bool:
    """Return whether a declared author is a role or an account, no name.

    >>> is_nobody("La rédaction"), is_nobody("Ana Lima")
    (True, False)
    """
    return fold(name).strip(" .") in _NOBODY


def is_person(name: str) -> bool:
    """Return whether a text has the form of a person's name.

    >>> is_person("Ana de Lima"), is_person("Read more"), is_person("大槻遥")
    (True, False, True)
    """
    if not 2 <= len(name) <= _MAX_NAME or _SEPARATOR.search(name) or _NOT_OF_A_NAME.search(name):
        return False
    if _EASTERN_NAME.fullmatch(name):
        return True
    words = name.split()
    if not 2 <= len(words) <= _MAX_WORDS or is_chrome_line(name) or fold(name) in _LABELS:
        return False
    if name.isupper() and len(name) < 5:
        return False
    return (
        all(
            word[0].isalpha() and (not word[0].islower() or word.lower() in _PARTICLES)
            for word in (word.lstrip("'’\"“„(") for word in words)
            if word
        )
        and not words[-1][0].islower()
    )


def is_agency_name(name: str) -> bool:
    """Return whether a name is that of a news or picture agency."""
    return fold(name) in CREDIT_AGENCIES


def declared_names(text: str) -> list[str]:
    """Return the names in a declared author's name, the first as it is written.

    What follows a comma is a name only if it has the form of one: it may be a role or an outlet.

    >>> declared_names("Ana Lima, professor of law"), declared_names("By Ana Lima and Rui Costa")
    (['Ana Lima'], ['Ana Lima', 'Rui Costa'])
    """
    if _is_plain(text):
        return [text]
    if len(text) > 2 * MAX_BYLINE:
        return []
    if named := _MAIL_AND_NAME.match(text):
        text = named["name"]
    text = _WITH_OTHERS.sub("", strip_byline_prefix(_cleaned(text)))
    if not text or len(text) > MAX_BYLINE:
        return []
    if (end := _END.search(text, 1)) and is_person(text[: end.start()]):
        return [without_role(text[: end.start()])]
    parts = _parts(text)
    people = [
        part for i, part in enumerate(parts) if is_person(part) and not (i and ends_in_role(part))
    ]
    if len(parts) < 2 or not people:
        # "Ministry of Foreign Affairs, Trade and Culture" is one name.
        return parts if len(parts) < 2 else [without_role(text)]
    return people


def ends_in_role(text: str) -> bool:
    """Return whether what follows a name is a role: "Chief Political Correspondent"."""
    return text.rsplit(" ", 1)[-1].casefold() in ROLE_WORDS


def _is_plain(text: str) -> bool:
    """Whether a text is two to four capitalised words, none of which begins a byline or a role."""
    words = text.split(" ")
    return 1 < len(words) < 5 and all(
        word.isalpha() and word[0].isupper() and word.casefold() not in _TELLING for word in words
    )


def byline_names(text: str, site: frozenset[str] = frozenset()) -> list[str]:
    """Return the names in a byline as a page shows it, after its "By".

    ``site`` are the folded names of the outlet: a byline that names it ends there.

    >>> byline_names("By Ana Lima in Lisbon | 3 May 2024"), byline_names("Ana Lima, Rui Costa/dpa")
    (['Ana Lima'], ['Ana Lima', 'Rui Costa'])
    """
    end = _END.search(text, 1)
    text = _WITH_OTHERS.sub("", _cleaned(text[: end.start()] if end else text))
    text = _STAMP.sub("", text)
    names: list[str] = []
    for part in _parts(strip_byline_prefix(text)):
        name = _without_outlet(part, site)
        if is_person(name) and not _is_outlet(name, site):
            names.append(name)
        elif not names and not is_agency_name(name):
            break
    return list(dict.fromkeys(names))


def signature(text: str) -> str | None:
    """Return the one word that a "By" line is signed with: an initialism, a single name.

    >>> signature("TPN, in News · 31 Jan 2025"), signature("Monday the hall was full")
    ('TPN', None)
    """
    end = _END.search(text, 1)
    word = _cleaned(text[: end.start()] if end else text)
    if not 2 <= len(word) <= 20 or not word.isalpha() or not word[0].isupper():
        return None
    return None if _NOT_OF_A_NAME.search(word) or is_nobody(word) else word


def _parts(text: str) -> list[str]:
    """Return the parts of a byline, roles gone."""
    parts: list[str] = []
    for piece in _SEPARATOR.split(text):
        joined = _JOINER.split(strip_byline_prefix(piece))
        names = [without_role(name) for name in joined[::2]]
        if all(map(is_person, names[1:])):
            parts += names
        elif _PLACE_JOINER in joined[1::2]:
            parts.append(names[0])
        else:  # "Antoni Puig i Cadafalch"
            parts.append(without_role(piece))
    return [part for part in parts if part]


def without_role(name: str) -> str:
    """Return a name without the role before or after it, "" for nothing but a role.

    >>> without_role("Ana Lima Senior Editor"), without_role("박준석 기자")
    ('Ana Lima', '박준석')
    """
    name = _EASTERN_ROLE.sub("", _without_edges(name))
    for role in _ROLE.finditer(name):
        before, after = name[: role.start()].strip(" ,;:|-–—"), name[role.end() :].strip(" ,;:|-–—")
        if " " in before or (before and not after and name[role.start() - 1] in ",("):
            return before
        if not before and (" " in after or not after):
            return after
    return name


def _cleaned(text: str) -> str:
    if _NOISY.search(text):
        text = _GENERATION.sub(" ", _REPORTED_FROM.sub("", text))
        text = clean_line(_NOISE.sub(" ", text))
    return _without_edges(text)


def _without_edges(text: str) -> str:
    """Return a text without punctuation around it; the dot of an abbreviation stays: "Jr."."""
    stripped = text.strip(" ,;:|-–—•·/.\"'*")
    last = stripped.rsplit(" ", 1)[-1]
    is_short = len(last) <= _ABBREVIATION and " " in stripped
    return f"{stripped}." if is_short and text.rstrip().endswith(f"{stripped}.") else stripped


def _without_outlet(name: str, site: frozenset[str]) -> str:
    """Return a name without the outlet's right behind it: "Ana Lima The Example"."""
    folded = name.casefold()
    known = max((known for known in site if folded.endswith(f" {known}")), key=len, default="")
    shorter = name[: len(name) - len(known)].rstrip() if known else name
    return shorter if " " in shorter else name


def _is_outlet(name: str, site: frozenset[str]) -> bool:
    folded = fold(_SEAM.sub(" ", name))  # "The ExampleNovember"
    return folded in site or any(
        len(known) > 2 and folded.startswith((f"{known} ", f"{known}.")) for known in site
    )
