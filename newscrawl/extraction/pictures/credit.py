"""A caption parted from its credit."""

from __future__ import annotations

import re
from itertools import pairwise

from newscrawl.text.cleaning import clean_line
from newscrawl.text.vocabulary import CREDIT_AGENCIES, CREDIT_LABELS

_MAX_CREDIT = 120
_MAX_NAME = 60
_FEW_WORDS = 8
_EDGES = " \t|｜/–—-·•,;:：=＝…"
_COLON = re.compile(r"[:：=…／]|\.\.\.")
_COPYRIGHT = re.compile(r"©|ⓒ|\(c\)(?=\s*\w)", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【"}
# Where a label or a name may begin that is no part of the sentence before it.
_BREAK = re.compile(
    r"[.!?。！？…»”\"'’」)\]）](?:\s+|(?=[^\W\d_]))|\s*[|｜]\s*|\s+[–—-]\s+|\s+/\s+"
)
# Vowel signs are no letters to ``\\w``, and words of Hindi or Thai are made of them.
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0dff\u0e31-\u0e4e])"
_WORD = re.compile(rf"{_LETTER}+(?:[.'’-]{_LETTER}+)*\.?")
_LABEL_AT_END = re.compile(rf"(?<!\w)({_LETTER}+)\.?\s*$")
_PARTS = re.compile(r"\s*[/|｜,;+&]\s*|\s+(?:via|for|für|pour|per)\s+|\s+-\s+", re.IGNORECASE)
_BY = frozenset({"by", "de", "von", "di", "av", "af", "par", "por", "door", "da"})
# Labels that stand before a name even without a colon: "Photo Ana Lima", "Foto dpa".
_BARE = frozenset(
    {
        "photo", "photos", "foto", "fotos", "bild", "credit", "credits", "crédit", "crédits",
        "image", "fotografía", "fotografia", "photographie", "photograph", "picture", "pic",
        "kuva", "фото", "عکس", "تصوير", "beeld", "fot", "fotó", "צילום"
    }
)  # fmt: skip
# "＝大槻遥撮影", "（市役所提供）"
_TAKEN_BY = re.compile(
    r"[＝=、（(\s]\s*([^＝=、。（(\s]{2,30}?)\s*(?:撮影|提供|攝影|摄影)[）)]?\s*$"
)
_TAKEN_SIGNS = ("影", "提供")  # one of them is in each of these words
# "Im Bild: der Bürgermeister" tells what is seen, not who took it.
_IN_THE = frozenset(
    {
        "im", "dem", "in", "the", "this", "la", "el", "na", "no", "nella", "sul", "dans", "sur",
        "das", "den", "diesem", "het"
    }
)  # fmt: skip
_SMALL = _BY | frozenset(
    {
        "van", "der", "den", "und", "and", "y", "e", "et", "del", "la", "le", "el", "al", "bin",
        "ben", "via", "dos", "du", "ter", "ten", "for", "für", "pour", "para", "per"
    }
)  # fmt: skip
# "＝共同", "陈喆 摄"
_AFTER_SIGN = re.compile(r"[＝=]\s*([^＝=。、]{2,12})$")
_TAKEN = re.compile(r"(?<=\w)\s*(?:撮影|攝影|摄影|\s摄|\s攝)$")
_FILED = re.compile(r"\s+(?:file|files|archive|archiv|archivo|archives|pool|photo|images)$")
_ABBREVIATION = 5
_AGENCY_WORDS = frozenset(agency.split()[0] for agency in CREDIT_AGENCIES)
_LABEL_WORDS = frozenset(label.split()[0] for label in CREDIT_LABELS)
_UNJOINED = re.compile(r"[^\s/|｜,;+&()\[\]©.]+")
_OPENING = re.compile(r"[^\W_]+|©")
_BARS = frozenset({"|", "｜", "/"})


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Return caption and credit of a picture's legend, None for what it does not have.

    Only what says that it is a credit counts as one: a label, a copyright sign, an agency.

    >>> split_credit("Members vote. | Photo: Twitter/@someone")
    ('Members vote.', 'Twitter/@someone')
    >>> split_credit("Members vote (Foto: Ana Lima/dpa)")
    ('Members vote', 'Ana Lima/dpa')
    """
    return _split(text, legend=False)


def split_legend(text: str) -> tuple[str | None, str | None]:
    """Return caption and credit of a text that is known to be a legend; see `split_credit`.

    In a legend a lone name after the last sentence or bar is a credit too.

    >>> split_legend("The hall was full on Tuesday. Ana Lima")
    ('The hall was full on Tuesday.', 'Ana Lima')
    """
    return _split(text, legend=True)


def clean_credit(credit: str) -> str | None:
    """Return a credit without its label, copyright sign and the brackets around it.

    >>> clean_credit("(Photo: Ana Lima)"), clean_credit("Image courtesy of NASA")
    ('Ana Lima', 'NASA')
    """
    credit = clean_line(credit).strip(_EDGES)
    if credit[-1:] in _CLOSING and credit.find(_CLOSING[credit[-1]]) in (-1, 0):
        credit = credit.strip("()[]（）［］【】")
    credit = _COPYRIGHT.sub("", credit, count=1).strip(_EDGES) if credit else credit
    for _ in range(3):  # "Photo credit: Image by Ana Lima"
        shorter = _without_label(credit).strip(_EDGES)
        if shorter == credit or not shorter:
            break
        credit = shorter
    credit = credit if credit.isascii() else _TAKEN.sub("", credit)
    opening = {bracket: opener for bracket, opener in _CLOSING.items() if opener not in credit}
    return credit.rstrip("".join(opening)).strip() or None


def is_agency(text: str) -> bool:
    """Return whether the text names an agency or stock house, alone or beside a person.

    >>> is_agency("Ana Lima/dpa"), is_agency("Ana Lima")
    (True, False)
    """
    folded = text.casefold()
    if _AGENCY_WORDS.isdisjoint(_UNJOINED.findall(folded)):
        return False
    return any(_begins_as_agency(part) for part in _PARTS.split(folded))


def _begins_as_agency(text: str) -> bool:
    """Return whether a folded text is an agency, or begins with one of two words or more."""
    text = _FILED.sub("", text.strip(" .()[]©"))
    words = text.split(" ", 3)
    return text in CREDIT_AGENCIES or any(" ".join(words[:n]) in CREDIT_AGENCIES for n in (2, 3))


def _split(text: str, *, legend: bool) -> tuple[str | None, str | None]:
    text = clean_line(text)
    if not text:
        return None, None
    start = _marked_start(text)
    if start is None:
        # A credit is short: a long text is not searched from its beginning.
        breaks = list(_BREAK.finditer(text, max(0, len(text) - _MAX_CREDIT)))
        start = _agency_start(text, breaks)
        if start is None:
            start = _bare_label(text)
        if start is None and legend:
            start = _name_start(text, breaks)
    if start is None:
        taken = any(sign in text for sign in _TAKEN_SIGNS)
        match = _TAKEN_BY.search(text, max(0, len(text) - _MAX_NAME)) if taken else None
        if match is None and (sign := _AFTER_SIGN.search(text)) and is_agency(sign[1]):
            match = sign
        return (_trimmed(text[: match.start()]), match[1]) if match else (_trimmed(text), None)
    return _trimmed(text[:start]), clean_credit(text[start:])


def _marked_start(text: str) -> int | None:
    """Return where a credit begins that is bracketed, labelled, or has a copyright sign."""
    start = _bracketed(text)
    if start is not None:
        return start
    start = _labelled(text)
    signs = [sign.start() for sign in _COPYRIGHT.finditer(text)]
    if signs and len(text) - signs[-1] <= _MAX_CREDIT:
        return signs[-1] if start is None else min(start, signs[-1])
    return start


def _bracketed(text: str) -> int | None:
    """Return the place of a credit in brackets at the end: "… (AP Photo/Ana Lima)"."""
    end = text.rstrip(" .")
    opener = _CLOSING.get(end[-1:])
    if opener is None or (start := end.rfind(opener)) < 0:
        return None
    inner = end[start + 1 : -1].strip()
    if len(inner) > _MAX_CREDIT or not inner:
        return None
    if _COPYRIGHT.search(inner) is not None or _labelled(inner) == 0 or _opens_with_label(inner):
        return start
    return _from_name(text, start) if is_agency(inner) else None


def _from_name(text: str, start: int) -> int:
    """Move from a bracketed agency back over a name after a sentence: "… ended. ANA LIMA (EFE)"."""
    for match in reversed(list(_BREAK.finditer(text, max(0, start - _MAX_NAME), start))):
        named = text[match.end() : start]
        if named.strip():
            return match.end() if _is_name(named) and _ends_sentence(text, match) else start
    return start


def _labelled(text: str) -> int | None:
    """Return the place of the first "Photo:" that a credit follows."""
    for colon in _COLON.finditer(text):
        label = _label_before(text, colon.start())
        if label is None or len(text) - colon.end() > _MAX_CREDIT:
            continue
        rest = text[colon.end() :].strip()
        if rest and (label > 0 or len(rest.split()) <= _FEW_WORDS or is_agency(rest)):
            return label
    return None


def _label_before(text: str, end: int) -> int | None:
    """Return where the label begins that ends at ``end``; None if there is none."""
    words = list(_WORD.finditer(text, max(0, end - 40), end))
    if not words or text[words[-1].end() : end].strip():
        return None
    for count in range(min(4, len(words)), 0, -1):
        start = words[-count].start()
        if text[start:end].strip(" .").casefold() in CREDIT_LABELS:
            before = words[-count - 1][0].casefold() if count < len(words) else ""
            return None if before in _IN_THE else start
    return None


def _opens_with_label(text: str) -> bool:
    """Return whether a text begins with a label and then names somebody: "Photo by Ana Lima"."""
    opening = _OPENING.search(text, 0, 30)
    if opening is None or opening[0].casefold() not in _LABEL_WORDS:
        return False
    return _without_label(text) != text


def _without_label(text: str) -> str:
    words = text.split(" ", 4)
    if _begins_as_agency(" ".join(_UNJOINED.findall(text.casefold())[:2])):
        return text  # "Picture Alliance"
    for count in range(min(3, len(words) - 1), 0, -1):
        label = " ".join(words[:count])
        key = label.rstrip(":：.").casefold()
        rest = " ".join(words[count:])
        if key in CREDIT_LABELS and (
            key != label.casefold() or key in _BARE or count > 1 or _has_by(rest)
        ):
            return rest.split(" ", 1)[1] if _has_by(rest) else rest
    colon = _COLON.search(text, 0, 40)
    if colon and text[: colon.start()].strip().casefold() in CREDIT_LABELS:
        return text[colon.end() :]
    return text


def _has_by(rest: str) -> bool:
    first, _, name = rest.partition(" ")
    return bool(name) and first.casefold() in _BY and first.islower()


def _agency_start(text: str, breaks: list[re.Match[str]]) -> int | None:
    """Return the place of a credit after the last sentence: "… ended. Ana Lima/AFP"."""
    starts = [match.end() for match in breaks]
    if len(text) <= _MAX_CREDIT:
        starts.insert(0, 0)
    for start in reversed(starts):
        tail = text[start:].strip(_EDGES)
        count = len(tail.split())
        if count > 2 * _FEW_WORDS:
            break
        if not tail:
            continue
        labelled = count <= _FEW_WORDS and tail[0].isupper() and _opens_with_label(tail)
        if labelled or is_agency(tail):
            return _from_label(text, _begin_of_names(text, starts, start))
        if count > _FEW_WORDS:
            break
    return None


def _name_start(text: str, breaks: list[re.Match[str]]) -> int | None:
    """Return the place of the names after the last sentence, or after bars."""
    start = None
    for match in reversed(breaks):
        if match.end() == len(text):
            continue
        if not _ends_sentence(text, match) or not _is_name(text[match.end() : start]):
            break
        start = match.end()
        if match[0].strip() not in _BARS:
            break
    return start


def _bare_label(text: str) -> int | None:
    """Return the place of a label without a colon, names behind it: "… hall Photo A. Lima"."""
    lowered = text[-_MAX_CREDIT:].casefold()
    if not any(label in lowered for label in _BARE):
        return None
    words = list(_WORD.finditer(text, max(0, len(text) - _MAX_CREDIT)))
    for before, word in pairwise(words):
        if word[0].casefold() in _BARE and word[0][0].isupper() and word.end() < len(text):
            named = _is_name(text[word.end() :]) and before[0].casefold() not in _IN_THE
            return word.start() if named else None
    return None


def _begin_of_names(text: str, ends: list[int], start: int) -> int:
    """Move from an agency back over the photographer: "… ended. Ana Lima / AFP"."""
    for end in reversed(ends[: ends.index(start)]):
        if text[:start].rstrip()[-1:] not in "/|｜–—-" or not _is_name(text[end:start]):
            break
        start = end
    return start


def _from_label(text: str, start: int) -> int:
    """Move back over a label whose dot was taken for the end of a sentence: "Fot. Ana Lima"."""
    label = _LABEL_AT_END.search(text, max(0, start - 20), start)
    return label.start() if label and label[1].casefold() in CREDIT_LABELS else start


def _is_name(text: str) -> bool:
    """Return whether a short text looks like names only, each word of it capitalised."""
    text = text.strip(_EDGES)
    if len(text) > _MAX_NAME:
        return False
    words = [word for word in re.split(r"[\s/|,&]+", text) if word]
    if words and words[-1].strip(".").casefold() in CREDIT_LABELS:
        words.pop()  # "LRT nuotr."
    elif text[-1:] in ".!?。":
        return False
    if not 0 < len(words) <= _FEW_WORDS:
        return False
    capitals = [word for word in words if word[0].isupper() or word[0] == "@"]
    caseless = all(word[0].isalpha() and not word[0].islower() for word in words)
    if caseless and not capitals:
        return len(words) <= 3
    small = {word for word in words if word not in capitals}
    return bool(capitals) and all(word.casefold() in _SMALL for word in small)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Return whether a text ends a sentence and not with an abbreviation ("St. Louis")."""
    mark = match[0].strip()
    if mark in _BARS:
        return True
    if mark in ("–", "—", "-", "'", "’", '"', "”", ")", "]", "）", "»", "」"):
        return False
    last = text[: match.start()].rsplit(" ", 1)[-1]
    if mark != "." or last[:1].lower() == last[:1].upper():  # digits, scripts without capitals
        return True
    return len(last) >= _ABBREVIATION - last[:1].islower()


def _trimmed(caption: str) -> str | None:
    caption = caption.rstrip(" \t|｜/–—-·•,;:（([［【=＝").lstrip(" |/–—-•")
    return caption or None
