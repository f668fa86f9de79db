"""Read dates that need a language: names of months, and relative dates ("2 hours ago").

dateparser knows both. Its own reading of a string costs milliseconds, and most of a second the
first time: months are looked up in its tables of names, and it reads only what counts from now or
has a form not foreseen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from newscrawl.text.dates.stamp import Stamp

if TYPE_CHECKING:  # imported where it is needed: it takes a third of a second
    from dateparser.date import DateDataParser

_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
# English months need no table of dateparser's.
_ENGLISH_MONTHS = {
    name[:length]: number
    for number, name in enumerate(_ENGLISH, start=1)
    for length in (3, 4 if name == "september" else 3, len(name))
}
# Beside those of the Nile and the Gulf, which dateparser knows: of the Levant and Iraq, which keep
# the Babylonian names, of Algeria and Tunisia, which write the French ones, and of Morocco.
_ARABIC_MONTHS = {
    name.replace("_1", " الأول").replace("_2", " الثاني"): number
    for names in (
        "كانون_2 شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_1 تشرين_2 كانون_1",
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
    )
    for number, name in enumerate(names.split(), start=1)
}
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "mo": "ro", "sh": "hr", "tl": "fil"}
_LATIN = {"sr": "bs"}  # the table of Serbian is Cyrillic; the other language has the same words

# Languages to try, after the page's own, for a word in these letters.
_BY_SCRIPT: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile("[a-z]"),
        ("en", "es", "fr", "de", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ro", "hu",
         "tr", "id", "ca", "hr", "sk", "sl", "et", "lv", "lt", "vi", "sq", "az", "eu"),
    ),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg", "sr", "be", "mk", "kk")),
    (re.compile("[\u0370-\u03ff]"), ("el",)),
    (re.compile("[\u0590-\u05ff]"), ("he",)),
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ur")),
    (re.compile("[\u0900-\u097f]"), ("hi", "mr", "ne")),
    (re.compile("[\u0980-\u09ff]"), ("bn",)),
    (re.compile("[\u0e00-\u0e7f]"), ("th",)),
    (re.compile("[\u10a0-\u10ff]"), ("ka",)),
    (re.compile("[\u3040-\u30ff]"), ("ja",)),
    (re.compile("[\u4e00-\u9fff]"), ("zh", "ja")),
    (re.compile("[\uac00-\ud7af]"), ("ko",)),
)  # fmt: skip

_OTHERS_TO_TRY = 6  # where the page's language is known: a word that is no month is asked of each

_ABSOLUTE: dict[str, Any] = {"REQUIRE_PARTS": ["day", "month", "year"]}
# A fixed base, and not the time of the fetch: dateparser keeps every setting it ever saw.
_BASE = datetime(2000, 6, 15, 12)
_RELATIVE: dict[str, Any] = {
    "PARSERS": ["relative-time"],
    "RELATIVE_BASE": _BASE,
    "RETURN_TIME_AS_PERIOD": True,
}
_RELATIVE_LENGTH = 50  # characters; "about 2 hours and 35 minutes ago" is 33


def primary(language: str | None) -> str | None:
    """Return the primary subtag as dateparser calls it, or None if it does not know it.

    >>> primary("pt-BR"), primary("no"), primary("tlh")
    ('pt', 'nb', None)
    """
    subtag = re.split(r"[-_]", language or "", maxsplit=1)[0].lower()
    subtag = _SAME.get(subtag, subtag)
    return subtag if subtag == "en" or subtag in _known_languages() else None


@cache
def _known_languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order

    return frozenset(language_order)


@lru_cache(maxsize=4096)
def month_number(word: str, language: str | None) -> int | None:
    """Return 1 to 12 for a month's name or abbreviation, in that language first, else in others."""
    word = " ".join(word.casefold().replace(".", "").strip(",").split())
    for candidate in _candidates(word, primary(language)):
        months = _ENGLISH_MONTHS if candidate == "en" else _months(candidate)
        number = months.get(word) or months.get(_without_accents(word))
        if number is not None:
            return number
    return None


@cache
def _months(language: str) -> dict[str, int]:
    """Return the names and abbreviations of a language's months, with accents and without."""
    table = import_module(f"dateparser.data.date_translation_data.{language}").info
    found: dict[str, int] = {}
    for number, month in enumerate(_ENGLISH, start=1):
        for name in table[month]:
            folded = name.casefold().replace(".", "")
            found.setdefault(folded, number)
            found.setdefault(_without_accents(folded), number)
    for name, number in _ARABIC_MONTHS.items() if language == "ar" else ():
        found.setdefault(name, number)
        found.setdefault(_without_accents(name), number)
    return found


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def read_whole(text: str, language: str | None) -> Stamp | None:
    """Return the day that dateparser sees in the text, or None; only in the page's own language."""
    known = primary(language)
    read = _parser((known,)).get_date_data(text).date_obj if known else None
    return Stamp(read.year, read.month, read.day) if read else None


def read_relative(text: str, language: str | None, now: datetime) -> Stamp | None:
    """Return what "2 hours ago" or "yesterday" is, counted from ``now`` (a naive one is UTC).

    Hours and minutes give a moment, days give a day; weeks and months are too vague for either.
    """
    ago = _ago(text, primary(language)) if len(text) <= _RELATIVE_LENGTH else None
    if ago is None:
        return None
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    then = now - ago[0]
    day = Stamp(then.year, then.month, then.day)
    if ago[1] == "day":
        return day
    offset = now.strftime("%z")
    zone = "Z" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}"
    return day._replace(hour=then.hour, minute=then.minute, zone=zone)


@lru_cache(maxsize=1024)
def _ago(text: str, language: str | None) -> tuple[timedelta, str] | None:
    """Return how long ago the text says, and whether that is exact to the "day" or the "time"."""
    languages = tuple(_candidates(text, language)[:3])
    if not languages:
        return None
    read = _relative_parser(languages).get_date_data(text)
    then = read.date_obj
    if then is None or then.tzinfo is not None or read.period not in {"time", "day"}:
        return None  # with a zone it is no count of hours or days
    return (_BASE - then, read.period) if then <= _BASE else None


def _candidates(text: str, language: str | None) -> list[str]:
    """Return the languages to try for a text: the page's own, then those of its script."""
    others: Sequence[str] = ()
    folded = text.casefold()
    for script, languages in _BY_SCRIPT:
        if script.search(folded):
            others = languages
            break
    if language is None:
        return list(others)
    own = [language, _LATIN[language]] if language in _LATIN else [language]
    return list(dict.fromkeys([*own, *others[:_OTHERS_TO_TRY]]))


@cache
def _parser(languages: tuple[str, ...]) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=list(languages), settings=_ABSOLUTE)


@cache
def _relative_parser(languages: tuple[str, ...]) -> DateDataParser:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=list(languages), use_given_order=True, settings=_RELATIVE)
