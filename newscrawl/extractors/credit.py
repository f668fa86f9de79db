"""A caption parted from its credit."""

from __future__ import annotations

import re

from newscrawl.phrases import any_of
from newscrawl.text import clean_line
from newscrawl.vocabulary import CREDIT_AGENCIES, CREDIT_LABELS

_LABEL = rf"(?:{any_of(CREDIT_LABELS)})"
_AGENCY = rf"(?:{any_of(CREDIT_AGENCIES)})"
# "… | Photo: Ana Lima", "… (Foto: dpa)", "… © Ana Lima", "… Credit: Ana Lima/AP"
_LABELLED = re.compile(
    rf"(?:^|[\s.!?…»”\"')\]|])[\s|/–—-]*[\[(]?\s*(?:{_LABEL}\s*(?:[:：]|\bby\b|\bvon\b)|©|\(c\)|[|｜]\s*{_LABEL}\b\s*)\s*(?P<credit>[^\n]{{2,120}}?)[)\]]?\s*$",
    re.I,
)
# "… (AP Photo/Ana Lima)", "… [Ana Lima/Reuters]"
_BRACKETED = re.compile(
    rf"\s*[\[(](?P<credit>[^()\[\]]{{0,80}}?\b{_AGENCY}\b[^()\[\]]{{0,60}})[)\]]\s*\.?\s*$", re.I
)
# "… text. Ana Lima/AFP", "… text.AFP", "… text. BERTRAND GUAY / AFP"
_TRAILING = re.compile(
    rf"(?<=[.!?…»”\"'])\s*(?P<credit>(?:[^.!?…]{{0,50}}?[/|,]\s*)?\b{_AGENCY}\b(?:\s*(?:/|via|\|)\s*[^.!?]{{1,50}})?)\s*$",
    re.I,
)
_WHOLE_CREDIT = re.compile(rf"^\s*(?:{_LABEL}\s*[:：]|©|{_AGENCY}\s*/)", re.I)


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Return caption and credit of a picture's legend, None for what it does not have.

    >>> split_credit("Members vote. | Photo: Twitter/@someone")
    ('Members vote.', 'Twitter/@someone')
    >>> split_credit("Members vote. (Foto: Ana Lima/dpa)")
    ('Members vote.', 'Ana Lima/dpa')
    """
    text = clean_line(text)
    if not text:
        return None, None
    for pattern in (_BRACKETED, _LABELLED, _TRAILING):
        match = pattern.search(text)
        if match is None:
            continue
        start = match.start()
        caption = text[: start + (1 if text[start : start + 1] in ".!?…»”\"')]" else 0)]
        caption = caption.strip(" |/–—-([")
        credit = clean_line(match["credit"]).strip(" |/()[]–—-.")
        return caption or None, credit or None
    return text, None
