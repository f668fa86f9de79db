"""Dates as people write them in a line of text: where they are, and what they say."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl.text.dates.calendars import (
    common_years,
    counts_solar_hijri,
    from_buddhist,
    from_solar_hijri,
    solar_hijri_month,
)
from newscrawl.text.dates.names import month_number
from newscrawl.text.dates.stamp import Stamp, zone_of
from newscrawl.text.phrases import UPDATED_LABELS, any_of


class Written(NamedTuple):
    """A date found in a text: what it says, and where it stands, its time included."""

    stamp: Stamp
    start: int
    end: int
    ambiguous: bool = False
    """Whether day and month could be the other way round: 4/5/2022."""

    def credible(self, now: datetime | None) -> str | None:
        """Return ISO 8601; in the other order of day and month if only that is not to come yet."""
        value = self.stamp.isoformat(now)
        if value is None and now is not None and self.ambiguous:
            other = self.stamp._replace(month=self.stamp.day, day=self.stamp.month)
            value = other.isoformat(now)
        return value


# Three letters at least, but for scripts whose shortest month has two: "मई", "မေ".
_NAME = r"[^\W\d_](?:[^\s\d,/|():;]{2,14}?|[^\s\x00-\u02ff])"
_TWO_WORDS = r"(?:تشرين|كانون)\s+ال\w{3,5}"  # four months of the Levant: "the first", "second"
_MONTH = (
    rf"(?:(?:tháng|thg)\s+(?P<month_number>\d{{1,2}})"
    rf"|(?P<month>{_TWO_WORDS}|{_NAME})\.?(?:/(?P<other_month>[^\W\d_]\S{{1,14}}))?)"
)
_YEAR = r"(?P<year>(?:1[349]|2[0156])\d{2})(?!\d)"
# Of two digits only where a mark shows what they are: "12-Apr-22", "Apr 12, '22".
_LONG_OR_SHORT_YEAR = (
    r"(?P<year>(?:1[349]|2[0156])\d{2}(?!\d)|(?:(?<=['’])|(?<=[^\W\d_]-))\d{2}(?![\w:]))"
)
_DAY = r"(?<![\d.,:])(?P<day>\d{1,2})"
_DAY_SECOND = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[.,/-]\s*|\s+)"
_DAY_LAST = r"(?P<day>\d{1,2})(?!\d)[일日号.]?"
_MARK = r"(?P<mark>\s?[./–-]\s?)"
_ANY_YEAR = r"(?P<year>\d{4}|\d{2})(?![\d:]|[.,/]\d)"
_UNIX_CLOCK = r"(?:\d\d:\d\d:\d\d\s+(?:[A-Z]{3,4}\s+)?)"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|re|[ºª°]|-?e)?"
_OF = r"(?:(?:de|of|di|da|del)\s+|d['’])?"
_OF_YEAR = r"(?:(?:de|del|of|năm|พ\.ศ\.|ค\.ศ\.)\s*|['’])?"
_AFTER_YEAR = r"(?:gada|m\.|ж\.|թ\.)"  # "year" in Latvian, Lithuanian, Kazakh, Armenian
_DATE_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2022-04-12, 2022/4/12, 2022. 4. 12., 2022年4月12日, 2022년 4월 12일
        rf"(?<!\d){_YEAR}\s?[-–/.年년]\s?(?P<month_number>\d{{1,2}})\s?[-–/.月월]\s?{_DAY_LAST}",
        # 12.04.2022, 4/12/2022, 12-04-2022, 12. 4. 22
        rf"(?<![\d.,/])(?P<first>\d{{1,2}}){_MARK}(?P<second>\d{{1,2}})(?P=mark){_ANY_YEAR}",
        # 12 April 2022, 12. April 2022, 12 de abril de 2022, 1er avril 2022, 12-Apr-2022
        rf"{_DAY}{_ORDINAL}[\s/-]*{_OF}{_MONTH}[\s/,،-]*{_OF_YEAR}{_LONG_OR_SHORT_YEAR}(?:\s?г\.)?",
        # April 12, 2022; Apr 12th 2022; Apr. 12. 2022; Tue Apr 12 18:05:00 EDT 2022
        rf"(?<![^\W_]){_MONTH}[\s/-]+{_DAY_SECOND}{_UNIX_CLOCK}?['’]?{_LONG_OR_SHORT_YEAR}",
        # 2022. április 12., 2022-Apr-12
        rf"(?<!\d){_YEAR}[\s.,/-]+{_AFTER_YEAR}?\s*{_MONTH}[\s/-]+(?P<day>\d{{1,2}})(?!\d)",
        # 2022. gada 12. aprīlis, 2022 ж. 12 сәуір
        rf"(?<!\d){_YEAR}\.?\s*{_AFTER_YEAR}\s+(?P<day>\d{{1,2}})\.?\s*{_MONTH}(?!\w)",
    )
)

# The half of the day before the hour, and after it: Greek, Arabic (letters, words), Malay.
_NOON = (
    r"(?P<noon>上午|下午|凌晨|清晨|早上|晚上|午前|午後|오전|오후|(?-i:[AP]M)"
    r"|ভোর|সকাল|দুপুর|বিকাল|বিকেল|সন্ধ্যা|রাত|सुबह|दोपहर|शाम|रात)"
)
_HALF = r"(?P<half>[ap]\.?\s?m|[πμ]\.?\s?μ|صباحا?|مساءا?|[صم]|(?-i:PT?G|SA|CH)|sáng|chiều|tối)"
_CLOCK = (
    rf"{_NOON}?\s?(?<!\d)(?P<hour>[01]?\d|2[0-3])"
    r"(?:\s?[:.h：时時點点시]\s?(?P<minute>[0-5]\d)(?![\d])"
    r"(?:\s?[:.：分분]\s?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?[秒초]?)?[分분h]?|(?:h|\s?[时時點点시])(?!\w)|(?=\s?Uhr\b)|(?=\s?[ap]\.?m\b))"
    rf"(?:\s?{_HALF}\b\.?)?(?:\s?(?:Uhr|hrs?|h|uur|saat|[मق])\b)?"
)
_ZONE = (
    r"(?:\s?\(?(?P<zone>(?:UTC|GMT)\s?[+−-]\s?\d{1,2}(?::?\d{2})?(?!\d)|[+−-]\d{2}(?::?\d{2})?(?![\d.:])"
    r"|Z\b|(?-i:[A-Z][A-Za-z]{0,3}T|UTC|GMT|BST|MESZ|MEZ|MSK|МСК|мск)\b)\)?)?"
)
_GAP = r"[^\d\n]{0,18}?"
_TIME_AFTER = re.compile(rf"(?:T|(?P<gap>{_GAP})){_CLOCK}{_ZONE}", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"{_CLOCK}{_ZONE}(?P<gap>{_GAP})$", re.IGNORECASE)
# Between a date and its time stand a word or two, and none that speaks of a later change.
_NOT_A_GAP = re.compile(
    rf"[^\W\d_]{{9}}|(?:[^\W\d_]+\s+){{2}}[^\W\d_]|[.;]\s|(?<!\w){any_of(UPDATED_LABELS)}",
    re.IGNORECASE,
)

_PERIODS_AFTER_NOON = frozenset(
    {"下午", "晚上", "午後", "오후", "pm", "μμ", "م", "مساء", "ptg", "ch", "chiều", "tối", "দুপুর",
     "বিকাল", "বিকেল", "সন্ধ্যা", "दोपहर", "शाम"}
)  # fmt: skip
# At night the hours before midnight are counted on from noon, and those after it are not.
_PERIODS_OF_NIGHT = frozenset({"রাত", "रात"})
_FIRST_OF_NIGHT = 6
_NO_LETTER = re.compile(r"[\s.]")
_HOURS_OFF = {
    "EST": "-05:00", "EDT": "-04:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00",
    "BRT": "-03:00", "ART": "-03:00", "CLT": "-04:00", "COT": "-05:00", "PET": "-05:00",
    "WET": "+00:00", "WEST": "+01:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00",
    "MEZ": "+01:00", "MESZ": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00",
    "МСК": "+03:00",
    "TRT": "+03:00", "SAST": "+02:00", "CAT": "+02:00", "WAT": "+01:00", "EAT": "+03:00",
    "PKT": "+05:00", "WIB": "+07:00", "ICT": "+07:00", "HKT": "+08:00", "SGT": "+08:00",
    "PHT": "+08:00", "AWST": "+08:00", "JST": "+09:00", "KST": "+09:00", "ACST": "+09:30",
    "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00", "NZDT": "+13:00",
}  # fmt: skip
# Names of several countries, by the primary subtag or the whole tag of the page's language.
_INDIA = ("hi", "bn", "ta", "te", "kn", "ml", "mr", "gu", "pa", "or", "as", "en-in")
_HOURS_OFF_BY_LANGUAGE = {
    "IST": dict.fromkeys(_INDIA, "+05:30"),
    "CST": {"zh": "+08:00", "en-us": "-06:00"},
}
# Names that mean standard or summer time by the date.
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
           "PT": "America/Los_Angeles"}  # fmt: skip

_DIRECTION = re.compile("[\u200e\u200f\u061c]")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_CHINESE = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}年")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")

_FIRST_COMMON_YEAR = 1500  # those before are of the solar Hijri calendar
_AFTERNOON = re.compile(r"(?<!\d)(?:1[3-9]|2[0-3])[:.h][0-5]\d")
_MONTH_FIRST = frozenset({"en", "en-us", "en-ca", "en-ph", "fil", "es-us", "es-pr"})
_YEAR_FIRST = ("ja", "ko", "zh")


def plain_digits(text: str) -> str:
    """Return the text with digits of any script, Chinese numerals of a date too, as 0 to 9.

    Marks of the direction of writing, which may stand between digits, are dropped, and years of
    East Asian eras become common years. The length changes by these and by Chinese numerals alone.
    """
    if text.isascii():
        return text
    if _DIRECTION.search(text):
        text = _DIRECTION.sub("", text)
    if _CHINESE_YEAR.search(text):
        text = _CHINESE_NUMBER.sub(lambda m: f"{m[1] or 1}{m[2] or 0}", text).translate(_CHINESE)
    if _OTHER_DIGIT.search(text) is not None:
        text = "".join(
            str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
        )
    return common_years(text)


def find_written(text: str, language: str | None, month_first: bool | None = None) -> list[Written]:
    """Return the dates in a short text (digits already plain), in order, none inside another.

    ``month_first`` is for dates in numbers; None leaves the order to the language.
    """
    found: list[Written] = []
    for form in _DATE_FORMS:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            day = _day(match, language, month_first)
            if day is not None:
                mark = match.groupdict().get("mark", ".").strip()
                ambiguous = mark != "." and day.day <= 12  # with dots the day is always first
                found.append(Written(day, match.start(), match.end(), ambiguous))
    found.sort(key=lambda written: written.start)
    timed = [_with_time(text, written, found, language) for written in found]
    if month_first is not None or language != "en":
        return timed
    return [_day_first(text, written) for written in timed]


def _day_first(text: str, written: Written) -> Written:
    """Return the date with the day before the month if its clock counts 24 hours.

    Of English pages those of the United States write the month first, and a.m. and p.m. Seconds
    are a machine's, which says nothing.
    """
    stamp = written.stamp
    afternoon = _AFTERNOON.search(text, written.start, written.end)
    if not written.ambiguous or stamp.second is not None or afternoon is None:
        return written
    return written._replace(stamp=stamp._replace(month=stamp.day, day=stamp.month))


def split_time(text: str, day: Stamp | None = None) -> tuple[str, Stamp | None]:
    """Return a text without the time of day at its end, and ``day`` with that time if both are."""
    match = _TIME_BEFORE.search(text)
    if match is None or match["minute"] is None:
        return text, day
    rest = text[: match.start()].strip(" ,|-–")
    return rest, _timed(Written(day, 0, 0), match, None).stamp if day else None


def _day(match: re.Match[str], language: str | None, month_first: bool | None) -> Stamp | None:
    """Return the day that a match of one of the forms says, or None if it is no date."""
    parts = match.groupdict()
    year = from_buddhist(int(parts["year"]))
    if "first" in parts:
        numbers = int(parts["first"]), int(parts["second"]), year
        tag = (language or "").lower().replace("_", "-")
        if month_first is None:
            month_first = parts["mark"].strip() != "." and tag in _MONTH_FIRST
        return _ordered(*numbers, month_first, year_first=tag.startswith(_YEAR_FIRST))
    year = _whole_year(year)
    number = parts.get("month_number")
    if year < _FIRST_COMMON_YEAR:
        month = int(number) if number else solar_hijri_month(parts["month"])
        known = month is not None and (not number or counts_solar_hijri(year, language))
        return from_solar_hijri(year, month or 0, int(parts["day"])) if known else None
    month = int(number) if number else month_number(parts["month"], language)
    if month is None and parts.get("other_month"):  # Arabic pages give a month two names
        month = month_number(parts["other_month"], language)
    if month is None or not 1 <= month <= 12 or not 1 <= int(parts["day"]) <= 31:
        return None
    return Stamp(year, month, int(parts["day"]))


def _whole_year(year: int) -> int:
    """Return the year that two digits mean; one of four digits as it is."""
    return year if year >= 100 else year + (2000 if year < 50 else 1900)


def _ordered(
    first: int, second: int, last: int, month_first: bool, *, year_first: bool
) -> Stamp | None:
    """Return the day of three numbers; ``year_first`` counts for a year of two digits alone."""
    if last < 100 and year_first:
        first, last = last, first
    day, month = (second, first) if month_first else (first, second)
    if month > 12:
        day, month = month, day
    return (
        Stamp(_whole_year(last), month, day) if month in range(1, 13) and 1 <= day <= 31 else None
    )


def _with_time(
    text: str, written: Written, all_found: list[Written], language: str | None
) -> Written:
    """Return the date with the time of day that stands right after or before it, if any does."""
    later = [other.start for other in all_found if other.start > written.start]
    earlier = [other.end for other in all_found if other.start < written.start]
    match = re.search(r"\d\d:\d\d:\d\d", text[written.start : written.end])
    if match:  # between the day and the year, as Unix writes it
        inside = re.compile(_CLOCK + _ZONE).match(text, written.start + match.start())
        return _timed(written, inside, language)
    after = _TIME_AFTER.match(text, written.end, min([*later, len(text)]))
    if after and not _NOT_A_GAP.search(after["gap"] or ""):
        return _timed(written, after, language)
    before = _TIME_BEFORE.search(text, max([*earlier, written.start - 40, 0]), written.start)
    if before and not _NOT_A_GAP.search(before["gap"] or ""):
        return _timed(written, before, language)
    return written


def _timed(written: Written, match: re.Match[str] | None, language: str | None) -> Written:
    if match is None:
        return written
    hour = int(match["hour"])
    half = _NO_LETTER.sub("", match["half"] or match["noon"] or "").lower().removesuffix("ا")
    at_night = half in _PERIODS_OF_NIGHT and hour >= _FIRST_OF_NIGHT
    if (half in _PERIODS_AFTER_NOON or at_night) and hour < 12:
        hour += 12
    elif half and half not in _PERIODS_AFTER_NOON and hour == 12:
        hour = 0
    stamp = written.stamp._replace(
        hour=hour,
        minute=int(match["minute"] or 0),
        second=int(match["second"]) if match["second"] else None,
    )
    stamp = stamp._replace(zone=_zone(match["zone"] or "", stamp, language))
    return written._replace(
        stamp=stamp,
        start=min(written.start, match.start()),
        end=max(written.end, match.end()),
    )


def _zone(name: str, stamp: Stamp, language: str | None) -> str:
    """Return the offset of a zone as written, or "" if it names none that is certain."""
    name = re.sub(r"^(?:UTC|GMT)\s?(?=[+−-])|\s", "", name.upper())
    if name in _PLACES:
        try:
            local = datetime(*stamp[:3], stamp.hour or 0, tzinfo=ZoneInfo(_PLACES[name]))
        except (ValueError, ZoneInfoNotFoundError):
            return ""
        offset = local.strftime("%z")
        return f"{offset[:3]}:{offset[3:5]}"
    if name in _HOURS_OFF:
        return _HOURS_OFF[name]
    if name in _HOURS_OFF_BY_LANGUAGE:
        tag = (language or "").lower().replace("_", "-")
        by_language = _HOURS_OFF_BY_LANGUAGE[name]
        return by_language.get(tag) or by_language.get(tag.split("-")[0], "")
    return zone_of(name) if name in {"Z", "UTC", "GMT"} or name[:1] in {"+", "-", "−"} else ""
