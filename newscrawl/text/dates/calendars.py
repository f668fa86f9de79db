"""Years and months of other calendars, as the press of some countries counts them.

The Buddhist era of Thailand and Laos, the eras of Japanese emperors, the years of the Republic in
Taiwan, and the solar calendar of Iran and Afghanistan. The lunar Hijri calendar is left out:
its days begin where the moon is seen, and the pages that give it give the common date beside it.
"""

from __future__ import annotations

import re

import jdatetime

from newscrawl.text.dates.stamp import Stamp

# The year before the first of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ERA = rf"(?P<era>{'|'.join(_ERAS)})\s?(?P<year>元|\d{{1,3}})\s?年"
_ERA_YEAR = re.compile(_ERA)
_COMMON_AND_ERA = re.compile(rf"(?P<common>\d{{4}}\s?年)\s?[(（]{_ERA}[)）]")

_BUDDHIST = range(2401, 2700)
_BUDDHIST_AHEAD = 543  # years
_SOLAR_HIJRI = range(1300, 1500)
_SOLAR_HIJRI_LANGUAGES = frozenset({"fa", "prs", "ps"})

# In Iran, and after the signs of the zodiac in Afghanistan.
_IRANIAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
_SOLAR_HIJRI_MONTHS = {
    name: number
    for names in (_IRANIAN, _AFGHAN)
    for number, name in enumerate(names.split(), start=1)
}
_PERSIAN_LETTERS = str.maketrans("يك", "یک")  # as Arabic keyboards write them


def common_years(text: str) -> str:
    """Return an East Asian text with the years of eras as common years.

    >>> common_years("令和8年1月18日")
    '2026年1月18日'
    >>> common_years("2026年（令和8年）11月3日")
    '2026年11月3日'
    """
    if not any(era in text for era in _ERAS):
        return text
    return _ERA_YEAR.sub(_common_year, _COMMON_AND_ERA.sub(r"\g<common>", text))


def _common_year(match: re.Match[str]) -> str:
    year = 1 if match["year"] == "元" else int(match["year"])
    return f"{_ERAS[match['era']] + year}年"


def solar_hijri_month(word: str) -> int | None:
    """Return 1 to 12 for a month's name of the solar calendar of Iran or Afghanistan."""
    return _SOLAR_HIJRI_MONTHS.get(word.translate(_PERSIAN_LETTERS))


def counts_solar_hijri(year: int, language: str | None) -> bool:
    """Whether a page in that language (BCP 47) counts such a year in the solar Hijri calendar."""
    tag = re.split("[-_]", (language or "").lower(), maxsplit=1)[0]
    return year in _SOLAR_HIJRI and tag in _SOLAR_HIJRI_LANGUAGES


def from_solar_hijri(year: int, month: int, day: int) -> Stamp | None:
    """Return the common date of a day in the solar Hijri calendar, or None if there is none."""
    try:
        common = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return Stamp(common.year, common.month, common.day)


def from_buddhist(year: int) -> int:
    """Return the common year of one that only the Buddhist era can have; any other as it is."""
    return year - _BUDDHIST_AHEAD if year in _BUDDHIST else year
