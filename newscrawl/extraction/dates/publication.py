"""Dates of publication and of the last update.

What the page declares to machines comes first, then what it shows its readers, then its address.
Only when nothing says when the page was first published does the one date that it shows stand for
that, though it is called an update: of 29 such pages with a known date, 19 were dated by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.extraction.blocks import Block, Blocks
from newscrawl.extraction.dates.declared import (
    RAW_LENGTH,
    VAGUE_META,
    FoundDate,
    dates_in_scripts,
    is_vague,
    less_telling_dates,
    published_dates,
    updated_dates,
)
from newscrawl.extraction.dates.offset import as_stated, at_local, is_round, is_utc, on_day
from newscrawl.extraction.dates.position import Place
from newscrawl.extraction.dates.shown import (
    Dateline,
    datelines,
    first_of_thread,
    relative_datelines,
)
from newscrawl.page.page import Page
from newscrawl.text.cleaning import clean_line
from newscrawl.text.dates import date_in_url, find_date, normalise_date, same_day

_NUMBER = re.compile(r"\d+")
_IN_NUMBERS = re.compile(r"(?<!\d)\d\d?[/-]\d\d?[/-]\d")
_LINE = 300
# Top-level domains of countries that write English, and the day first.
_DAY_FIRST_COUNTRIES = frozenset(
    "au bd eu gh hk ie in jm ke lk mt my na ng nz pk sg tt ug uk za zm zw".split()
)
# Eight digits in a row may be a number.
_PERMALINK = re.compile(r"/\d{4}/[^/]{1,9}/\d{1,2}/", re.ASCII)
_LATER = 7
"""An article that is dated so many days later than its address was published anew."""
_CLEAR = 2.0
"""A line of this weight is hardly ever of another article."""
_SURE = 4.0
"""A line of this weight is a dateline right beside the headline, and called or marked up as one."""
_ORIGINAL = re.compile(
    r"\W*(?:first|original|erst|ursprüng|initial|premi|prim|oorspr|eerst|först|først|перв|впервые"
    r"|вперше|初|首|최초)",
    re.IGNORECASE,
)
_FOUND_AT_MOST = 4
_LIGHTER = 3.0
"""A date of so much less weight than an update's is not the one that was updated."""
_READ_AT_MOST = 50  # a date that no form foresees costs milliseconds


def date_candidates(
    page: Page, blocks: Blocks, language: str | None, heading: int | None, body: list[Block]
) -> list[FoundDate]:
    """Return the possible dates of first publication, the most trusted first.

    ``heading`` is the index of the headline's block, ``body`` the blocks of the text: what the
    page shows is weighed by its distance from them.
    """
    place = Place.of(heading, body)
    language = _regional(language, page.url)
    found = _normalised(published_dates(page), page.now, language)
    if found:
        return _told_fully(found, page, blocks, place, language)
    every = datelines(blocks, place, language=language, now=page.now)
    shown = [line for line in every if line.is_credible]
    in_url = date_in_url(page.url, now=page.now)
    if in_url:
        found = _shown(line for line in shown if same_day(line.value, in_url))
        return _exact_first([*found, FoundDate(in_url, in_url, "url", "path")])
    if shown and (begun := first_of_thread(every)):
        shown.insert(0, begun._replace(weight=shown[0].weight))
    shown.sort(key=_is_called_first, reverse=True)
    least = shown[0].weight - _LIGHTER if shown else 0.0
    found = _shown(line for line in shown if line.label != "updated" and line.weight >= least)
    if not found:
        found = _normalised(less_telling_dates(page), page.now, language)
    if not found and page.now is not None:
        counted = relative_datelines(blocks, place, language=language, now=page.now)
        found = _shown(counted)
    found = found or _shown(shown) or _normalised(dates_in_scripts(page), page.now, language)
    return _exact_first(found)


def _regional(language: str | None, url: str) -> str | None:
    """Return English as the country of the address has it: 4/5/2022 is in May in most of them."""
    if language != "en":
        return language
    try:
        country = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return language
    return f"en-{country}" if country in _DAY_FIRST_COUNTRIES else language


def modified_candidates(
    page: Page, blocks: Blocks, language: str | None, heading: int | None, body: list[Block]
) -> list[FoundDate]:
    """Return the possible dates of the last update, the most trusted first; see above."""
    language = _regional(language, page.url)
    found = _normalised(updated_dates(page), page.now, language)
    if found:
        return found
    near = datelines(blocks, Place.of(heading, body), language=language, now=page.now, far=False)
    return _shown(line for line in near if line.label == "updated")


def _normalised(
    stated: Iterator[FoundDate], now: datetime | None, language: str | None
) -> list[FoundDate]:
    found: list[FoundDate] = []
    for value, raw, source, where in islice(stated, _READ_AT_MOST):
        date = normalise_date(value, language=language, now=now)
        if date is None and source == "microdata":
            in_line = find_date(raw, language=language, now=now)
            date = in_line.value if in_line is not None else None
        if date is not None:
            found.append(FoundDate(date, clean_line(raw[:RAW_LENGTH]), source, where))
            if len(found) >= _FOUND_AT_MOST:
                break
    return found


def _shown(lines: Iterator[Dateline] | list[Dateline]) -> list[FoundDate]:
    return [
        FoundDate(line.value, line.raw[:RAW_LENGTH], "html", line.where)
        for line, _ in zip(lines, range(_FOUND_AT_MOST), strict=False)
    ]


def _told_fully(
    found: list[FoundDate], page: Page, blocks: Blocks, place: Place, language: str | None
) -> list[FoundDate]:
    """Return the stated dates, first what the page shows or states elsewhere, if that says more.

    A day may have its time shown. A time in UTC may be of another day where the page was written,
    as its address then tells. A vague statement yields to what readers are shown.
    """
    stated, in_url = found[0], date_in_url(page.url, now=page.now)

    @cache
    def near() -> list[Dateline]:
        return datelines(blocks, place, language=language, now=page.now, far=False)

    earlier = _in_permalink(stated, in_url, page.url)
    if not (earlier or same_day(in_url, stated.value) or _is_shown(stated.value, blocks, place)):
        earlier = _shown_earlier(stated, near(), is_template=_is_last_update(stated, page))
    if earlier:
        return _exact_first([earlier, *found])
    in_utc, vague = is_utc(stated.value), is_vague(stated)
    if in_utc and (own := as_stated(stated.value, (other.value for other in found[1:]))):
        return [stated._replace(value=own), *found]
    elsewhere = in_utc and in_url not in (None, stated.value[:10])
    if "T" in stated.value and not (elsewhere or vague or (in_utc and is_round(stated.value))):
        return _exact_first(found)
    if in_utc:
        found = _in_own_zone(stated, in_url if elsewhere else None, blocks, near()) + found
    if vague:
        found = _clearer(found[0], near()) + found
    same = _shown(line for line in near() if same_day(line.value, found[0].value))
    return _exact_first([found[0], *same, *found[1:]])


def _in_own_zone(
    stated: FoundDate, in_url: str | None, blocks: Blocks, lines: list[Dateline]
) -> list[FoundDate]:
    """Return a moment in UTC as readers are shown it, or on the other day that the URL has."""
    for line in lines:
        if local := _in_local_time(stated, line):
            return [local]
    if in_url is None:
        return []
    if value := on_day(stated.value, in_url, blocks.times):
        return [stated._replace(value=value)]
    is_shown = any(_is_clear(line) and same_day(line.value, in_url) for line in lines)
    return [FoundDate(in_url, in_url, "url", "path")] if is_shown else []


def _in_permalink(stated: FoundDate, in_url: str | None, url: str) -> FoundDate | None:
    """Return the day of an address like ``/2022/04/12/`` if it is long before the stated one."""
    if in_url and _days(in_url, stated.value) > _LATER and _PERMALINK.search(url):
        return FoundDate(in_url, in_url, "url", "path")
    return None


def _is_shown(day: str, blocks: Blocks, place: Place) -> bool:
    """Return whether a line near the article has the year and the day of an ISO 8601 date.

    It costs a tenth of what reading the lines does.
    """
    year, number = day[:4], day[8:10].lstrip("0")
    for element, _, position in blocks.times:
        stated = element.attributes.get("datetime") or ""
        if stated[:10] == day[:10] and place.is_near(position):
            return True
    for block in place.near(blocks):
        text = block.text
        if year in text and number in text and len(text) <= _LINE:
            numbers = {found.lstrip("0") for found in _NUMBER.findall(text)}
            if year in numbers and number in numbers:
                return True
    return False


def _is_last_update(stated: FoundDate, page: Page) -> bool:
    """Return whether the moment of publication is stated as that of the last update, too.

    Templates state the moment of the last change as both.
    """
    update = next(updated_dates(page), None)
    return "T" in stated.value and update is not None and update.raw == stated.raw


def _shown_earlier(
    stated: FoundDate, lines: list[Dateline], *, is_template: bool
) -> FoundDate | None:
    """Return the date that a page clearly shows as its own from before the stated one, or None.

    Systems state the day of the import for what they took over from others. What a template may
    have stated is less than any that is clearly shown.
    """
    clear = [line for line in lines if _is_clear(line)][:_FOUND_AT_MOST]
    if any(
        same_day(line.value, stated.value) or _is_reordered(line.value, stated.value)
        for line in clear
    ):
        return None
    # A moment in UTC may be of the evening before where the page was written.
    zone = is_utc(stated.value) and stated.value[11:13] < "12"
    for line in sorted(clear, key=_is_called_first, reverse=True):
        is_sure = is_template or line.weight >= _SURE or _is_called_first(line)
        if is_sure and _days(_latest_reading(line), stated.value) > zone:
            return _shown([line])[0]
    return None


def _is_called_first(line: Dateline) -> bool:
    return line.label == "published" and _ORIGINAL.match(line.raw) is not None


def _latest_reading(line: Dateline) -> str:
    """Return the shown day, or the later one if day and month could change places: 4/5/2022."""
    year, month, day = line.value[:10].split("-")
    if _IN_NUMBERS.search(line.raw) and day <= "12":
        return max(f"{year}-{month}-{day}", f"{year}-{day}-{month}")
    return line.value


def _is_reordered(first: str, second: str) -> bool:
    """Return whether two days are one if day and month change places: 4/5/2022 says no more."""
    return first[:4] == second[:4] and (first[5:7], first[8:10]) == (second[8:10], second[5:7])


def _days(first: str, second: str) -> int:
    """Return how many days after the first ISO 8601 date the second is."""
    return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days


def _clearer(stated: FoundDate, lines: list[Dateline]) -> list[FoundDate]:
    """Return what is clearly shown instead of a vague date; nothing if that is shown, too."""
    clear = [line for line in lines if _is_clear(line)][:3]
    if any(same_day(line.value, stated.value) for line in clear):
        return []
    is_meta = stated.where in VAGUE_META
    return _shown(line for line in clear if is_meta or line.value < stated.value)


def _in_local_time(stated: FoundDate, line: Dateline) -> FoundDate | None:
    """Return the stated moment at the offset that makes it the shown time of day, if one does.

    A round moment may be the midnight that the day which is shown, the next one, begins with.
    """
    if is_utc(line.value):
        return None
    if "T" not in line.value:
        tomorrow = line.value > stated.value[:10] and _is_clear(line)
        if not (tomorrow and is_round(stated.value)):
            return None
    value = at_local(stated.value, datetime.fromisoformat(line.value[:16]))
    return FoundDate(value, line.raw[:RAW_LENGTH], stated.source, stated.where) if value else None


def _is_clear(line: Dateline) -> bool:
    return line.label != "updated" and line.weight >= _CLEAR


def _exact_first(found: list[FoundDate]) -> list[FoundDate]:
    """Let a later candidate of the same day win if it says the time, or the offset, too."""
    if not found:
        return found
    first = found[0]
    for other in found[1:]:
        if _exactness(other.value) > _exactness(first.value) and same_day(first.value, other.value):
            first = other
    return [first, *(date for date in found if date is not first)]


def _exactness(value: str) -> int:
    if "T" not in value:
        return 0
    return 2 if value.endswith("Z") or "+" in value[10:] or "-" in value[10:] else 1
